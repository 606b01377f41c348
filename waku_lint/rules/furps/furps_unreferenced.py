"""Each statement of a feature is delivered by a deliverable.

A statement nobody delivers is a wish: it is planned, or it is not promised.
"""

from __future__ import annotations

from collections.abc import Iterator

from waku_lint.documents.model import FurpsSet
from waku_lint.project.quotations import Feature
from waku_lint.rules.base import Examples, Finding, Rule, RuleContext, Severity


def check(furps: FurpsSet, ctx: RuleContext) -> Iterator[Finding]:
    feature = Feature(ctx.document, furps)
    delivered = {
        identifier
        for page in map(ctx.project.document, ctx.project.naming(ctx.document.path))
        if page is not None
        for quote in ctx.project.quotes(page)
        if any(each.document.path == ctx.document.path for each in quote.features or ())
        for identifier in quote.ids
    }
    if not delivered:
        return  # a feature of which nothing is planned yet
    for statement in feature.statements:
        names = {statement.id, f"{statement.id[0]}{statement.number}"}
        if statement.text is not None and not names & delivered:
            yield Finding(statement.anchor, f"no deliverable delivers {statement.id} of `{feature.title}`")


_FEATURE = "# Relay FURPS\n\n## Functionality\n\n1. Nodes relay.\n2. Nodes count.\n"
_PAGE = (
    "# Relay\n\n## Deliverables\n\n### [Relay metrics](https://github.com/waku-org/pm/issues/101)\n\n"
    "**Feature**: [Relay](/FURPS/relay.md)\n\n**FURPS**:\n"
)
_EXAMPLES = Examples(path="FURPS/relay.md")

RULE = Rule(
    code="WL411",
    name="furps-unreferenced",
    doc=__doc__ or "",
    remedy="Name the statement in the deliverable that delivers it, or take it out of the feature.",
    severity=Severity.WARNING,
    applies_to=FurpsSet,
    check=check,
    examples=(
        _EXAMPLES.clean(_FEATURE, files={"draft-roadmap/relay.md": f"{_PAGE}- F1. Nodes relay.\n- F2\n"}),
        _EXAMPLES.clean(_FEATURE, files={"draft-roadmap/relay.md": f"{_PAGE}- all\n"}),
        _EXAMPLES.clean(_FEATURE),
        _EXAMPLES.reports(_FEATURE, "2.", files={"draft-roadmap/relay.md": f"{_PAGE}- F1. Nodes relay.\n"}),
        _EXAMPLES.reports(_FEATURE, "1.", files={"draft-roadmap/relay.md": f"{_PAGE}- F2\n"}),
        _EXAMPLES.reports(
            f"{_FEATURE}3. Nodes forget.\n4. Nodes sleep.\n",
            "1.",
            "4.",
            files={"draft-roadmap/relay.md": f"{_PAGE}- F2-3\n"},
        ),
    ),
)
