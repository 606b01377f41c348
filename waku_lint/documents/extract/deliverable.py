"""One deliverable: a section with labelled fields, or a compact line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from waku_lint.documents.extract.compact import Compact, looks_compact, read_compact
from waku_lint.documents.extract.fields import Field, Labels, Line, has_text, labelled, read_fields
from waku_lint.documents.extract.ids import is_reference
from waku_lint.documents.extract.outline import Section, extent, title_of
from waku_lint.documents.extract.own import read_named
from waku_lint.documents.extract.owners import split_owners
from waku_lint.documents.extract.planning import is_done, planning_fields
from waku_lint.documents.extract.references import read_references
from waku_lint.documents.model import Checklist, ChecklistItem, Deliverable, DeliverableForm, FeatureLink, Named
from waku_lint.documents.words import Naming
from waku_lint.parsing.inline import Flat, Inline, find, flatten
from waku_lint.parsing.markdown import Block
from waku_lint.positions import Span, Text
from waku_lint.regexes import lazy

GITHUB_ISSUE: Final = lazy(r"https?://(?:www\.)?github\.com/[^/\s]+/[^/\s]+/issues/\d+/?(?:[?#]\S*)?\Z", re.IGNORECASE)

_FIELDS: Final = {
    "owner": "owner",
    "owners": "owner",
    "owner(s)": "owner",
    "feature": "feature",
    "features": "feature",
    "feature(s)": "feature",
    "furps": "furps",
    "no furps": "no furps",
    "output": "output",
    "outputs": "output",
    "checklist": "checklist",
    "dependency": "dependencies",
    "dependencies": "dependencies",
}
_LABELS: Final = Labels(_FIELDS, {r"depends on\b.*": "dependencies"})
_DEPENDS_ON: Final = lazy(r"depends on\s*", re.IGNORECASE)
_EMPTY_BOX: Final = lazy(r"\s*\[\s*\]")  # `- [] Specs` is no task-list item, but meant as one
_REFERENCE: Final = lazy(r"\s*deliverable\s*:\s*", re.IGNORECASE)


def deliverable_fields(sections: Sequence[Section]) -> tuple[Field, ...]:
    """The labelled fields below a deliverable's heading, those of deeper headings included."""
    return tuple(field for field in read_fields(_blocks(sections), _LABELS) if field.key)


def _blocks(sections: Sequence[Section]) -> Iterator[Block]:
    yield from sections[0].blocks
    for section in sections[1:]:
        yield from filter(None, (section.heading, *section.blocks))


def is_field(section: Section) -> bool:
    """Whether a heading is itself a field's label, as in `#### **Feature**: [Relay](...)`."""
    return section.heading is not None and any(field.key for field in read_fields((section.heading,), _LABELS))


def looks_like_deliverable(section: Section) -> bool:
    """Whether a heading shows by itself that it is a deliverable's: by its form, its link or its fields."""
    assert section.heading is not None  # noqa: S101 - deliverables are looked for among headings
    flat = flatten(section.heading.inlines)
    if _REFERENCE.match(flat.text) or looks_compact(flat):
        return True
    link = _link(section.heading.inlines)
    if link is not None and GITHUB_ISSUE.match(link.value):
        return True
    return any(field.key in ("owner", "checklist", "output") for field in deliverable_fields((section,)))


def is_certain(section: Section) -> bool:
    """Whether a heading is a deliverable's whatever its level: it links an issue, and an owner stands below it."""
    link = _link(section.heading.inlines) if section.heading is not None else None
    if link is None or not GITHUB_ISSUE.match(link.value):
        return False
    return any(field.key == "owner" for field in deliverable_fields((Section(None, section.blocks),)))


