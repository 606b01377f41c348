"""What a page says beside its deliverables: its sections, and the prose that tells why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct

from waku_lint.documents.extract.fields import Labels, Line
from waku_lint.documents.extract.outline import Section, normal
from waku_lint.documents.model import PageSection
from waku_lint.parsing.inline import OPAQUE, find, flatten
from waku_lint.parsing.markdown import Block
from waku_lint.positions import Span, Text
from waku_lint.regexes import lazy

# Sections and labels that say something else than why the work is done.
_ASIDE: Final = lazy(
    r"(?:[0-9]+\.? |milestone |list of |key |the )?deliverables?\b.*|(?:.* )?furps\b.*|features?|tracks?|risks?\b.*"
    r"|resources?\b.*|effort.*|owners?|teams?|(?:.* )?dependenc(?:y|ies)|prerequisites|references|links|see also"
    r"|further reading|status|timeline|schedule|changelog|scope changes?|out of scope|non-goals|open questions"
    r"|(?:related|scheduled|previous|next|other) milestones?|tags|dates?"
)
_AFTER_BOLD: Final = lazy(r"\s*(?:[:\uff1a(]|\Z)")
_NO_LABELS: Final = Labels({})
_BOX: Final = lazy(r"\s*\[[ xX]?\]")


class _Lead(Struct, frozen=True):
    """The label a line starts with, and the rest of the line."""

    label: Text
    aside: bool
    rest: Line


def page_sections(sections: Iterable[Section], heading: Text | None) -> tuple[PageSection, ...]:
    """The sections below the page's title; a bold label at a line's start stands for a heading."""
    found: list[PageSection] = []
    for section in sections:
        title = section.title
        if section.heading is not None and title is not None and title != heading:
            found.append(PageSection(title, section.level, section.heading.span, title.span))
        lines = [line for block in section.blocks if block.kind == "paragraph" for line in block.lines]
        labels = [lead.label for line in lines if (lead := _lead(line, _NO_LABELS))]
        found.extend(PageSection(label, 0, label.span, label.span) for label in labels)
    return tuple(found)


def read_narrative(sections: Sequence[Section], labels: Labels) -> tuple[Text, ...]:
    """Paragraphs and list items in prose, in order. `labels` are those of the page's own values."""
    found: list[Text] = []
    above: int | None = None  # the level of the section that is left out, with all below it
    for section in sections:
        if above is not None and section.level > above:
            continue
        above = section.level if section.level > 1 and _is_aside(section.name, labels) else None
        if above is None:
            found.extend(_prose(section.blocks, labels))
    return tuple(found)


def _prose(blocks: Iterable[Block], labels: Labels) -> Iterator[Text]:
    aside = False  # after a label that is left out: lists are its value, and so is a paragraph if it has none yet
    valued = False
    for block in blocks:
        if block.kind == "paragraph" and not _is_task(block):
            leads = [_lead(line, labels) for line in block.lines]
            if aside and not valued and not any(leads):
                valued = True
                continue
            kept: list[Line] = []
            aside = False
            for line, lead in zip(block.lines, leads, strict=True):
                if lead is None and not (aside and not valued):
                    kept.append(line)
                elif lead is None:
                    valued = True
                else:
                    aside, valued = lead.aside, flatten(lead.rest).whole is not None
                    kept.extend(() if lead.aside else (lead.rest,))
            yield from _text(kept)
        elif aside:
            valued = valued or block.kind != "html"
        elif block.kind in ("list", "quote"):
            for child in block.children if block.kind == "list" else (block,):
                yield from _prose(child.children, labels)


def _lead(line: Line, labels: Labels) -> _Lead | None:
    """A label: with a colon, one of `labels`, or bold with nothing but a remark in parentheses after it."""
    found = labels.read(line)
    if found is not None:
        return _Lead(found[1], bool(found[0]) or _is_aside(found[1].value, labels), found[2])
    first, rest = (line[0], line[1:]) if line else (None, ())
    label = flatten((first,)).whole if first is not None and first.kind == "strong" else None
    if label is None or not _AFTER_BOLD.match("".join(each.text for each in rest)):
        return None
    return _Lead(label, _is_aside(label.value, labels), rest)


def _is_aside(name: str, labels: Labels) -> bool:
    return labels.key(name) is not None or _ASIDE.fullmatch(normal(name)) is not None


def _is_task(paragraph: Block) -> bool:
    return paragraph.checked is not None or _BOX.match(flatten(paragraph.inlines).text) is not None


def _text(lines: Sequence[Line]) -> Iterator[Text]:
    """The lines as one text, unless they say next to nothing outside their links."""
    flats = [flatten(line) for line in lines]
    wholes = [whole for flat in flats if (whole := flat.whole)]
    outside = " ".join(flat.mask.replace(OPAQUE, " ") for flat in flats)
    linked = any(True for line in lines for _ in find(line, "link", "url", "image"))
    if wholes and (len(re.findall(r"\w+", outside)) > 4 or not linked):
        yield Text(" ".join(whole.value for whole in wholes), Span(wholes[0].span.start, wholes[-1].span.end))
