"""A page's own GitHub milestone, and the title that links it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from waku_lint.documents.extract.fields import Field
from waku_lint.documents.extract.outline import Section
from waku_lint.parsing.inline import OPAQUE, find, flatten
from waku_lint.parsing.markdown import Block
from waku_lint.parsing.nodes import YamlList, YamlMapping, YamlScalar
from waku_lint.positions import Text
from waku_lint.regexes import lazy

GITHUB_MILESTONE: Final = lazy(
    r"https?://(?:www\.)?github\.com/[^/\s]+/[^/\s]+/milestones?(?:/\d+)?/?(?:[?#]\S*)?\Z", re.IGNORECASE
)
# What such a link may say instead of the title.
_NO_TITLE: Final = lazy(
    r"(?=\S+\Z)\S+://\S+|\W*(?:(?:link|to|the|on|its|github|milestones?|and|deliverables?|tracking|issues?|here)\b\W*)+",
    re.IGNORECASE,
)
_LINK_ALONE: Final = lazy(rf"\s*{OPAQUE}+[\s.]*")


def milestone_urls(
    sections: Sequence[Section], deliverables: set[int], fields: Sequence[Field], front_matter: YamlMapping | None
) -> tuple[Text, ...]:
    """URLs of GitHub milestones that are given as this page's own; one in prose is not.

    `deliverables` are the indexes of the sections that are deliverables'.
    """
    found: list[Text] = []
    given = front_matter.get("github") if front_matter else None
    nodes = given.items if isinstance(given, YamlList) else (given,)
    found.extend(
        Text(node.value.strip(), node.span)
        for node in nodes
        if isinstance(node, YamlScalar) and isinstance(node.value, str) and node.value.strip()
    )
    for field in fields:
        if field.key in ("github", "deliverables"):
            found.extend(field_urls(field))
    for index, section in enumerate(sections):
        if index in deliverables:
            continue
        if section.heading is not None and section.level <= 2:
            found.extend(_links(section.heading))
        if not deliverables or index < min(deliverables):
            for block in section.blocks:
                if _stands_for_heading(block):
                    found.extend(_links(block))
    return tuple(sorted({text.span: text for text in found}.values(), key=lambda text: text.span))


def field_urls(field: Field) -> list[Text]:
    """URLs of GitHub milestones in a field."""
    return [
        each.target
        for line in (field.line, *field.lines, *field.values)
        for each in find(line, "link", "url")
        if each.target is not None and GITHUB_MILESTONE.match(each.target.value)
    ]


def page_heading(sections: Sequence[Section]) -> Text | None:
    """The title on the page itself: its first H1, else a heading or lone link to its GitHub milestone on top of it."""
    first = next((section for section in sections if section.level == 1), None)
    if first is not None:
        return first.title
    top = next((each for section in sections for each in (section.heading, *section.blocks) if each is not None), None)
    if top is None or not any(_links(top)) or not (top.kind == "heading" or _stands_for_heading(top)):
        return None
    whole = flatten(top.inlines).whole
    return whole if whole and not _NO_TITLE.fullmatch(whole.value) else None


def _stands_for_heading(block: Block) -> bool:
    """Whether a paragraph is one link, as in `[Milestone X](url)`."""
    return block.kind == "paragraph" and _LINK_ALONE.fullmatch(flatten(block.inlines).mask) is not None


def _links(block: Block) -> Iterator[Text]:
    for each in find(block.inlines, "link", "url"):
        if each.target is not None and GITHUB_MILESTONE.match(each.target.value):
            yield each.target
