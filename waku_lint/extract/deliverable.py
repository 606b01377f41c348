"""One deliverable: a section with labelled fields, or a compact line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from waku_lint.extract.compact import Compact, looks_compact, read_compact
from waku_lint.extract.fields import Field, Labels, Line, read_fields
from waku_lint.extract.outline import Section, extent, title_of
from waku_lint.extract.owners import split_owners
from waku_lint.extract.references import read_references
from waku_lint.model import Checklist, ChecklistItem, Deliverable, DeliverableForm, FeatureLink
from waku_lint.parse.markdown import Block, Flat, Inline, find, flatten
from waku_lint.source import Span, Text

GITHUB_ISSUE: Final = re.compile(r"https?://(?:www\.)?github\.com/[^/\s]+/[^/\s]+/(?:issues|pull)/\d+/?(?:[?#]\S*)?\Z")

_FIELDS: Final = {
    "owner": "owner",
    "owners": "owner",
    "feature": "feature",
    "features": "feature",
    "furps": "furps",
    "no furps": "no furps",
    "output": "output",
    "outputs": "output",
    "checklist": "checklist",
}
_LABELS: Final = Labels(_FIELDS)
_REFERENCE: Final = re.compile(r"\s*deliverable\s*:\s*", re.IGNORECASE)


def deliverable_fields(sections: Sequence[Section], only_heading: bool = False) -> tuple[Field, ...]:
    """The labelled fields of a deliverable; with `only_heading`, the one its heading itself makes."""
    blocks: list[Block] = []
    for index, section in enumerate(sections):
        if section.heading is not None and (index > 0 or only_heading):
            blocks.append(section.heading)
        if not only_heading:
            blocks.extend(section.blocks)
    return tuple(field for field in read_fields(blocks, _LABELS) if field.key or not only_heading)


def looks_like_deliverable(sections: Sequence[Section], index: int) -> bool:
    """Whether a section, on a page without a Deliverables heading, is a deliverable's."""
    section = sections[index]
    if section.heading is None:
        return False
    flat = flatten(section.heading.inlines)
    if _REFERENCE.match(flat.text) or looks_compact(flat):
        return True
    link = _link(section.heading.inlines)
    if link is not None and GITHUB_ISSUE.match(link.value):
        return True
    return any(field.key in ("owner", "checklist", "output") for field in deliverable_fields((section,)))


def deliverable(sections: Sequence[Section]) -> Deliverable:
    """The deliverable whose heading is that of the first of `sections`."""
    heading = sections[0].heading
    assert heading is not None  # noqa: S101 - a group of sections starts at a heading
    fields = tuple(field for field in deliverable_fields(sections) if field.key)
    flat = flatten(heading.inlines)
    span = extent(sections) or heading.span
    title = title_of(heading) or Text("", heading.span)
    reference = _REFERENCE.match(flat.text)
    compact: Compact | None = None
    form: DeliverableForm = "section"
    if not fields:
        form = "bare"
        if looks_compact(flat):
            form, compact = "compact", read_compact(flat)
        elif reference:
            form = "reference"
    if reference:
        title = flat.part(reference.end(), len(flat.text)) or title
    return _build(form, title, heading.level, heading.inlines, compact, fields, span)


def compact_item(item: Block) -> Deliverable | None:
    """The compact deliverable of a list item; None for an item without text."""
    first = item.children[0] if item.children else None
    if first is None or first.kind != "paragraph" or not first.lines:
        return None
    line = first.lines[0]
    flat = flatten(line)
    whole = flat.whole
    if whole is None:
        return None
    compact = read_compact(flat)
    return _build("compact", compact.line.name or whole, 0, line, compact, (), whole.span)


