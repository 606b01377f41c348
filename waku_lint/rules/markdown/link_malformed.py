"""A link is written so that it is one.

With a bracket missing or misplaced a reader sees raw Markdown, and whatever follows the link (who
quotes which feature, which page is listed) does not see it at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from waku_lint.regexes import lazy
from waku_lint.rules.base import Document, Example, Finding, Rule, RuleContext

_ADDRESS: Final = (
    r"(?:https?://[^\s()\[\]]*|\.{0,2}/[^\s()\[\]]*|#[^\s()\[\]]+|[\w.-]+(?:/[\w.-]+)*\.md(?:#[^\s()\[\]]*)?)"
)
_FORMS: Final = (
    (
        lazy(rf"(?<!\\)\[[^\[\]()\n]{{1,200}}\({_ADDRESS}\)(?![^\[\n]*\])"),
        "link is malformed: `]` is missing before `(`",
    ),
    (
        lazy(rf"\[[^\[\]\n^][^\[\]\n]{{1,200}}\][ \t]+\({_ADDRESS}\)"),
        "link is malformed: no space between `]` and `(`",
    ),
    (
        lazy(rf"\[[^\[\]\n]{{1,200}}\]\({_ADDRESS}(?=\s+[^\s()][^()\n]*\))[^()\n]*\)"),
        "link is malformed: there is a blank in the address, or its title is not in quotes",
    ),
    (
        lazy(rf"\[[^\[\]\n]{{1,200}}\]\({_ADDRESS}(?=\s|\Z)(?![^()\n]*\))"),
        "link is malformed: `)` is missing after the address",
    ),
    (
        lazy(r"(?<![\w\])])\([^()\[\]\n]{1,200}\)\[(?:https?://|\.{0,2}/)[^\s\[\]]*\]"),
        "link is malformed: brackets are the wrong way round, write `[text](address)`",
    ),
    (
        lazy(rf"(?:(?<=\s)|\A)[^\s\[\]()]+\]\({_ADDRESS}\)"),
        "link is malformed: `[` is missing before the text",
    ),
)


def check(document: Document, _ctx: RuleContext) -> Iterator[Finding]:
    for prose in document.prose:
        for form, message in _FORMS:
            for match in form.finditer(prose.value):
                if "`[` is" in message and "[" in prose.value[: match.start()].rpartition("]")[2]:
                    continue  # the bracket is there, further to the left
                yield Finding(prose.span.part(*match.span()), message)


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
        Example("# Relay\n\nCall func(x)[0], see [1] (page 2) and [[plan]].\n"),
        Example("# Relay\n\nSee plan](./plan.md).\n", reports=("plan](./plan.md)",)),
        Example("# Relay\n\nSee [the plan](./the plan.md).\n", reports=("[the plan](./the plan.md)",)),
        Example("# Relay\n\nSee [the plan(FURPS/plan.md)\n", reports=("[the plan(FURPS/plan.md)",)),
        Example("# Relay\n\nSee [the plan] (./plan.md).\n", reports=("[the plan] (./plan.md)",)),
        Example(
            "# Relay\n\nSee [the plan](https://example.org/plan\n", reports=("[the plan](https://example.org/plan",)
        ),
        Example("# Relay\n\nSee (the plan)[./plan.md].\n", reports=("(the plan)[./plan.md]",)),
    ),
)
