"""An entry of an index leads to the page it names.

A row that was copied and given another title still opens the old page.
"""

from __future__ import annotations

from collections.abc import Iterator

from waku_lint.documents.model import Index
from waku_lint.rules.base import Examples, Finding, Related, Rule, RuleContext, Span
from waku_lint.rules.index.entries import comparable, other_of_title, page_of


def check(index: Index, ctx: RuleContext) -> Iterator[Finding]:
    for entry in index.entries:
        path = page_of(entry, ctx)
        title = ctx.project.title(path) if path is not None else None
        if path is None or title is None or comparable(entry.text.value) == comparable(title.value):
            continue
        meant = other_of_title(entry, path, ctx)
        if meant is not None:
            name = meant.rpartition("/")[2]
            message = f"`{entry.text.value}` is the title of `{name}`; this link leads to `{title.value}`"
            place = ctx.project.title(meant)
            related = Related(meant, place.span if place else Span(0, 0), entry.text.value)
            yield Finding(entry.target.span, message, related=(related,), about=meant)


_FILES = {"draft-roadmap/relay.md": "# Relay Metrics\n", "draft-roadmap/store.md": "# Store Sync\n"}
_EXAMPLES = Examples(path="draft-roadmap/README.md", files=_FILES)

RULE = Rule(
    code="WL604",
    name="index-target-mismatch",
    doc=__doc__ or "",
    remedy="Link the page that the text names.",
    applies_to=Index,
    check=check,
    reaches="index",
    examples=(
        _EXAMPLES.clean("# Plan\n\n- [Relay metrics](relay.md)\n- [Store Sync](store.md)\n"),
        _EXAMPLES.clean("# Plan\n\n- [Store synchronisation](store.md)\n"),
        _EXAMPLES.clean("# Plan\n\n- [Mix](relay.md)\n"),
        _EXAMPLES.reports("# Plan\n\n- [Store sync](relay.md)\n", "relay.md"),
        _EXAMPLES.reports("# Plan\n\n| Milestone |\n|---|\n| [Relay Metrics](store.md) |\n", "store.md"),
        _EXAMPLES.reports(
            "# Plan\n\n1. [Relay Metrics](/draft-roadmap/store.md)\n2. [Store Sync](relay.md)\n",
            "/draft-roadmap/store.md",
            "relay.md",
        ),
    ),
)
