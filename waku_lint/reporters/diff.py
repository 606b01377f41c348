"""Names of files in a diff, as `git apply` reads them."""

from __future__ import annotations

import os
from typing import Final

from waku_lint.regexes import lazy

_ODD: Final = lazy('[\x00-\x1f\x7f"\\\\\ud800-\udfff]')
_SHORT: Final = {"\a": "\\a", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\v": "\\v", "\f": "\\f", "\r": "\\r",
                 '"': '\\"', "\\": "\\\\"}  # fmt: skip


def name(path: str) -> str:
    """A path as git writes it: one with an odd character stands in quotation marks, as a string of C."""
    if not _ODD.search(path):
        return path
    return f'"{_ODD.sub(lambda match: _escaped(match[0]), path)}"'


def header(path: str) -> str:
    """A path as it stands after `---` and `+++`, where a tab tells where one with blanks ends."""
    written = name(path)
    return f"{written}\t" if " " in path and written == path else written


def _escaped(char: str) -> str:
    return _SHORT.get(char) or "".join(f"\\{byte:03o}" for byte in os.fsencode(char))
