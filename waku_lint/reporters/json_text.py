"""JSON text for the formats that are JSON."""

from __future__ import annotations

import json
from typing import Final

from waku_lint.regexes import lazy
from waku_lint.reporters.escaping import harmless

_SURROGATE: Final = lazy("[\ud800-\udfff]")


def dumped(value: object, *, lines: bool = True) -> str:
    """A value that any program can read, wherever it is printed.

    What UTF-8 cannot hold (a part of a name that is none) is escaped, and what GitHub would take for a command.
    Without `lines` it is one line of ASCII.
    """
    text = harmless(json.dumps(value, indent=2 if lines else None, ensure_ascii=not lines), bracket="\\u005b")
    return _SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"
