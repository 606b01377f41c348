"""Positions and spans in the content of a file exactly as it is on disk."""

from bisect import bisect_right
from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from waku_lint.regexes import lazy

BOM: Final = "\ufeff"
LINE_END: Final = lazy(r"\r\n|\r|\n")


class Span(Struct, frozen=True, array_like=True):
    """A half-open range of offsets, in code points, in the content exactly as it is on disk."""

    start: int
    end: int

    def __lt__(self, other: "Span") -> bool:
        return (self.start, self.end) < (other.start, other.end)

    def __le__(self, other: "Span") -> bool:
        return (self.start, self.end) <= (other.start, other.end)

    def part(self, start: int, end: int) -> "Span":
        """The range from `start` to `end`, counted in code points from where this one starts."""
        return Span(self.start + start, self.start + end)

    @classmethod
    def cover(cls, spans: Iterable["Span"]) -> "Span | None":
        """The smallest span that contains all of `spans`; None if `spans` is empty."""
        every = tuple(spans)
        if not every:
            return None
        return cls(min(span.start for span in every), max(span.end for span in every))


class Position(Struct, frozen=True, array_like=True):
    """A line and a column, both 1-based; the column counts code points."""

    line: int
    column: int

    def __lt__(self, other: "Position") -> bool:
        return (self.line, self.column) < (other.line, other.column)

    def __le__(self, other: "Position") -> bool:
        return (self.line, self.column) <= (other.line, other.column)


class Text(Struct, frozen=True, tag="text", tag_field="t"):
    """Text as a reader sees it (`value`, without markup and surrounding blanks), and its span."""

    value: str
    span: Span

    def part(self, start: int, end: int) -> Span:
        """Where `value[start:end]` stands, in code points; the whole span if markup within it hides the exact place."""
        return self.span.part(start, end) if self.span.end - self.span.start == len(self.value) else self.span


def line_end(text: str) -> str:
    """The line end to use for lines added to a text."""
    first = LINE_END.search(text)
    return first.group() if first else "\n"


def line_start(text: str, offset: int) -> int:
    """The offset at which the line of `offset` starts."""
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


class Lines:
    """Positions in one text. Lines end at LF, CRLF or CR only."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0]
        self._ends: list[int] = []
        for match in LINE_END.finditer(text):
            self._ends.append(match.start())
            self._starts.append(match.end())
        self._ends.append(len(text))
        # A byte order mark takes no column, because editors do not show it.
        self._mark = 1 if text.startswith(BOM) else 0

    def position(self, offset: int) -> Position:
        """The position of `offset`; an offset inside a line end counts as the line's end."""
        row = bisect_right(self._starts, offset) - 1
        column = min(offset, self._ends[row]) - self._starts[row]
        if row == 0:
            column = max(column - self._mark, 0)
        return Position(row + 1, column + 1)

    def offset(self, position: Position) -> int:
        """The offset of a position; the inverse of `position`."""
        row = position.line - 1
        return self._starts[row] + position.column - 1 + (self._mark if row == 0 else 0)

    def line(self, number: int) -> str:
        """The text of the 1-based line `number`, without its end and without a byte order mark."""
        start = self._starts[number - 1] + (self._mark if number == 1 else 0)
        return self._text[start : self._ends[number - 1]]
