"""Labelled fields: `**Owner**: nwaku`, in each of the shapes in which people write them.

The colon may stand inside or outside the bold or be missing, the label may be a heading or lead a
list item, several fields may share a paragraph, and the value may follow on the next line, in the
next paragraph or as a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import takewhile
from typing import Final

from msgspec import Struct

from waku_lint.documents.extract.outline import normal
from waku_lint.documents.model import Labelled
from waku_lint.errors import one_edit_apart
from waku_lint.parsing.inline import Flat, Inline, after, flatten
from waku_lint.parsing.markdown import Block
from waku_lint.positions import Span, Text
from waku_lint.regexes import lazy

Line = tuple[Inline, ...]

MIN_MISSPELT: Final = 10  # characters of a label that is known with a slip in it; `beta` is no `eta`
MIN_SLIP: Final = 5  # characters of one that may be meant, where none of its key is there
_EMPTY: Final = flatten(())
_PLAIN_LABEL: Final = lazy(r"\s*([A-Za-z][A-Za-z0-9 /&()'-]{1,60}?)\s*:(?!//)")
_SEPARATOR: Final = lazy(r"\s*([:\uff1a]|[-\u2013\u2014](?=\s))")
_MARKERS: Final = lazy(r"\(?\s*(no furps)(?:\s*\)[.:]?|\s*[.:])?\s*\Z", re.IGNORECASE)


class Field(Struct, frozen=True):
    """A labelled field.

    `key` is empty for a label we do not know; it ends the field before it all the same. `line` is
    what follows the label on its line, `lines` the paragraph's further lines, `blocks` what stands
    between that paragraph and the next label or heading.
    """

    key: str
    label: Text
    line: Line
    lines: tuple[Line, ...]
    blocks: tuple[Block, ...]

    @property
    def values(self) -> tuple[Line, ...]:
        """The lines that are the value: what follows the label, else the next line, the next paragraph's
        first line, or the items of the list below."""
        own = next((line for line in (self.line, *self.lines) if flatten(line).whole), None)
        if own is not None:
            return (own,)
        first = self.blocks[0] if self.blocks else None
        if first is not None and first.kind == "paragraph":
            return first.lines[:1]
        return tuple(item.children[0].lines[0] for item in self.items if has_text(item))

    @property
    def value(self) -> Flat:
        """The first line of the value."""
        return flatten(self.values[0]) if self.values else _EMPTY

    @property
    def items(self) -> tuple[Block, ...]:
        """The items of the lists that follow the label before anything else does."""
        lists = takewhile(lambda block: block.kind == "list", self.blocks)
        return tuple(item for each in lists for item in each.children)

    @property
    def span(self) -> Span:
        spans = [self.label.span, *(each.span for line in (self.line, *self.lines) for each in line)]
        return Span.cover((*spans, *(block.span for block in self.blocks))) or self.label.span


def labelled(fields: Iterable[Field], key: str) -> Labelled | None:
    """The first field of `key`, and the first line of its value."""
    field = next((field for field in fields if field.key == key), None)
    if field is None:
        return None
    value = field.value.whole
    anchor = value.span if value else field.label.span
    return Labelled(field.label, value, field.value.words, field.span, anchor)


def has_text(item: Block) -> bool:
    """Whether a list item starts with a line of text."""
    return bool(item.children) and item.children[0].kind == "paragraph" and bool(item.children[0].lines)


class Labels:
    """The labels of one kind of document: which words name which field."""

    def __init__(self, exact: Mapping[str, str], patterns: Mapping[str, str] | None = None) -> None:
        """`exact` maps a normalised label to its key, `patterns` a regular expression to its key."""
        self._exact = exact
        self._patterns = tuple((lazy(pattern), key) for pattern, key in (patterns or {}).items())

    def key(self, label: str) -> str | None:
        """The key of `label`, or None for a label we do not know."""
        name = normal(label)
        if name in self._exact:
            return self._exact[name]
        return next((key for pattern, key in self._patterns if pattern.fullmatch(name)), None)

    def read(self, line: Line) -> tuple[str, Text, Line] | None:
        """Key, label and the rest of `line` if it starts with a label; the key is empty for unknown ones."""
        first = next((index for index, each in enumerate(line) if re.search(r"\w", each.text)), None)
        if first is None:
            return None
        head, rest = line[first], line[first + 1 :]
        if head.kind in ("strong", "emphasis"):
            return self._bold(head, rest)
        if head.kind == "text":
            return self._plain(head, rest)
        return None

    def _bold(self, head: Inline, rest: Line) -> tuple[str, Text, Line] | None:
        flat = flatten(head.children or (head,))
        colon = min((at for at in map(flat.mask.find, ":\uff1a") if at >= 0), default=-1)
        label = flat.part(0, colon if colon >= 0 else len(flat.text))
        if label is None:
            return None
        key = self.key(label.value) or (self._misspelt(label.value) if head.kind == "strong" else None)
        if head.kind == "emphasis" and key is None:
            return None
        if colon >= 0:  # `**Owner:** x`, or `**Owner: x**`
            inside = after(head.children, flat.ends[colon])
            return key or "", label, (*inside, *rest)
        lead = rest[0] if rest else None
        mark = _SEPARATOR.match(lead.text) if lead is not None and lead.kind == "text" else None
        if lead is not None and mark is not None and (key is not None or mark.group(1) in ":\uff1a"):
            return key or "", label, (*after((lead,), lead.span.start + mark.end()), *rest[1:])
        if key is not None:
            return key, label, rest
        return None

    def slip(self, label: str) -> str | None:
        """The key that an unknown label may mean: that of a label which one slip makes it."""
        return self._misspelt(label, MIN_SLIP)

    def _misspelt(self, label: str, least: int = MIN_MISSPELT) -> str | None:
        """The key of a long label with one slip in it."""
        name = normal(label)
        known = (each for each in self._exact if len(each) >= least)
        return next((self._exact[each] for each in known if one_edit_apart(name, each)), None)

    def _plain(self, head: Inline, rest: Line) -> tuple[str, Text, Line] | None:
        marker = _MARKERS.match(head.text) if not rest else None
        match = marker or _PLAIN_LABEL.match(head.text)
        if match is None:
            return None
        key = self.key(match.group(1))
        if key is None:
            return None
        base = head.span.start
        label = Text(match.group(1).strip(), Span(base + match.start(1), base + match.end(1)))
        return key, label, (*after((head,), base + match.end()), *rest)


def read_fields(blocks: Iterable[Block], labels: Labels) -> tuple[Field, ...]:
    """The fields in `blocks`, in order. A heading that is no label ends the field before it."""
    fields: list[Field] = []
    current: tuple[str, Text, Line] | None = None
    lines: list[Line] = []
    following: list[Block] = []

    def close() -> None:
        nonlocal current
        if current is not None:
            key, label, line = current
            fields.append(Field(key, label, line, tuple(lines), tuple(following)))
        current = None
        lines.clear()
        following.clear()

    for block in blocks:
        if block.kind == "heading":
            close()
            line = block.lines[0] if block.lines else ()
            found = labels.read(line) or _whole_heading(line, labels)
            current = found if found and found[0] else None
            continue
        if block.kind == "paragraph" and block.checked is None:
            starts = [labels.read(line) for line in block.lines]
            if any(starts):
                for line, found in zip(block.lines, starts, strict=True):
                    if found:
                        close()
                        current = found
                    elif current is not None and not following:
                        lines.append(line)
                continue
        if block.kind == "list":
            led = [(_item_label(item, labels), item) for item in block.children]
            if led and led[0][0]:
                for found, item in led:
                    if found:
                        close()
                        current = found
                        following.extend(item.children[1:])
                continue
        if current is not None and block.kind != "html":  # a comment between a label and its value
            following.append(block)
    close()
    return tuple(fields)


def _whole_heading(line: Line, labels: Labels) -> tuple[str, Text, Line] | None:
    flat = flatten(line)
    whole = flat.whole
    key = labels.key(whole.value) if whole else None
    return (key, whole, ()) if key is not None and whole is not None else None


def _item_label(item: Block, labels: Labels) -> tuple[str, Text, Line] | None:
    """The label that leads a list item: a known one, so that ordinary items are left alone."""
    if not has_text(item) or item.children[0].checked is not None:
        return None
    found = labels.read(item.children[0].lines[0])
    return found if found and found[0] else None
