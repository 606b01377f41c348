"""Every place of a Markdown text in which a link's target is written, so that another can be written there."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from waku_lint.documents.extract.prose import read_links, read_prose, wiki_links
from waku_lint.parsing.limits import DEFAULTS, Limits
from waku_lint.parsing.markdown import Markdown
from waku_lint.positions import Span


class Target(Struct, frozen=True):
    """A target: what it says (`value`), and where that is written, without `<>` and blanks around.

    `wiki` tells one of `[[page]]`, `angled` one in `<>`.
    """

    value: str
    span: Span
    wiki: bool = False
    angled: bool = False


def read_targets(text: str, limits: Limits = DEFAULTS) -> tuple[Target, ...]:
    """The targets of links and images, of definitions `[label]: target`, and of `[[page]]`, in their order.

    Raises LimitError.
    """
    markdown = Markdown(text, limits)
    found = [
        *_inline(markdown),
        *(Target(each.value, each.span, angled=_before(text, each.span) == "<") for each in markdown.definitions),
        *_wiki(markdown),
    ]
    return tuple(sorted(found, key=lambda target: target.span))


def _inline(markdown: Markdown) -> Iterator[Target]:
    for link in read_links(markdown):
        span = _stripped(markdown.text, link.target.span)
        written = markdown.text[span.start : span.end]
        if written.startswith("<") and written.endswith(">"):
            yield Target(link.target.value, Span(span.start + 1, span.end - 1), angled=True)
        elif written and span != link.span:  # else it is a reference: its target stands in a definition
            yield Target(link.target.value, span)


def _wiki(markdown: Markdown) -> Iterator[Target]:
    if "[[" in markdown.text:
        for link in wiki_links(read_prose(markdown), shown=True):
            yield Target(link.target.value, _stripped(markdown.text, link.target.span), wiki=True)


def _stripped(text: str, span: Span) -> Span:
    part = text[span.start : span.end]
    return Span(span.start + len(part) - len(part.lstrip()), span.end - len(part) + len(part.rstrip()))


def _before(text: str, span: Span) -> str:
    return text[span.start - 1 : span.start]
