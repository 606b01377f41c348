"""Every milestone page is linked by an index.

Readers start at the index: a page that none links is not part of the plan for anybody but its author. It is told at
the place where its entry belongs, to whoever changes the index or the page.
"""

from __future__ import annotations

from collections.abc import Iterator

from waku_lint.documents.model import Index
from waku_lint.rules.base import Examples, Finding, Rule, RuleContext
from waku_lint.rules.index.entries import unlisted


def check(index: Index, ctx: RuleContext) -> Iterator[Finding]:
    yield from unlisted(index, ctx, "milestone", "milestone")


_FILES = {"draft-roadmap/relay.md": "# Relay\n", "draft-roadmap/store.md": "# Store\n"}
_EXAMPLES = Examples(path="draft-roadmap/README.md", files=_FILES)

RULE = Rule(
    code="WL601",
    name="milestone-not-indexed",
    doc=__doc__ or "",
    source=(
        "Work for a Milestone is described in the [Roadmap](https://roadmap.logos.co/waku/waku-milestones) and tracked"
        " in the GitHub milestone in the pm repo."
    ),
    remedy="Add an item or a row with a link to the page.",
    applies_to=Index,
    check=check,
    reaches="index",
    examples=(
        _EXAMPLES.clean("# Plan\n\n- [Relay](relay.md)\n- [Store](/draft-roadmap/store.md)\n"),
        _EXAMPLES.clean("# Plan\n\n| Milestone |\n|---|\n| [Relay](relay.md) |\n\nAnd [Store](store.md).\n"),
        _EXAMPLES.clean("# Plan\n\nTo be written.\n"),
        _EXAMPLES.reports("# Plan\n\n- [Relay](relay.md)\n", "[Relay](relay.md)"),
        _EXAMPLES.reports("# Plan\n\n| Milestone |\n|---|\n| [Store](store.md) |\n", "[Store](store.md)"),
        _EXAMPLES.reports(
            "# Summary\n\n1. [Relay](draft-roadmap/relay.md)\n\nThanks.\n",
            "[Relay](draft-roadmap/relay.md)",
            path="2025H2-SUMMARY.md",
        ),
    ),
)
