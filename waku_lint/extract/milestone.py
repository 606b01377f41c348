"""Milestone pages, of both generations of the process."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from waku_lint.extract.deliverable import compact_item, deliverable, deliverable_fields, looks_like_deliverable
from waku_lint.extract.fields import Field, Labels, read_fields
from waku_lint.extract.outline import Section, normal, outline
from waku_lint.model import Deliverable, Labelled, Milestone, Resources, YamlMapping, YamlScalar
from waku_lint.parse.markdown import Block, Markdown, find, flatten
from waku_lint.source import Span, Text

GITHUB_MILESTONE: Final = re.compile(r"https?://(?:www\.)?github\.com/[^/\s]+/[^/\s]+/milestone/\d+/?(?:[?#]\S*)?\Z")

_LABELS: Final = Labels(
    {
        "estimated date of completion": "estimate",
        "estimated completion date": "estimate",
        "estimated date of delivery": "estimate",
        "estimated delivery date": "estimate",
        "estimated completion": "estimate",
        "completion date": "estimate",
        "milestone": "github",
        "github milestone": "github",
        "resources": "resources",
        "owner": "owner",
        "feature": "feature",
        "track": "track",
    },
    {
        r"resources? required(?: for .{1,40})?": "resources",
        r"(?:(?:github )?milestones? and )?deliverables?": "deliverables",
        r"furps|risks?|strategic objective": "other",
    },
)
# Headings that are never a deliverable's, even below `## Deliverables`.
_OTHER_HEADINGS: Final = frozenset(
    {
        "furps", "risks", "risk", "strategic objective", "resources", "scope changes", "out of scope", "notes",
        "references", "definition of done", "future work", "next steps", "background", "motivation", "open questions",
    }
)  # fmt: skip


def extract_milestone(markdown: Markdown, front_matter: YamlMapping | None) -> Milestone:
    """Read a milestone page; what is not there is None or empty."""
    sections = outline(markdown.blocks)
    title_section = next((section for section in sections if section.level == 1), None)
    title = (title_section.title if title_section else None) or _front_matter_text(front_matter, "title")
    marker = next((index for index, section in enumerate(sections) if _is_deliverables(section)), None)
    chosen = _chosen(sections, marker)
    own = [section for index, section in enumerate(sections) if index not in chosen.members]
    fields = read_fields(_blocks(own), _LABELS)
    listed = next((field for field in fields if field.key == "deliverables"), None)
    deliverables = [deliverable(group) for group in chosen.groups]
    if not deliverables:
        deliverables = _listed(sections[marker] if marker is not None else None, listed)
    whole = _body(markdown)
    heading = sections[marker].title if marker is not None else (listed.label if listed else None)
    return Milestone(
        title=title,
        front_matter=front_matter,
        estimate=_estimate(fields),
        resources=_resources(fields),
        github=_github(sections, chosen.members, fields, front_matter),
        deliverables_heading=heading,
        deliverables_elsewhere=listed is not None and bool(_urls(listed)),
        deliverables=tuple(deliverables),
        span=whole,
        anchor=title.span if title else _first_line(whole, markdown.text),
    )


class _Chosen:
    """Which sections belong to deliverables, one group for each."""

    def __init__(self, sections: Sequence[Section], starts: Sequence[int]) -> None:
        self.groups: list[Sequence[Section]] = []
        self.members: set[int] = set()
        for number, start in enumerate(starts):
            limit = starts[number + 1] if number + 1 < len(starts) else len(sections)
            end = start + 1
            while end < limit and (
                sections[end].level > sections[start].level or (deliverable_fields(sections[end : end + 1], True))
            ):
                end += 1
            self.groups.append(sections[start:end])
            self.members.update(range(start, end))


def _chosen(sections: Sequence[Section], marker: int | None) -> _Chosen:
    if marker is not None:
        level = sections[marker].level
        below: list[int] = []
        for index in range(marker + 1, len(sections)):
            if sections[index].level <= level:
                break
            below.append(index)
        headings = [index for index in below if not _is_other(sections[index])]
        if headings:
            top = min(sections[index].level for index in headings)
            return _Chosen(sections, [index for index in headings if sections[index].level == top])
    first = marker + 1 if marker is not None else 0
    starts = [
        index
        for index in range(first, len(sections))
        if sections[index].level > 1 and not _is_other(sections[index]) and looks_like_deliverable(sections, index)
    ]
    if starts:
        top = min(sections[index].level for index in starts)
        starts = [index for index in starts if sections[index].level == top]
    return _Chosen(sections, starts)


def _is_deliverables(section: Section) -> bool:
    return section.level > 1 and normal(section.name) in ("deliverables", "deliverable")


def _is_other(section: Section) -> bool:
    """A heading that is another section's, or a field of the deliverable above it."""
    return normal(section.name) in _OTHER_HEADINGS or bool(deliverable_fields((section,), True))


