"""Markdown to blocks and inlines that know where they stand; the only importer of marko.

marko tells positions in a text it has changed first. So that its positions are ours, what it would
change or trip over is masked by characters of the same length before it sees the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from marko import block, inline
from marko.ext.gfm import GFM
from marko.ext.gfm import elements as gfm
from marko.parser import Parser
from marko.source import Source

from waku_lint.source import BOM, Span, Text

MAX_NESTING: Final = 60
OPAQUE: Final = "\ufffc"  # stands for a character of a link, code or URL where structure is looked for

_FENCE: Final = re.compile(r"---[ \t]*(?:\r\n|\r|\n)")
_FENCE_END: Final = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_FRONT_MATTER_KEY: Final = re.compile(r"[A-Za-z_][\w .-]*:(?:[ \t\r\n]|\Z)")
_CONTAINERS: Final = re.compile(
    rf"^(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{{1,9}}[.)](?=[ \t]))){{{MAX_NESTING}}}", re.MULTILINE
)
# Each level of a list takes two columns or more, so this is deeper still; marko is quadratic in it.
_INDENTED: Final = re.compile(rf"^[ \t]{{{4 * MAX_NESTING},}}(?:>|[-*+][ \t]|\d{{1,9}}[.)][ \t])", re.MULTILINE)
_MARKER: Final = re.compile(r"[ \t]*(\d{1,9}[.)]|[-*+])")
_NOT_OURS: Final = str.maketrans({"\f": " ", "\v": " ", "\x00": "\ufffd"})

BlockKind = Literal["heading", "paragraph", "list", "item", "quote", "code", "html", "table", "row", "cell", "other"]
InlineKind = Literal["text", "strong", "emphasis", "strike", "code", "link", "image", "url", "html", "break"]


class NestingError(Exception):
    """The text nests deeper than can be read; `span` is where."""

    def __init__(self, span: Span) -> None:
        super().__init__(f"nested more than {MAX_NESTING} levels deep")
        self.span = span


@dataclass(frozen=True, slots=True)
class Inline:
    """A run of text within a block. `text` is what a reader sees of it."""

    kind: InlineKind
    span: Span
    text: str
    children: tuple[Inline, ...] = ()
    target: Text | None = None  # of a link or image; empty value for `[x]()`


class Block:
    """A block of a document.

    `children` are blocks. `inlines` are parsed when first asked for: most blocks are never asked.
    `level` is a heading's, `checked` a task-list item's, `marker` a list item's bullet or number.
    """

    __slots__ = ("_element", "_inlines", "_markdown", "checked", "children", "kind", "level", "marker", "span")

    def __init__(self, kind: BlockKind, span: Span, element: block.BlockElement, markdown: Markdown) -> None:
        self.kind: BlockKind = kind
        self.span = span
        self.children: tuple[Block, ...] = ()
        self.level = 0
        self.checked: bool | None = None
        self.marker: Text | None = None
        self._element = element
        self._markdown = markdown
        self._inlines: tuple[Inline, ...] | None = None

    @property
    def inlines(self) -> tuple[Inline, ...]:
        if self._inlines is None:
            self._inlines = self._markdown.inlines_of(self._element, self.span)
        return self._inlines

    @property
    def lines(self) -> tuple[tuple[Inline, ...], ...]:
        """The inlines, line by line as they stand in the source; lines without any are left out."""
        lines: list[list[Inline]] = [[]]
        for each in self.inlines:
            if each.kind == "break":
                lines.append([])
            else:
                lines[-1].append(each)
        return tuple(tuple(line) for line in lines if line)

    def walk(self) -> Iterator[Block]:
        """This block and all below it, in document order."""
        yield self
        for child in self.children:
            yield from child.walk()


class Markdown:
    """A parsed document: its blocks, and where its front matter stands (without the fences)."""

    def __init__(self, text: str) -> None:
        """Raises NestingError for a text that nests too deep."""
        self.text = text
        self.front_matter, self.unclosed, body = _front_matter(text)
        self._masked = masked = _mask(text, body)
        deep = _CONTAINERS.search(masked) or _INDENTED.search(masked)
        if deep:
            raise NestingError(Span(deep.start(), deep.end()))
        self._parser = _parser()
        self._source = Source(masked)
        self._source.parser = self._parser
        document = block.Document()
        try:
            with self._source.under_state(document):
                elements = self._parser.parse_source(self._source)
            document.children = elements
            self.blocks = tuple(self._block(element) for element in _blocks(elements))
        except RecursionError:
            raise NestingError(_deepest_line(masked)) from None
        self._document = document

    def walk(self) -> Iterator[Block]:
        for each in self.blocks:
            yield from each.walk()

    def inlines_of(self, element: block.BlockElement, span: Span) -> tuple[Inline, ...]:
        """Parse the inline content of one of our elements."""
        try:
            with self._source.under_state(self._document):
                self._parser.parse_inline(element, self._source)
            return tuple(_inline(child) for child in element.children if isinstance(child, inline.InlineElement))
        except RecursionError:
            raise NestingError(span) from None

    def _block(self, element: block.BlockElement) -> Block:
        start, end = element.source_span or (0, 0)
        span = _trim(self._masked, start, end)
        made = Block(_KINDS.get(type(element), "other"), span, element, self)
        if isinstance(element, (block.Heading, block.SetextHeading)):
            made.level = element.level
        elif isinstance(element, block.ListItem):
            marker = _MARKER.match(self.text, start)
            if marker:
                made.marker = Text(marker.group(1), Span(marker.start(1), marker.end(1)))
                made.span = Span(marker.start(1), max(span.end, marker.end(1)))
        elif isinstance(element, gfm.Paragraph):
            made.checked = getattr(element, "checked", None)
        if isinstance(element, _CONTAINER_TYPES):
            made.children = tuple(self._block(child) for child in _blocks(element.children))
        return made


@dataclass(frozen=True, slots=True)
class Flat:
    """Inlines as one string of which each character knows its place in the source.

    `mask` is `text` with every character of a link, code span, image, URL or HTML tag replaced by
    OPAQUE: what looks like structure in there is none. `starts[i]` and `ends[i]` are offsets into
    the source.
    """

    text: str
    mask: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def part(self, start: int, end: int) -> Text | None:
        """The trimmed text of `text[start:end]`; None if there is nothing."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        if start >= end:
            return None
        return Text(self.text[start:end], Span(self.starts[start], self.ends[end - 1]))

    @property
    def whole(self) -> Text | None:
        return self.part(0, len(self.text))


