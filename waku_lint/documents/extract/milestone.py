"""Milestone pages, of both generations of the process."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec.structs import replace

from waku_lint.documents.extract.deliverable import (
    compact_items,
    deliverable,
    deliverable_fields,
    is_certain,
    is_field,
    looks_like_deliverable,
)
from waku_lint.documents.extract.fields import Field, Labels, has_text, labelled, read_fields
from waku_lint.documents.extract.github import field_urls, milestone_urls, page_heading
from waku_lint.documents.extract.narrative import page_sections, read_narrative
from waku_lint.documents.extract.outline import Section, normal, outline
from waku_lint.documents.extract.own import read_named
from waku_lint.documents.extract.references import read_summary
from waku_lint.documents.model import Deliverable, Milestone, Resources
from waku_lint.documents.words import Naming, Words
from waku_lint.parsing.inline import flatten
from waku_lint.parsing.markdown import Block, Markdown
from waku_lint.parsing.nodes import YamlMapping, YamlScalar
from waku_lint.positions import Span, Text
from waku_lint.regexes import lazy

_LABELS: Final = Labels(
    {
        "estimated date of completion": "estimate",
        "estimated completion date": "estimate",
        "estimated date of delivery": "estimate",
        "estimated delivery date": "estimate",
        "estimated completion": "estimate",
        "completion date": "estimate",
        "expected completion date": "estimate",
        "expected date of completion": "estimate",
        "estimated date": "estimate",
        "target date": "estimate",
        "eta": "estimate",
        "milestone": "github",
        "github milestone": "github",
        "resources": "resources",
        "furps": "furps",
        "feature": "furps",
        "features": "furps",
    },
    {
        r"resources? required(?: .{1,40})?": "resources",
        r"(?:(?:github )?milestones? and )?deliverables?(?: \(.*\))?": "deliverables",
    },
)
MAX_ROLES: Final = 15  # words of a paragraph that says who is needed; a longer one tells why
_DELIVERABLES: Final = lazy(r"(?:[0-9]+\.? |milestone |list of |key |the )?(?:deliverables\b.*|deliverable)")
# Headings that are never a deliverable's, even below `## Deliverables`.
_OTHER_HEADINGS: Final = frozenset(
    {
        "furps", "risks", "risk", "strategic objective", "resources", "scope changes", "out of scope", "scope", "notes",
        "note", "references", "definition of done", "future work", "next steps", "background", "motivation", "status",
        "open questions", "dependencies", "dependency", "timeline", "schedule", "changelog", "summary", "overview",
        "context", "assumptions", "kpis", "prerequisites", "roadmap", "acceptance criteria",
    }
)  # fmt: skip


def extract_milestone(markdown: Markdown, front_matter: YamlMapping | None, words: Words) -> Milestone:
    """Read a milestone page; what is not there is None or empty."""
    sections = outline(markdown.blocks)
    title_section = next((section for section in sections if section.level == 1), None)
    title = (title_section.title if title_section else None) or _front_matter_text(front_matter, "title")
    marker = next((index for index, section in enumerate(sections) if _is_deliverables(section)), None)
    members, deliverables = _deliverables(sections, marker, words.deliverable_fields)
    own = [section for index, section in enumerate(sections) if index not in members]
    fields = read_fields(_blocks(own), _LABELS)
    listed = next((field for field in fields if field.key == "deliverables"), None)
    if marker is None and listed is not None and not deliverables:
        deliverables = [
            made for block in listed.blocks if block.kind == "list" for made in compact_items(block, certain=False)
        ]
    whole = _body(markdown)
    above = sections[marker].title if marker is not None else (listed.label if listed else None)
    heading = page_heading(own)
    return Milestone(
        title=title,
        heading=heading,
        front_matter=front_matter,
        estimate=labelled(fields, "estimate"),
        resources=_resources(fields),
        github=milestone_urls(sections, members, fields, front_matter),
        features=tuple(each for field in fields if field.key == "furps" for each in read_summary(field)),
        sections=page_sections(own, heading),
        narrative=read_narrative(own, _LABELS),
        deliverables_heading=above,
        deliverables_elsewhere=listed is not None and bool(field_urls(listed)),
        deliverables=tuple(_alike(deliverables)),
        fields=read_named(_blocks(own), words.fields),
        span=whole,
        anchor=title.span if title else _first_line(whole, markdown.text),
    )


def _deliverables(
    sections: Sequence[Section], marker: int | None, naming: Naming
) -> tuple[set[int], list[Deliverable]]:
    """The deliverables of a page, and the sections that are theirs."""
    if marker is None:
        starts = _evident(sections, range(len(sections)))
        return _read(sections, _topmost(sections, starts), naming)
    end = marker + 1
    while end < len(sections) and (sections[end].level > sections[marker].level or _has_slipped(sections, marker, end)):
        end += 1
    headings = [index for index in range(marker + 1, end) if not _is_other(sections[index])]
    if not headings and end < len(sections):
        # `## Deliverables` above deliverables of its own level.
        headings = _evident(sections, range(marker + 1, len(sections)))
    members, deliverables = _read(sections, _starts(sections, headings, sections[marker].level), naming)
    listed = list(_listed(sections[marker], certain=bool(deliverables)))
    return members, [*listed, *deliverables]


def _evident(sections: Sequence[Section], indexes: Iterable[int]) -> list[int]:
    return [
        index
        for index in indexes
        if sections[index].level > 1 and not _is_other(sections[index]) and looks_like_deliverable(sections[index])
    ]


def _alike(deliverables: Sequence[Deliverable]) -> Iterable[Deliverable]:
    """The same; beside deliverables whose details stand on the page, a reference is one that lacks them."""
    detailed = any(each.form == "section" and (each.owners or each.furps or each.checklist) for each in deliverables)
    for each in deliverables:
        yield replace(each, form="section") if detailed and each.form == "reference" else each


def _has_slipped(sections: Sequence[Section], marker: int, index: int) -> bool:
    """Whether a heading on the level of *Deliverables* is one of these nevertheless: they go on below it."""
    return (
        index > marker + 1
        and sections[index].level == sections[marker].level
        and is_certain(sections[index])
        and any(is_certain(each) for each in sections[marker + 1 : index])
    )


def _starts(sections: Sequence[Section], indexes: Sequence[int], level: int) -> list[int]:
    """Where deliverables start: at the topmost headings below `level`, and at what is one on another level.

    What is deeper and stands in a group is found with the group.
    """
    below = [index for index in indexes if sections[index].level > level]
    top = set(_topmost(sections, below or indexes))
    starts: list[int] = []
    for index in indexes:
        alone = not starts or looks_like_deliverable(sections[starts[-1]])
        if index in top or (alone and is_certain(sections[index])):
            starts.append(index)
    return starts


def _topmost(sections: Sequence[Section], indexes: Sequence[int]) -> list[int]:
    top = min((sections[index].level for index in indexes), default=0)
    return [index for index in indexes if sections[index].level == top]


def _read(sections: Sequence[Section], starts: Sequence[int], naming: Naming) -> tuple[set[int], list[Deliverable]]:
    """Each start with the deeper sections below it is a deliverable, or a group of them."""
    members: set[int] = set()
    found: list[Deliverable] = []
    for start in starts:
        end = start + 1
        while (
            end < len(sections)
            and end not in starts
            and (sections[end].level > sections[start].level or is_field(sections[end]))
        ):
            end += 1
        members.update(range(start, end))
        if sections[start].title is None:
            continue  # struck: it is not planned any more
        if not looks_like_deliverable(sections[start]):
            inner = _topmost(sections, _evident(sections, range(start + 1, end)))
            grouped = [*_listed(sections[start], certain=True), *(_read(sections, inner, naming)[1] if inner else ())]
            if grouped:
                found.extend(grouped)
                continue
        found.append(deliverable(sections[start:end], naming))
    return members, found


def _is_deliverables(section: Section) -> bool:
    return section.level > 1 and _DELIVERABLES.fullmatch(normal(section.name)) is not None


def _is_other(section: Section) -> bool:
    """A heading that is another section's, or a field of the deliverable above it."""
    return normal(section.name) in _OTHER_HEADINGS or is_field(section)


