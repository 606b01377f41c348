"""A reliability statement is signed off by a test suite of Vac-QA.

What holds on a developer's machine may not hold in an unreliable network. A mark beside the list counts
for the whole section; planned (🏗️) and struck statements are not due yet, or no more.
"""

from __future__ import annotations

from collections.abc import Iterator

from waku_lint.documents.model import Category
from waku_lint.rules.base import Examples, Finding, Rule, RuleContext, Severity
from waku_lint.rules.furps.signoff import due


def check(category: Category, ctx: RuleContext) -> Iterator[Finding]:
    if category.letter != "R":
        return
    for statement in due(category, ctx.document.text):
        signoffs = (*category.signoffs, *statement.signoffs)
        if not any(signoff.value == "Vac-QA" for signoff in signoffs):
            span = statement.text.span if statement.text else statement.anchor
            yield Finding(span, f"{statement.id} has no test suite of Vac-QA; add `(**Vac-QA**)`")


_HEAD = "# Store FURPS\n\n## Reliability\n\n"
_EXAMPLES = Examples(path="FURPS/core/store.md")

RULE = Rule(
    code="WL409",
    name="reliability-signoff",
    doc=__doc__ or "",
    source=(
        "For every `R` (Reliability) there should be a test suite by Vac-QA that sign-off the `R` in unreliable network"
        " environment"
    ),
    remedy="End the statement in `(**Vac-QA**)` for the test suite that attests it.",
    severity=Severity.WARNING,
    applies_to=Category,
    check=check,
    examples=(
        _EXAMPLES.clean(f"{_HEAD}1. Survives a restart (**Vac-QA**).\n2. Always answers **(Vac-QA)**.\n"),
        _EXAMPLES.clean(f"{_HEAD}All of these: **Vac-QA**.\n\n1. Survives a restart.\n2. Always answers.\n"),
        _EXAMPLES.clean(f"{_HEAD}1. 🏗️ Survives a restart.\n2. ~~Always answers.~~ (dropped)\n3. None\n"),
        _EXAMPLES.reports(f"{_HEAD}1. Survives a restart.\n", "Survives a restart."),
        _EXAMPLES.reports(
            f"{_HEAD}1. Survives a restart (**Vac-DST**).\n2. Always answers (**Vac-QA**).\n",
            "Survives a restart (**Vac-DST**).",
        ),
        _EXAMPLES.reports(
            f"{_HEAD}1. Survives a restart, ~~(**Vac-QA**)~~\n   with its queue.\n",
            "Survives a restart, ~~(**Vac-QA**)~~\n   with its queue.",
        ),
    ),
)
