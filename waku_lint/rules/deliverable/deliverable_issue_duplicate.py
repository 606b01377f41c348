"""Each deliverable has a GitHub issue of its own.

An issue that two deliverables link was copied with the heading; one of the two has none. On two pages it can be one
deliverable that both milestones need, so that is a warning.
"""

from __future__ import annotations

from collections.abc import Iterator

from waku_lint.documents.model import Deliverable, Milestone
from waku_lint.project.facts import issue_of
from waku_lint.rules.base import Example, Finding, Related, Rule, RuleContext, Severity


def check(milestone: Milestone, ctx: RuleContext) -> Iterator[Finding]:
    own: dict[str, Deliverable] = {}
    for deliverable in milestone.deliverables:
        if deliverable.issue is None:
            continue
        number = issue_of(deliverable.issue.value)
        first = own.setdefault(number, deliverable)
        if first is not deliverable:
            message = f"issue {_shown(number)} is already the one of `{first.title.value}`"
            related = Related(ctx.document.path, first.anchor, first.title.value)
            yield Finding(deliverable.issue.span, message, related=(related,))
    others = {path for number in own for path in ctx.project.filed(number)} - {ctx.document.path}
    for page in filter(None, map(ctx.project.document, sorted(others))):
        listed = page.root.deliverables if isinstance(page.root, Milestone) else ()
        theirs = {issue_of(other.issue.value): other for other in reversed(listed) if other.issue}
        for number, other in theirs.items():
            here = own.get(number)
            if here is not None and here.issue is not None:
                message = f"issue {_shown(number)} is also linked by `{page.path}`"
                related = Related(page.path, other.anchor, other.title.value)
                yield Finding(here.issue.span, message, related=(related,), severity=Severity.WARNING)


def _shown(number: str) -> str:
    return f"#{number.rpartition('/')[2]}"


_ISSUE = "https://github.com/waku-org/pm/issues/101"
_OTHER = "https://github.com/waku-org/pm/issues/102"
_PAGE = f"# Relay\n\n## Deliverables\n\n### [Relay metrics]({_ISSUE})\n\n**Owner**: nwaku\n"
_FILES = {"draft-roadmap/store.md": f"# Store\n\n## Deliverables\n\n### [Store metrics]({_ISSUE})\n"}

RULE = Rule(
    code="WL308",
    name="deliverable-issue-duplicate",
    doc=__doc__ or "",
    source="MUST be defined as an issue in the https://github.com/waku-org/pm repo.",
    remedy="File an issue for each deliverable, and link its own.",
    applies_to=Milestone,
    check=check,
    examples=(
        Example(f"{_PAGE}\n### [Relay limits]({_OTHER})\n"),
        Example(f"{_PAGE}\nSee also [the issue]({_ISSUE}).\n"),
        Example(_PAGE.replace("101", "103"), files=_FILES),
        Example(f"{_PAGE}\n### [Relay limits]({_ISSUE})\n", reports=(_ISSUE,)),
        Example(f"{_PAGE}\n### [Relay limits]({_ISSUE}#issuecomment-1)\n", reports=(f"{_ISSUE}#issuecomment-1",)),
        Example(_PAGE, reports=(_ISSUE,), files=_FILES),
    ),
)