def deliverable(sections: Sequence[Section], naming: Naming) -> Deliverable:
    """The deliverable whose heading is that of the first of `sections`; `naming` has fields of a project's own."""
    heading = sections[0].heading
    assert heading is not None  # noqa: S101 - a group of sections starts at a heading
    labels = read_fields(_blocks(sections), _LABELS)
    fields = tuple(field for field in labels if field.key)
    flat = flatten(heading.inlines)
    span = extent(sections) or heading.span
    title = title_of(heading) or Text("", heading.span)
    reference = _REFERENCE.match(flat.text)
    form: DeliverableForm = "section"
    compact: Compact | None = None
    if reference and not fields:
        form, title = "reference", flat.part(reference.end(), len(flat.text)) or title
    elif looks_compact(flat) and (not fields or all(map(is_reference, _ids(flat)))):
        form, compact = "compact", read_compact(flat)
    elif not fields:
        # Where the process wants compact headings, this shows what is missing.
        form, compact = ("section" if _link(heading.inlines) else "bare"), read_compact(flat)
    planned = planning_fields(_blocks(sections))
    named = read_named(_blocks(sections), naming)
    made = _build(form, title, heading.level, heading.inlines, compact, fields, planned, named, span)
    slips = _slips(labels, named)
    return replace(made, slips=slips) if slips else made


def _slips(fields: Sequence[Field], named: Named | None) -> Named | None:
    """The labels that may mean a field that is not there, by its key; those that the configuration names do not."""
    known = {field.key for field in fields}
    own = {key.span for key, _ in named.entries} if named else set()
    found: dict[str, tuple[Text, Text]] = {}
    for field in fields:
        key = _LABELS.slip(field.label.value) if not field.key and field.label.span not in own else None
        if key is not None and key not in known:
            found.setdefault(key, (Text(key, field.label.span), field.label))
    return Named(tuple(found.values())) if found else None


def _ids(flat: Flat) -> list[str]:
    return [word.value for word in read_compact(flat).line.ids]


def compact_items(block: Block, *, certain: bool) -> Iterator[Deliverable]:
    """The compact deliverables of a list; with `certain`, only items that look like one.

    An item that does not look like one but has such items below it is a group's name.
    """
    for item in block.children:
        if not has_text(item) or flatten(item.children[0].inlines).whole is None:
            continue  # struck, or a mere anchor
        first = item.children[0]
        looks = looks_compact(flatten(first.lines[0])) or looks_compact(flatten(first.inlines))
        lists = [child for child in item.children[1:] if child.kind == "list"]
        nested = [made for child in lists for made in compact_items(child, certain=True)]
        if looks or not (certain or nested):
            yield _compact_item(first)
        else:
            yield from nested


def _compact_item(paragraph: Block) -> Deliverable:
    """An item goes on in its next lines only where its first one is not complete without them."""
    inlines: Line = paragraph.lines[0]
    compact = read_compact(flatten(inlines))
    if not compact.complete and len(paragraph.lines) > 1:
        whole = read_compact(flatten(paragraph.inlines))
        if whole.complete:
            inlines, compact = paragraph.inlines, whole
    made = _build("compact", Text("", compact.line.span), 0, inlines, compact, (), (), None, compact.line.span)
    return replace(made, done=True) if paragraph.checked else made


def _build(
    form: DeliverableForm,
    title: Text,
    level: int,
    inlines: Line,
    compact: Compact | None,
    fields: Sequence[Field],
    planned: Sequence[Field],
    named: Named | None,
    span: Span,
) -> Deliverable:
    link = _link(inlines)
    features = tuple(feature for field in fields if field.key == "feature" for feature in _features(field))
    references = [reference for field in fields if field.key == "furps" for reference in read_references(field)]
    # A second Feature's statements may follow it without a FURPS label of their own.
    for field in fields:
        if field.key == "feature":
            references.extend(read_references(Field("", field.label, (), (), field.blocks)))
    owners, owners_text = _owners([field for field in fields if field.key == "owner"])
    if compact is not None and form == "compact":
        title = compact.line.name or title
    if compact is not None and owners_text is None:
        owners_text = compact.owners_text
        owners = compact.owners if form == "compact" else ()
    checklist = _checklist(fields)
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
        start=labelled(planned, "start"),
        due=labelled(planned, "due"),
        dependencies=_dependencies(fields),
        checklist=checklist,
        done=is_done(inlines, planned, checklist),
        compact=compact.line if compact else None,
        fields=named,
        slips=None,
        span=span,
        anchor=title.span,
    )


