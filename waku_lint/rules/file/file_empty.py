"""A document of a known kind has something in it.

An empty page is listed, linked and searched like any other, and says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from waku_lint.rules.base import Document, Example, Finding, Rule, RuleContext


def check(document: Document, _ctx: RuleContext) -> Iterator[Finding]:
    for trouble in document.troubles:
        if trouble.kind == "empty":
            yield Finding(trouble.span, trouble.message)


RULE = Rule(
    code="WL004",
    name="file-empty",
    doc=__doc__ or "",
    remedy="Write the page, starting from the repository's TEMPLATE.md, or delete the file.",
    applies_to=Document,
    check=check,
    examples=(
        Example("# Relay metrics\n"),
        Example("Text alone.\n"),
        Example("<!-- to be written -->\n"),
        Example("", reports=("",)),
        Example("\n   \n", reports=("",)),
        Example("\t\r\n", reports=("",)),
    ),
)
