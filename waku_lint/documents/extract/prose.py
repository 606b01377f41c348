"""What a document says outside its structure: its links, and its prose line by line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, Literal

from waku_lint.documents.model import Link, Prose
from waku_lint.parsing.inline import find, flatten, is_html
from waku_lint.parsing.markdown import Block, Markdown
from waku_lint.positions import LINE_END, Span, Text
from waku_lint.regexes import lazy

_WIKI: Final = lazy(r"(?P<shown>!)?\[\[(?P<target>[^\[\]|\\\n]+)(?:\\?\|(?P<text>[^\[\]\n]+))?\]\](?!\()")
_WHERE: Final[dict[str, Literal["heading", "paragraph", "row"]]] = {
    "heading": "heading",
    "paragraph": "paragraph",
    "row": "row",
}


def read_prose(markdown: Markdown) -> tuple[Prose, ...]:
    """Every line with text in a heading, paragraph or table row; code, comments and targets blanked."""
    return tuple(_lines(markdown))


def read_links(markdown: Markdown) -> tuple[Link, ...]:
    """Every link and image, bare URLs aside."""
    sign = "[" if "]:" in markdown.text else "]("  # whether links can have their targets elsewhere
    found: list[Link] = []
    for block in markdown.walk():
        if block.kind not in ("heading", "paragraph", "cell") or sign not in _source(markdown, block):
            continue
        for each in find(block.inlines, "link", "image"):
            text = flatten((each,)).whole or Text("", each.span)
            if each.target is not None and not text.value.startswith("^"):  # `[^1]: text` defines a footnote
                found.append(Link(text, each.target, each.span))
    return tuple(sorted(found, key=lambda link: link.span))


def wiki_links(lines: Iterable[Prose], *, shown: bool = False) -> Iterator[Link]:
    """Every `[[page]]`, `[[page#heading]]` and `[[page|text]]`; with `shown`, what `![[page]]` shows in place, too."""
    for line in lines:
        for match in _WIKI.finditer(line.value) if "[[" in line.value else ():
            if match["shown"] and not shown:
                continue
            target = _part(line, match, "target")
            yield Link(_part(line, match, "text" if match["text"] else "target"), target, target.span, wiki=True)


def _part(line: Prose, match: re.Match[str], name: str) -> Text:
    return Text(match[name].strip(), line.span.part(*match.span(name)))


def _lines(markdown: Markdown) -> Iterator[Prose]:
    for block in markdown.walk():
        where = _WHERE.get(block.kind)
        text = _source(markdown, block)
        if block.kind == "html" and not is_html(text):
            where = "paragraph"  # `<Enter date>` alone on a line
        if where is None:
            continue
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
        # A reference link, `[text]`, has its target elsewhere: all of it is the link's.
        inline_target = text[each.span.start - start : each.span.end - start].endswith(")")
        blank(each.target.span if each.target is not None and inline_target else each.span)
    return "".join(chars)