def _blocks(sections: Iterable[Section]) -> Iterable[Block]:
    for section in sections:
        if section.heading is not None:
            yield section.heading
        yield from section.blocks


def _listed(section: Section | None, field: Field | None) -> list[Deliverable]:
    """Deliverables written as list items under a Deliverables heading or label."""
    items: list[Block] = []
    if section is not None:
        items = [item for block in section.blocks if block.kind == "list" for item in block.children]
    elif field is not None:
        items = list(field.items)
    return [made for item in items if (made := compact_item(item)) is not None]


def _estimate(fields: Sequence[Field]) -> Labelled | None:
    field = next((field for field in fields if field.key == "estimate"), None)
    if field is None:
        return None
    value = field.value.whole
    anchor = value.span if value else field.label.span
    return Labelled(field.label, value, field.span, anchor)


def _resources(fields: Sequence[Field]) -> Resources | None:
    field = next((field for field in fields if field.key == "resources"), None)
    if field is None:
        return None
    items = [whole for item in field.items for whole in _first_line_of(item)]
    if not items:
        items = [whole for whole in (field.value.whole,) if whole]
    return Resources(field.label, tuple(items), field.span, field.label.span)


def _first_line_of(item: Block) -> Iterable[Text]:
    for child in item.children[:1]:
        whole = flatten(child.lines[0]).whole if child.kind == "paragraph" and child.lines else None
        if whole:
            yield whole


def _github(
    sections: Sequence[Section], deliverables: set[int], fields: Sequence[Field], front_matter: YamlMapping | None
) -> tuple[Text, ...]:
    """URLs of GitHub milestones that are given as this page's own; one in prose is not."""
    found: list[Text] = []
    given = front_matter.get("github") if front_matter else None
    if isinstance(given, YamlScalar) and isinstance(given.value, str):
        found.append(Text(given.value, given.span))
    for field in fields:
        if field.key in ("github", "deliverables"):
            found.extend(_urls(field))
    for index, section in enumerate(sections):
        if index in deliverables:
            continue
        if section.heading is not None and section.level <= 2:
            found.extend(_milestone_links(section.heading))
        if not deliverables or index < min(deliverables):
            # `[Milestone X](url)` as a paragraph of its own stands for a heading.
            for block in section.blocks:
                if block.kind == "paragraph" and len(block.inlines) == 1:
                    found.extend(_milestone_links(block))
    return tuple(sorted({text.span: text for text in found}.values(), key=lambda text: text.span))


def _milestone_links(block: Block) -> Iterable[Text]:
    for each in find(block.inlines, "link", "url"):
        if each.target is not None and GITHUB_MILESTONE.match(each.target.value):
            yield each.target


def _urls(field: Field) -> list[Text]:
    return [
        each.target
        for line in (field.line, *field.lines)
        for each in find(line, "link", "url")
        if each.target is not None and GITHUB_MILESTONE.match(each.target.value)
    ]


def _front_matter_text(front_matter: YamlMapping | None, key: str) -> Text | None:
    node = front_matter.get(key) if front_matter else None
    if isinstance(node, YamlScalar) and isinstance(node.value, str) and node.value.strip():
        return Text(node.value, node.span)
    return None


def _body(markdown: Markdown) -> Span:
    return Span.cover(block.span for block in markdown.blocks) or Span(0, len(markdown.text))


def _first_line(span: Span, text: str) -> Span:
    return (
        Span(span.start, min(span.end, span.start + len(text[span.start : span.end].splitlines()[0])))
        if text[span.start : span.end].strip()
        else Span(span.start, span.start)
    )
