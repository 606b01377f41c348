"""The FURPS statements that are referred to: by a deliverable, or by a page in its summary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final, Literal

from waku_lint.documents.extract.fields import Field, Line
from waku_lint.documents.extract.ids import ID, JOIN, RANGE, leading_id
from waku_lint.documents.model import FeatureLink, FeatureSummary, FurpsReference
from waku_lint.parsing.inline import Flat, find, flatten, with_markup
from waku_lint.parsing.markdown import Block
from waku_lint.positions import Span, Text
from waku_lint.regexes import lazy

# What may stand before an id: 🏗️ for planned work or another sign, `For`, brackets.
_BEFORE: Final = lazy(r"[^\w+({\[~]*(?P<condition>for\b\s*:?\s*)?[({\[]?\s*", re.IGNORECASE)
_AFTER: Final = lazy(r"\s*([.:),;\]}]|[-\u2013\u2014](?=\s)|)\s*")
# One way to read it alone, or what is no list of ids would be tried in all of them.
_NAMED: Final = lazy(rf"{RANGE.pattern}|{ID.pattern}(?!{JOIN}{ID.pattern})")
# Nothing but ids, however they are separated.
_ONLY_IDS: Final = lazy(rf"(?:(?:{_NAMED.pattern})(?:[\s,;&.]+|\s+(?:and|\+)\s+|\s*\Z)){{2,}}")
# A line below an item that is a statement of its own, whose bullet was forgotten: an id, a stop, a sentence.
_STATES: Final = lazy(rf"\s*{ID.pattern}[.:]\s+[^\W\d_a-z]")
_BETWEEN: Final = lazy(r"\s*[,;&]\s*(?:(?:and|for)\s+)?|\s+(?:and|for)\s+", re.IGNORECASE)
_SUMMARY: Final = lazy(r"(?:\s*furps\b)?\s*[:\u2013\u2014-]?\s*(?:for\s+)?", re.IGNORECASE)


def read_references(field: Field) -> tuple[FurpsReference, ...]:
    """All references of the field: on its line, on bare lines, in list items, after `For`."""
    found: list[FurpsReference] = list(_line("inline", field.line))
    found.extend(_lines(field.lines))
    for block in field.blocks:
        if block.kind == "paragraph":
            found.extend(_lines(block.lines))
        elif block.kind == "list":
            for item in block.children:
                found.extend(_item(item))
    return tuple(found)


def _lines(lines: Iterable[Line]) -> Iterator[FurpsReference]:
    """Bare lines; one that begins in lower case, and with no id, goes on with the line before it."""
    groups: list[list[Line]] = []
    for line in lines:
        flat = flatten(line)
        before = _BEFORE.match(flat.text)
        own = leading_id(flat.text[before.end() if before else 0 :])
        if own or not groups or not flat.text.lstrip()[:1].islower():
            groups.append([])
        groups[-1].append(line)
    for group in groups:
        yield from _line("line", *group)


def read_summary(field: Field) -> Iterator[FeatureSummary]:
    """The features that a page names under `FURPS`, each with the ids that follow its link on the line."""
    lines: list[Line] = [field.line, *field.lines]
    for block in field.blocks:
        for each in block.walk() if block.kind in ("paragraph", "list") else ():
            if each.kind == "paragraph":
                lines.extend(each.lines)
    for index, line in enumerate(lines):
        links = [each for each in find(line, "link") if each.target is not None and "://" not in each.target.value]
        if not links:
            continue
        flat = flatten(line)
        for link, following in zip(links, [*links[1:], None], strict=True):
            start = sum(end <= link.span.end for end in flat.ends)
            stop = sum(end <= following.span.start for end in flat.ends) if following else len(flat.text)
            lead = _SUMMARY.match(flat.text, start, stop)
            at = lead.end() if lead else start
            ids = [each.id for each in _several(flat.head(stop), at)]
            note = flat.part(at, stop) if not ids else None
            title = flatten((link,)).whole or Text("", link.span)
            end = max([link.span.end, *(each.span.end for each in ids)])
            feature = FeatureLink(title, link.target, link.span, link.span)
            yield FeatureSummary(feature, tuple(ids), note, index == 0, Span(link.span.start, end), link.span)


def _item(item: Block) -> Iterator[FurpsReference]:
    first = item.children[0] if item.children else None
    if first is not None and first.kind == "paragraph":
        own = [index for index, line in enumerate(first.lines) if index and _STATES.match(flatten(line).text)]
        yield from _line("item", *first.lines[: own[0] if own else None])
        for start, end in pairwise([*own, len(first.lines)]):
            yield from _line("line", *first.lines[start:end])
    for child in item.children:
        if child.kind == "list":
            for nested in child.children:
                yield from _item(nested)


def _line(place: Literal["item", "line", "inline"], *lines: Line) -> Iterator[FurpsReference]:
    """An id and its statement, which may go on in further lines; or several ids and no statement."""
    flat = flatten(lines[0] if lines else ())
    before = _BEFORE.match(flat.text)
    start = before.end() if before else 0
    match = leading_id(flat.text[start:])
    if match is None:
        return
    several = list(_several(flat, start))
    if len(lines) == 1 and _ONLY_IDS.fullmatch(flat.text, start):
        several = [
            FurpsReference(found, None, None, "inline", found.span, found.span)
            for each in _NAMED.finditer(flat.text, start)
            if (found := flat.part(*each.span()))
        ]
    if len(several) > 1:
        yield from several
        return
    end = start + match.end()
    identifier = flat.part(start, end)
    after = _AFTER.match(flat.text, end)
    bracketed = flat.text[:start].rstrip().endswith(("(", "[", "{"))
    separator = flat.part(*after.span(1)) if after and not bracketed else None
    parts = [flat.part(after.end() if after else end, len(flat.text)), *(flatten(line).whole for line in lines[1:])]
    texts = [part for part in parts if part]
    if before and before["condition"] and not texts:
        place = "inline"  # `For S1:` limits what follows
    struck = not texts and any(not leading_id(each.text) for line in lines for each in find(line, "strike"))
    if identifier is None or struck:
        return  # a statement that is struck is not delivered
    text = None
    if texts:
        whole = Span(texts[0].span.start, texts[-1].span.end)
        inlines = [each for line in lines for each in line]
        text = Text(" ".join(part.value for part in texts), with_markup(inlines, whole))
    span = Span(identifier.span.start, text.span.end if text else identifier.span.end)
    yield FurpsReference(identifier, separator, text, place, span, identifier.span)


def _several(flat: Flat, start: int) -> Iterator[FurpsReference]:
    """Ids from `start` on, as long as a separator and a further id come."""
    at = start
    while match := leading_id(flat.text[at:]):
        identifier = flat.part(at, at + match.end())
        if identifier is not None:  # pragma: no branch - what matches is no blank
            yield FurpsReference(identifier, None, None, "inline", identifier.span, identifier.span)
        between = _BETWEEN.match(flat.text, at + match.end())
        if between is None:
            return
        at = between.end()
