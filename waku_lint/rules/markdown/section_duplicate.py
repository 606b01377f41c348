"""The headings of one level have different texts.

Of two sections called alike one is found and read, the other is not; a link to the heading leads to the first.
Most often one was left over from the template. Sections of different parents may be called alike.
"""

from __future__ import annotations

from collections.abc import Iterator

from waku_lint.documents.extract.outline import normal
from waku_lint.documents.model import Heading, Milestone
from waku_lint.rules.base import Document, Example, Finding, Related, Rule, RuleContext, Severity, Span


def check(document: Document, _ctx: RuleContext) -> Iterator[Finding]:
    issues = _issues(document)
    parents: list[Heading] = []
    first: dict[tuple[Span | None, str], Heading] = {}
    for heading in document.layout.headings:
        while parents and parents[-1].level >= heading.level:
            parents.pop()
        parent = parents[-1].anchor if parents else None
        parents.append(heading)
        name = normal(heading.title.value) if heading.title else ""
        if not name or heading.title is None:
            continue
        earlier = first.setdefault((parent, name), heading)
        issue = issues.get(heading.anchor)
        if earlier is heading or (issue is not None and issue == issues.get(earlier.anchor)):
            continue  # one issue twice is a matter of the issue
        related = Related(document.path, earlier.anchor, "the first is here")
        yield Finding(heading.anchor, f"there is a section `{heading.title.value}` already", related=(related,))


def _issues(document: Document) -> dict[Span, str]:
    """The issue that each deliverable links, by the place of its title."""
    deliverables = document.root.deliverables if isinstance(document.root, Milestone) else ()
    return {each.anchor: each.issue.value for each in deliverables if each.issue}


_PAGE = "# Relay metrics\n\n"

RULE = Rule(
    code="WL109",
    name="section-duplicate",
    doc=__doc__ or "",
    remedy="Put the contents of both under one heading, or give one of them another name.",
    severity=Severity.WARNING,
    applies_to=Document,
    check=check,
    examples=(
        Example(f"{_PAGE}## Risks\n\nNone is known.\n\n## FURPS\n\nNone.\n"),
        Example(f"{_PAGE}## Sending\n\n### Limits\n\nNone.\n\n## Receiving\n\n### Limits\n\nNone.\n"),
        Example("# Relay FURPS\n\n## Functionality\n\n### Edge\n\n## Usability\n\n### Edge\n", path="FURPS/relay.md"),
        Example(f"{_PAGE}## Risks\n\nNone is known.\n\n## FURPS\n\nNone.\n\n## Risks\n", reports=("Risks",)),
        Example(f"{_PAGE}## Out of scope\n\nDashboards.\n\n## Out of Scope:\n\nAlerts.\n", reports=("Out of Scope:",)),
        Example(f"{_PAGE}## Deliverables\n\n### Export\n\n### Show\n\n### export\n", reports=("export",)),
    ),
)
