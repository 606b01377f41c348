"""What a configuration names: labelled fields and sections of a project's own, and pages of its own kinds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from waku_lint.documents.extract.fields import Field, Labels, has_text, read_fields
from waku_lint.documents.extract.outline import Section, extent, normal, outline
from waku_lint.documents.model import Named, OwnSection, Page
from waku_lint.documents.words import Naming, Words
from waku_lint.parsing.inline import flatten
from waku_lint.parsing.markdown import Block, Markdown
from waku_lint.parsing.nodes import YamlMapping, YamlScalar
from waku_lint.positions import Span, Text


def extract_page(markdown: Markdown, front_matter: YamlMapping | None, words: Words) -> Page:
    """Read a page of a kind that we know nothing of but what the configuration names."""
    sections = outline(markdown.blocks)
    title = next((section.title for section in sections if section.level == 1), None)
    given = front_matter.get("title") if front_matter else None
    if title is None and isinstance(given, YamlScalar) and isinstance(given.value, str):
        title = Text(given.value, given.span)
    title = title or next((section.title for section in sections if section.title is not None), None)
    whole = Span.cover(block.span for block in markdown.blocks) or Span(0, len(markdown.text))
    return Page(
        title,
        front_matter,
        read_named(markdown.blocks, words.fields),
        _named_sections(sections, words.sections),
        whole,
        title.span if title else Span(whole.start, whole.start),
    )


def read_named(blocks: Iterable[Block], naming: Naming) -> Named | None:
    """The fields of `blocks` that `naming` gives a key; None where it names none."""
    if not naming:
        return None
    labels = Labels({normal(label): key for key, names in naming for label in names})
    found: dict[str, tuple[Text, Text | tuple[Text, ...] | None]] = {}
    for field in read_fields(blocks, labels):
        if field.key and field.key not in found:
            found[field.key] = (Text(field.key, field.label.span), _value(field))
    return Named(tuple(found.values()))


def _value(field: Field) -> Text | tuple[Text, ...] | None:
    """The text behind a label, else the items of the list below it."""
    own = next((whole for line in (field.line, *field.lines) if (whole := flatten(line).whole)), None)
    if own is None and field.blocks and field.blocks[0].kind == "paragraph":
        own = field.value.whole
    return own or _items(field.items) or None


def _items(items: Iterable[Block]) -> tuple[Text, ...]:
    lines = (item.children[0].lines[0] for item in items if has_text(item))
    return tuple(whole for line in lines if (whole := flatten(line).whole))


def _named_sections(sections: Sequence[Section], naming: Naming) -> Named | None:
    """The sections that `naming` gives a key, each with the deeper ones below it."""
    if not naming:
        return None
    keys = {normal(title): key for key, names in naming for title in names}
    found: dict[str, tuple[Text, OwnSection]] = {}
    for at, section in enumerate(sections):
        key, title = keys.get(normal(section.name)), section.title
        if key is None or title is None or key in found:
            continue
        end = at + 1
        while end < len(sections) and sections[end].level > section.level:
            end += 1
        found[key] = (Text(key, title.span), _section(title, sections[at:end]))
    return Named(tuple(found.values()))


def _section(title: Text, sections: Sequence[Section]) -> OwnSection:
    blocks = [block for section in sections for block in section.blocks]
    texts = [whole for block in blocks if block.kind == "paragraph" and (whole := flatten(block.inlines).whole)]
    text = (
        Text(" ".join(each.value for each in texts), Span(texts[0].span.start, texts[-1].span.end)) if texts else None
    )
    items = _items(item for block in blocks if block.kind == "list" for item in block.children)
    return OwnSection(title, text, items, extent(sections) or title.span, title.span)
