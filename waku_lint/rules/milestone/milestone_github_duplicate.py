"""Each milestone page has a GitHub milestone of its own.

Two pages that give the same one share its progress: neither can be closed when it is done.
"""

from __future__ import annotations

from collections.abc import Iterator

from waku_lint.documents.model import Milestone
from waku_lint.project.facts import milestone_of
from waku_lint.rules.base import Examples, Finding, Related, Rule, RuleContext, Severity


def check(milestone: Milestone, ctx: RuleContext) -> Iterator[Finding]:
    seen: set[str] = set()
    for url in milestone.github:
        number = milestone_of(url.value)
        if number is None or number in seen:
            continue
        seen.add(number)
        pages = (ctx.project.document(path) for path in ctx.project.tracked(number) if path != ctx.document.path)
        related = tuple(
            Related(page.path, other.span, "the same GitHub milestone")
            for page in pages
            if page is not None and isinstance(page.root, Milestone)
            for other in page.root.github
            if milestone_of(other.value) == number
        )
        if related:
            message = f"GitHub milestone {number.rpartition('/')[2]} is also the one of `{related[0].path}`"
            yield Finding(url.span, message, related=related)


_URL = "https://github.com/waku-org/pm/milestone/12"
_EXAMPLES = Examples(files={"draft-roadmap/store.md": f"# [Store]({_URL})\n"})

RULE = Rule(
    code="WL206",
    name="milestone-github-duplicate",
    doc=__doc__ or "",
    source="The GitHub milestone MUST be used to track progress.",
    remedy="Create a GitHub milestone for the page, or correct the number that was copied.",
    severity=Severity.WARNING,
    applies_to=Milestone,
    check=check,
    examples=(
        _EXAMPLES.clean("# [Relay](https://github.com/waku-org/pm/milestone/13)\n"),
        _EXAMPLES.clean(f"# [Relay]({_URL})\n\n**deliverables**: {_URL}\n", files={}),
        _EXAMPLES.clean("# [Relay](https://github.com/waku-org/nwaku/milestone/12)\n"),
        _EXAMPLES.reports(f"# [Relay]({_URL})\n", _URL),
        _EXAMPLES.reports(f"# Relay\n\n**deliverables**: {_URL}?closed=1\n", f"{_URL}?closed=1"),
        _EXAMPLES.reports(f'---\ngithub: "{_URL}"\n---\n\n# Relay\n', f'"{_URL}"'),
    ),
)
