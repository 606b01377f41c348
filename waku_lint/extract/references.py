"""The FURPS statements a deliverable lists under `**FURPS**:`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from waku_lint.extract.fields import Field, Line
from waku_lint.extract.ids import leading_id
from waku_lint.model import FurpsReference
from waku_lint.parse.inline import Flat, flatten
from waku_lint.parse.markdown import Block
from waku_lint.source import Span, Text

# What may stand before an id: 🏗️ for planned work, `For`, brackets.
_BEFORE: Final = re.compile(r"[\s\U0001f3d7\ufe0f]*(?:for\b\s*:?\s*)?[({\[]?\s*", re.IGNORECASE)
_AFTER: Final = re.compile(r"\s*[.:)]?\s*")
_BETWEEN: Final = re.compile(r"\s*[,;&]\s*(?:and\s+)?|\s+and\s+", re.IGNORECASE)


def read_references(field: Field) -> tuple[FurpsReference, ...]:
    """All references of the field: on its line, on bare lines, in list items, after `For`."""
    found: list[FurpsReference] = list(_line(field.line))
    for line in field.lines:
        found.extend(_line(line))
    for block in field.blocks:
        if block.kind == "paragraph":
            for line in block.lines:
                found.extend(_line(line))
        elif block.kind == "list":
            for item in block.children:
                found.extend(_item(item))
    return tuple(found)


def _item(item: Block) -> Iterator[FurpsReference]:
    first = item.children[0] if item.children else None
    if first is not None and first.kind == "paragraph":
        yield from _line(*first.lines)
    for child in item.children:
        if child.kind == "list":
            for nested in child.children:
                yield from _item(nested)


def _line(*lines: Line) -> Iterator[FurpsReference]:
    """An id and its statement, which may go on in further lines; or several ids and no statement."""
    if not lines:
        return
    flat = flatten(lines[0])
    before = _BEFORE.match(flat.text)
    start = before.end() if before else 0
    match = leading_id(flat.text[start:])
    if match is None:
        return
    several = list(_several(flat, start))
    if len(several) > 1:
        yield from several
        return
    end = start + match.end()
    identifier = flat.part(start, end)
    after = _AFTER.match(flat.text, end)
    parts = [flat.part(after.end() if after else end, len(flat.text)), *(flatten(line).whole for line in lines[1:])]
    texts = [part for part in parts if part]
    if identifier is not None:
        text = Text(" ".join(part.value for part in texts), _from_to(texts)) if texts else None
        span = Span(identifier.span.start, text.span.end if text else identifier.span.end)
        yield FurpsReference(identifier, text, span, identifier.span)


def _from_to(texts: list[Text]) -> Span:
    return Span(texts[0].span.start, texts[-1].span.end)


def _several(flat: Flat, start: int) -> Iterator[FurpsReference]:
    """Ids from `start` on, as long as a separator and a further id come."""
    at = start
    while match := leading_id(flat.text[at:]):
        identifier = flat.part(at, at + match.end())
        if identifier is not None:
            yield FurpsReference(identifier, None, identifier.span, identifier.span)
        between = _BETWEEN.match(flat.text, at + match.end())
        if between is None:
            return
        at = between.end()
