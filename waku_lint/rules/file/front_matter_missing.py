"""A page of a kind that wants it starts with front matter.

A site that is made of the pages takes title, date and tags from there. Pages that are read on GitHub have none, so
the rule is for a project to switch on.
"""

from __future__ import annotations

from collections.abc import Iterator

from waku_lint.rules.base import Document, Example, Finding, Option, Rule, RuleContext


def check(document: Document, ctx: RuleContext) -> Iterator[Finding]:
    if document.kind not in ctx.options["kinds"] or document.root is None:
        return
    if any(trouble.kind == "front-matter" for trouble in document.troubles):
        return  # WL002 reports what cannot be read
    if getattr(document.root, "front_matter", None) is None:
        yield Finding(document.root.anchor, "page has no front matter; start it with a line `---`, its keys, and `---`")


RULE = Rule(
    code="WL101",
    name="front-matter-missing",
    doc=__doc__ or "",
    remedy="Start the page with a line `---`, keys such as `title: ...` and `date: ...`, and another line `---`.",
    applies_to=Document,
    check=check,
    options=(
        Option(
            "kinds",
            ["milestone", "furps"],
            "The kinds of documents that have front matter.",
            {"type": "array", "items": {"type": "string", "minLength": 1}},
        ),
    ),
    examples=(
        Example("---\ntitle: Relay metrics\n---\n\n# Relay metrics\n"),
        Example("---\ndate: 2025-09-30\n---\n\n## Functionality\n\n1. Merges edits.\n", path="FURPS/relay.md"),
        Example("---\ntitle: Relay: metrics\n---\n\n# Relay metrics\n"),
        Example("# Relay metrics\n\nWhat a relay tells of itself.\n", reports=("Relay metrics",)),
        Example("# Relay FURPS\n\n## Functionality\n", reports=("Relay FURPS",), path="FURPS/relay.md"),
        Example("# Relay metrics\n\n---\ntitle: Relay metrics\n---\n", reports=("Relay metrics",)),
    ),
)
