"""A milestone page links its own GitHub milestone, in the project's repository.

Progress is tracked there. The link stands in the title, after `**GitHub Milestone and deliverables**:`
or in the front matter's `github`; a milestone mentioned in prose may be anybody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from waku_lint.documents.model import Milestone
from waku_lint.regexes import lazy
from waku_lint.rules.base import Example, Finding, Option, Rule, RuleContext

_URL: Final = lazy(
    r"https?://(?:www\.)?github\.com/(?P<repository>[^/\s]+/[^/\s]+)/(?P<what>milestone|issues)/\d+/?(?:[?#]\S*)?\Z",
    re.IGNORECASE,
)


def check(milestone: Milestone, ctx: RuleContext) -> Iterator[Finding]:
    if not ctx.repositories:
        return
    first, others = ctx.repositories[0], "".join(f", or one in {each}" for each in ctx.repositories[1:])
    expected = f"https://github.com/{first}/milestone/<number>{others}"
    if not milestone.github:
        yield Finding(milestone.anchor, f"page links no GitHub milestone; link the title to {expected}")
        return
    known = {repository.casefold() for repository in ctx.repositories}
    accepted = ctx.options["accept"]
    matches = [
        (url, match if (match := _URL.match(url.value)) and match["what"].casefold().rstrip("s") in accepted else None)
        for url in milestone.github
    ]
    if any(match and match["repository"].casefold() in known for _, match in matches):
        return
    url, match = matches[0]
    if match is None:
        yield Finding(url.span, f"`{url.value}` is no GitHub milestone; expected {expected}")
    else:
        yield Finding(url.span, f"GitHub milestone is in {match['repository']}; expected {expected}")


RULE = Rule(
    code="WL205",
    name="milestone-github-missing",
    doc=__doc__ or "",
    source="MUST have a GitHub Milestone in https://github.com/waku-org/pm repo",
    remedy="Create the milestone on GitHub and link the page's title to it: `# [Title](https://github.com/…/milestone/12)`.",
    applies_to=Milestone,
    check=check,
    options=(
        Option(
            "accept",
            ["milestone"],
            "What tracks a milestone: a GitHub `milestone`, or an `issue` that stands for one.",
            {"type": "array", "minItems": 1, "items": {"enum": ["milestone", "issue"]}},
        ),
    ),
    examples=(
        Example("# [Relay metrics](https://github.com/waku-org/pm/milestone/12)\n"),
        Example(
            "# Relay metrics\n\n**GitHub Milestone and deliverables**: https://github.com/waku-org/pm/milestone/12\n"
        ),
        Example("---\ngithub: https://github.com/waku-org/pm/milestone/12\n---\n\n# Relay metrics\n"),
        Example("# Relay metrics\n", reports=("Relay metrics",)),
        Example(
            "# Relay metrics\n\nFollows [dogfooding](https://github.com/waku-org/pm/milestone/11).\n",
            reports=("Relay metrics",),
        ),
        Example(
            "# [Relay metrics](https://github.com/waku-org/nwaku/milestone/3)\n",
            reports=("https://github.com/waku-org/nwaku/milestone/3",),
        ),
    ),
)
