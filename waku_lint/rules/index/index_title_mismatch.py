"""An index calls a page as the page calls itself.

Somebody who looks for a milestone by its title does not find it under another one. Case, punctuation and the words
`FURPS`, `PoC`, `milestone` and `track` are set aside, and a feature may go by a part of its name.
"""

from __future__ import annotations

from collections.abc import Iterator

from waku_lint.documents.model import Index, IndexEntry
from waku_lint.rules.base import Edit, Examples, Finding, Fix, Option, Related, Rule, RuleContext, Severity, Text
from waku_lint.rules.index.entries import bare, comparable, other_of_title, page_of, title_words


def check(index: Index, ctx: RuleContext) -> Iterator[Finding]:
    for entry in index.entries:
        path = page_of(entry, ctx)
        title = ctx.project.title(path) if path is not None else None
        if path is None or title is None or _is_called(entry.text.value, path, title, ctx):
            continue
        if other_of_title(entry, path, ctx) is not None:
            continue  # WL604 reports a link to the wrong page
        name = bare(title.value)
        if not name:
            continue
        message = f"`{path.rpartition('/')[2]}` is called `{name}`"
        fix = None
        if _is_plain(entry, ctx) and "|" not in name:
            # With few words in common, or beside another entry for the page, the target may be what is wrong.
            again = sum(ctx.project.tree.locate(each.target.value, ctx.document.path) == path for each in index.entries)
            theirs, ours = set(title_words(name)), set(title_words(entry.text.value))
            alike = 2 * len(theirs & ours) >= len(theirs | ours)
            fix = Fix((Edit(entry.text.span, name),), safe=alike and again == 1)
        yield Finding(entry.text.span, message, fix, (Related(path, title.span, title.value),), about=path)


def _is_plain(entry: IndexEntry, ctx: RuleContext) -> bool:
    """Whether the text can be replaced: it has no markup, and does not stand for the target as well (`[relay][]`)."""
    text, place = ctx.document.text, entry.text.span
    written = text[entry.anchor.start : entry.anchor.end]
    return text[place.start : place.end] == entry.text.value and written.endswith(")")


def _is_called(text: str, path: str, title: Text, ctx: RuleContext) -> bool:
    """Whether a page can be meant: a feature goes by a part of its name, too."""
    ours, theirs = comparable(text), comparable(title.value)
    part = ctx.project.kind(path) == "furps" or ctx.options["partial"]
    return ours == theirs or (part and len(ours) > 2 and ours in theirs)


_FILES = {
    "draft-roadmap/relay.md": "# Relay Metrics\n",
    "FURPS/store.md": "# Store Sync FURPS\n",
}
_EXAMPLES = Examples(path="draft-roadmap/README.md", files=_FILES)

RULE = Rule(
    code="WL603",
    name="index-title-mismatch",
    doc=__doc__ or "",
    remedy="Use the page's title, or correct it there.",
    severity=Severity.WARNING,
    applies_to=Index,
    check=check,
    reaches="index",
    options=(Option("partial", False, "Whether a milestone may go by a part of its title, too.", {"type": "boolean"}),),
    examples=(
        _EXAMPLES.clean("# Plan\n\n- [Relay metrics](relay.md)\n- [Store](/FURPS/store.md)\n"),
        _EXAMPLES.clean("# Plan\n\n| Milestone | End Date |\n|---|---|\n| [Relay-metrics](relay.md) | TBD |\n"),
        _EXAMPLES.clean("# Plan\n\n- See [what we measure](relay.md) and [this](https://example.org)\n"),
        _EXAMPLES.reports(
            "# Plan\n\n- [ ] [Metrics](relay.md)\n", "Metrics", fixed="# Plan\n\n- [ ] [Relay Metrics](relay.md)\n"
        ),
        _EXAMPLES.reports(
            "# Plan\n\n| Nr | Milestone |\n|---|---|\n| 1 | [Relay statistics](relay.md) |\n",
            "Relay statistics",
            fixed="# Plan\n\n| Nr | Milestone |\n|---|---|\n| 1 | [Relay Metrics](relay.md) |\n",
        ),
        _EXAMPLES.reports(
            "# Features\n\n* [Archive](store.md)\n",
            "Archive",
            fixed="# Features\n\n* [Store Sync](store.md)\n",
            path="FURPS/README.md",
        ),
    ),
)
