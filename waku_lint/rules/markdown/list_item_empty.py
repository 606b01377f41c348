"""A list item has a text.

An empty one is shown as a bullet with nothing behind it, as if something had been lost; right below a line of text
it makes a heading of that line. A number at the end of a list is mended, one within is not: those after it would
change.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator
from typing import Final

from waku_lint.documents.model import Category, EmptyItem, FurpsSet
from waku_lint.positions import line_start
from waku_lint.regexes import lazy
from waku_lint.rules.base import Document, Edit, Example, Finding, Fix, Rule, RuleContext, Severity, Span
from waku_lint.rules.wording import TEMPLATES

# What may follow, since it does not become a part of the item before.
_END: Final = lazy(r"\s*\Z|#{1,6}[ \t]|(?:[ \t]*(?:\r\n|\r|\n))+(?=\S)")
_MARKER: Final = lazy(r"([ \t]*)(?:[-*+]|\d{1,9}[.)])[ \t]")
_LINE: Final = lazy(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_COMMENT: Final = lazy(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_NO_TEXT: Final = lazy(r"(?:[-*+#\s\ufeff]|\d{1,9}[.)])*")


def check(document: Document, _ctx: RuleContext) -> Iterator[Finding]:
    if document.kind in TEMPLATES:
        return  # its items are for those who use it
    categories = document.root.categories if isinstance(document.root, FurpsSet) else ()
    bare = _bare(document) if document.layout.empty_items else []
    for item in document.layout.empty_items:
        category = next((each for each in categories if each.span.start <= item.span.start < each.span.end), None)
        if category is not None and item.only:
            continue  # a category without statements
        stays = not _is_uncounted(item, category) or (not item.underlines and _is_within(item.span, bare))
        fix = None if stays else _fix(document.text, item)
        effect = "; it makes a heading of the line above" if item.underlines else ""
        yield Finding(item.marker.span, f"list item `{item.marker.value}` is empty{effect}", fix)


def _is_uncounted(item: EmptyItem, category: Category | None) -> bool:
    """Whether no number is another one without the item; a category's statements are numbered by their places."""
    if category is None:
        return item.last or not item.marker.value[:-1].isdigit()
    statements = category.lists[-1].statements if category.lists else ()
    return item.last and (not statements or statements[-1].span.start <= item.span.start)


def _bare(document: Document) -> list[Span]:
    """Sections with nothing but empty items, in order: without these WL108 would report them, or WL004 the file."""
    text, headings = document.text, document.layout.headings
    starts = [0, *(each.anchor.end for each in headings)]
    ends = [*(each.span.start for each in headings), len(text)]
    levels = [0, *(each.level for each in headings), 0]
    return [
        Span(start, end)
        for start, end, level, below in zip(starts, ends, levels[:-1], levels[1:], strict=True)
        if below <= level and _NO_TEXT.fullmatch(_COMMENT.sub("", text[start:end]))
    ]


def _is_within(place: Span, spans: list[Span]) -> bool:
    at = bisect(spans, place)
    return any(each.start <= place.start < each.end for each in spans[max(at - 1, 0) : at + 1])


def _fix(text: str, item: EmptyItem) -> Fix | None:
    """Delete the item's line, if nothing else stands on it."""
    start = line_start(text, item.span.start)
    line = _LINE.match(text, start)
    if line is None or line.group().strip() != item.marker.value:
        return None
    sibling = _MARKER.match(text, line.end())
    if not _END.match(text, line.end()) and not (sibling and len(sibling[1]) <= item.span.start - start):
        return None
    return Fix((Edit(Span(start, line.end()), ""),), safe=not item.underlines)


_PAGE = "# Relay metrics\n\n**Resources Required for 2025H2**:\n"
_FURPS = "# Relay FURPS\n\n## Functionality\n\n"

RULE = Rule(
    code="WL112",
    name="list-item-empty",
    doc=__doc__ or "",
    remedy="Write the item, or delete it.",
    severity=Severity.WARNING,
    applies_to=Document,
    check=check,
    examples=(
        Example(f"{_PAGE}- 1 nwaku engineer\n- 1 tester\n"),
        Example(f"{_PAGE}- 1 nwaku engineer\n\n**Checklist**:\n- [ ] Specs\n- [ ]\n"),
        Example(f"{_FURPS}1. Relays messages.\n\n## Usability\n\n1.\n", path="FURPS/core/relay.md"),
        Example("# Relay metrics\n\n## Risks\n\n-\n<!-- soon -->\n\n## Scope\n", reports=("-",)),
        Example("-\n", reports=("-",)),
        Example(
            f"{_PAGE}- 1 nwaku engineer\n-\n\n## Risks\n",
            reports=("-",),
            fixed=f"{_PAGE}- 1 nwaku engineer\n\n## Risks\n",
        ),
        Example(f"{_PAGE}-\n\nIt is small.\n", reports=("-",), fixed=f"{_PAGE}\nIt is small.\n"),
        Example(
            f"{_FURPS}1. Relays messages.\n2. Drops duplicates.\n3.\n",
            path="FURPS/core/relay.md",
            reports=("3.",),
            fixed=f"{_FURPS}1. Relays messages.\n2. Drops duplicates.\n",
        ),
    ),
)
