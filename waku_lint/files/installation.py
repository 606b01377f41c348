"""Which waku-lint this is: by its own sources, which may be edited, and by the packages and the Python it runs with."""

from __future__ import annotations

import os
import sys
from functools import cache

from waku_lint.digest import blake2b

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


@cache
def edition() -> str:
    """Equal for two runs only if they run the same code; a process runs one."""
    found = [sys.version, sys.platform, *sys.path, *_packages(), *_sources()]
    return blake2b("\0".join(found).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


def _packages() -> Iterator[str]:
    """What is installed, with its version: that is in the folder's name."""
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")
        except OSError:
            continue
        yield from sorted(name for name in names if name.endswith((".dist-info", ".egg-info", ".egg-link")))


def _sources() -> Iterator[str]:
    """Our own files, of a checkout its schemas as well, each with its size and when it was written."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    waiting = [package, os.path.join(os.path.dirname(package), "schemas")]
    while waiting:
        folder = waiting.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError:
            continue
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    waiting.append(entry.path)
            else:
                info = entry.stat()
                yield f"{entry.path}:{info.st_size}:{info.st_mtime_ns}"
