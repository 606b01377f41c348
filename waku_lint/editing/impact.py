"""What a change of a file or a statement would concern: everything that refers to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from waku_lint.documents.model import Index
from waku_lint.editing.references import Files, tokens
from waku_lint.positions import Lines, Position, Span

How = Literal["quote", "range", "summary", "link", "entry"]


class Reference(Struct, frozen=True):
    """A place that refers to the target: what is written there, and in which deliverable, if it is in one.

    `how`: an id (`quote`), a `range` or `all` in a deliverable; an id or range in a page's `summary`; a `link`;
    an `entry` of an index.
    """

    path: str
    start: Position
    end: Position
    how: How
    text: str
    deliverable: str | None


class Impact(Struct, frozen=True):
    """`kind` is `statement`, the document's kind, or `file` for a file of none."""

    target: str
    kind: str
    references: tuple[Reference, ...]


def impact(files: Files, path: str, identifier: str | None = None) -> Impact:
    """Who refers to the file at `path`, or to one of its statements. Raises CannotRun for what is not there."""
    if identifier is not None:
        feature, statement = files.statement(path, identifier)
        ids = {identifier, statement.id}
        found = _quotes(files, feature.document.path, ids)
        return Impact(f"{path}#{identifier}", "statement", tuple(sorted(found, key=_order)))
    kind = files.project.kind(files.known(path)) or "file"
    every = (*_quotes(files, path, None), *_links(files, path))
    return Impact(path, kind, tuple(sorted(every, key=_order)))


def _order(each: Reference) -> tuple[str, Position, Position]:
    return each.path, each.start, each.end


def _quotes(files: Files, path: str, ids: set[str] | None) -> Iterator[Reference]:
    for token in tokens(files.project):
        if not token.of(path):
            continue
        meant = [
            identifier
            for identifier in token.ids
            if ids is None or identifier in ids
            if any(feature.document.path == path for feature in token.means(identifier))
        ]
        # An id that the file does not have is still of this file, if it can be of no other.
        if meant or (ids is None and len(token.features) == 1):
            yield _reference(token.document.path, token.document.text, token.id.span, token.how, token.title)


def _links(files: Files, path: str) -> Iterator[Reference]:
    for source, targets in files.targets.items():
        document = files.project.document(source)
        entries = document.root.entries if document is not None and isinstance(document.root, Index) else ()
        listed = {entry.target.span.start for entry in entries}
        for target in targets:
            if target.wiki and not files.tree.in_site(source):
                continue
            if files.tree.locate(target.value, source) == path and source != path:
                start = target.span.start - target.angled
                yield _reference(source, files.texts[source], target.span, "entry" if start in listed else "link", None)


def _reference(path: str, text: str, span: Span, how: How, deliverable: str | None) -> Reference:
    lines = Lines(text)
    written = " ".join(text[span.start : span.end].split())
    return Reference(path, lines.position(span.start), lines.position(span.end), how, written, deliverable)
