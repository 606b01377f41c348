"""The identity of a finding, which does not change if lines move."""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

from waku_lint.diagnostics import Finding
from waku_lint.documents.model import Document, Heading

TITLE: Final = 1  # the level of the heading that names a page


class Outline:
    """The headings of a document, which identify findings below them."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._headings = document.layout.headings
        self._starts = [each.span.start for each in self._headings]
        self._first = next((each for each in self._headings if each.level == TITLE), None)
        self._parents: list[int | None] = []  # for each heading, the index of the heading of the surrounding section
        open_sections: list[int] = []
        for index, heading in enumerate(self._headings):
            while open_sections and self._headings[open_sections[-1]].level >= heading.level:
                open_sections.pop()
            self._parents.append(open_sections[-1] if open_sections else None)
            open_sections.append(index)

    def context_of(self, finding: Finding) -> tuple[str, ...]:
        """The page's title, empty if missing, and the headings above the finding, the highest first.

        The title is the nearest one above, or the first one of the page. A finding with a subject has the title only,
        because its span is just the place for the fix.
        """
        above = self._above(finding.span.start)
        named = next((each for each in above if each.level == TITLE), self._first)
        title = self._name(named) if named is not None else ""
        if finding.subject is not None:
            return (title,)
        return (title, *(self._name(each) for each in above if each.level > TITLE))

    def text_of(self, finding: Finding) -> str:
        """The subject of the finding, or the text that it covers with collapsed blanks.

        It is empty if the finding covers a heading, which is the last one of the context.
        """
        if finding.subject is not None:
            return _collapsed(finding.subject)
        above = self._above(finding.span.start)
        if above and finding.span == above[-1].anchor:
            return ""
        return _collapsed(self._document.text[finding.span.start : finding.span.end])

    def _above(self, offset: int) -> list[Heading]:
        """The headings of the sections around `offset`, the innermost last."""
        above: list[Heading] = []
        at: int | None = bisect_right(self._starts, offset) - 1
        while at is not None and at >= 0:
            above.append(self._headings[at])
            at = self._parents[at]
        return above[::-1]

    def _name(self, heading: Heading) -> str:
        struck = self._document.text[heading.anchor.start : heading.anchor.end].strip("# ")
        return _collapsed(heading.title.value if heading.title else struck)


def _collapsed(text: str) -> str:
    return " ".join(text.split())
