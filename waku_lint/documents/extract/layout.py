"""How a document is laid out: its headings, the rows of its tables, its empty list items.

Only the places of blocks are looked at; but for headings nothing inside them is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from waku_lint.documents.extract.outline import extent, outline, title_of
from waku_lint.documents.model import EmptyItem, Heading, Layout, Row
from waku_lint.parsing.markdown import Block, Markdown
from waku_lint.positions import LINE_END, Span, Text
from waku_lint.regexes import lazy

# A pipe separates cells unless it is escaped, in code as well. Sites with wikilinks let one stand in these.
_PIPE: Final = lazy(r"\[\[[^\[\]|\n]+\|[^\[\]|\n]+\]\]|\\\||(?P<pipe>\|)")
_DELIMITER: Final = lazy(r"\s*:?-+:?\s*")
_COMMENT: Final = lazy(r"<!--.*?(?:-->|\Z)", re.DOTALL)
# A bullet right below a text underlines it, which makes a heading of the text.
_UNDERLINE: Final = lazy(r"[\r\n][ \t]*(-)\Z")


def read_layout(markdown: Markdown) -> Layout:
    """Headings inside lists and quotes do not count."""
    rows: list[Row] = []
    items: list[EmptyItem] = []
    for block in markdown.walk():
        if block.kind == "table":
            columns = len(_cells(markdown.text, block.children[0].span))
            rows.extend(_row(markdown.text, row.span, columns) for row in block.children[1:])
        elif block.kind == "paragraph":
            rows.extend(_no_tables(markdown.text, block.span))
        elif block.kind == "list":
            items.extend(_empty_items(markdown.text, block))
        elif block.kind == "heading" and (bullet := _bullet(markdown.text, block)):
            items.append(EmptyItem(bullet, True, True, True, bullet.span))
    return Layout(tuple(_headings(markdown)), tuple(rows), tuple(items))


def _headings(markdown: Markdown) -> Iterator[Heading]:
    sections = outline(markdown.blocks)
    for index, section in enumerate(sections):
        if section.heading is None:
            continue
        end = index + 1
        while end < len(sections) and sections[end].level > section.level:
            end += 1
        empty = end == index + 1 and not any(_is_shown(markdown.text, block) for block in section.blocks)
        title = title_of(section.heading)
        span = extent(sections[index:end]) or section.heading.span
        yield Heading(
            title,
            section.level,
            empty and _bullet(markdown.text, section.heading) is None,
            span,
            title.span if title else section.heading.span,
        )


def _is_shown(text: str, block: Block) -> bool:
    """Whether a reader sees anything of it."""
    if block.kind == "html":
        return bool(_COMMENT.sub("", text[block.span.start : block.span.end]).strip())
    if block.kind == "table":
        return any(text[row.span.start : row.span.end].strip("| \t") for row in block.children[1:])
    return True


def _row(text: str, span: Span, columns: int) -> Row:
    cells = _cells(text, span)
    surplus = None
    if len(cells) > columns:
        beyond = Span(cells[columns].start, cells[-1].end)
        value = text[beyond.start : beyond.end].strip()
        start = text.find(value, beyond.start)
        surplus = Text(value, Span(start, start + len(value))) if value.strip("| \t") else None
    return Row(len(cells), columns, surplus, False, span)


def _cells(text: str, span: Span) -> list[Span]:
    """The cells of a row as written; parsers pad and cut them to the header's."""
    pipes = [match.start() for match in _PIPE.finditer(text, span.start, span.end) if match["pipe"]]
    bounds = [span.start - 1, *pipes, span.end]
    cells = [Span(start + 1, end) for start, end in pairwise(bounds)]
    if pipes and cells[0].start == cells[0].end:
        del cells[0]
    if pipes and cells[-1].start == cells[-1].end:
        del cells[-1]
    return cells


def _no_tables(text: str, span: Span) -> Iterator[Row]:
    """What is meant as a table and is none, since its delimiter row has other cells than its header."""
    if "|" not in text[span.start : span.end]:
        return
    for header, below in pairwise(_lines(text, span)):
        cells = _cells(text, below)
        columns = len(_cells(text, header))
        delimits = cells and all(_DELIMITER.fullmatch(text, cell.start, cell.end) for cell in cells)
        if delimits and len(cells) != columns > 1:
            yield Row(len(cells), columns, None, True, below)


def _lines(text: str, span: Span) -> Iterator[Span]:
    """The lines in `span`, without the blanks around each."""
    at = span.start
    for match in (*LINE_END.finditer(text, span.start, span.end), None):
        line = text[at : match.start() if match else span.end]
        yield Span(at + len(line) - len(line.lstrip()), at + len(line.rstrip()))
        at = match.end() if match else span.end


def _empty_items(text: str, block: Block) -> Iterator[EmptyItem]:
    for index, item in enumerate(block.children):
        if item.marker is not None and not text[item.marker.span.end : item.span.end].strip():
            last = index == len(block.children) - 1
            yield EmptyItem(item.marker, len(block.children) == 1, last, False, item.marker.span)


def _bullet(text: str, heading: Block) -> Text | None:
    """The bullet that underlines a heading which is none: a blank follows it, or it follows a colon."""
    underline = _UNDERLINE.search(text, heading.span.start, heading.span.end)
    if underline is None:
        return None
    label = text[heading.span.start : underline.start()].rstrip("*_ \t\r")
    blank = text[heading.span.end : heading.span.end + 1] in (" ", "\t")
    return Text("-", Span(*underline.span(1))) if blank or label.endswith(":") else None
