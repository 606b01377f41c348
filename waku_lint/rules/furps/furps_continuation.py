"""A line that goes on with a statement is indented as the statement is.

A line without indentation is read as part of the statement above it, whether that is meant or not: in the
file it looks like a paragraph of its own, and it becomes one as soon as a blank line is put before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from waku_lint.documents.model import Statement
from waku_lint.positions import LINE_END, line_start
from waku_lint.regexes import lazy
from waku_lint.rules.base import Edit, Examples, Finding, Fix, Rule, RuleContext, Severity, Span

_MARKER: Final = lazy(r"(\d{1,9}[.)]|[-*+])( {1,4}(?! ))?")
# Lines that would be read otherwise when indented, or that mean something else: headings underlined by
# `===`, tables, addresses of links, conflicts that git left, numbers that are still missing, statements of their own
# whose number lacks its blank.
_NO_TEXT: Final = lazy(r"=+\s*\Z|.*\||\[[^\]]+\]:|<{7}|XX+[.)]|\d{1,4}[.)](?=[^\W\d]|[*_`\[\"'\u201c]|\Z)")


def check(statement: Statement, ctx: RuleContext) -> Iterator[Finding]:
    text, start, end = ctx.document.text, statement.span.start, statement.span.end
    marker = _MARKER.match(text, start, end)
    if marker is None:  # pragma: no cover - an item begins with its marker
        return
    column = start - line_start(text, start)
    width = len(marker.group(1)) + len(marker.group(2) or " ")
    starts = [match.end() for match in LINE_END.finditer(text, start, end)]
    edits: list[Edit] = []
    lines: list[Span] = []
    for at, after in pairwise([*starts, end]):
        line = text[at:after]
        words = line.strip()
        indented = len(line) - len(line.lstrip())
        if words and indented <= column and "\t" not in line[:indented]:
            lines.append(Span(at + indented, at + indented + len(words)))
            edits.append(Edit(Span(at, at + indented), " " * (column + width)))
    if lines and not any(_NO_TEXT.match(text, line.start, line.end) for line in lines):
        message = f"line goes on with {statement.id} but is not indented; expected {column + width} spaces before it"
        yield Finding(lines[0], message, Fix(tuple(edits), safe=True))


_HEAD = "# Store FURPS\n\n## Functionality\n\n"
_EXAMPLES = Examples(path="FURPS/core/store.md")

RULE = Rule(
    code="WL406",
    name="furps-continuation",
    doc=__doc__ or "",
    remedy="Indent the line as far as the statement's text, or put a blank line before it if it is no part of it.",
    severity=Severity.WARNING,
    applies_to=Statement,
    check=check,
    examples=(
        _EXAMPLES.clean(f"{_HEAD}1. Keeps messages for a week,\n   then deletes them.\n2. Answers queries.\n"),
        _EXAMPLES.clean(f"{_HEAD}1. Keeps messages for a week.\n\nA week has 7 days.\n\n2. Answers queries.\n"),
        _EXAMPLES.clean(f"{_HEAD}10. Keeps messages for a week,\n  then deletes them.\n"),
        _EXAMPLES.clean(f"{_HEAD}1. Keeps messages for a week.\n2.Answers queries.\n3. Counts them.\n"),
        _EXAMPLES.reports(
            f"{_HEAD}1. Keeps messages for a week,\nthen deletes them.\n2. Answers queries.\n",
            "then deletes them.",
            fixed=f"{_HEAD}1. Keeps messages for a week,\n   then deletes them.\n2. Answers queries.\n",
        ),
        _EXAMPLES.reports(
            f"{_HEAD}1.  Keeps messages\nfor a week,\nthen deletes them.\n",
            "for a week,",
            fixed=f"{_HEAD}1.  Keeps messages\n    for a week,\n    then deletes them.\n",
        ),
        _EXAMPLES.reports(
            f"{_HEAD}1. Keeps messages.\n2. Answers queries:\n   - by time\nand by hash.\n",
            "and by hash.",
            fixed=f"{_HEAD}1. Keeps messages.\n2. Answers queries:\n   - by time\n   and by hash.\n",
        ),
    ),
)
