"""Every milestone page is linked by an index.

Readers start at the index: a page that none links is not part of the plan for anybody but its author. It is told at
the place where its entry belongs, to whoever changes the index or the page.
"""

from __future__ import annotations

from collections.abc import Iterator

from waku_lint.documents.model import Index
from waku_lint.project.links import is_local
from waku_lint.rules.base import Examples, Finding, Related, Rule, RuleContext, Span


def check(index: Index, ctx: RuleContext) -> Iterator[Finding]:
    yield from unlisted(index, ctx, "milestone", "milestone")


def unlisted(index: Index, ctx: RuleContext, kind: str, called: str) -> Iterator[Finding]:
    """A finding for each page of a kind that this index should link; `called` is what the kind is to readers."""
    for path in ctx.project.unlisted(kind).get(ctx.document.path, ()):
        title = ctx.project.title(path)
        named = f"`{title.value}` ({path})" if title else f"`{path}`"
        related = Related(path, title.span if title else Span(0, 0), "not listed")
        yield Finding(
            _neighbour(path, index, ctx, kind) or index.anchor,
            f"no entry for the {called} {named}",
            related=(related,),
            about=path,
            subject=title.value if title else path,
        )


def _neighbour(path: str, index: Index, ctx: RuleContext, kind: str) -> Span | None:
    """The last entry for a page of the same kind, of the same folder if there is one: the new one belongs near it.

    What is linked in prose counts only where no such page has an entry.
    """
    entries = {each.anchor for each in index.entries}
    found = [
        (link.span in entries, other.rpartition("/")[0] == path.rpartition("/")[0], link.span)
        for link in ctx.document.links
        if is_local(link.target.value)
        and (other := ctx.project.tree.locate(link.target.value, ctx.document.path)) is not None
        and ctx.project.kind(other) == kind
    ]
    return max(found)[2] if found else None


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
