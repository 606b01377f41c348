"""The text report: each finding with its source line and carets below it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from waku_lint.diagnostics import Diagnostic, Severity
from waku_lint.engine.result import RunResult
from waku_lint.errors import plain
from waku_lint.regexes import lazy
from waku_lint.reporters.context import PLAIN, Context
from waku_lint.reporters.statistics import statistics

TAB: Final = 4
WIDTH: Final = 100  # width of a source line in terminal cells
BEFORE: Final = 30  # cells shown before the caret where a line is cut

# A terminal shows as one: an emoji with its selectors, joined emojis, a letter with its accents.
_CLUSTER: Final = lazy(r".(?:[\ufe0f\U0001f3fb-\U0001f3ff]|\u200d.)*", re.DOTALL)

_BOLD: Final = "\x1b[1m"
_RESET: Final = "\x1b[0m"
_COLOURS: Final = {Severity.ERROR: "\x1b[31m", Severity.WARNING: "\x1b[33m"}
_BLUE: Final = "\x1b[34m"


def report_text(result: RunResult, context: Context = PLAIN) -> str:
    """Report each finding with its source line, or a table of rules, and the counts."""
    if context.statistics:
        blocks = ["".join(f"{line}\n" for line in statistics(result))] if result.diagnostics else []
    else:
        blocks = [_block(each, context.colour) for each in result.diagnostics]
    held = ""
    if result.held_back:
        held = f"\n{count(result.held_back, 'older finding')} not shown (--report=all)"
    if result.baselined:
        held += f"\n{count(result.baselined, 'finding')} in {result.baseline} not shown (check --no-baseline)"
    if result.stale:
        stale = f"{result.stale} stale {'entry' if result.stale == 1 else 'entries'}"
        held += f"\n{stale} in {result.baseline}; waku-lint baseline --prune"
    return "\n".join((*blocks, summary(result) + held)) + "\n"


def _block(each: Diagnostic, colour: bool) -> str:
    paint = _painter(colour)
    place = f"{plain(each.path)}:{each.start.line}:{each.start.column}"
    kind = paint(each.severity.value, _COLOURS[each.severity])
    head = f"{paint(place, _BOLD)}: {kind} {paint(each.code, _BOLD)} {each.name}: {plain(each.message)}"
    number = str(each.start.line)
    gutter = " " * len(number)
    bar = paint("|", _BLUE)
    shown, carets = excerpt(each)
    lines = [
        head,
        f" {paint(number, _BLUE)} {bar} {shown}".rstrip(),
        f" {gutter} {bar} {paint(carets, _COLOURS[each.severity])}",
    ]
    if each.cause is not None:
        lines.append(f" {gutter} = caused by this change: {plain(each.cause)}")
    places = (f"{there.path}:{there.start.line}:{there.start.column}: {there.message}" for there in each.related)
    lines.extend(f" {gutter} = {plain(place)}" for place in places)
    return "\n".join(lines) + "\n"


def excerpt(each: Diagnostic) -> tuple[str, str]:
    """The source line and the caret line below it, aligned cell by cell and cut to a width.

    Tabs become blanks up to the next tab stop, control characters become `?`.
    """
    cells = _cells(each.source_line)
    start = min(each.start.column - 1, len(cells))
    end = each.end.column - 1 if each.end.line == each.start.line else len(cells)
    end = min(max(end, start), len(cells))
    first, last = _window(cells, start)
    shown = "".join(text for text, _ in cells[first:last])
    lead = sum(width for _, width in cells[first:start])
    marked = sum(width for _, width in cells[start : min(end, last)])
    left, right = "…" if first else "", "…" if last < len(cells) else ""
    return left + shown + right, " " * (lead + len(left)) + "^" * max(marked, 1)


def _window(cells: list[tuple[str, int]], start: int) -> tuple[int, int]:
    """Choose the part of a wide line to show: some characters before `start`, and those after it that fit."""
    if sum(width for _, width in cells) <= WIDTH:
        return 0, len(cells)
    first, used = start, 0
    while first > 0 and used + cells[first - 1][1] <= BEFORE:
        first -= 1
        used += cells[first][1]
    last = start
    while last < len(cells) and used + cells[last][1] <= WIDTH:
        used += cells[last][1]
        last += 1
    return first, last


def _cells(line: str) -> list[tuple[str, int]]:
    """The printed form of each character, and its width in terminal cells."""
    if line.isascii() and line.isprintable():
        return [(char, 1) for char in line]
    from wcwidth import wcswidth

    cells: list[tuple[str, int]] = []
    column = 0
    for match in _CLUSTER.finditer(line):
        cluster = match.group()
        width = wcswidth(cluster)
        if cluster == "\t":
            width = TAB - column % TAB
            cluster = " " * width
        elif width < 0:
            cluster, width = "?", 1
        # The first character of a cluster has its whole width, the others have none.
        cells.append((cluster[:1] if width >= 0 and match.group() != "\t" else cluster, width))
        cells.extend((char, 0) for char in match.group()[1:])
        column += width
    return cells


def summary(result: RunResult) -> str:
    """Summarize the numbers of findings and documents."""
    files = count(result.checked, "document")
    errors, warnings = result.count(Severity.ERROR), result.count(Severity.WARNING)
    if not errors and not warnings:
        return f"{files} checked, no findings"
    parts = [count(number, word) for number, word in ((errors, "error"), (warnings, "warning")) if number]
    places = len({each.path for each in result.diagnostics})
    # A change may cause findings in documents that it does not touch.
    where = f"{places} of {files}" if places <= result.checked else count(places, "document")
    return f"{' and '.join(parts)} in {where}"


def count(number: int, word: str) -> str:
    """A number with a noun in singular or plural."""
    return f"{number} {word}{'' if number == 1 else 's'}"


def _painter(colour: bool) -> Callable[[str, str], str]:
    return (lambda text, code: f"{code}{text}{_RESET}") if colour else (lambda text, _code: text)
