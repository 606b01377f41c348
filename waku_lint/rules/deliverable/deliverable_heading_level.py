"""A deliverable's heading is below the heading of the section *Deliverables*, on the level of the others.

On the level of *Risks* or *FURPS* it looks like one more section of the page: the outline does not show what the
deliverables are, nor where they end. On a deeper level than the others it looks like a part of the one before it.
"""

from __future__ import annotations

from collections.abc import Iterator

from waku_lint.documents.model import Deliverable, Heading, Milestone
from waku_lint.rules.base import Example, Finding, Rule, RuleContext, Severity


def check(milestone: Milestone, ctx: RuleContext) -> Iterator[Finding]:
    own = {each.span.start for each in milestone.deliverables if each.level}
    top = min((each.level for each in milestone.deliverables if each.level > 2), default=0)
    for deliverable in milestone.deliverables:
        if deliverable.level in (1, 2):
            message = "deliverable's heading is as high as a section's; write `### name`, below `## Deliverables`"
            yield Finding(deliverable.anchor, message)
        elif deliverable.level > top and _is_slip(deliverable, milestone, own, ctx.document.layout.headings):
            wanted = f"{'#' * top} name"
            yield Finding(deliverable.anchor, f"deliverable's heading is deeper than the others'; write `{wanted}`")


def _is_slip(deliverable: Deliverable, milestone: Milestone, own: set[int], headings: tuple[Heading, ...]) -> bool:
    """Whether a deeper heading stands in no group: right below another deliverable, or below *Deliverables*."""
    above = [
        each for each in headings if each.anchor.start < deliverable.anchor.start and each.level < deliverable.level
    ]
    if not above or milestone.deliverables_heading is None:
        return False
    return above[-1].span.start in own or above[-1].anchor == milestone.deliverables_heading.span


_ONE = "### [Relay metrics](https://github.com/waku-org/pm/issues/101)\n\n**Owner**: nwaku\n"
_OTHER = "### [Relay panel](https://github.com/waku-org/pm/issues/102)\n\n**Owner**: js-waku\n"
_PAGE = "# Relay\n\n## Deliverables\n\n"

RULE = Rule(
    code="WL315",
    name="deliverable-heading-level",
    doc=__doc__ or "",
    remedy="Put a heading `## Deliverables` above the deliverables, and `###` before each of their names.",
    severity=Severity.WARNING,
    applies_to=Milestone,
    check=check,
    examples=(
        Example(f"{_PAGE}{_ONE}"),
        Example(f"{_PAGE}### Phase 1\n\n#{_ONE}\n{_OTHER}"),
        Example(f"{_PAGE}- Relay metrics: F1 (nwaku)\n"),
        Example("# Relay\n\n" + _ONE.removeprefix("#"), reports=("Relay metrics",)),
        Example(
            f"# Relay\n\n## Deliverables\n\n{_ONE.removeprefix('#')}\n## Relay panel\n\n**Owner**: js-waku\n",
            reports=("Relay metrics", "Relay panel"),
        ),
        Example("# Relay\n\nDeliverables\n---\n\nRelay metrics\n---\n\n**Owner**: nwaku\n", reports=("Relay metrics",)),
        Example(f"{_PAGE}{_ONE}\n#{_OTHER}", reports=("Relay panel",)),
        Example(f"{_PAGE}#{_ONE}\n{_OTHER}", reports=("Relay metrics",)),
        Example(f"{_PAGE}{_ONE}\n{_OTHER.removeprefix('#')}\n{_ONE.replace('1)', '3)')}", reports=("Relay panel",)),
    ),
)