def _blocks(sections: Iterable[Section]) -> Iterable[Block]:
    for section in sections:
        if section.heading is not None:
            yield section.heading
        yield from section.blocks


def _listed(section: Section, *, certain: bool) -> Iterable[Deliverable]:
    """Deliverables written as list items, up to the first label: below one, items are the field's.

    A list that follows a paragraph may be of anything, so of that only items that look compact count.
    """
    before: Block | None = None
    for block in section.blocks:
        if deliverable_fields((Section(None, (block,)),)):
            return
        if block.kind == "list":
            introduced = before is not None and before.kind == "paragraph"
            yield from compact_items(block, certain=certain or introduced)
        before = block


def _resources(fields: Sequence[Field]) -> Resources | None:
    field = next((field for field in fields if field.key == "resources"), None)
    if field is None:
        return None
    lines = [item.children[0].lines[0] for item in field.items if has_text(item)]
    if not lines and not _is_prose_after(field):
        lines = list(field.values[:1])
    items = [whole for line in lines if (whole := flatten(line).whole)]
    for block in field.blocks[:1]:
        if block.kind == "table":
            cells = [row.children[0] for row in block.children[1:] if row.children]
            items.extend(whole for cell in cells if (whole := flatten(cell.inlines).whole))
    return Resources(field.label, tuple(items), field.span, field.label.span)


def _is_prose_after(field: Field) -> bool:
    """Whether nothing but the page's narrative follows a label: a paragraph that is no short list of roles."""
    if not field.blocks or field.blocks[0].kind != "paragraph" or flatten(field.line).whole or field.lines:
        return False
    text = flatten(field.blocks[0].inlines).text
    return len(text.split()) > MAX_ROLES


def _front_matter_text(front_matter: YamlMapping | None, key: str) -> Text | None:
    node = front_matter.get(key) if front_matter else None
    if isinstance(node, YamlScalar) and isinstance(node.value, str) and node.value.strip():
        return Text(node.value.strip(), node.span)
    return None


def _body(markdown: Markdown) -> Span:
    return Span.cover(block.span for block in markdown.blocks) or Span(0, len(markdown.text))


def _first_line(span: Span, text: str) -> Span:
    return (
        Span(span.start, min(span.end, span.start + len(text[span.start : span.end].splitlines()[0])))
        if text[span.start : span.end].strip()
        else Span(span.start, span.start)
    )
