"""Runs of text within a block, and what a reader sees of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from typing import Final, Literal

from msgspec import Struct

from waku_lint.positions import Span, Text
from waku_lint.regexes import lazy

OPAQUE: Final = "\ufffc"  # stands for a character of a link, code or URL where structure is looked for

_ENTITY: Final = lazy(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TAG: Final = lazy(r"</?([A-Za-z][A-Za-z0-9-]*)(?=[\s/>])")
_HTML_NAMES: Final = frozenset(
    {
        "a", "abbr", "address", "article", "aside", "audio", "b", "bdi", "bdo", "blockquote", "br", "button", "caption",
        "center", "cite", "code", "col", "colgroup", "data", "dd", "del", "details", "dfn", "dialog", "div", "dl", "dt",
        "em", "embed", "fieldset", "figcaption", "figure", "font", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
        "header", "hr", "i", "iframe", "img", "input", "ins", "kbd", "label", "legend", "li", "link", "main", "map",
        "mark", "math", "menu", "meta", "nav", "noscript", "object", "ol", "optgroup", "option", "p", "param",
        "picture", "pre", "progress", "q", "rp", "rt", "ruby", "s", "samp", "script", "section", "select", "small",
        "source", "span", "strike", "strong", "style", "sub", "summary", "sup", "svg", "table", "tbody", "td",
        "template", "textarea", "tfoot", "th", "thead", "time", "title", "tr", "track", "tt", "u", "ul", "var",
        "video", "wbr",
    }
)  # fmt: skip

InlineKind = Literal["text", "strong", "emphasis", "strike", "code", "link", "image", "url", "html", "break"]


class Inline(Struct, frozen=True):
    """A run of text within a block. `text` is what a reader sees of it."""

    kind: InlineKind
    span: Span
    text: str
    children: tuple[Inline, ...] = ()
    target: Text | None = None  # of a link or image; empty value for `[x]()`


class Flat(Struct, frozen=True):
    """Inlines as one string of which each character knows its place in the source.

    `mask` is `text` with every character of a link, code span, image, URL or HTML tag replaced by
    OPAQUE, because text inside these is not structure. `starts[i]` and `ends[i]` are offsets into
    the source.
    """

    text: str
    mask: str
    starts: Sequence[int]
    ends: Sequence[int]

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
    def words(self) -> tuple[Text, ...]:
        """What blanks separate, each with its own place."""
        parts = (self.part(*match.span()) for match in re.finditer(r"\S+", self.text))
        return tuple(part for part in parts if part)

    def head(self, count: int) -> Flat:
        """The first `count` characters."""
        return Flat(self.text[:count], self.mask[:count], self.starts[:count], self.ends[:count])

    @property
    def whole(self) -> Text | None:
        return self.part(0, len(self.text))


def after(inlines: Iterable[Inline], offset: int) -> tuple[Inline, ...]:
    """The part of `inlines` that stands at or after `offset`."""
    kept: list[Inline] = []
    for each in inlines:
        if each.span.start >= offset:
            kept.append(each)
        elif each.span.end > offset and each.kind == "text":
            kept.append(Inline("text", Span(offset, each.span.end), each.text[offset - each.span.start :]))
    return tuple(kept)


def flatten(inlines: Sequence[Inline]) -> Flat:
    """Flatten inlines; a link becomes its text, and struck text is skipped."""
    if len(inlines) == 1 and inlines[0].kind == "text" and _is_verbatim(inlines[0]):  # as most are
        (only,) = inlines
        start, end = only.span.start, only.span.end
        return Flat(only.text, only.text, range(start, end), range(start + 1, end + 1))
    text: list[str] = []
    mask: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def add(each: Inline, opaque: bool) -> None:
        if each.kind == "strike":
            return
        opaque = opaque or each.kind in ("link", "image", "url", "code", "html")
        if each.children:
            for child in each.children:
                add(child, opaque)
            return
        shown = each.text
        if not _is_verbatim(each):
            found = [*_characters(each)]
            shown = "".join([char for char, _, _ in found])
            starts.extend([start for _, start, _ in found])
            ends.extend([end for _, _, end in found])
        else:  # each character stands for itself
            start, end = each.span.start, each.span.end
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
        text.append(shown)
        mask.append(OPAQUE * len(shown) if opaque else shown)

    for each in inlines:
        add(each, False)
    return Flat("".join(text), "".join(mask), tuple(starts), tuple(ends))


def _is_verbatim(each: Inline) -> bool:
    """Whether a run of text stands in the source as it is."""
    return each.kind != "code" and each.span.end - each.span.start == len(each.text) and "&" not in each.text


def _characters(each: Inline) -> Iterator[tuple[str, int, int]]:
    """Each character a reader sees, and where it stands in the source."""
    start, end = each.span.start, each.span.end
    if each.kind == "code":
        # The text stands between backticks, of which there are as many on both sides.
        start += max((end - start - len(each.text)) // 2, 0)
    elif end - start != len(each.text):  # an escape: two characters in the source, one for the reader
        yield from ((char, start, end) for char in each.text)
        return
    at = 0
    for match in _ENTITY.finditer(each.text) if each.kind == "text" else ():
        char = unescape(match.group())
        if len(char) == 1:
            yield from ((each.text[index], start + index, start + index + 1) for index in range(at, match.start()))
            yield char, start + match.start(), start + match.end()
            at = match.end()
    yield from ((each.text[index], start + index, start + index + 1) for index in range(at, len(each.text)))


def with_markup(inlines: Sequence[Inline], span: Span) -> Span:
    """`span` of visible text, widened by the marks of what it holds as a whole: `**`, backticks, a link's target."""
    for each in inlines:
        whole = flatten((each,)).whole if each.kind != "text" else None
        if whole is None:
            continue
        if span.start <= whole.span.start and whole.span.end <= span.end:
            span = Span(min(span.start, each.span.start), max(span.end, each.span.end))
        else:
            span = with_markup(each.children, span)
    return span


def plain(inlines: Sequence[Inline]) -> str:
    """What a reader sees, with lines joined and blanks collapsed."""
    return " ".join("".join(each.text for each in inlines).split())


def find(inlines: Sequence[Inline], *kinds: InlineKind) -> Iterator[Inline]:
    """All inlines of the given kinds, at any depth."""
    for each in inlines:
        if each.kind in kinds:
            yield each
        yield from find(each.children, *kinds)


def is_html(tag: str) -> bool:
    """Whether a tag is HTML, and no placeholder that is written like one: `<Enter date>`, `<TODO>`."""
    match = _TAG.match(tag)
    return match is None or match.group(1).lower() in _HTML_NAMES
