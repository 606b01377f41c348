"""A link goes somewhere.

`[Relay metrics]()` looks like a link to the issue that was to be filed, and never was.
"""

from __future__ import annotations

from collections.abc import Iterator

from waku_lint.rules.base import Document, Example, Finding, Rule, RuleContext
from waku_lint.rules.wording import TEMPLATES


def check(document: Document, _ctx: RuleContext) -> Iterator[Finding]:
    if document.kind in TEMPLATES:
        return  # the address is for whoever files the issue
    for link in document.links:
        if not link.target.value:
            yield Finding(link.span, f"link `{link.text.value}` has no address")


RULE = Rule(
    code="WL106",
    name="link-empty",
    doc=__doc__ or "",
    remedy="Put the address between the parentheses, or remove the brackets until there is one.",
    applies_to=Document,
    check=check,
    examples=(
        Example("# Relay\n\nSee [the plan](./plan.md).\n"),
        Example("# Relay\n\nSee `[the plan]()`.\n"),
        Example("# Relay\n\nSee [ ] and [x] and f().\n"),
        Example("# Relay\n\nSee [the plan](), or [the other](<>).\n", reports=("[the plan]()", "[the other](<>)")),
        Example("# Relay\n\n| Page |\n|---|\n| [Relay]() |\n", reports=("[Relay]()",)),
        Example(
            "# Relay\n\n## Deliverables\n\n### [Relay metrics]()\n\n**Owner**: nwaku\n", reports=("[Relay metrics]()",)
        ),
    ),
)
