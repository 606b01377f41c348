"""A link is written so that it is one.

With a bracket missing or misplaced a reader sees raw Markdown, and whatever follows the link (who
quotes which feature, which page is listed) does not see it at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from waku_lint.rules.base import Document, Example, Finding, Rule, RuleContext, Span

_ADDRESS: Final = r"(?:https?://|\.{0,2}/|#)[^\s()\[\]]*"
_FORMS: Final = (
    (
        re.compile(rf"\[[^\[\]\n]{{1,200}}\({_ADDRESS}\)(?![^\[\n]*\])"),
        "link is malformed: `]` is missing before `(`",
    ),
    (
        re.compile(rf"\[[^\[\]\n]{{2,200}}\][ \t]+\({_ADDRESS}\)"),
        "link is malformed: no space between `]` and `(`",
    ),
    (
        re.compile(rf"\[[^\[\]\n]{{1,200}}\]\({_ADDRESS}(?=\s|\Z)"),
        "link is malformed: `)` is missing after the address",
    ),
    (
        re.compile(rf"(?<!\])\([^()\[\]\n]{{1,200}}\)\[{_ADDRESS}\]"),
        "link is malformed: brackets are the wrong way round, write `[text](address)`",
    ),
)


def check(document: Document, _ctx: RuleContext) -> Iterator[Finding]:
    for prose in document.prose:
        for form, message in _FORMS:
            for match in form.finditer(prose.value):
                yield Finding(Span(prose.span.start + match.start(), prose.span.start + match.end()), message)


RULE = Rule(
    code="WL105",
    name="link-malformed",
    doc=__doc__ or "",
    remedy="Write links as `[text](address)`, with nothing between `]` and `(`.",
    applies_to=Document,
    check=check,
    examples=(
        Example("# Relay\n\n**Feature**: [Relay SDK](/FURPS/core/relay_sdk.md)\n"),
        Example("# Relay\n\nSee [the plan (of /2025)](https://example.org/plan), and [ ] or [x] (done).\n"),
        Example("# Relay\n\nIn code it is fine: `[Relay SDK(/FURPS/core/relay_sdk.md)`.\n"),
        Example(
            "# Relay\n\n**Feature**: [Relay SDK(/FURPS/core/relay_sdk.md)\n",
            reports=("[Relay SDK(/FURPS/core/relay_sdk.md)",),
        ),
        Example("# Relay\n\nSee [the plan] (./plan.md).\n", reports=("[the plan] (./plan.md)",)),
        Example(
            "# Relay\n\nSee [the plan](https://example.org/plan\n", reports=("[the plan](https://example.org/plan",)
        ),
        Example("# Relay\n\nSee (the plan)[./plan.md].\n", reports=("(the plan)[./plan.md]",)),
    ),
)
