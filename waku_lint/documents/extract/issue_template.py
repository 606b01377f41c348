"""GitHub issue templates (Markdown) and issue forms (YAML)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from waku_lint.documents.extract.outline import title_of
from waku_lint.documents.extract.own import read_named
from waku_lint.documents.model import IssueForm, IssueTemplate, IssueType
from waku_lint.documents.words import Words
from waku_lint.parsing.inline import Inline, flatten, plain
from waku_lint.parsing.markdown import Markdown
from waku_lint.parsing.nodes import YamlList, YamlMapping, YamlNode, YamlScalar
from waku_lint.positions import Span, Text
from waku_lint.regexes import lazy

_TYPES: Final[tuple[IssueType, ...]] = ("deliverable", "epic", "task", "milestone", "bug")
_PLAIN_LABEL: Final = lazy(r"([A-Z][\w /()-]{1,40}):(?!//)")
_EMPTY_BOX: Final = lazy(r"\[[ xX]\]")  # a task to be written by whoever files the issue
_HEADING: Final = lazy(r"^#{1,6}\s+(\S(?:.*\S)?)\s*$", re.MULTILINE)
_BOLD_LABEL: Final = lazy(r"[A-Za-z][\w /()-]{1,60}")


def extract_issue_template(markdown: Markdown, front_matter: YamlMapping | None, words: Words) -> IssueTemplate:
    """Read a Markdown issue template; what stands in HTML comments is instruction, not content."""
    sections: list[Text] = []
    tasks: list[Text] = []
    for block in markdown.walk():
        if block.kind == "heading":
            title = title_of(block)
            if title:
                sections.append(title)
        elif block.kind == "paragraph" and block.checked is not None:
            whole = flatten(block.lines[0]).whole if block.lines else None
            tasks.append(whole or Text("", block.span))
        elif block.kind == "paragraph" and _EMPTY_BOX.fullmatch(plain(block.inlines)):
            tasks.append(Text("", block.span))
        elif block.kind == "paragraph":
            sections.extend(_bold_labels(block.lines))
    whole_span = Span(0, len(markdown.text))
    first = markdown.blocks[0].span if markdown.blocks else Span(0, 0)
    entries = [node for key in ("labels", "name", "title") if front_matter and (node := front_matter.get(key))]
    return IssueTemplate(
        type=_type(entries),
        front_matter=front_matter or YamlMapping((), first),
        sections=tuple(sections),
        tasks=tuple(tasks),
        furps=any("furps" in section.value.casefold() for section in sections),
        fields=read_named(markdown.blocks, words.fields),
        span=whole_span,
        anchor=_name_span(front_matter, "name") or _first_key(front_matter) or first,
    )


def extract_issue_form(form: YamlMapping) -> IssueForm:
    """Read a YAML issue form."""
    body = form.get("body")
    sections: list[Text] = []
    tasks: list[Text] = []
    for element in body.items if isinstance(body, YamlList) else ():
        if not isinstance(element, YamlMapping):
            continue
        attributes = element.get("attributes")
        if not isinstance(attributes, YamlMapping):
            continue
        label = _text(attributes.get("label"))
        if label:
            sections.append(label)
        kind = _text(element.get("type"))
        options = attributes.get("options")
        if kind and kind.value == "checkboxes" and isinstance(options, YamlList):
            for option in options.items:
                text = _text(option.get("label")) if isinstance(option, YamlMapping) else None
                tasks.append(text or Text("", option.span))
        value = _text(attributes.get("value"))
        if value:
            sections.extend(Text(match.group(1), value.span) for match in _HEADING.finditer(value.value))
        if value and re.search(r"^\s*[-*+] \[[ xX]\] ", value.value, re.MULTILINE):
            tasks.append(value)
    entries = [node for key in ("labels", "type", "name", "title") if (node := form.get(key))]
    return IssueForm(
        type=_type(entries),
        form=form,
        sections=tuple(sections),
        tasks=tuple(tasks),
        furps=any("furps" in section.value.casefold() for section in sections),
        span=form.span,
        anchor=_name_span(form, "name") or _first_key(form) or form.span,
    )


def _bold_labels(lines: tuple[tuple[Inline, ...], ...]) -> Iterator[Text]:
    """`**Output**:` at a line's start serves as a section's heading."""
    for line in lines:
        first = line[0]
        label = _PLAIN_LABEL.match(first.text) if first.kind == "text" else None
        if label:
            yield Text(label.group(1), Span(first.span.start, first.span.start + label.end(1)))
        elif first.kind == "strong":
            whole = flatten((first,)).whole
            if whole and _BOLD_LABEL.match(whole.value):
                yield Text(whole.value.rstrip(": "), whole.span)


def _type(nodes: list[YamlNode]) -> IssueType | None:
    """What the template is for: the first of its labels, name and title that names a type."""
    for node in nodes:
        words = {word for text in _strings(node) for word in re.findall(r"[a-z]+", text.casefold())}
        for kind in _TYPES:
            if kind in words or f"{kind}s" in words:
                return kind
    return None


def _strings(node: YamlNode) -> Iterator[str]:
    if isinstance(node, YamlScalar) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, YamlList):
        for item in node.items:
            yield from _strings(item)


def _text(node: YamlNode | None) -> Text | None:
    if isinstance(node, YamlScalar) and isinstance(node.value, str) and node.value.strip():
        return Text(node.value, node.span)
    return None


def _name_span(mapping: YamlMapping | None, key: str) -> Span | None:
    text = _text(mapping.get(key)) if mapping else None
    return text.span if text else None


def _first_key(mapping: YamlMapping | None) -> Span | None:
    return mapping.entries[0][0].span if mapping and mapping.entries else None
