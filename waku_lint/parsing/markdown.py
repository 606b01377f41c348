"""Parse Markdown into blocks and inlines with positions.

marko changes the text before it computes positions; `mask` ensures that they are valid in the original text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal

from marko import block, inline
from marko.ext.gfm import elements as gfm

from waku_lint.parsing.bounds import Markup, check_text
from waku_lint.parsing.inline import Inline, InlineKind, after, is_html
from waku_lint.parsing.limits import DEFAULTS, LimitError, Limits
from waku_lint.parsing.lines import LineSource
from waku_lint.parsing.mask import find_front_matter, mask
from waku_lint.parsing.parser import Html, PageParser, Table
from waku_lint.positions import Span, Text
from waku_lint.regexes import lazy

# What is meant as a heading but lacks the space. One `#` may begin a tag (`#roadmap`) or a number (`#12`).
HEADING_WITHOUT_SPACE: Final = lazy(r"#{2,6}(?=[^\s#!])|#(?=[A-Z\[])(?![^\n]*\s#\w)")
_MARKER: Final = lazy(r"[ \t\ufeff]*(\d{1,9}[.)]|[-*+])")
_DEFINED: Final = lazy(r"\s*\[(?:[^\[\]\\]|\\.)*\]:\s*(?:<(?P<angled>[^<>\n]*)>|(?P<plain>\S+))", re.DOTALL)
BlockKind = Literal["heading", "paragraph", "list", "item", "quote", "code", "html", "table", "row", "cell", "other"]


class Block:
    """A block of a document.

    `children` are blocks. `inlines` are parsed when first asked for: most blocks are never asked.
    `level` is a heading's, `checked` a task-list item's, `marker` a list item's bullet or number,
    `hashes` the end of a heading's hashes that no space follows, else 0.
    """

    __slots__ = (
        "_element",
        "_inlines",
        "_markdown",
        "checked",
        "children",
        "hashes",
        "kind",
        "level",
        "marker",
        "span",
    )

    def __init__(self, kind: BlockKind, span: Span, element: block.BlockElement, markdown: Markdown) -> None:
        self.kind: BlockKind = kind
        self.span = span
        self.children: tuple[Block, ...] = ()
        self.level = 0
        self.checked: bool | None = None
        self.marker: Text | None = None
        self.hashes = 0
        self._element = element
        self._markdown = markdown
        self._inlines: tuple[Inline, ...] | None = None

    @property
    def inlines(self) -> tuple[Inline, ...]:
        if self._inlines is None:
            inlines = self._markdown.inlines_of(self._element, self.span)
            self._inlines = after(inlines, self.hashes) if self.hashes else inlines
        return self._inlines

    @property
    def lines(self) -> tuple[tuple[Inline, ...], ...]:
        """The inlines by line of the source; lines without inlines are skipped."""
        lines: list[list[Inline]] = [[]]
        for each in self.inlines:
            if each.kind == "break":
                lines.append([])
            else:
                lines[-1].append(each)
        return tuple(tuple(line) for line in lines if line)

    def walk(self) -> Iterator[Block]:
        """This block and all below it, in document order."""
        waiting = [self]
        while waiting:
            block = waiting.pop()
            yield block
            waiting.extend(reversed(block.children))


class Markdown:
    """A parsed document: its blocks, and where its front matter stands (without the fences)."""

    def __init__(self, text: str, limits: Limits = DEFAULTS) -> None:
        """Raises LimitError."""
        self.text = text
        self.front_matter, self.unclosed, body = find_front_matter(text)
        self._masked = masked = mask(text, body)
        check_text(masked, limits)
        self._markup = Markup(limits)
        self._parser = PageParser()
        self._source = LineSource(masked)
        self._source.parser = self._parser
        document = block.Document()
        with self._source.under_state(document):
            elements = self._parser.parse_source(self._source)
        document.children = elements
        self.blocks = tuple(self._block(element, top=True) for element in _blocks(elements))
        self._document = document

    def walk(self) -> Iterator[Block]:
        for each in self.blocks:
            yield from each.walk()

    @property
    def definitions(self) -> Iterator[Text]:
        """The target of each `[label]: target`, and where it stands without `<>`."""
        waiting: list[object] = [self._document]
        while waiting:
            element = waiting.pop()
            if isinstance(element, block.LinkRefDef):
                start, end = element.source_span or (0, 0)
                written = _DEFINED.match(self._masked, start, end)
                if written:  # pragma: no branch - what is a definition has this form
                    name = "plain" if written["plain"] is not None else "angled"
                    yield Text(inline.Literal.strip_backslash(written[name]), Span(*written.span(name)))
            elif isinstance(element, (block.Document, *_CONTAINER_TYPES)):
                waiting.extend(element.children)

    def inlines_of(self, element: block.BlockElement, span: Span) -> tuple[Inline, ...]:
        """Parse the inline content of one of our elements."""
        try:
            with self._source.under_state(self._document):
                self._parser.parse_inline(element, self._source)
            return tuple(_inline(child) for child in element.children if isinstance(child, inline.InlineElement))
        except RecursionError:
            raise LimitError("nested too deep to be read", "", span) from None

    def _block(self, element: block.BlockElement, *, top: bool = False) -> Block:
        start, end = element.source_span or (0, 0)
        span = _trim(self._masked, start, end)
        self._markup.check(element.inline_body, span)
        made = Block(_KINDS.get(type(element), "other"), span, element, self)
        if isinstance(element, (block.Heading, block.SetextHeading)):
            made.level = element.level
        elif isinstance(element, block.ListItem):
            marker = _MARKER.match(self.text, start)
            if marker:  # pragma: no branch - an item begins with its marker
                made.marker = Text(marker.group(1), Span(marker.start(1), marker.end(1)))
                made.span = Span(marker.start(1), max(span.end, marker.end(1)))
        elif isinstance(element, gfm.Paragraph):
            made.checked = getattr(element, "checked", None)
            hashes = HEADING_WITHOUT_SPACE.match(self._masked, span.start)
            if hashes and hashes.end() < span.end and "\n" not in self._masked[span.start : span.end] and top:
                # It is read as the heading that is meant, so that only WL110 is reported.
                made.kind, made.level, made.hashes = "heading", hashes.end() - span.start, hashes.end()
        if isinstance(element, _CONTAINER_TYPES):
            made.children = tuple(self._block(child) for child in _blocks(element.children))
        return made


_CONTAINER_TYPES: Final = (block.List, block.ListItem, block.Quote, gfm.Table, gfm.TableRow)
_KINDS: Final[dict[type, BlockKind]] = {
    block.Heading: "heading",
    block.SetextHeading: "heading",
    gfm.Paragraph: "paragraph",
    block.List: "list",
    block.ListItem: "item",
    block.Quote: "quote",
    gfm.Alert: "quote",
    block.CodeBlock: "code",
    block.FencedCode: "code",
    block.HTMLBlock: "html",
    Html: "html",
    gfm.Table: "table",
    Table: "table",
    gfm.TableRow: "row",
    gfm.TableCell: "cell",
}
_INLINE_KINDS: Final[dict[type, InlineKind]] = {
    inline.StrongEmphasis: "strong",
    inline.Emphasis: "emphasis",
    gfm.Strikethrough: "strike",
    inline.CodeSpan: "code",
    inline.Link: "link",
    inline.Image: "image",
    inline.AutoLink: "url",
    gfm.Url: "url",
    inline.InlineHTML: "html",
    inline.LineBreak: "break",
}


def _blocks(elements: Sequence[object]) -> Iterator[block.BlockElement]:
    for element in elements:
        if isinstance(element, block.BlockElement) and not isinstance(
            element, (block.BlankLine, block.ThematicBreak, block.LinkRefDef)
        ):
            yield element


def _inline(element: inline.InlineElement) -> Inline:
    start, end = element.source_span or (0, 0)
    kind = _INLINE_KINDS.get(type(element), "text")
    content = element.children
    if kind == "html" and isinstance(content, str) and not is_html(content):
        kind = "text"
    if isinstance(content, str):
        shown = "" if kind == "html" else " " if kind == "break" else content
        return Inline(kind, Span(start, end), shown)
    children = tuple(_inline(child) for child in content if isinstance(child, inline.InlineElement))
    target: Text | None = None
    if isinstance(element, (inline.Link, inline.Image)):
        # The target of `[text][reference]` stands elsewhere, so all of the link is its place.
        nowhere = (start, end) if element.dest else (max(end - 1, start), max(end - 1, start))
        where = element.dest_span or nowhere
        target = Text(element.dest.strip(), Span(*where))
    elif isinstance(element, inline.AutoLink):
        target = Text(element.dest, Span(start, end))
    return Inline(kind, Span(start, end), "".join(child.text for child in children), children, target)


def _trim(text: str, start: int, end: int) -> Span:
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return Span(start, end)
