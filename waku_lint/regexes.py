"""Regular expressions that are compiled when they are first used.

Compiling takes longer than importing the module around it, and a run uses a part of the expressions only. A call costs
a little more, so `parse/lines.py` and `parse/parser.py`, which use theirs for each line, compile them at once.
"""

from __future__ import annotations

import re
from typing import Any, Final

_METHODS: Final = ("match", "search", "fullmatch", "finditer", "findall", "sub", "split")


def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A regular expression that is compiled on first use; `pattern` can be read without."""
    regex: Any = _Lazy(pattern, flags)
    return regex  # type: ignore[no-any-return]


class _Lazy:
    """Holds the methods of the compiled expression from its first use on, so that later calls are as fast."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self.pattern, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)
