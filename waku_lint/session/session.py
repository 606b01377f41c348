"""Requests, and sessions that answer them: a snapshot with its configuration and rules."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from copy import copy
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct

from waku_lint.config.config import Config, Reader, load
from waku_lint.config.kinds import Kind
from waku_lint.config.layers import MAX_BYTES, from_disk
from waku_lint.engine.result import Progress, RunResult, silent
from waku_lint.errors import ConfigError
from waku_lint.files import git, snapshot
from waku_lint.files.cache import Cache, open_cache
from waku_lint.files.snapshot import Snapshot
from waku_lint.files.source import SourceFile
from waku_lint.session.cached_yaml import cached_parse

if TYPE_CHECKING:
    from waku_lint.documents.model import Document, Suppression
    from waku_lint.engine.loader import Parse
    from waku_lint.rules.active_rule import ActiveRule
    from waku_lint.rules.registry import Registry
    from waku_lint.session.baseline import Baseline
    from waku_lint.session.state_cache import State

Report = Literal["all", "touched", "caused"]


class Request(Struct, frozen=True):
    """A request of a user.

    `paths` narrow the report; without paths everything is reported. `since` is the revision to compare a change with;
    the default is the parent of a revision, else HEAD. `unsaved` replaces the file at its path, and only findings in
    this file are reported. Without `baseline`, findings in the baseline are reported, too. Suppressions that end before
    `today` are expired; with None, no suppression expires. `local_rules` allows rules in files of the project. `cache`
    reads and writes the cache. `jobs` is the number of processes that read documents.
    """

    root: Path
    paths: tuple[Path, ...] = ()
    config: Path | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    source: str = snapshot.WORK_TREE
    report: Report = "all"
    since: str | None = None
    unsaved: SourceFile | None = None
    baseline: bool = True
    today: date | None = None
    local_rules: bool = False
    cache: bool = False
    jobs: int = 1


class Session:
    """A snapshot with its configuration; rules and the baseline are loaded on first use."""

    def __init__(
        self,
        request: Request,
        state: Snapshot,
        source: str,
        config: Config,
        reader: Reader,
        contents: Mapping[str, bytes | None],
        cache: Cache | None,
    ) -> None:
        """`contents` are the contents of the files that `reader` has read, by path."""
        self.request = request
        self.state = state
        self.source = source
        self.config = config
        self.reader = reader
        self.contents = contents
        self.cache = cache
        self.jobs = request.jobs
        self.parse: Parse | None = None  # None for `read_document`

    def copy(self, **changes: Any) -> Session:
        """Copy the session with other values for these attributes."""
        found = copy(self)
        vars(found).update(changes)
        return found

    @cached_property
    def kinds(self) -> Mapping[str, Kind]:
        """The kinds of the documents by path."""
        return {path: kind for path in self.state.names if (kind := self.config.kind_of(path)) is not None}

    @cached_property
    def registry(self) -> Registry:
        """All rules. Raises CannotRun if a rule cannot be used."""
        from waku_lint.rules import registry

        return registry.load(
            self.config, self.request.root, self.reader, allow_local=self.request.local_rules, cache=self.cache
        )

    @cached_property
    def active(self) -> Mapping[str, ActiveRule]:
        """The rules that are enabled at any path, by code. Raises CannotRun for an unknown rule name."""
        return self.registry.active(self.config, self.request.select, self.request.ignore)

    @cached_property
    def baseline(self) -> Baseline | None:
        """The baseline; None if it is missing or not requested. Raises CannotRun if it cannot be read."""
        from waku_lint.session import baseline

        if not self.request.baseline:
            return None
        try:
            return baseline.load(self.request.root, self.config.baseline, self.reader)
        except ConfigError as error:
            where = self.config.origins.get(("baseline",))
            if error.line or where is None:
                raise
            raise where.error(str(error)) from None

    def run(self, reported: Callable[[str], bool], progress: Progress = silent) -> RunResult:
        """Check all documents, and report those whose path is `reported`."""
        from waku_lint.session import state_cache

        paths = tuple(filter(reported, sorted(self.kinds)))
        state = state_cache.recall(self)
        if state is not None:
            return self._narrowed(state, paths)
        from waku_lint.engine import pipeline

        try:
            result = pipeline.run(
                self.state.read(self.kinds, self.config.limits.file_size),
                self.config,
                self.registry,
                self.active,
                reported=reported,
                names=self.state.names,
                beside=self.is_beside,
                progress=progress,
                today=self.request.today,
                parse=self.parse,
                store=self.cache,
                processes=self.jobs,
            )
            if len(paths) == len(self.kinds):
                state_cache.keep(self, result)
        finally:
            if self.cache is not None:
                self.cache.flush()
        return result

    def _narrowed(self, state: State, reported: tuple[str, ...]) -> RunResult:
        """Select the findings of some documents from the cached findings of all documents."""
        paths = frozenset(reported)
        found = tuple(each for each in state.diagnostics if each.path in paths or each.about in paths)
        places = {path for each in found for path in (each.path, *(place.path for place in each.related))}
        files = self.state.read(sorted(places & self.kinds.keys()), self.config.limits.file_size)
        return RunResult(
            found,
            (),
            reported,
            suppressions=tuple(each for each in state.suppressions if each.path in paths),
            texts={file.path: file.text for file in files},
            hidden=tuple(each for each in state.hidden if each.path in paths),
        )

    def is_beside(self, path: str) -> bool:
        """Whether a file that is not in the index exists on disk and could be added to the commit."""
        if self.source != snapshot.INDEX:
            return False
        root = self.state.root
        there = (root / path).is_file() and snapshot.spelled(root, path) == path
        return there and git.ignoring(root, path) is None

    def document(self, path: str, kind: Kind) -> Document:
        """Read one document as a document of this kind."""
        from waku_lint.documents.reader import read_document

        limits = self.config.limits
        file = next(iter(self.state.read([path], limits.file_size)))
        return (self.parse or read_document)(file, kind.name, kind.words, limits)


def open_session(request: Request, source: str | None = None, cache: Cache | None = None) -> Session:
    """Open the session of a request, at another `source` if given; `cache` is used if it is already open.

    Raises CannotRun if the source does not exist, or if the configuration cannot be used.
    """
    state = snapshot.open_snapshot(request.root, source or request.source)
    if request.unsaved is not None:
        state = snapshot.Overlay(state, request.unsaved)
    contents: dict[str, bytes | None] = {}
    reader = _recording(from_disk(request.root) if state.on_disk else _reader(state), contents)
    if cache is None and request.cache and request.unsaved is None:
        cache = open_cache()
    config = load(request.root, request.config, reader, cached_parse(cache))
    if cache is not None:
        cache.flush()
    return Session(request, state, source or request.source, config, reader, contents, cache)


def ages(root: Path, suppressions: Sequence[Suppression], today: date) -> list[int | None]:
    """For each suppression in the worktree, the days since its line was committed; None if it was not committed."""
    lines: dict[str, list[int]] = {}
    for each in suppressions:
        lines.setdefault(each.path, []).append(each.line)
    days = {path: git.committed(root, path, found) for path, found in lines.items()}
    since = [days[each.path].get(each.line) for each in suppressions]
    return [None if day is None else max((today - day).days, 0) for day in since]


def scope_of(request: Request, known: Collection[str]) -> Callable[[str], bool]:
    """Whether a path is in the request; `known` are the files that exist or existed before the change."""
    return snapshot.within(snapshot.relative(request.root, request.paths or (request.root,), known.__contains__))


def kind_of(session: Session, path: str) -> str | None:
    """The name of a document's kind; the document may be deleted."""
    kind = session.kinds.get(path) or session.config.kind_of(path)
    return kind.name if kind is not None else None


def _recording(read: Reader, contents: dict[str, bytes | None]) -> Reader:
    """Read each file once, and record its content."""

    def noting(path: str) -> bytes | None:
        if path not in contents:
            contents[path] = read(path)
        return contents[path]

    return noting


def _reader(state: Snapshot) -> Reader:
    """A reader of files in a snapshot that is not on disk."""

    def read(path: str) -> bytes | None:
        if path not in state.names:
            return None
        file = next(iter(state.read([path], MAX_BYTES)))
        if file.data is None:
            raise ConfigError(path, file.error or "cannot be read")
        return file.data

    return read
