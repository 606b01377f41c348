"""A page's front matter and its heading give the same title.

Indexes, search and the browser's tab show the one, readers of the page the other. The word *Milestone*,
case, punctuation and emoji are set aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from waku_lint.documents.model import Milestone
from waku_lint.parsing.nodes import YamlScalar
from waku_lint.rules.base import Example, Finding, Related, Rule, RuleContext, Severity
from waku_lint.rules.wording import is_placeholder


def check(milestone: Milestone, ctx: RuleContext) -> Iterator[Finding]:
    node = milestone.front_matter.get("title") if milestone.front_matter else None
    heading = milestone.heading
    if heading is None or not isinstance(node, YamlScalar) or not isinstance(node.value, str):
        return
    title = _words(node.value)
    if not title or not _words(heading.value) or title == _words(heading.value):
        return
    if is_placeholder(node.value) or is_placeholder(heading.value):
        return  # WL103 reports a placeholder
    related = Related(ctx.document.path, node.span, "the front matter's title")
    message = f"heading is `{heading.value}`, but the front matter's title is `{node.value}`"
    yield Finding(heading.span, message, related=(related,))


def _words(title: str) -> list[str]:
    """A title's words as they are compared; a remark such as `(TBD: milestone)` is none of them."""
    text = re.sub(r"\(\s*tb[dc]\b[^()]*\)", "", title.casefold()).replace("&", " and ")
    words = re.findall(r"\w+", text)
    return words[1:] if words[:1] == ["milestone"] and len(words) > 1 else words


_URL = "https://github.com/waku-org/pm/milestone/12"

RULE = Rule(
    code="WL210",
    name="milestone-title-mismatch",
    doc=__doc__ or "",
    remedy="Give both the same title; the one of the GitHub milestone, if they have drifted.",
    severity=Severity.WARNING,
    applies_to=Milestone,
    check=check,
    examples=(
        Example(f"---\ntitle: Relay metrics\n---\n\n# [Relay Metrics]({_URL})\n"),
        Example(f"---\ntitle: 'Relay: metrics & alerts'\n---\n\n[Milestone Relay - metrics and alerts]({_URL})\n"),
        Example("---\ntitle: Relay metrics\n---\n\n## Strategic Objective\n\nGrowth\n"),
        Example(f"---\ntitle: Relay metrics\n---\n\n## Milestone: [🏗️ Relay metrics]({_URL})\n"),
        Example("---\ntitle: Relay metrics\n---\n\n# Relay alerts\n", reports=("Relay alerts",)),
        Example(
            f"---\ntitle: Relay metrics\n---\n\n[Milestone Relay metrics (nwaku only)]({_URL})\n",
            reports=("Milestone Relay metrics (nwaku only)",),
        ),
        Example(f"---\ntitle: Relay\n---\n\n## [Relay metrics]({_URL})\n", reports=("Relay metrics",)),
    ),
)
