"""What a document says outside its structure: its links, and its prose line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal

from waku_lint.model import Link, Prose
from waku_lint.parse.markdown import Block, Inline, Markdown, find, flatten
from waku_lint.source import LINE_END, Span, Text

_INLINE_HTML: Final = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*=[^<>]*)?\s*/?>|<!--.*?-->", re.DOTALL)
_WHERE: Final[dict[str, Literal["heading", "paragraph", "row"]]] = {
    "heading": "heading",
    "paragraph": "paragraph",
    "row": "row",
}


def read_prose(markdown: Markdown) -> tuple[Prose, ...]:
    """Every line with text in a heading, paragraph or table row; code, comments and targets blanked."""
    return tuple(_lines(markdown))


def read_links(markdown: Markdown) -> tuple[Link, ...]:
    """Every inline link and image, bare URLs aside."""
    found: list[Link] = []
    for block in markdown.walk():
        if block.kind not in ("heading", "paragraph", "cell") or "](" not in _source(markdown, block):
            continue
        for each in find(block.inlines, "link", "image"):
            if each.target is not None:
                text = flatten((each,)).whole or Text("", each.span)
                found.append(Link(text, each.target, each.span))
    return tuple(sorted(found, key=lambda link: link.span))


def _lines(markdown: Markdown) -> Iterator[Prose]:
    for block in markdown.walk():
        where = _WHERE.get(block.kind)
        if where is None:
            continue
        text = _source(markdown, block)
        start = block.span.start
        if any(char in text for char in "`<["):
            text = _blanked(text, start, block)
        at = 0
        for match in (*LINE_END.finditer(text), None):
            end = match.start() if match else len(text)
            if text[at:end].strip():
                yield Prose(text[at:end], Span(start + at, start + end), where)
            at = match.end() if match else end


def _source(markdown: Markdown, block: Block) -> str:
    return markdown.text[block.span.start : block.span.end]


def _blanked(text: str, start: int, block: Block) -> str:
    chars = list(text)

    def blank(span: Span) -> None:
        for index in range(span.start - start, span.end - start):
            if 0 <= index < len(chars) and chars[index] not in "\r\n":
                chars[index] = " "

    blocks = (block,) if block.kind != "row" else block.children
    for each in (inline for one in blocks for inline in find(one.inlines, "code", "link", "image", "html")):
        if each.kind == "code" or (each.kind == "html" and _is_html(text, start, each)):
            blank(each.span)
        elif each.target is not None:
            # A reference link, `[text]`, has its target elsewhere: all of it is the link's.
            inline_target = text[each.span.start - start : each.span.end - start].endswith(")")
            blank(each.target.span if inline_target else each.span)
    return "".join(chars)


def _is_html(text: str, start: int, each: Inline) -> bool:
    """Whether an inline tag is HTML and not a placeholder that looks like it, such as `<Enter date>`."""
    return _INLINE_HTML.fullmatch(text[each.span.start - start : each.span.end - start]) is not None
