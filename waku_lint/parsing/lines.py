"""A faster version of marko's source: it caches the current line and the length of its prefix.

marko tries every kind of block at every line, and reads the line again each time. The first character that is not a
blank excludes most of them. A test compares the trees with those of marko's source, because this uses private names of
marko.
"""

from __future__ import annotations

import re
from functools import cache
from re import Match, Pattern
from typing import TYPE_CHECKING, Final

from marko.source import Source

if TYPE_CHECKING:
    from marko.block import BlockElement

_LINE: Final = re.compile(r"[^\n]*\n?")
_BLANKS: Final = " " * 99 + "\n"  # what an empty line is as long as any prefix with
# How marko's expressions for the beginning of a block start, and with which characters the lines that they match.
_INDENTATION: Final = re.compile(r"(?:\(\?\w+\))?(?: \{0?,3\}|\( \{0?,3\}\))")
_FIRST: Final = {
    r"(\d{1,9}[.)]|[*\-+])": "0123456789*-+",
    r"([-_*]": "-_*",
    r"(`{3,}|~{3,})": "`~",
    r"(#{1,6})": "#",
    r"(\[": "[",
    "<": "<",
    ">": ">",
}


class LineSource(Source):
    """Gives what marko's `Source` gives."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._line_at = -1
        self._line: Match[str] | None = None
        self._text = ""
        # Where the prefix is known, and of which blocks around: nowhere once these have changed.
        self._measured_at = -1
        self._measured_in: object = None
        self._prefix_length = 0
        self._first = ""  # the first character after the prefix that is not a blank

    @property
    def _current_pos(self) -> int:
        return self.pos + max(self._measured(), 0)

    def expect_re(self, regexp: Pattern[str] | str) -> Match[str] | None:
        length = self._measured()
        if length < 0:
            return None
        compiled, first = _known(regexp)
        self.match = (
            None if first is not None and self._first not in first else compiled.match(self._buffer, self.pos + length)
        )
        return self.match

    def next_line(self, require_prefix: bool = True) -> str | None:  # type: ignore[override]
        if require_prefix:
            length = self._measured()
            if length < 0:
                self.match = None
                return None
            self.match = _LINE.match(self._buffer, self.pos + length)
        else:
            self.match = self._here()
        return self.match.group() if self.match else None

    def push_state(self, element: BlockElement) -> None:
        self._measured_at = -1
        super().push_state(element)

    def pop_state(self) -> BlockElement:
        self._measured_at = -1
        return super().pop_state()

    def _update_prefix(self) -> None:
        self._measured_at = -1
        super()._update_prefix()

    def _here(self) -> Match[str] | None:
        if self._line_at != self.pos:
            self._line_at = self.pos
            self._line = _LINE.match(self._buffer, self.pos)
            self._text = self._line.group() if self._line else ""
        return self._line

    def _measured(self) -> int:
        """How much of the line is the prefix of the blocks around it; -1 where it lacks that."""
        if self._measured_at != self.pos or self._measured_in is not self._states:
            self._here()
            prefix = "".join([state._prefix for state in self._states])  # noqa: SLF001 - as marko does
            self._prefix_length = self._length_of(prefix) if prefix else 0
            self._first = self._text[max(self._prefix_length, 0) :].lstrip(" ")[:1]
            self._measured_at, self._measured_in = self.pos, self._states
        return self._prefix_length

    def _length_of(self, prefix: str) -> int:
        """As `match_prefix` has it, which looks at each beginning of the line: that is for tabs alone."""
        if "\t" in self._text:
            return self.match_prefix(prefix, self._text)
        found = re.match(prefix, self._text)
        if found is None and re.match(prefix, self._text.replace("\n", _BLANKS)):
            return len(self._text) - 1
        return -1 if found is None else found.end()


@cache
def _known(regexp: Pattern[str] | str) -> tuple[Pattern[str], str | None]:
    """An expression, and the characters with which a line that it matches begins; None where that is not known."""
    compiled = re.compile(regexp) if isinstance(regexp, str) else regexp
    indentation = _INDENTATION.match(compiled.pattern)
    rest = compiled.pattern[indentation.end() :] if indentation else ""
    return compiled, next((found for start, found in _FIRST.items() if rest.startswith(start)), None)
