"""A file gets another path, and every link that leads to it, or that it has, is written anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from posixpath import normpath

from msgspec import Struct

from waku_lint.diagnostics import Edit
from waku_lint.documents.extract.targets import read_targets
from waku_lint.editing.link_targets import Move
from waku_lint.editing.references import Files
from waku_lint.errors import CannotRun
from waku_lint.files.writer import Change, apply
from waku_lint.positions import Lines, Span
from waku_lint.project.links import Tree, is_local


class Plan(Struct, frozen=True):
    """What a renaming changes: the new text of each file, by its old path, and at most one path.

    `said` tells it in a few words, `count` how many references are written anew, `warnings` what is left to a person.
    """

    texts: Mapping[str, str]
    moved: tuple[str, str] | None
    said: str
    count: int
    warnings: tuple[str, ...] = ()

    @property
    def paths(self) -> tuple[str, ...]:
        """The files that are touched, by the paths they have."""
        return tuple(sorted({*self.texts, *(self.moved[:1] if self.moved else ())}))


def plan_move(files: Files, old: str, new: str) -> Plan:
    """Give the file `old` the path `new`. Raises CannotRun where that cannot be, or a link could not follow."""
    _check(files, old, new)
    names = [new if name == old else name for name in files.names]
    move = Move(files.tree, Tree(names, files.config.sites), old, new)
    texts: dict[str, str] = {}
    count = 0
    for path, text in files.texts.items():
        edits = _edits(files, move, path)
        if edits:
            texts[path] = apply(text, edits)
            count += len(edits)
            _verify(files, move, path, texts[path])
    warnings = list(_guessed(files, move))
    warnings += [f"{path}: cannot be read; its links, if any, are as they were" for path in files.unread]
    kinds = [kind.name if (kind := files.config.kind_of(path)) else None for path in (old, new)]
    if kinds[0] != kinds[1]:
        now, was = (f"of the kind {kind}" if kind else "no document of any kind" for kind in reversed(kinds))
        warnings.append(f"{new}: is {now}; {old} was {was}")
    return Plan(texts, (old, new), f"{old} is now {new}", count, tuple(warnings))


def changes(files: Files, plan: Plan) -> list[Change]:
    """The plan as changes of files."""
    new = dict([plan.moved] if plan.moved else [])
    return [
        Change(path, files.sources[path].data, plan.texts[path].encode(), new.get(path))
        if path in plan.texts
        else Change(path, moved=new[path])
        for path in plan.paths
    ]


def _check(files: Files, old: str, new: str) -> None:
    files.known(old)
    if old in files.links:
        raise CannotRun(f"{old}: is a symbolic link; rename the file it leads to")
    link = next((link for link, target in files.links.items() if target == old), None)
    if link is not None:
        raise CannotRun(f"{link}: is a symbolic link to {old}; remove it first")
    if new != normpath(new) or new.startswith(("/", "../", ".git/")) or new in (".", ".."):
        raise CannotRun(f"{new}: is no path within the project")
    taken = next((name for name in files.names if name == new or name.startswith(f"{new}/")), None)
    if taken is not None:
        raise CannotRun(f"{new}: is there already{'' if taken == new else ', and is a folder'}")
    file = next((name for name in files.names if new.startswith(f"{name}/")), None)
    if file is not None:
        raise CannotRun(f"{new}: {file} is a file, no folder")


def _edits(files: Files, move: Move, path: str) -> list[Edit]:
    """A new target for each link of a file that would otherwise lead elsewhere, or nowhere."""
    edits: list[Edit] = []
    text = files.texts[path]
    for target in files.targets.get(path, ()):
        goal = move.leads_to(target.value, path, wiki=target.wiki)
        if goal is None or move.leads(target.value, path, goal, wiki=target.wiki):
            continue
        written = text[target.span.start : target.span.end]
        better = move.target(target.value, path, goal, wiki=target.wiki, angled=target.angled)
        if better is None:
            raise _cannot(text, path, target.span, f"no link like `{written}` can lead to {goal or 'the root'}")
        edits.append(Edit(target.span, better))
    return edits


def _guessed(files: Files, move: Move) -> Iterator[str]:
    """Links that led nowhere and are taken to mean the file."""
    for path, targets in files.targets.items():
        for target in targets:
            goal = move.leads_to(target.value, path, wiki=target.wiki)
            if goal == move.new and move.before.locate(target.value, path) is None:
                at = Lines(files.texts[path]).position(target.span.start)
                yield f"{path}:{at.line}:{at.column}: `{target.value}` led nowhere; it is taken to mean {move.old}"


def _verify(files: Files, move: Move, path: str, after: str) -> None:
    """Read the new text again: the same links are there, and each leads where it should."""
    before = files.targets.get(path, ())
    found = [each for each in read_targets(after) if is_local(each.value)]
    same = len(before) == len(found)
    for old, new in zip(before, found if same else before, strict=True):
        goal = move.leads_to(old.value, path, wiki=old.wiki)
        if not same or (goal is not None and not move.leads(new.value, path, goal, wiki=new.wiki)):
            raise _cannot(files.texts[path], path, old.span, f"the link to `{old.value}` cannot be written anew")


def _cannot(text: str, path: str, span: Span, why: str) -> CannotRun:
    place = Lines(text).position(span.start)
    return CannotRun(f"{path}:{place.line}:{place.column}: {why}; change it by hand first")
