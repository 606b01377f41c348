"""Write JSON for reports."""

from __future__ import annotations

import json
from typing import Final

from waku_lint.regexes import lazy
from waku_lint.reporters.escaping import harmless

_SURROGATE: Final = lazy("[\ud800-\udfff]")


def dumped(value: object, *, lines: bool = True) -> str:
    """Write a value as JSON that any program can read.

    Lone surrogates and commands of GitHub's runner are escaped. Without `lines` the result is one line of ASCII.
    """
    text = harmless(json.dumps(value, indent=2 if lines else None, ensure_ascii=not lines), bracket="\\u005b")
    return _SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"
