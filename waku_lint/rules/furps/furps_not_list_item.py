"""Each statement a deliverable delivers is a list item.

Lines of one paragraph run together when the page is shown. A line that begins with `For`, which limits the
statements above it, is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from waku_lint.documents.model import FurpsReference
from waku_lint.positions import line_start
from waku_lint.rules.base import Edit, Example, Finding, Fix, Rule, RuleContext, Severity, Span


def check(reference: FurpsReference, ctx: RuleContext) -> Iterator[Finding]:
    if reference.place != "line" or reference.text is None:
        return
    text = ctx.document.text
    start = line_start(text, reference.id.span.start)
    before = text[start : reference.id.span.start]
    if re.fullmatch(r"[ ]{0,3}[*_]*", before):
        at = start + len(before) - len(before.lstrip())
        fix = Fix((Edit(Span(at, at), "- "),), safe=True)
        yield Finding(reference.id.span, f"{reference.id.value} is no list item; begin its line with `- `", fix)


_PAGE = "# Relay\n\n## Deliverables\n\n### [Relay metrics](https://github.com/waku-org/pm/issues/101)\n\n**FURPS**:\n\n"

RULE = Rule(
    code="WL429",
    name="furps-not-list-item",
    doc=__doc__ or "",
    remedy="Begin the line with `- `.",
    severity=Severity.WARNING,
    applies_to=FurpsReference,
    check=check,
    examples=(
        Example(f"{_PAGE}- F1. Nodes relay.\n* U1. Operators see it.\n"),
        Example(f"{_PAGE}- F1. Nodes relay.\n\nFor S1. nwaku only.\n"),
        Example(f"{_PAGE}F1, U2\n"),
        Example(f"{_PAGE}F1. Nodes relay.\n", reports=("F1",), fixed=f"{_PAGE}- F1. Nodes relay.\n"),
        Example(
            f"{_PAGE}F1. Nodes relay.\nF2. Nodes count.\n",
            reports=("F1", "F2"),
            fixed=f"{_PAGE}- F1. Nodes relay.\n- F2. Nodes count.\n",
        ),
        Example(
            f"{_PAGE}- F1. Nodes relay.\n\n**U1**. Operators see it.\n",
            reports=("U1",),
            fixed=f"{_PAGE}- F1. Nodes relay.\n\n- **U1**. Operators see it.\n",
        ),
    ),
)
