"""A deliverable names statements by their ids: a category letter or `+`, and a number.

Ids are positions in the feature file: `F1`, `U12`, `+2`. `F.` or `+PRIV1` names none.
"""

from __future__ import annotations

from collections.abc import Iterator

from waku_lint.documents.extract.ids import is_reference
from waku_lint.documents.model import FurpsReference
from waku_lint.rules.base import Example, Finding, Rule, RuleContext


def check(reference: FurpsReference, _ctx: RuleContext) -> Iterator[Finding]:
    written = reference.id.value
    if not is_reference(written):
        yield Finding(reference.id.span, f"`{written}` is no FURPS id; expected one such as `F1`, `+2` or `U1-3`")


_PAGE = "# Relay\n\n## Deliverables\n\n### Relay metrics\n\n**Owner**: nwaku\n\n**FURPS**:\n"

RULE = Rule(
    code="WL424",
    name="furps-id-malformed",
    doc=__doc__ or "",
    source='"a FURPS" refers to an individual FURPS statement (e.g. "S1. available in libwaku").',
    remedy="Write the id as in the feature file: the category's letter and the statement's number in it.",
    applies_to=FurpsReference,
    check=check,
    examples=(
        Example(f"{_PAGE}- F1. Counts messages.\n- +2. Runs on the network.\n- U1-3\n- all\n"),
        Example(f"{_PAGE}- F1. Counts messages.\n\nFor S1. Browser.\n\nNote: P2P metrics come later.\n"),
        Example(f"{_PAGE}- R1, R2, P1\n"),
        Example(f"{_PAGE}- F. Counts messages.\n", reports=("F",)),
        Example(f"{_PAGE}- +PRIV1. Hides the sender.\n", reports=("+PRIV1",)),
        Example(f"{_PAGE}- U3-1\n", reports=("U3-1",)),
    ),
)
