"""Index pages: lists and tables of other pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from waku_lint.documents.extract.fields import has_text
from waku_lint.documents.extract.outline import normal, outline
from waku_lint.documents.extract.own import read_named
from waku_lint.documents.model import Index, IndexEntry
from waku_lint.documents.words import Words
from waku_lint.parsing.inline import OPAQUE, Inline, find, flatten, plain
from waku_lint.parsing.markdown import Block, Markdown
from waku_lint.parsing.nodes import YamlMapping, YamlScalar
from waku_lint.positions import Span, Text
from waku_lint.regexes import lazy

# What a column of dates is called, the surest first.
_DATES: Final = (
    lazy(r"(?:end|estimated) dates?|estimated (?:end )?date of completion"),
    lazy(r"(?:due|completion|delivery|target|expected) dates?|planned end|due|deadline|eta|estimates?"),
    lazy(r"dates?|completion|delivery|target"),
)
_FURPS: Final = (lazy(r"furps\b.*"),)
# What may stand before a row's or an item's link.
_BEFORE: Final = lazy(rf"[^\w{OPAQUE}]*(?:[0-9]+[.)]?\s*)?{OPAQUE}")


def extract_index(markdown: Markdown, front_matter: YamlMapping | None, words: Words) -> Index:
    """Read an index page; a link in prose is no entry."""
    first = next((section for section in outline(markdown.blocks) if section.heading is not None), None)
    title = first.title if first else None
    given = front_matter.get("title") if front_matter else None
    if title is None and isinstance(given, YamlScalar) and isinstance(given.value, str):
        title = Text(given.value, given.span)
    entries: list[IndexEntry] = []
    for block in markdown.walk():
        if block.kind == "table":
            entries.extend(_rows(block))
        elif block.kind == "item" and has_text(block):
            entries.extend(_entry(block.children[0].lines[0], block.span))
    whole = Span.cover(block.span for block in markdown.blocks) or Span(0, len(markdown.text))
    fields = read_named(markdown.blocks, words.fields)
    anchor = title.span if title else Span(whole.start, whole.start)
    return Index(title, front_matter, tuple(entries), fields, whole, anchor)


def _rows(table: Block) -> Iterator[IndexEntry]:
    """A row for each page: the first cell that begins with a link is the page's."""
    head, *rows = table.children
    names = [normal(plain(cell.inlines)) for cell in head.children]
    for row in rows:
        for own in next(filter(None, (tuple(_entry(cell.inlines, row.span)) for cell in row.children)), ()):
            date, furps = (_cell(row.children, names, wanted) for wanted in (_DATES, _FURPS))
            yield IndexEntry(own.text, own.target, date, furps, row.span, own.anchor)


def _cell(cells: tuple[Block, ...], names: list[str], wanted: Iterable[re.Pattern[str]]) -> Text | None:
    """The cell of the column that is called by the first of the patterns that one is."""
    for pattern in wanted:
        for cell, name in zip(cells, names, strict=False):
            if pattern.fullmatch(name):
                return flatten(cell.inlines).whole
    return None


def _entry(line: tuple[Inline, ...], span: Span) -> Iterator[IndexEntry]:
    """The page that a line begins with, if any."""
    link = next(find(line, "link"), None)
    if link is None or link.target is None or "://" in link.target.value:
        return
    text = flatten((link,)).whole
    if text is not None and _BEFORE.match(flatten(line).mask):
        yield IndexEntry(text, link.target, None, None, span, link.span)