def flatten(inlines: Sequence[Inline]) -> Flat:
    """Flatten inlines; a link gives its text, not its target."""
    text: list[str] = []
    mask: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def add(each: Inline, opaque: bool) -> None:
        opaque = opaque or each.kind in ("link", "image", "url", "code", "html")
        if each.children:
            for child in each.children:
                add(child, opaque)
            return
        exact = each.span.end - each.span.start == len(each.text)
        lead = 0
        if not exact and each.kind == "code":
            # The text stands between backticks of which there are as many on both sides.
            lead = max((each.span.end - each.span.start - len(each.text)) // 2, 0)
        for index, char in enumerate(each.text):
            text.append(char)
            mask.append(OPAQUE if opaque else char)
            if exact or lead:
                start = min(each.span.start + lead + index, each.span.end - 1)
                starts.append(start)
                ends.append(start + 1)
            else:  # an escape: two characters in the source, one for the reader
                starts.append(each.span.start)
                ends.append(each.span.end)

    for each in inlines:
        add(each, False)
    return Flat("".join(text), "".join(mask), tuple(starts), tuple(ends))


def plain(inlines: Sequence[Inline]) -> str:
    """What a reader sees, with lines joined and blanks collapsed."""
    return " ".join("".join(each.text for each in inlines).split())


def find(inlines: Sequence[Inline], *kinds: InlineKind) -> Iterator[Inline]:
    """All inlines of the given kinds, at any depth."""
    for each in inlines:
        if each.kind in kinds:
            yield each
        yield from find(each.children, *kinds)


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
    gfm.Table: "table",
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


def _parser() -> Parser:
    parser = Parser()
    for element in GFM.elements:
        parser.add_element(element)
    return parser


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
    if isinstance(content, str):
        shown = "" if kind == "html" else " " if kind == "break" else content
        return Inline(kind, Span(start, end), shown)
    children = tuple(_inline(child) for child in content if isinstance(child, inline.InlineElement))
    target: Text | None = None
    if isinstance(element, (inline.Link, inline.Image)):
        where = element.dest_span or (max(end - 1, start), max(end - 1, start))
        target = Text(element.dest.strip(), Span(*where))
    elif isinstance(element, inline.AutoLink):
        target = Text(element.dest, Span(start, end))
    return Inline(kind, Span(start, end), "".join(child.text for child in children), children, target)


def _front_matter(text: str) -> tuple[Span | None, Span | None, int]:
    """Where the YAML stands, where an unclosed fence stands, and where the body begins."""
    start = 1 if text.startswith(BOM) else 0
    opening = _FENCE.match(text, start)
    if opening is None:
        return None, None, start
    # `$` knows only LF; a lone or paired CR is a line end as well.
    unix = text.replace("\r", "\n")
    closing = _FENCE_END.search(unix, opening.end())
    if closing is not None:
        return Span(opening.end(), closing.start()), None, closing.end()
    if _FRONT_MATTER_KEY.match(text, opening.end()):
        return None, Span(start, start + 3), start
    return None, None, start


def _mask(text: str, body: int) -> str:
    """`text` as marko may see it: same length, its line ends LF, nothing before `body`."""
    head = "".join("\n" if char == "\n" else " " for char in text[:body])
    # CommonMark ends a line at CR as well; the CR of CRLF becomes a blank at the line's end.
    rest = text[body:].translate(_NOT_OURS).replace("\r\n", " \n").replace("\r", "\n")
    return head + rest


def _trim(text: str, start: int, end: int) -> Span:
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return Span(start, end)


def _deepest_line(masked: str) -> Span:
    deepest, at = -1, Span(0, 0)
    offset = 0
    for line in masked.split("\n"):
        depth = len(line) - len(line.lstrip(" \t>-*+"))
        if depth > deepest:
            deepest, at = depth, Span(offset, offset + len(line))
        offset += len(line) + 1
    return at
