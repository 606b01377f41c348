"""The digest that names what is kept: as in hashlib, which loads OpenSSL before it gives it away."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hashlib import blake2b
else:
    try:
        from _blake2 import blake2b
    except ImportError:  # pragma: no cover - a Python that has it elsewhere
        from hashlib import blake2b

__all__ = ["blake2b"]
