"""Weekly updates: what was achieved, what is next and what is in the way, by milestone and deliverable.

Most units write prose. Statuses are read where an update is structured: where it somewhere has a list item
that says what was `achieved:`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Final, get_args

from msgspec import Struct
from msgspec.structs import replace

from waku_lint.documents.extract.deliverable import GITHUB_ISSUE
from waku_lint.documents.extract.github import GITHUB_MILESTONE
from waku_lint.documents.extract.outline import Section, extent, outline
from waku_lint.documents.extract.own import read_named
from waku_lint.documents.model import ReportedDeliverable, Status, StatusItem, StatusKind, Update, UpdateSection
from waku_lint.documents.words import Words
from waku_lint.parsing.inline import OPAQUE, Flat, Inline, find, flatten
from waku_lint.parsing.markdown import Block, Markdown
from waku_lint.parsing.nodes import YamlMapping, YamlScalar
from waku_lint.positions import Span, Text
from waku_lint.regexes import lazy

_KINDS: Final[tuple[StatusKind, ...]] = get_args(StatusKind)
_VARIANTS: Final[dict[str, StatusKind]] = {
    "achieved": "achieved",
    "achievement": "achieved",
    "achievements": "achieved",
    "next": "next",
    "blockers": "blockers",
    "blocker": "blockers",
    "blocking": "blockers",
    "blocked": "blockers",
}
_TEAM: Final = lazy(r"\s*\[(?P<team>[^\[\]\s][^\[\]]{0,60})\]")
# A word and its colon, or the word alone. A `*` or `_` that is still there was never closed.
_KEY: Final = lazy(
    rf"(?:{_TEAM.pattern})?\s*(?P<key>[*_]*(?P<word>[A-Za-z]{{3,14}})[*_]*)\s*(?:[:\uff1a][*_]*|(?P<alone>\Z))"
)
_MILESTONE: Final = lazy(r"\W*milestone\b\W*", re.IGNORECASE)
_LINK_FIRST: Final = lazy(rf"[^\w{OPAQUE}]*{OPAQUE}")  # an emoji or a box may stand before it


def extract_update(markdown: Markdown, front_matter: YamlMapping | None, words: Words) -> Update:
    """Read a weekly update; what is not there is None or empty."""
    outlined = outline(markdown.blocks)
    sections = [made for section in outlined if (made := _section(section)) is not None]
    if not any(status.kind == "achieved" for section in sections for status in statuses_of(section)):
        sections = [replace(section, deliverables=(), statuses=()) for section in sections]
    heading = next((section.title for section in outlined if section.level == 1), None)
    title = _front_matter_text(front_matter, "title") or heading
    span = Span.cover(block.span for block in markdown.blocks) or Span(0, len(markdown.text))
    return Update(
        title=title,
        front_matter=front_matter,
        date=_front_matter_text(front_matter, "date"),
        sections=tuple(sections),
        fields=read_named(markdown.blocks, words.fields),
        span=span,
        anchor=title.span if title else Span(span.start, span.start),
    )


def _front_matter_text(front_matter: YamlMapping | None, key: str) -> Text | None:
    node = front_matter.get(key) if front_matter else None
    if isinstance(node, YamlScalar) and node.value is not None and str(node.value).strip():
        return Text(str(node.value), node.span)
    return None


def statuses_of(section: UpdateSection) -> Iterator[Status]:
    """The section's own statuses, then those of its deliverables."""
    yield from section.statuses
    for deliverable in section.deliverables:
        yield from deliverable.statuses


def _section(section: Section) -> UpdateSection | None:
    """A heading and what is below it; None without a heading, and for one that is struck."""
    heading, title = section.heading, section.title
    if heading is None or title is None:
        return None
    link = next((each for each, target in _links(heading.inlines) if GITHUB_MILESTONE.match(target.value)), None)
    # A bare URL stands beside the milestone's name; a link holds it.
    flat = flatten((link,) if link and link.kind == "link" else [each for each in heading.inlines if each is not link])
    word = _MILESTONE.match(flat.text)
    deliverables: list[ReportedDeliverable] = []
    statuses: list[Status] = []
    for block in section.blocks:
        found: dict[Block, ReportedDeliverable] = {}
        if block.kind == "list" and (link or _MILESTONE.match(title.value)):
            found = {item: made for item in block.children if (made := _deliverable(item)) is not None}
        deliverables.extend(found.values())
        if block.kind == "list":
            statuses.extend(_listed([item for item in block.children if item not in found]))
    return UpdateSection(
        title=title,
        name=flat.part(word.end() if word else 0, len(flat.text)),
        milestone=link.target if link else None,
        deliverables=tuple(deliverables),
        statuses=tuple(statuses),
        span=extent((section,)) or title.span,
        anchor=title.span,
    )


