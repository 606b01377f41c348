"""What makes a finding the one it is, however the lines around it move."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from waku_lint.diagnostic import Finding
from waku_lint.model import Document, Heading

TITLE: Final = 1  # the level of the heading that names a page


def context_of(finding: Finding, document: Document) -> tuple[str, ...]:
    """The page's title, empty without one, and the headings above the finding, the highest first.

    The title is the next one above; what stands before the first one is below it as well. A finding that has a
    subject is below the title alone: where it stands is no more than the place to mend it.
    """
    headings = document.layout.headings
    above = _above(headings, finding.span.start)
    titles = [each for each in (*above, *headings) if each.level == TITLE]
    title = _name(titles[0], document) if titles else ""
    if finding.subject is not None:
        return (title,)
    return (title, *(_name(each, document) for each in above if each.level > TITLE))


def text_of(finding: Finding, document: Document) -> str:
    """What the finding covers, blanks collapsed; its subject, if it has one.

    Of a finding that covers a heading it is empty: the heading is the last one of the context.
    """
    if finding.subject is not None:
        return _collapsed(finding.subject)
    above = _above(document.layout.headings, finding.span.start)
    if above and finding.span == above[-1].anchor:
        return ""
    return _collapsed(document.text[finding.span.start : finding.span.end])


def _above(headings: Iterable[Heading], offset: int) -> list[Heading]:
    """The heading of the section at `offset`, after those of the sections it is in."""
    above: list[Heading] = []
    for heading in headings:
        if heading.span.start > offset:
            break
        while above and above[-1].level >= heading.level:
            above.pop()
        above.append(heading)
    return above


def _name(heading: Heading, document: Document) -> str:
    struck = document.text[heading.anchor.start : heading.anchor.end].strip("# ")
    return _collapsed(heading.title.value if heading.title else struck)


def _collapsed(text: str) -> str:
    return " ".join(text.split())
