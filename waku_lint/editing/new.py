"""New documents and deliverables: where they stand, and what they are written from."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import Final

from msgspec import Struct

from waku_lint.documents.model import Document, FurpsSet, Milestone
from waku_lint.editing.templates import Template, deliverable_statements
from waku_lint.errors import CannotRun, did_you_mean
from waku_lint.positions import LINE_END, line_start
from waku_lint.project.quotations import Feature
from waku_lint.regexes import lazy
from waku_lint.session.session import Session

DELIVERABLE: Final = "deliverable"

_MARKER: Final = lazy(r"[ \t]*[-*+][ \t]+(?:\[[ xX]\][ \t]+)?")
_ITEM_END: Final = lazy(r"[^\r\n]*(?:(?:\r\n|\r|\n)[ \t]+\S[^\r\n]*)*")  # with its indented lines
_PLAIN: Final = lazy(r"(?:[^*?\[\\]+/)?[^*?\[\\/]*\*[^*?\[\\/]*")  # a pattern of one folder
_WRITERS: Final[Mapping[str, Callable[[Template], str]]] = {
    DELIVERABLE: lambda template: template.deliverable(template.level),
    "milestone": Template.milestone,
    "furps": Template.furps,
    "issue-template": Template.issue_template,
}


class Wanted(Struct, frozen=True):
    """What a new document is to say; what is None becomes a placeholder.

    `feature` is the path of a feature file, whose statements are quoted.
    """

    title: str | None = None
    owner: str | None = None
    feature: str | None = None


def new(session: Session, kind: str, wanted: Wanted, path: str | None) -> tuple[str | None, str]:
    """The path and the text of a new document of `kind`, or the text of a deliverable.

    Without a `path` the title and the kind's patterns give it; it is None where there is no title, either.
    Raises CannotRun for a path that is not of the kind, and for what the project does not have.
    """
    title = _line(wanted.title) if wanted.title is not None else _title(path)
    if path is None and title is not None and kind != DELIVERABLE:
        path = _default_path(session, kind, title)
    found = session.config.kind_of(path) if path is not None else None
    if path is not None and (found is None or found.name != kind):
        raise CannotRun(f"{path}: is no {kind}; `kinds` in .waku-lint.yaml says which files are")
    patterns = _patterns(session, "milestone" if kind == DELIVERABLE else kind)
    return path, _WRITERS[kind](_template(session, wanted, path or "".join(patterns[:1]), title))


def add_deliverable(session: Session, wanted: Wanted, path: str) -> str:
    """The text of a milestone page with a deliverable more, below its last one and in the form of that one.

    Raises CannotRun for what is no milestone page.
    """
    document = _document(session, path, "milestone")
    page = document.root
    if not isinstance(page, Milestone):
        raise CannotRun(f"{path}: is no milestone page that can be read")
    template = _template(session, wanted, path, _line(wanted.title) if wanted.title is not None else None)
    text = document.text
    name = template.name if wanted.title is not None else f"{{Name {len(page.deliverables) + 1}}}"
    last = max(page.deliverables, key=lambda each: each.span, default=None)
    heading = next((each for each in document.layout.headings if each.title == page.deliverables_heading), None)
    if last is not None and not last.level:
        line = text[line_start(text, last.span.start) :]
        marker = found.group() if (found := _MARKER.match(line)) else "- "
        end = _ITEM_END.match(text, last.span.end)
        item = re.sub(r"\[[xX]\]", "[ ]", marker) + template.compact(name)
        return _inserted(text, end.end() if end else last.span.end, item, apart=1)
    if last is not None:
        template.is_compact = last.form == "compact" or (template.is_compact and last.form != "section")
        return _inserted(text, last.span.end, template.deliverable(last.level, name))
    if heading is not None:
        level = heading.level + 1 if template.level else 0
        return _inserted(text, heading.span.end, template.deliverable(level, name))
    return _inserted(text, len(text), f"## Deliverables\n\n{template.deliverable(template.level, name)}")


def _inserted(text: str, at: int, added: str, apart: int = 2) -> str:
    """`added` below the line of `at`, `apart` lines below it and a blank line above what follows."""
    first = LINE_END.search(text)
    ending = first.group() if first else "\n"
    line = LINE_END.search(text, at)
    end = line.start() if line else len(text)
    before, after = text[:end].rstrip(), text[end:]
    block = added.rstrip("\n").replace("\n", ending)
    if apart > 1:
        after = f"{ending * 2}{after.lstrip()}" if after.strip() else ending
    return f"{before}{ending * apart}{block}{after or ending}"


def _template(session: Session, wanted: Wanted, path: str, title: str | None) -> Template:
    feature = _feature(session, wanted.feature) if wanted.feature is not None else None
    return Template(session, path, title, _team(session, wanted.owner), feature)


def _title(path: str | None) -> str | None:
    """The title that a file's name gives; None where it has no words."""
    words = re.sub(r"[\W_]+", " ", PurePosixPath(path).stem).strip() if path is not None else ""
    return words[:1].upper() + words[1:] or None


def _patterns(session: Session, kind: str) -> tuple[str, ...]:
    found = next((each for each in session.config.kinds if each.name == kind), None)
    return tuple(each.removeprefix("/") for each in found.paths if not each.startswith("!")) if found else ()


def _default_path(session: Session, kind: str, title: str) -> str:
    """Where a document of this title stands: in a folder that a pattern of its kind names, one that is there if any."""
    slug = "_".join(re.findall(r"\w+", title.casefold()))
    patterns = _patterns(session, kind)
    places = [
        PurePosixPath(pattern.replace("**/", ""))
        for pattern in patterns
        if _PLAIN.fullmatch(pattern.replace("**/", "")) is not None
    ]
    if not slug or not places:
        raise CannotRun(f"a PATH is needed: {', '.join(patterns) or f'the kind {kind}'} does not tell where it stands")
    known = {str(folder) for name in session.state.names for folder in PurePosixPath(name).parents}
    place = next((each for each in places if str(each.parent) in known), places[0])
    return str(place.with_name(place.name.replace("*", slug)))


def _document(session: Session, path: str, kind: str) -> Document:
    """A document of the project. Raises CannotRun for what is none of this kind."""
    found = session.kinds.get(path)
    if found is None or found.name != kind:
        raise CannotRun(f"{path}: is no document of the kind {kind}")
    return session.document(path, found)


def _feature(session: Session, path: str) -> Feature:
    document = _document(session, path, "furps")
    feature = Feature(document, document.root) if isinstance(document.root, FurpsSet) else None
    if feature is None or not deliverable_statements(feature):
        raise CannotRun(f"{path}: states nothing that could be delivered")
    return feature


def _team(session: Session, owner: str | None) -> str | None:
    """The name of a team as the project has it; the only one for None, if there is but one."""
    teams = session.config.teams
    if owner is None:
        return next(iter(teams)) if len(teams) == 1 else None
    known = {name.casefold(): team for team, others in teams.items() for name in (team, *others)}
    if teams and owner.casefold() not in known:
        raise CannotRun(f"unknown team {owner!r}; {did_you_mean(owner, list(teams))}")
    return known.get(owner.casefold(), owner)


def _line(title: str) -> str:
    if not title.isprintable() or not title.strip():
        raise CannotRun(f"title {title!r}: expected one line of text")
    return title.strip()
