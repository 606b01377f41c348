"""A file that cannot be read is not checked, so it must not look as if it had passed.

It is not UTF-8, larger than the limit, nests deeper than the limit, or the system would not let it be
read. The message says which, and where the text stops making sense.
"""

from __future__ import annotations

from collections.abc import Iterator

from waku_lint.rules.base import Document, Example, Finding, Rule, RuleContext


def check(document: Document, _ctx: RuleContext) -> Iterator[Finding]:
    for trouble in document.troubles:
        if trouble.kind == "unreadable":
            yield Finding(trouble.span, trouble.message)


RULE = Rule(
    code="WL001",
    name="file-unreadable",
    doc=__doc__ or "",
    remedy="Save the file as UTF-8; split one that is too large; flatten quotes and lists that nest too deep.",
    applies_to=Document,
    check=check,
    examples=(
        Example("# Relay metrics for node operators\n\nCafé operators see what their node costs.\n"),
        Example("# 中継 🚀\n\nĈio legeblas.\n"),
        Example("# Relay\n\n" + "> " * 12 + "deep enough\n"),
        Example("# Relay\n\nCaf\u00e9\n".encode("latin-1"), reports=("\ufffd",)),
        Example(b"# Relay \xff\xfe\n", reports=("\ufffd",)),
        Example("# Relay\n\n" + "> " * 20 + "deep\n", reports=("> " * 12 + ">",)),
    ),
)
