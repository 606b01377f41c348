"""A milestone page has the sections of its template.

Whoever compares milestones looks for the objective, the features and the risks at the same place in each.
A bold label at the start of a line, as on older pages, stands for a heading.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from waku_lint.documents.extract.outline import normal
from waku_lint.documents.model import Milestone
from waku_lint.rules.base import Example, Finding, Option, Rule, RuleContext, Severity
from waku_lint.rules.wording import listed

_SECTIONS: Final = {
    "Strategic Objective": ["Strategic Objectives", "Strategic Goal", "Objective", "Objectives", "Goal", "Goals"],
    "FURPS": ["Feature", "Features"],
    "Risks": ["Risk"],
    "Deliverables": [],
}


def check(milestone: Milestone, ctx: RuleContext) -> Iterator[Finding]:
    titles = [normal(section.title.value) for section in milestone.sections]
    # WL209 reports a page without deliverables.
    deliverables = milestone.deliverables_heading is not None or not milestone.deliverables
    missing = [
        name
        for name, others in ctx.options["sections"].items()
        if not any(_begins(title, each) for title in titles for each in (name, *others))
        and not (deliverables and normal(name) == "deliverables")
    ]
    if missing:
        noun = "section" if len(missing) == 1 else "sections"
        yield Finding(milestone.anchor, f"page has no {noun} {listed(missing)}, which the template has")


def _begins(title: str, name: str) -> bool:
    """Whether a title is the name, or goes on after it: `Risks and mitigations`."""
    rest = title.removeprefix(normal(name))
    return rest != title and not rest[:1].isalnum()


_TOP = "# Relay metrics\n\nOperators see what their node relays.\n\n"
_ALL = "## Strategic Objective\n\nGrowth\n\n## FURPS\n\n- [Relay](/FURPS/relay.md): F1\n\n## Risks\n\nNone\n\n"

RULE = Rule(
    code="WL207",
    name="milestone-section-missing",
    doc=__doc__ or "",
    remedy="Add the heading, such as `## Risks`, and what belongs below it.",
    severity=Severity.WARNING,
    applies_to=Milestone,
    check=check,
    options=(
        Option(
            "sections",
            _SECTIONS,
            "The sections a page has; each with other names that mean the same.",
            {
                "type": "object",
                "additionalProperties": {"type": "array", "items": {"type": "string", "minLength": 1}},
            },
        ),
    ),
    examples=(
        Example(f"{_TOP}{_ALL}## Deliverables\n\n### Panel\n\n**Owner**: nwaku\n"),
        Example(f"{_TOP}**Goal**: Growth\n\n**FURPS** (see deliverables)\n\n**Risks**:\n- None\n"),
        Example(f"{_TOP}{_ALL.replace('## Risks', '## ⚠️ Risks and mitigations')}"),
        Example(f"{_TOP}{_ALL.replace('## Risks', '## Costs')}", reports=("Relay metrics",)),
        Example(_TOP, reports=("Relay metrics",)),
        Example(f"{_TOP}{_ALL}## Panel\n\n**Owner**: nwaku\n", reports=("Relay metrics",)),
    ),
)
