"""A full stop stands between an id and its statement.

`F1. text` is how feature files and pages write it: one form is found by one search.
"""

from __future__ import annotations

from collections.abc import Iterator

from waku_lint.documents.extract.ids import ID
from waku_lint.documents.model import FurpsReference
from waku_lint.rules.base import Edit, Example, Finding, Fix, Rule, RuleContext, Severity, Span


def check(reference: FurpsReference, ctx: RuleContext) -> Iterator[Finding]:
    if reference.text is None or reference.place == "inline" or not ID.fullmatch(reference.id.value):
        return
    if ctx.document.text[: reference.id.span.start].endswith(("(", "[", "{")):
        return  # `(F1) text`
    separator = reference.separator
    if separator is not None and separator.value == ".":
        return
    identifier = reference.id
    end = identifier.span.end
    written = separator.value if separator is not None else ""
    span = separator.span if separator is not None else Span(end, end)
    message = f"write `{identifier.value}.` before a statement, not `{identifier.value}{written}`"
    place = Span(identifier.span.start, max(span.end, end))
    blank = "" if ctx.document.text[span.end : span.end + 1].isspace() else " "
    yield Finding(place, message, Fix((Edit(Span(end, span.end), f".{blank}"),), safe=True))


_PAGE = "# Relay\n\n## Deliverables\n\n### [Relay metrics](https://github.com/waku-org/pm/issues/101)\n\n**FURPS**:\n"

RULE = Rule(
    code="WL427",
    name="furps-separator",
    doc=__doc__ or "",
    source='"a FURPS" refers to an individual FURPS statement (e.g. "S1. available in libwaku").',
    remedy="Write `F1. text`.",
    severity=Severity.WARNING,
    applies_to=FurpsReference,
    check=check,
    examples=(
        Example(f"{_PAGE}- F1. Nodes relay.\n- **+1**. Peers stay unknown.\n"),
        Example(f"{_PAGE}- F1\n- U1-2\n"),
        Example(f"{_PAGE}- F1, U2\n"),
        Example(f"{_PAGE}- F1: Nodes relay.\n", reports=("F1:",), fixed=f"{_PAGE}- F1. Nodes relay.\n"),
        Example(f"{_PAGE}- F1) Nodes relay.\n", reports=("F1)",), fixed=f"{_PAGE}- F1. Nodes relay.\n"),
        Example(f"{_PAGE}- F1 - Nodes relay.\n", reports=("F1 -",), fixed=f"{_PAGE}- F1. Nodes relay.\n"),
        Example(f"{_PAGE}- F1 Nodes relay.\n", reports=("F1",), fixed=f"{_PAGE}- F1. Nodes relay.\n"),
    ),
)
