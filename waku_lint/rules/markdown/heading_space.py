"""A heading has a space after its `#`.

`##Docs` is no heading: readers see two hashes, and everything below it belongs to the section above.
"""

from __future__ import annotations

from collections.abc import Iterator

from waku_lint.parsing.markdown import HEADING_WITHOUT_SPACE
from waku_lint.positions import line_start
from waku_lint.rules.base import Document, Edit, Example, Finding, Fix, Rule, RuleContext, Span


def check(document: Document, _ctx: RuleContext) -> Iterator[Finding]:
    for prose in document.prose:
        match = HEADING_WITHOUT_SPACE.match(prose.value.lstrip())
        start = prose.span.start + len(prose.value) - len(prose.value.lstrip())
        if match is None or not _starts_line(document.text, start):
            continue
        end = start + match.end()
        # Within a paragraph it parts the lines around it, and what is then a section may lack something.
        fix = Fix((Edit(Span(end, end), " "),), safe=prose.where == "heading")
        yield Finding(Span(start, end), f"no heading: a space is missing after `{match.group()}`", fix)


def _starts_line(text: str, offset: int) -> bool:
    """Whether only a heading's indentation precedes `offset` on its line, as in no list item."""
    start = line_start(text, offset)
    return not text[start:offset].strip(" \ufeff") and offset - start <= 3


RULE = Rule(
    code="WL110",
    name="heading-space",
    doc=__doc__ or "",
    remedy="Put a space between the hashes and the heading's text.",
    applies_to=Document,
    check=check,
    examples=(
        Example("# Relay\n\n## Docs\n\nTagged #roadmap, see #12.\n\n#12 is first.\n"),
        Example("# Relay\n\n```\n##Docs\n```\n\n- ##not at the line's start\n"),
        Example("# Relay\n\n##!important is no heading\n"),
        Example("# Relay\n\n##Docs\n\nText.\n", reports=("##",), fixed="# Relay\n\n## Docs\n\nText.\n"),
        Example("# Relay\n\nText.\n##Docs\nText.\n", reports=("##",), fixed="# Relay\n\nText.\n## Docs\nText.\n"),
        Example("#Relay metrics\n\nText.\n", reports=("#",), fixed="# Relay metrics\n\nText.\n"),
    ),
)