def _build(
    form: DeliverableForm,
    title: Text,
    level: int,
    inlines: Line,
    compact: Compact | None,
    fields: Sequence[Field],
    span: Span,
) -> Deliverable:
    link = _link(inlines)
    features = tuple(feature for field in fields if field.key == "feature" for feature in _features(field))
    references = [reference for field in fields if field.key == "furps" for reference in read_references(field)]
    # A second Feature's statements may follow it without a FURPS label of their own.
    for field in fields:
        if field.key == "feature":
            references.extend(read_references(Field("", field.label, (), (), field.blocks)))
    owners_text: Text | None
    if compact is not None:
        owners, owners_text = compact.owners, compact.owners_text
        title = compact.line.name or title
    else:
        owners, owners_text = _owners([field for field in fields if field.key == "owner"])
    return Deliverable(
        title=title,
        form=form,
        level=level,
        link=link,
        issue=link if link is not None and GITHUB_ISSUE.match(link.value) else None,
        owners=owners,
        owners_text=owners_text,
        features=features,
        no_furps=any(field.key == "no furps" for field in fields),
        furps=tuple(sorted(references, key=lambda reference: reference.span)),
        output=_output(fields),
        checklist=_checklist(fields),
        compact=compact.line if compact else None,
        span=span,
        anchor=title.span,
    )


def _link(inlines: Sequence[Inline]) -> Text | None:
    """Where a title links: its link to a GitHub issue, else its first link."""
    targets = [each.target for each in find(inlines, "link", "url") if each.target is not None]
    issue = next((target for target in targets if GITHUB_ISSUE.match(target.value)), None)
    return issue or (targets[0] if targets else None)


def _owners(fields: Sequence[Field]) -> tuple[tuple[Text, ...], Text | None]:
    owners: list[Text] = []
    texts: list[Text] = []
    for field in fields:
        lines: list[Flat] = [field.value]
        if field.value.whole is None:
            lines = [flatten(item.children[0].lines[0]) for item in field.items if _has_line(item)]
        for flat in lines:
            owners.extend(split_owners(flat, 0, len(flat.text)))
            if flat.whole:
                texts.append(flat.whole)
    if not texts:
        return (), None
    text = " ".join(text.value for text in texts)
    return tuple(owners), Text(text, Span(texts[0].span.start, texts[-1].span.end))


def _has_line(item: Block) -> bool:
    return bool(item.children) and item.children[0].kind == "paragraph" and bool(item.children[0].lines)


def _features(field: Field) -> list[FeatureLink]:
    line = field.line
    if not flatten(line).whole:
        if field.lines:
            line = field.lines[0]
        elif field.blocks and field.blocks[0].kind == "paragraph" and field.blocks[0].lines:
            line = field.blocks[0].lines[0]
    links = [each for each in find(line, "link") if each.target is not None]
    if links:
        return [
            FeatureLink(
                flatten((each,)).whole or Text("", each.span), each.target, each.span, each.span
            )
            for each in links
        ]  # fmt: skip
    whole = flatten(line).whole
    return [FeatureLink(whole, None, whole.span, whole.span)] if whole else []


def _output(fields: Sequence[Field]) -> Text | None:
    field = next((field for field in fields if field.key == "output"), None)
    if field is None:
        return None
    whole = field.value.whole
    if whole is not None:
        return whole
    for block in field.blocks:
        for inner in block.walk():
            if inner.kind == "paragraph" and inner.lines and (text := flatten(inner.lines[0]).whole):
                return text
    return None


def _checklist(fields: Sequence[Field]) -> Checklist | None:
    field = next((field for field in fields if field.key == "checklist" and field.items), None)
    if field is None:
        return None
    items = tuple(made for item in field.items if (made := _checklist_item(item)) is not None)
    return Checklist(items, field.label, field.span, field.label.span)


def _checklist_item(item: Block) -> ChecklistItem | None:
    if not _has_line(item):
        return None
    paragraph = item.children[0]
    flat = flatten(paragraph.lines[0])
    colon = flat.mask.find(":")
    label = flat.part(0, colon if colon >= 0 else len(flat.text))
    if label is None:
        return None
    text = flat.part(colon + 1, len(flat.text)) if colon >= 0 else None
    return ChecklistItem(label, text, bool(paragraph.checked), item.span, label.span)
