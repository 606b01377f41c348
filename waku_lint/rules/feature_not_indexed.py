"""Every feature file is linked by an index.

The index is where teams look whether a feature is defined already: what it lacks is defined twice. It is told at
the place where its entry belongs, to whoever changes the index or the feature file.
"""

from __future__ import annotations

from collections.abc import Iterator

from waku_lint.links import is_local
from waku_lint.model import Index
from waku_lint.rules.base import Example, Finding, Related, Rule, RuleContext, Span

KIND = "furps"


def check(index: Index, ctx: RuleContext) -> Iterator[Finding]:
    for path in ctx.project.unlisted(KIND).get(ctx.document.path, ()):
        title = ctx.project.title(path)
        named = f"`{title.value}` ({path})" if title else f"`{path}`"
        related = Related(path, title.span if title else Span(0, 0), "not listed")
        yield Finding(
            _neighbour(path, ctx) or index.anchor,
            f"no entry for the feature {named}",
            related=(related,),
            about=path,
            subject=title.value if title else path,
        )


def _neighbour(path: str, ctx: RuleContext) -> Span | None:
    """The last entry for a page of the same kind, of the same folder if there is one: the new one belongs near it."""
    found = [
        (other.rpartition("/")[0] == path.rpartition("/")[0], link.span)
        for link in ctx.document.links
        if is_local(link.target.value)
        and (other := ctx.project.tree.locate(link.target.value, ctx.document.path)) is not None
        and ctx.project.kind(other) == KIND
    ]
    return max(found)[1] if found else None


_FILES = {
    "FURPS/core/relay.md": "# Relay FURPS\n",
    "FURPS/core/store.md": "# Store FURPS\n",
    "FURPS/application/chat.md": "# Chat FURPS\n",
}
_PATH = "FURPS/README.md"
_CORE = "# FURPS\n\n## Core\n\n- [Relay](core/relay.md)\n"

RULE = Rule(
    code="WL602",
    name="feature-not-indexed",
    doc=__doc__ or "",
    remedy="Add an item with a link to the feature file.",
    applies_to=Index,
    check=check,
    reaches="index",
    examples=(
        Example(
            f"{_CORE}- [Store](core/store.md)\n\n## Apps\n\n- [Chat](application/chat.md)\n", path=_PATH, files=_FILES
        ),
        Example("# FURPS\n\nTo be written.\n", path=_PATH, files=_FILES),
        Example(
            _CORE,
            path=_PATH,
            files={"FURPS/core/relay.md": "# Relay FURPS\n", "docs/store.md": "# Store\n"},
        ),
        Example(
            f"{_CORE}\n## Apps\n\n- [Chat](application/chat.md)\n",
            path=_PATH,
            files=_FILES,
            reports=("[Relay](core/relay.md)",),
        ),
        Example(f"{_CORE}- [Store](core/store.md)\n", path=_PATH, files=_FILES, reports=("[Store](core/store.md)",)),
        Example(_CORE, path=_PATH, files=_FILES, reports=("[Relay](core/relay.md)", "[Relay](core/relay.md)")),
    ),
)
