"""Comments addressed to waku-lint, where a reader sees no text: not in code, not in quoted YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from waku_lint.documents.model import Comment
from waku_lint.parsing import yaml
from waku_lint.parsing.inline import find
from waku_lint.parsing.markdown import Markdown
from waku_lint.positions import Span, Text
from waku_lint.regexes import lazy

_NAME: Final = lazy("waku[-_]?lint", re.IGNORECASE)
# What is meant for us and lacks the colon is ours as well: it is told, not passed over.
_OURS: Final = lazy(rf"-?\s*{_NAME.pattern}(?:\s*:|[\s-]*(?:disable|enable)\b)", re.IGNORECASE)
_OPEN: Final = "<!--"
_CLOSE: Final = "-->"


def markdown_comments(markdown: Markdown) -> tuple[Comment, ...]:
    """Those of the front matter and of the text, in the order of the text."""
    if not _mentioned(markdown.text):
        return ()
    front = yaml_comments(markdown.text, markdown.front_matter) if markdown.front_matter else ()
    return (*front, *sorted(_html(markdown), key=lambda each: each.span))


def yaml_comments(text: str, within: Span | None = None) -> tuple[Comment, ...]:
    """Those of a YAML text, or of the part of it at `within`."""
    if not _mentioned(text):
        return ()
    found = (_comment(text, span, span.start + 1, span.end) for span in yaml.comments(text, within))
    return tuple(each for each in found if each is not None)


def _html(markdown: Markdown) -> Iterator[Comment]:
    text = markdown.text
    for block in markdown.walk():
        if not _mentioned(text[block.span.start : block.span.end]):
            continue
        spans: Iterator[Span] = iter(())
        if block.kind == "html":
            spans = iter((block.span,))
        elif block.kind in ("heading", "paragraph", "cell"):
            spans = (each.span for each in find(block.inlines, "html"))
        for span in spans:
            yield from _comments(text, span)


def _comments(text: str, within: Span) -> Iterator[Comment]:
    """Those in a run of HTML. One that is never closed is none."""
    at = text.find(_OPEN, within.start, within.end)
    while at >= 0:
        inside = at + len(_OPEN)
        closed = text.find(_CLOSE, inside, within.end)
        if closed < 0:
            return
        comment = _comment(text, Span(at, closed + len(_CLOSE)), inside, closed)
        if comment is not None:
            yield comment
        at = text.find(_OPEN, closed, within.end)


def _comment(text: str, span: Span, start: int, end: int) -> Comment | None:
    inside = text[start:end]
    if not _OURS.match(inside):
        return None
    start += len(inside) - len(inside.lstrip())
    value = inside.strip()
    return Comment(Text(value, Span(start, start + len(value))), span)


def _mentioned(text: str) -> bool:
    return _NAME.search(text) is not None
