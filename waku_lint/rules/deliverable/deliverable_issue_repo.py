"""A deliverable's issue is in the repository in which the project plans.

The GitHub milestone is there: it cannot hold the issue of another repository, so progress is not counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from waku_lint.documents.model import Deliverable
from waku_lint.regexes import lazy
from waku_lint.rules.base import Example, Finding, Rule, RuleContext

_REPOSITORY: Final = lazy(r"https?://(?:www\.)?github\.com/([^/\s]+/[^/\s]+)/issues/", re.IGNORECASE)


def check(deliverable: Deliverable, ctx: RuleContext) -> Iterator[Finding]:
    if deliverable.issue is None or not ctx.repositories:
        return  # WL306 reports a missing issue
    match = _REPOSITORY.match(deliverable.issue.value)
    known = {repository.casefold() for repository in ctx.repositories}
    if match and match[1].casefold() not in known:
        expected = " or ".join(ctx.repositories)
        yield Finding(deliverable.issue.span, f"deliverable's issue is in {match[1]}; expected one in {expected}")


_PAGE = "# Relay\n\n## Deliverables\n\n"

RULE = Rule(
    code="WL307",
    name="deliverable-issue-repo",
    doc=__doc__ or "",
    source="MUST be defined as an issue in the https://github.com/waku-org/pm repo.",
    remedy="File an issue in the planning repository, link that, and mention the other one in its tasks.",
    applies_to=Deliverable,
    check=check,
    examples=(
        Example(f"{_PAGE}### [Relay metrics](https://github.com/waku-org/pm/issues/101)\n\n**Owner**: nwaku\n"),
        Example(f"{_PAGE}### [Relay metrics](https://GitHub.com/Waku-Org/PM/issues/101)\n\n**Owner**: nwaku\n"),
        Example(
            f"{_PAGE}### [Relay metrics](https://github.com/waku-org/pm/issues/101)\n\n**Checklist**:\n"
            "- [x] Code: https://github.com/waku-org/nwaku/issues/7\n"
        ),
        Example(
            f"{_PAGE}### [Relay metrics](https://github.com/waku-org/nwaku/issues/7)\n\n**Owner**: nwaku\n",
            reports=("https://github.com/waku-org/nwaku/issues/7",),
        ),
        Example(
            f"{_PAGE}- [Relay metrics](https://github.com/example/pm/issues/101): F1 (nwaku)\n",
            reports=("https://github.com/example/pm/issues/101",),
            preset="waku-classic",
        ),
        Example(
            f"{_PAGE}### Deliverable: [Relay metrics](https://github.com/waku-org/pm-old/issues/101#top)\n",
            reports=("https://github.com/waku-org/pm-old/issues/101#top",),
        ),
    ),
)