def _link(inlines: Sequence[Inline]) -> Text | None:
    """Where a title links: its link to a GitHub issue, else its first link."""
    targets = [each.target for each in find(inlines, "link", "url") if each.target is not None]
    issue = next((target for target in targets if GITHUB_ISSUE.match(target.value)), None)
    return issue or (targets[0] if targets else None)


def _owners(fields: Sequence[Field]) -> tuple[tuple[Text, ...], Text | None]:
    flats = [flatten(line) for field in fields for line in field.values]
    owners = tuple(owner for flat in flats for owner in split_owners(flat, 0, len(flat.text)))
    texts = [*filter(None, (flat.whole for flat in flats))]
    if not texts:
        return (), None
    return owners, Text(" ".join(text.value for text in texts), Span(texts[0].span.start, texts[-1].span.end))


def _features(field: Field) -> list[FeatureLink]:
    """The features of a field. Beside a feature's link, one to another site is a remark's."""
    struck = [each.span for line in field.values for each in find(line, "strike")]
    links = [
        each
        for line in field.values
        for each in find(line, "link")
        if each.target is not None and not any(span.start <= each.span.start < span.end for span in struck)
    ]
    local = [each for each in links if each.target is not None and "://" not in each.target.value]
    if links:
        # A feature that is linked twice is one.
        chosen = {each.target.value: each for each in reversed(local or links[:1]) if each.target is not None}
        return [
            FeatureLink(flatten((each,)).whole or Text("", each.span), each.target, each.span, each.span)
            for each in sorted(chosen.values(), key=lambda each: each.span)
        ]
    whole = field.value.whole
    return [FeatureLink(whole, None, whole.span, whole.span)] if whole else []


def _output(fields: Sequence[Field]) -> Text | None:
    field = next((field for field in fields if field.key == "output"), None)
    return field.value.whole if field else None


def _dependencies(fields: Sequence[Field]) -> tuple[Text, ...]:
    """What a deliverable says it depends on: the label's values, or what follows `Depends on` in the label."""
    found: list[Text] = []
    for field in fields:
        if field.key == "dependencies":
            words = _DEPENDS_ON.match(field.label.value)
            if words and words.end() < len(field.label.value):
                start = field.label.span.start + words.end()
                found.append(Text(field.label.value[words.end() :], Span(start, field.label.span.end)))
            else:
                found.extend(whole for line in field.values if (whole := flatten(line).whole))
    return tuple(found)


def _checklist(fields: Sequence[Field]) -> Checklist | None:
    for field in fields:
        lists = [block for block in field.blocks if block.kind == "list"] if field.key == "checklist" else []
        if lists:
            items = tuple(made for block in lists for made in _checklist_items(block))
            return Checklist(items, field.label, field.span, field.label.span)
    return None


def _checklist_items(block: Block) -> Iterator[ChecklistItem]:
    """The items of a list and of the lists in it."""
    for item in block.children:
        if has_text(item):
            paragraph = item.children[0]
            flat = flatten(paragraph.lines[0])
            box = _EMPTY_BOX.match(flat.text)
            start = box.end() if box else 0
            colon = flat.mask.find(":")
            label = flat.part(start, colon if colon >= 0 else len(flat.text))
            if label is not None:
                text = flat.part(colon + 1, len(flat.text)) if colon >= 0 else None
                yield ChecklistItem(label, text, bool(paragraph.checked), item.span, label.span)
        for child in item.children:
            if child.kind == "list":
                yield from _checklist_items(child)
