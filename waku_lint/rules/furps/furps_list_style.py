"""A statement is an item of a numbered list: `1. text`, not `- P1. text` or a line `P1. text`.

Its id is its section's letter and its place in the list, as a renderer numbers it. An id written
by hand stays when a statement is put before it, and a line that is no list item has no place at all.
The template of feature files numbers them so.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice
from typing import Final

from waku_lint.documents.model import Category, Statement
from waku_lint.positions import LINE_END
from waku_lint.regexes import lazy
from waku_lint.rules.base import Document, Edit, Examples, Finding, Fix, Rule, RuleContext, Span

_WRITTEN: Final = lazy(r"[-*+][ \t]+([FURPS]|\+)(\d{1,4})[.:)]")
_NO_BLANK: Final = lazy(r"(?<=[\r\n])(?P<marker>(?P<number>\d{1,4})[.)])(?=[^\W\d]|[*_`\[])")


def check(category: Category, ctx: RuleContext) -> Iterator[Finding]:
    items = [statement for each in category.lists for statement in each.statements]
    for statement in items:
        if statement.number is not None and not statement.marker.value[0].isdigit():
            yield _item(statement, ctx.document.text)
        elif statement.number is not None:
            yield from _swallowed(statement, statement.number, ctx.document.text)
    yield from _lines(category, [each.span for each in items], ctx.document)


def _swallowed(statement: Statement, number: int, text: str) -> Iterator[Finding]:
    """The statements after one that are read as part of it: their numbers lack the blank."""
    for match in _NO_BLANK.finditer(text, statement.span.start, statement.span.end):
        if int(match["number"]) == number + 1:
            number += 1
            span = Span(*match.span("marker"))
            yield Finding(
                span, f"`{match['marker']}` begins no list item; put a blank after it: `{match['marker']} text`"
            )


def _lines(category: Category, items: list[Span], document: Document) -> Iterator[Finding]:
    """Paragraphs that are statements; a line within one that happens to begin with an id is none."""
    pattern = re.compile(rf"(?:\*\*|__)?{re.escape(category.letter)}\d{{1,4}}[.:)](?=[*_\s]|\Z)")
    below = False  # a statement of this form: the next line can be another
    first = bisect_left(document.prose, category.span.start, key=lambda each: each.span.start)
    for prose in islice(document.prose, first, None):
        if prose.span.start >= category.span.end:
            return
        line = pattern.match(prose.value)
        is_statement = (
            line is not None
            and prose.where == "paragraph"
            and (below or _begins_paragraph(document.text, prose.span.start))
            and not any(item.start <= prose.span.start < item.end for item in items)
        )
        below = is_statement
        if line and is_statement:
            span = prose.span.part(0, line.end())
            yield Finding(span, f"`{line.group()}` begins no list item; expected a numbered list: `1. text`")


def _begins_paragraph(text: str, offset: int) -> bool:
    before = text[text.rfind("\n", 0, max(offset - 1, 0)) + 1 : offset]
    return before.endswith(("\n", "\r")) and (not before.strip() or before.startswith("#"))


def _item(statement: Statement, text: str) -> Finding:
    span = Span(statement.span.start, statement.marker.span.end)
    written = _WRITTEN.fullmatch(text[span.start : span.end])
    fix = None
    # What stands on further lines is indented for the bullet, not for the number.
    one_line = LINE_END.search(text, statement.span.start, statement.span.end) is None
    if written and "".join(written.groups()) == statement.id and one_line:
        fix = Fix((Edit(span, f"{statement.number}."),), safe=True)
    place = re.sub(r"\D", "", statement.id)
    return Finding(span, f"statement has its id written; expected a numbered list: `{place}.`", fix)


_HEAD = "# Mix FURPS\n\n## Performance\n\n"
_EXAMPLES = Examples(path="FURPS/core/mix.md")

RULE = Rule(
    code="WL405",
    name="furps-list-style",
    doc=__doc__ or "",
    remedy="Begin the statement with the number of its place in the section: `1. text`.",
    applies_to=Category,
    check=check,
    examples=(
        _EXAMPLES.clean(f"{_HEAD}1. Payloads are limited to 4 kB.\n2. P1 holds for replies as well.\n"),
        _EXAMPLES.clean(f"{_HEAD}1. Payloads are limited to 4 kB.\n   - P1. was measured in May.\n"),
        _EXAMPLES.clean(f"{_HEAD}P1 and P2 were measured with 100 nodes.\n\n1. Payloads are limited to 4 kB.\n"),
        _EXAMPLES.reports(
            f"{_HEAD}- P1. Payloads are limited to 4 kB.\n- P2. Replies take 5 s.\n",
            "- P1.",
            "- P2.",
            fixed=f"{_HEAD}1. Payloads are limited to 4 kB.\n2. Replies take 5 s.\n",
        ),
        _EXAMPLES.reports(
            f"{_HEAD}1. Payloads are limited to 4 kB.\n2.Replies take 5 s.\n3.Nodes take 1 s.\n", "2.", "3."
        ),
        _EXAMPLES.reports(f"{_HEAD}- P2. Payloads are limited to 4 kB.\n", "- P2."),
        _EXAMPLES.reports(f"{_HEAD}- **P1.** Payloads are limited\n  to 4 kB.\n", "- **P1."),
        _EXAMPLES.reports(f"{_HEAD}P1. Payloads are limited to 4 kB.\nP2. Replies take 5 s.\n", "P1.", "P2."),
    ),
)
