"""marko's source, made faster: it remembers the line it stands on, and how long its prefix is.

Every kind of block is tried at every line, and each try asks for the line again. A test compares the trees with those
of marko's own source, since this builds on names that marko keeps to itself.
"""

from __future__ import annotations

import re
from re import Match, Pattern
from typing import Final

from marko.source import Source

_LINE: Final = re.compile(r"[^\n]*\n?")


class LineSource(Source):
    """Gives what marko's `Source` gives."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._line_at = -1
        self._line: Match[str] | None = None
        self._text = ""
        self._prefix_at: tuple[int, str] = (-1, "")
        self._prefix_length = 0

    @property
    def _current_pos(self) -> int:
        return self.pos + max(self._measured(), 0)

    def expect_re(self, regexp: Pattern[str] | str) -> Match[str] | None:
        length = self._measured()
        if length < 0:
            return None
        compiled = re.compile(regexp) if isinstance(regexp, str) else regexp
        self.match = compiled.match(self._buffer, self.pos + length)
        return self.match

    def next_line(self, require_prefix: bool = True) -> str | None:  # type: ignore[override]
        self.match = self.expect_re(_LINE) if require_prefix else self._here()
        return self.match.group() if self.match else None

    def _here(self) -> Match[str] | None:
        if self._line_at != self.pos:
            self._line_at = self.pos
            self._line = _LINE.match(self._buffer, self.pos)
            self._text = self._line.group() if self._line else ""
        return self._line

    def _measured(self) -> int:
        """How much of the line is the prefix of the blocks around it; -1 where it lacks that."""
        prefix = "".join([state._prefix for state in self._states])  # noqa: SLF001 - as marko does
        if not prefix:
            return 0
        if self._prefix_at != (self.pos, prefix):
            self._here()
            self._prefix_at = (self.pos, prefix)
            self._prefix_length = self.match_prefix(prefix, self._text)
        return self._prefix_length
