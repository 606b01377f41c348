"""Reject content for which marko would need too much time or too deep a stack, in linear time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import chain
from re import Pattern
from typing import Final

from waku_lint.parsing.limits import LimitError, Limits
from waku_lint.positions import Span
from waku_lint.regexes import lazy

MAX_QUOTES: Final = 12  # marko's time doubles with each level of quotation
DELIMITERS: Final = "*_[]`<@"  # each is looked at from each other, or with all that follows it
PARAGRAPH: Final = 10_000  # a paragraph of as many characters may have as many delimiters as there can be in all

_MARKER: Final = r"(?:[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))"
_MARKERS: Final = lazy(rf"^(?:[ \t]*(?:>|{_MARKER}))+", re.MULTILINE)
_MARKER_START: Final = lazy(r"[-*+>]|\d+")
_QUOTES: Final = lazy(rf"^(?:(?:[ \t]*{_MARKER})*[ \t]*>){{{MAX_QUOTES + 1}}}", re.MULTILINE)


@cache
def _patterns(limits: Limits) -> tuple[Pattern[str], ...]:
    """What nests too deep: by markers, by indentation."""
    return (
        re.compile(rf"^(?:[ \t]*(?:>|{_MARKER})){{{limits.nesting}}}", re.MULTILINE),
        # Each level of a list takes two columns or more, so this is deeper still; marko is quadratic in it.
        re.compile(rf"^[ \t]{{{4 * limits.nesting},}}(?:>|{_MARKER})", re.MULTILINE),
    )


def check_size(masked: str, limits: Limits) -> None:
    """Raise LimitError for the first line that is too long, or one too many."""
    _check_length(masked, limits)
    _check_lines(masked, limits, [])


def check_text(masked: str, limits: Limits) -> None:
    """Raise LimitError for what `check_size` does, with markers and `|` as lines, and for a line that is too deep."""
    _check_length(masked, limits)
    _check_nesting(masked, limits)
    # The first marker on a line is counted with the line.
    markers = (
        match.start() + each.start()
        for match in _MARKERS.finditer(masked)
        for each in list(_MARKER_START.finditer(match.group()))[1:]
    )
    _check_lines(masked, limits, chain(markers, (match.start() for match in re.finditer(r"\|", masked))))


def _check_length(masked: str, limits: Limits) -> None:
    long = re.compile(rf"^[^\n]{{{limits.line_length + 1}}}", re.MULTILINE).search(masked)
    if long:
        end = masked.find("\n", long.start())
        size = (end if end >= 0 else len(masked)) - long.start()
        message = f"a line of {size:,} characters, more than the limit of {limits.line_length:,}"
        raise LimitError(message, "line-length", Span(long.end() - 1, long.start() + size))


def _check_nesting(masked: str, limits: Limits) -> None:
    deep = _QUOTES.search(masked)
    if deep:
        raise LimitError(f"quotations nested more than {MAX_QUOTES} levels deep", "", Span(*deep.span()))
    for pattern in _patterns(limits):
        deep = pattern.search(masked)
        if deep:
            raise LimitError(f"nested more than {limits.nesting} levels deep", "nesting", Span(*deep.span()))


def _check_lines(masked: str, limits: Limits, markers: Iterable[int]) -> None:
    if masked.count("\n") + sum(map(masked.count, "-*+>.)|")) < limits.lines:
        return
    starts = [0, *(match.end() for match in re.finditer("\n", masked)), *markers]
    if masked.endswith("\n"):
        starts.remove(len(masked))
    if len(starts) > limits.lines:
        beyond = sorted(starts)[limits.lines]
        message = f"{len(starts):,} lines, and markers and cells within them, more than the limit of {limits.lines:,}"
        raise LimitError(message, "lines", Span(beyond, beyond + 1))


class Markup:
    """Counts the delimiters of a text's paragraphs as they are parsed."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._work = 0

    def check(self, body: str, span: Span) -> None:
        """Raise LimitError if a paragraph has too many, for itself or, being so long, with those before it."""
        found = sum(map(body.count, DELIMITERS))
        if "@" in body:
            found += body.count(".")  # what follows an `@` is tried for a host's name from each dot
        limit = self._limits.delimiters
        if found > limit:
            message = f"{found:,} delimiters such as `*` and `[` in a paragraph, more than the limit of {limit:,}"
            raise LimitError(message, "delimiters", span)
        self._work += found * len(body)
        if self._work > limit * PARAGRAPH:
            message = f"the paragraphs up to here have more delimiters such as `*` and `[` than {limit:,} allow"
            raise LimitError(f"{message}, each counted by its paragraph's length", "delimiters", span)
