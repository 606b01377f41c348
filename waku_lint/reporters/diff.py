"""File names in a diff that `git apply` reads."""

from __future__ import annotations

import os
from typing import Final

from waku_lint.regexes import lazy

_ODD: Final = lazy('[\x00-\x1f\x7f"\\\\\ud800-\udfff]')
_SHORT: Final = {"\a": "\\a", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\v": "\\v", "\f": "\\f", "\r": "\\r",
                 '"': '\\"', "\\": "\\\\"}  # fmt: skip


def name(path: str) -> str:
    """A path as git writes it: quoted like a C string if it has special characters."""
    if not _ODD.search(path):
        return path
    return f'"{_ODD.sub(lambda match: _escaped(match[0]), path)}"'


def header(path: str) -> str:
    """A path for the lines `---` and `+++`; a tab ends a path with blanks."""
    written = name(path)
    return f"{written}\t" if " " in path and written == path else written


def _escaped(char: str) -> str:
    return _SHORT.get(char) or "".join(f"\\{byte:03o}" for byte in os.fsencode(char))
