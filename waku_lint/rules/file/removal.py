"""Delete a comment without a change to what stands around it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import dropwhile, takewhile
from typing import Final

from waku_lint.positions import LINE_END, Lines
from waku_lint.regexes import lazy
from waku_lint.rules.base import Edit, Fix, Span

_BLANKS: Final = " \t"
_HTML: Final = "<"  # a comment of Markdown; one of YAML begins otherwise
_QUOTED: Final = lazy(r"[ \t>]*")
_ITEM: Final = lazy(r"[ \t>]*([-+*]|\d+[.)])([ \t]|$)|[ \t>]*[ \t]")  # or what may belong to one
_LETTER: Final = lazy(r"[^\W\d_]")
_CODE: Final = 4  # blanks before what begins no block of HTML
_FAR: Final = 50  # lines, beyond which nobody looks


def removal(text: str, span: Span) -> Fix:
    """The fix that deletes a comment; it is unsafe where the rest of the page might be read otherwise without it."""
    if text[span.start] != _HTML:
        return Fix((Edit(_whole(text, span), ""),), safe=True)
    lines = _lines(text)
    first, last = lines.position(span.start), lines.position(span.end)
    before, behind = lines.line(first.line)[: first.column - 1], lines.line(last.line)[last.column - 1 :]
    if _QUOTED.fullmatch(before) is None:
        return _within(span, before, behind)
    above = [lines.line(number) for number in range(first.line - 1, max(0, first.line - _FAR), -1)]
    below = [
        lines.line(number) for number in range(last.line + 1, min(lines.position(len(text)).line, last.line + _FAR) + 1)
    ]
    parts = bool(above and below and _said(above[0]) and _said(below[0]))
    line = _whole(text, span)
    if parts and not behind.strip() and not before.strip():
        line = Span(line.start, span.end + len(behind))  # an empty line stays between the two
    return Fix((Edit(line, ""),), safe=not behind.strip() and _apart(before, above, below, first.line == 1))


@lru_cache(maxsize=1)
def _lines(text: str) -> Lines:
    return Lines(text)


def _within(span: Span, before: str, behind: str) -> Fix:
    """A comment with text before it: one blank stays between words, and those that break a line stay behind it."""
    blanks = len(before) - len(before.rstrip(_BLANKS))
    follows = len(behind) - len(behind.lstrip(_BLANKS))
    if not behind.strip():
        breaks = behind.endswith("  ")
        removed = Span(span.start - blanks, span.end if breaks else span.end + follows)
        return Fix((Edit(removed, ""),), safe=_ends_well(before))
    removed = Span(span.start, span.end + (follows if blanks else 0))
    return Fix((Edit(removed, ""),), safe=_ends_well(before) and bool(blanks or follows))


def _ends_well(before: str) -> bool:
    """Whether a line that begins so is the same with other text, or none, after it."""
    said = before.rstrip(_BLANKS)
    marked = said == before and not (said[-1:].isalnum() or said.endswith((".", ",", ";", "?")))
    return bool(_LETTER.search(said)) and not said.endswith("\\") and not marked


def _apart(before: str, above: Sequence[str], below: Sequence[str], first: bool) -> bool:
    """Whether what stands above and below a comment on lines of its own is as far apart without it."""
    if len(before.expandtabs(_CODE)) >= _CODE and above and _said(above[0]):
        return False  # it goes on with a paragraph
    if first and below and below[0].startswith("---"):
        return False  # what would be front matter
    over = _chunk(above)
    under = next((line for line in below if _said(line)), "")
    if len(over) + 1 >= _FAR or any(_said(line).startswith(_HTML) for line in over):
        return False  # it may stand within HTML
    return not (_ITEM.match(under) and any(map(_ITEM.match, over)))


def _chunk(lines: Sequence[str]) -> list[str]:
    """The first of these lines that say something, up to one that says nothing."""
    said = dropwhile(lambda line: not _said(line), lines)
    return list(takewhile(_said, said))


def _said(line: str) -> str:
    """What a line says, without the marks of a quotation around it."""
    return line.lstrip(" \t>").rstrip()


def _whole(text: str, span: Span) -> Span:
    """A comment with the line it has for itself, or else with the blanks that set it off."""
    start, end = span.start, span.end
    while start and text[start - 1] in _BLANKS:
        start -= 1
    while text[end : end + 1] and text[end] in _BLANKS:
        end += 1
    starts_line = not start or text[start - 1] in "\r\n\ufeff"
    line_end = LINE_END.match(text, end)
    if starts_line and (line_end or end == len(text)):
        return Span(start, line_end.end() if line_end else end)
    return Span(span.start, end) if starts_line else Span(start, end if line_end else span.end)
