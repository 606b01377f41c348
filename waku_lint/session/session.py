"""What a user asks for, and all that is needed to check it: a snapshot with its configuration and rules."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from waku_lint import outside
from waku_lint.config.config import Config, Reader, load
from waku_lint.config.kinds import Kind
from waku_lint.config.layers import MAX_BYTES
from waku_lint.documents.model import Document, Suppression
from waku_lint.documents.reader import read_document
from waku_lint.engine.memory import Memory, open_memory
from waku_lint.engine.result import Progress, RunResult, silent
from waku_lint.errors import ConfigError
from waku_lint.files import git, snapshot
from waku_lint.files.cache import open_cache
from waku_lint.files.snapshot import Snapshot
from waku_lint.files.source import SourceFile
from waku_lint.parsing import yaml

if TYPE_CHECKING:
    from waku_lint.engine import pipeline
    from waku_lint.rules.active_rule import ActiveRule
    from waku_lint.rules.registry import Registry
    from waku_lint.session.baseline import Baseline

Report = Literal["all", "touched", "caused"]


class Request(Struct, frozen=True):
    """What a user asks for.

    `paths` narrow what is told, none of them means everything. `since` is the revision a change is
    compared with; None for the usual one: of a revision its parent, else HEAD. `unsaved` takes the place of the file
    at its path, and nothing is told of any other. Without `baseline` what the project's baseline keeps quiet is told,
    too. `today` is the day by which suppressions expire; None lets none expire. `local_rules` allows to run the
    rules in files of the project. With `cache` what is known of documents from other runs is used, and kept for
    others. `jobs` is how many processes read documents.
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


class Ground(Struct, frozen=True):
    """What a session stands on: a snapshot, the configuration in it, and what is known of either."""

    state: Snapshot
    config: Config
    reader: Reader | None
    memory: Memory | None


class Session(Struct, frozen=True):
    """A snapshot, and all that is needed to check it; `baseline` is None if there is none, or none is asked for."""

    state: Snapshot
    config: Config
    registry: Registry
    active: Mapping[str, ActiveRule]
    kinds: Mapping[str, Kind]  # of the documents, by path
    baseline: Baseline | None
    source: str = snapshot.WORK_TREE
    today: date | None = None
    parse: pipeline.Parse = read_document
    memory: Memory | None = None
    jobs: int = 1

    def run(self, told: Callable[[str], bool], progress: Progress = silent) -> RunResult:
        """Check the documents; `told` narrows what is told to some paths."""
        from waku_lint.engine import pipeline

        root = self.state.root
        return pipeline.run(
            self.state.read(self.kinds, self.config.limits.file_size),
            self.config,
            self.registry,
            self.active,
            told,
            self.state.names,
            # A revision has nothing to do with what is on disk.
            lambda path: self.source == snapshot.INDEX and _is_there(root, path),
            progress,
            self.today,
            self.parse,
            self.memory,
            self.jobs,
        )

    def document(self, path: str, kind: Kind) -> Document:
        """One document, of that kind."""
        limits = self.config.limits
        return self.parse(next(iter(self.state.read([path], limits.file_size))), kind.name, kind.words, limits)


def _is_there(root: Path, path: str) -> bool:
    """Whether a file is on disk that can be added to the commit."""
    outside.placed(root / path)
    return (root / path).is_file() and git.ignoring(root, path) is None


def ground(request: Request, source: str | None = None) -> Ground:
    """Raises CannotRun for a source or a configuration that there is not."""
    state = snapshot.open_snapshot(request.root, source or request.source)
    if request.unsaved is not None:
        state = snapshot.Overlay(state, request.unsaved)
    reader = _reader(state)
    memory = open_memory() if request.cache and request.unsaved is None else None
    config = load(request.root, request.config, reader, memory.yaml if memory is not None else yaml.parse)
    return Ground(state, config, reader, memory)


def open_session(request: Request, source: str | None = None, on: Ground | None = None) -> Session:
    """`on` is the ground, if it is known.

    Raises CannotRun for a source, a configuration or a rule that there is not.
    """
    from waku_lint.rules import registry

    found = on or ground(request, source)
    state, config, reader = found.state, found.config, found.reader
    cache = open_cache() if request.cache else None
    rules = registry.load(config, request.root, reader, allow_local=request.local_rules, cache=cache)
    active = rules.active(config, request.select, request.ignore)
    kinds = {path: kind for path in state.names if (kind := config.kind_of(path)) is not None}
    known = _known(request.root, config, reader) if request.baseline else None
    read = source or request.source
    return Session(
        state, config, rules, active, kinds, known, read, request.today, memory=found.memory, jobs=request.jobs
    )


def _known(root: Path, config: Config, reader: Reader | None) -> Baseline | None:
    """The baseline; what is wrong with its place is told where the configuration names it."""
    from waku_lint.session import baseline

    try:
        return baseline.load(root, config.baseline, reader)
    except ConfigError as error:
        where = config.origins.get(("baseline",))
        if error.line or where is None:
            raise
        raise where.error(str(error)) from None


def ages(root: Path, suppressions: Sequence[Suppression], today: date) -> list[int | None]:
    """For each suppression in the work tree, how many days ago its line was committed; None where it was not."""
    lines: dict[str, list[int]] = {}
    for each in suppressions:
        lines.setdefault(each.path, []).append(each.line)
    days = {path: git.committed(root, path, found) for path, found in lines.items()}
    since = [days[each.path].get(each.line) for each in suppressions]
    return [None if day is None else max((today - day).days, 0) for day in since]


def scope_of(request: Request, known: Collection[str]) -> Callable[[str], bool]:
    """Whether a path is among those that are asked about; `known` are the files that there are, or were."""
    return snapshot.within(snapshot.relative(request.root, request.paths or (request.root,), known.__contains__))


def kind_of(session: Session, path: str) -> str | None:
    """The name of a document's kind, also of one that is gone."""
    kind = session.kinds.get(path) or session.config.kind_of(path)
    return kind.name if kind is not None else None


def _reader(state: Snapshot) -> Reader | None:
    """How the configuration is read where it is not on disk."""
    if state.on_disk:
        return None

    def read(path: str) -> bytes | None:
        if path not in state.names:
            return None
        file = next(iter(state.read([path], MAX_BYTES)))
        if file.data is None:
            raise ConfigError(path, file.error or "cannot be read")
        return file.data

    return read
