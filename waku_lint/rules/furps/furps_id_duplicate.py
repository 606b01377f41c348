"""A deliverable names each statement once.

The second mention is a slip of copying: the statement that was meant is then missing.
"""

from __future__ import annotations

from collections.abc import Iterator

from waku_lint.documents.extract.ids import ID, span_of_ids
from waku_lint.documents.model import Deliverable
from waku_lint.project.quotations import references_of
from waku_lint.rules.base import Example, Finding, Rule, RuleContext


def check(deliverable: Deliverable, _ctx: RuleContext) -> Iterator[Finding]:
    if len(deliverable.features) > 1:
        return  # each feature has an `F1` of its own; WL310 reports that there are several
    seen: set[str] = set()
    for reference in references_of(deliverable):
        value = reference.id.value
        ids = {value} if ID.fullmatch(value) else set(span_of_ids(value))
        repeated = sorted(ids & seen, key=lambda each: (each[0], int(each[1:])))
        if repeated:
            yield Finding(reference.id.span, f"{', '.join(repeated)} stands twice in `{deliverable.title.value}`")
        seen |= ids


_PAGE = "# Relay\n\n## Deliverables\n\n"
_SECTION = f"{_PAGE}### [Relay metrics](https://github.com/waku-org/pm/issues/101)\n\n**FURPS**:\n"

RULE = Rule(
    code="WL423",
    name="furps-id-duplicate",
    doc=__doc__ or "",
    remedy="Delete the second mention, or give the id that was meant.",
    applies_to=Deliverable,
    check=check,
    examples=(
        Example(f"{_SECTION}- F1. Nodes relay.\n- U1. Operators see it.\n"),
        Example(f"{_SECTION}- F1-3\n- F4. Nodes forget.\n"),
        Example(f"{_PAGE}- Relay metrics: F1, U2 (nwaku)\n- Relay limits: F1 (nwaku)\n"),
        Example(f"{_SECTION}- F1. Nodes relay.\n- F1. Nodes count.\n", reports=("F1",)),
        Example(f"{_SECTION}- F1-3\n- F2. Nodes count.\n", reports=("F2",)),
        Example(f"{_PAGE}- Relay metrics: F1, U2, F1 (nwaku)\n", reports=("F1",)),
    ),
)
