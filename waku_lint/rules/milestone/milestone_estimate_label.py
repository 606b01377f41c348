"""A milestone's estimate stands after the label that the template gives it.

Scripts and people search all pages for one label; `Estimated Date of Delivery` is found by neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from waku_lint.documents.model import Milestone
from waku_lint.rules.base import Edit, Example, Finding, Fix, Option, Rule, RuleContext, Severity


def check(milestone: Milestone, ctx: RuleContext) -> Iterator[Finding]:
    if milestone.estimate is None:
        return  # WL201 reports a missing estimate
    label, expected = milestone.estimate.label, ctx.options["label"]
    if re.sub(r"\A\W+", "", " ".join(label.value.split())) == expected:  # an emoji before it does no harm
        return
    # Markup or a line's end within the label, as in `**Estimated date** of completion`, is a person's to sort out.
    plain = ctx.document.text[label.span.start : label.span.end] == label.value
    fix = Fix((Edit(label.span, expected),), safe=True) if plain else None
    yield Finding(label.span, f"the estimate's label is `{label.value}`; expected `{expected}`", fix)


RULE = Rule(
    code="WL202",
    name="milestone-estimate-label",
    doc=__doc__ or "",
    remedy="Write the label as in the template: `**Estimated date of completion**: 30 Sep 2025`.",
    severity=Severity.WARNING,
    applies_to=Milestone,
    check=check,
    options=(Option("label", "Estimated date of completion", "The label.", {"type": "string", "minLength": 1}),),
    examples=(
        Example("# Relay metrics\n\n**Estimated date of completion**: 30 Sep 2025\n"),
        Example("# Relay metrics\n\nEstimated date of completion: 2025-09-30\n"),
        Example("# Relay metrics\n\nThe estimated date of delivery depends on the audit.\n"),
        Example(
            "# Relay metrics\n\nEstimated Date of Completion: 2025-09-30\n",
            reports=("Estimated Date of Completion",),
            fixed="# Relay metrics\n\nEstimated date of completion: 2025-09-30\n",
        ),
        Example(
            "# Relay metrics\n\n**Estimated date of delivery:** 30 Sep 2025\n",
            reports=("Estimated date of delivery",),
            fixed="# Relay metrics\n\n**Estimated date of completion:** 30 Sep 2025\n",
        ),
        Example(
            "# Relay metrics\n\n**Estimate date of completion**: 30 Sep 2025\n",
            reports=("Estimate date of completion",),
            fixed="# Relay metrics\n\n**Estimated date of completion**: 30 Sep 2025\n",
        ),
        Example(
            "# Relay metrics\n\n- **Completion date**: 30 Sep 2025\n",
            reports=("Completion date",),
            fixed="# Relay metrics\n\n- **Estimated date of completion**: 30 Sep 2025\n",
        ),
    ),
)
