"""The FURPS statements a deliverable lists under `**FURPS**:`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from waku_lint.extract.fields import Field, Line
from waku_lint.extract.ids import leading_id
from waku_lint.model import FurpsReference
from waku_lint.parse.markdown import Block, Flat, flatten
from waku_lint.source import Span, Text

_FOR: Final = re.compile(r"for\b[ \t]*:?[ \t]*", re.IGNORECASE)
_AFTER_ID: Final = re.compile(r"\s*[.:)]?\s*")
_BETWEEN: Final = re.compile(r"\s*(?:[,;&]|\band\b)\s*", re.IGNORECASE)


def read_references(field: Field) -> tuple[FurpsReference, ...]:
    """All references of the field: on its line, on bare lines, in list items, after `For`."""
    found: list[FurpsReference] = list(_on_label_line(field.line))
    for line in field.lines:
        found.extend(_statement((line,)))
    for block in field.blocks:
        if block.kind == "paragraph":
            for line in block.lines:
                found.extend(_statement((line,)))
        elif block.kind == "list":
            for item in block.children:
                found.extend(_item(item))
    return tuple(found)


def _item(item: Block) -> Iterator[FurpsReference]:
    first = item.children[0] if item.children else None
    if first is not None and first.kind == "paragraph":
        yield from _statement(first.lines)
    for child in item.children:
        if child.kind == "list":
            for nested in child.children:
                yield from _item(nested)


def _statement(lines: tuple[Line, ...]) -> Iterator[FurpsReference]:
    """One reference: an id at the start of the first line, and what follows it."""
    if not lines:
        return
    flat = flatten(lines[0])
    start = len(flat.text) - len(flat.text.lstrip())
    prefix = _FOR.match(flat.text, start)
    if prefix:
        start = prefix.end()
    match = leading_id(flat.text[start:])
    if match is None:
        return
    end = start + match.end()
    identifier = flat.part(start, end)
    if identifier is None:  # pragma: no cover - a match is never blank
        return
    after = _AFTER_ID.match(flat.text, end)
    if flat.text[end : end + 1] in (",", ";", "&"):
        yield from _many(flat, start)
        return
    parts = [flat.part(after.end() if after else end, len(flat.text))]
    parts.extend(flatten(line).whole for line in lines[1:])
    texts = [part for part in parts if part]
    text = None
    if texts:
        text = Text(" ".join(part.value for part in texts), Span(texts[0].span.start, texts[-1].span.end))
    span = Span(identifier.span.start, text.span.end if text else identifier.span.end)
    yield FurpsReference(identifier, text, span, identifier.span)


def _on_label_line(line: Line) -> Iterator[FurpsReference]:
    """`**FURPS**: F1, U2`: ids on the label's own line; a remark there is none."""
    flat = flatten(line)
    start = len(flat.text) - len(flat.text.lstrip())
    if leading_id(flat.text[start:]):
        yield from _many(flat, start)


def _many(flat: Flat, start: int) -> Iterator[FurpsReference]:
    """Ids separated by commas, from `start` on, as long as ids come."""
    at = start
    while match := leading_id(flat.text[at:]):
        identifier = flat.part(at, at + match.end())
        if identifier is None:  # pragma: no cover - a match is never blank
            return
        yield FurpsReference(identifier, None, identifier.span, identifier.span)
        between = _BETWEEN.match(flat.text, at + match.end())
        if between is None or between.end() == at + match.end():
            return
        at = between.end()
