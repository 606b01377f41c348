"""A section says something: what is below its heading is not left blank.

An empty section looks like one that is still to come, and nobody knows whether it is. A heading that says it all,
`Status: done` or a link, may stand alone, and so may a FURPS category: a feature need not say something in each.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from waku_lint.documents.model import FurpsSet, Milestone
from waku_lint.regexes import lazy
from waku_lint.rules.base import Document, Example, Finding, Rule, RuleContext, Severity, Span

_TELLING: Final = lazy(r":\s*\S|\[\[.*\]\]|://")


def check(document: Document, _ctx: RuleContext) -> Iterator[Finding]:
    root = document.root
    if not isinstance(root, (Milestone, FurpsSet)):
        return  # a template's sections are for those who use it
    others = (*_told_elsewhere(root), *(link.span for link in document.links))
    for heading in document.layout.headings:
        title = heading.title
        if not heading.empty or heading.level == 1 or title is None or _TELLING.search(title.value):
            continue
        if not any(each.start < title.span.end and title.span.start < each.end for each in others):
            yield Finding(title.span, f"section `{title.value}` is empty")


def _told_elsewhere(root: Milestone | FurpsSet) -> Iterator[Span]:
    """Headings for which other rules tell what is missing, or nothing is."""
    if root.title is not None:
        yield root.title.span
    if isinstance(root, FurpsSet):
        yield from (category.anchor for category in root.categories)
        return
    yield from (deliverable.span for deliverable in root.deliverables)
    labels = (
        root.deliverables_heading,
        root.resources.label if root.resources else None,
        root.estimate.label if root.estimate else None,
    )
    yield from (label.span for label in labels if label is not None)


_PAGE = "# Relay metrics\n\n"

RULE = Rule(
    code="WL108",
    name="section-empty",
    doc=__doc__ or "",
    remedy="Write what belongs there, or delete the heading.",
    severity=Severity.WARNING,
    applies_to=Document,
    check=check,
    examples=(
        Example(f"{_PAGE}## Risks\n\nNone is known.\n\n## Deliverables\n"),
        Example(f"{_PAGE}## Scope\n\n### Out of scope\n\nDashboards.\n"),
        Example(f"{_PAGE}## Status: done\n\n## Related milestones\n\n### [Relay](relay.md)\n"),
        Example(f"{_PAGE}## Deliverables\n\n### [Export metrics](https://github.com/waku-org/pm/issues/101)\n"),
        Example(
            "# Relay FURPS\n\n## Functionality\n\n1. Relays messages.\n\n## Usability\n", path="FURPS/core/relay.md"
        ),
        Example(f"{_PAGE}## FURPS\n\n## Risks\n\nNone is known.\n", reports=("FURPS",)),
        Example(f"{_PAGE}## Risks\n\n<!-- a row for each risk -->\n\n## Deliverables\n", reports=("Risks",)),
        Example(
            f"{_PAGE}## Risks\n\n| Risk | (Accept, Own, Mitigation) |\n|------|------|\n|      |      |\n",
            reports=("Risks",),
        ),
    ),
)
