"""Every feature file is linked by an index.

The index is where teams look whether a feature is defined already: what it lacks is defined twice. It is told at
the place where its entry belongs, to whoever changes the index or the feature file.
"""

from __future__ import annotations

from collections.abc import Iterator

from waku_lint.documents.model import Index
from waku_lint.rules.base import Examples, Finding, Rule, RuleContext
from waku_lint.rules.index.entries import unlisted


def check(index: Index, ctx: RuleContext) -> Iterator[Finding]:
    yield from unlisted(index, ctx, "furps", "feature")


_FILES = {
    "FURPS/core/relay.md": "# Relay FURPS\n",
    "FURPS/core/store.md": "# Store FURPS\n",
    "FURPS/application/chat.md": "# Chat FURPS\n",
}
_CORE = "# FURPS\n\n## Core\n\n- [Relay](core/relay.md)\n"
_EXAMPLES = Examples(path="FURPS/README.md", files=_FILES)

RULE = Rule(
    code="WL602",
    name="feature-not-indexed",
    doc=__doc__ or "",
    remedy="Add an item with a link to the feature file.",
    applies_to=Index,
    check=check,
    reaches="index",
    examples=(
        _EXAMPLES.clean(f"{_CORE}- [Store](core/store.md)\n\n## Apps\n\n- [Chat](application/chat.md)\n"),
        _EXAMPLES.clean("# FURPS\n\nTo be written.\n"),
        _EXAMPLES.clean(_CORE, files={"FURPS/core/relay.md": "# Relay FURPS\n", "docs/store.md": "# Store\n"}),
        _EXAMPLES.reports(f"{_CORE}\n## Apps\n\n- [Chat](application/chat.md)\n", "[Relay](core/relay.md)"),
        _EXAMPLES.reports(f"{_CORE}- [Store](core/store.md)\n", "[Store](core/store.md)"),
        _EXAMPLES.reports(_CORE, "[Relay](core/relay.md)", "[Relay](core/relay.md)"),
    ),
)