def _deliverable(item: Block) -> ReportedDeliverable | None:
    """An item that begins with an issue's link and has statuses below it, or is nothing but the link."""
    text = _text(item)
    if text is None:
        return None
    flat, links = flatten(text.inlines), list(_links(text.inlines))
    first = _LINK_FIRST.match(flat.mask)
    if first is None or not links:
        return None
    link, issue = links[0]
    if not GITHUB_ISSUE.match(issue.value) or not link.span.start <= flat.starts[first.end() - 1] < link.span.end:
        return None
    title = flatten((link,)).whole
    statuses = tuple(
        status
        for block in item.children[1:]
        if block.kind == "list"
        for status in _listed(block.children, below_deliverable=True)
    )
    alone = len(links) == 1 and re.fullmatch(r"\W*", flat.mask)
    if title is None or not (statuses or alone):
        return None
    return ReportedDeliverable(title, issue, statuses, item.span, title.span)


def _text(item: Block) -> Block | None:
    """What an item starts with; with an empty item below it, Markdown takes it for an underlined heading."""
    first = item.children[0] if item.children else None
    return first if first is not None and first.kind in ("paragraph", "heading") and first.lines else None


def _links(inlines: Sequence[Inline]) -> Iterator[tuple[Inline, Text]]:
    """Links and where they go; not what is struck."""
    for each in inlines:
        if each.kind in ("link", "url") and each.target is not None:
            yield each, each.target
        elif each.kind != "strike":
            yield from _links(each.children)


class _Key(Struct, frozen=True):
    """The start of a list item that is a status; `exact` if its word is one of the three."""

    kind: StatusKind
    exact: bool
    text: Text
    team: Text | None
    end: int  # in the flattened paragraph


def _listed(items: Sequence[Block], *, below_deliverable: bool = False) -> Iterator[Status]:
    """The statuses of a list. It is one of statuses if a word is exactly one's, or where only such stand.

    Items without a word of their own go on with the status before them.
    """
    keys = [_key(item) for item in items]
    if not any(key and (key.exact or below_deliverable) for key in keys):
        for item in items:
            for block in item.children:
                if block.kind == "list":
                    yield from _listed(block.children)
        return
    starts = [index for index, key in enumerate(keys) if key]
    for start, end in zip(starts, [*starts[1:], len(items)], strict=True):
        key = keys[start]
        assert key is not None  # noqa: S101 - `starts` are the items that have one
        told = [*_told(items[start], key), *(made for item in items[start + 1 : end] for made in _item(item, key.team))]
        span = Span(items[start].span.start, items[end - 1].span.end)
        yield Status(key.kind, key.text, tuple(told), span, key.text.span)


def _key(item: Block) -> _Key | None:
    first = _text(item)
    if first is None:
        return None
    flat = flatten(first.inlines)
    match = _KEY.match(flat.mask)
    if match is None or (match["alone"] is not None and len(item.children) == 1):
        return None
    word = match["word"].casefold()
    near = get_close_matches(word, _KINDS, n=1, cutoff=0.8)
    kind = _VARIANTS.get(word) or next((kind for kind in _KINDS if kind in near), None)
    text = flat.part(*match.span("key"))
    if kind is None or text is None:
        return None
    team = flat.part(*match.span("team")) if match["team"] else None
    return _Key(kind, word in _KINDS, text, team, match.end())


def _told(item: Block, key: _Key) -> Iterator[StatusItem]:
    """What stands after the key, of which the list below is the detail, or else the items of that list."""
    flat = flatten(item.children[0].inlines)
    said = _said(item.children[0], flat, key.end)
    if said is not None:
        yield _made(said, flat, key.end, key.team, item.span)
        return
    for block in item.children[1:]:
        if block.kind == "list":
            yield from (made for each in block.children for made in _item(each, key.team))
        else:
            yield _block(block, key.team)


def _item(item: Block, team: Text | None) -> Iterator[StatusItem]:
    """A list item as something told; an empty one is nothing."""
    first = item.children[0] if item.children else None
    if first is None:
        return
    if first.kind == "list":
        yield from (made for each in first.children for made in _item(each, team))
    elif _text(item) is None:
        yield _block(first, team)
    else:
        flat = flatten(first.inlines)
        said = _said(first, flat, 0)
        if said is not None:
            yield _made(said, flat, 0, team, item.span)


def _said(paragraph: Block, flat: Flat, start: int) -> Text | None:
    """What a reader sees, or what is struck or an image: that is not nothing."""
    other = next(find(paragraph.inlines, "strike", "image"), None)
    return flat.part(start, len(flat.text)) or (Text(other.text, other.span) if other else None)


def _made(said: Text, flat: Flat, start: int, team: Text | None, span: Span) -> StatusItem:
    tag = _TEAM.match(flat.mask, start)
    return StatusItem(said, (flat.part(*tag.span("team")) if tag else None) or team, span, said.span)


def _block(block: Block, team: Text | None) -> StatusItem:
    """Code, a table, a quotation or a paragraph of its own."""
    text = (flatten(block.inlines).whole if block.kind == "paragraph" else None) or Text("", block.span)
    return StatusItem(text, team, block.span, text.span)
