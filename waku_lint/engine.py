"""The way through: files to documents, documents to findings, findings to diagnostics."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from waku_lint import guard, jobs, schema, suppress
from waku_lint.config import Config, Kind, Words
from waku_lint.diagnostic import Diagnostic, Finding, Place, Severity
from waku_lint.documents import empty_document, read_document
from waku_lint.errors import CannotRun
from waku_lint.fingerprint import Outline
from waku_lint.limits import Limits
from waku_lint.links import Tree
from waku_lint.memory import Known, Memory
from waku_lint.model import Document, Suppression
from waku_lint.project import Project
from waku_lint.registry import ActiveRule, Registry, is_ours
from waku_lint.rules.base import Rule, RuleContext
from waku_lint.source import Lines, SourceFile, Span

if TYPE_CHECKING:
    from jsonschema.protocols import Validator


Parse = Callable[[SourceFile, str, Words, Limits], Document]  # a file, its kind, and what is named of these

# Below either of these, processes take longer to start than to read the documents.
FEW: Final = 12
LITTLE: Final = 60_000  # bytes


@dataclass(frozen=True, slots=True)
class Crash:
    """A rule (or `extract`) that failed on a file: a defect of ours or of a plugin, not of the file."""

    rule: str
    path: str
    error: Exception

    @property
    def reason(self) -> str:
        kind = "" if isinstance(self.error, guard.BreachError) else f"{type(self.error).__name__}: "
        return f"{kind}{self.error}"


@dataclass(frozen=True, slots=True)
class RunResult:
    """`documents` are the paths of those that are reported, not of all that were read.

    `held_back` counts findings that are not told, since the change that was asked about is not their cause. `texts`
    has the text of each document that a diagnostic stands in or is related to: edits are offsets into it. Of the
    file `baseline`, `known` are the findings that it keeps quiet, `stale` counts the entries without a finding.
    `suppressions` are those of the documents that are reported, in the order of paths and text, `hidden` the findings
    that they keep quiet.
    """

    diagnostics: tuple[Diagnostic, ...]
    crashes: tuple[Crash, ...]
    documents: tuple[str, ...]
    held_back: int = 0
    suppressions: tuple[Suppression, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    baseline: str = ""
    known: tuple[Diagnostic, ...] = ()
    stale: int = 0
    hidden: tuple[Diagnostic, ...] = ()

    @property
    def baselined(self) -> int:
        return len(self.known)

    @property
    def checked(self) -> int:
        return len(self.documents)

    def count(self, severity: Severity) -> int:
        return sum(each.severity is severity for each in self.diagnostics)


Progress = Callable[[int, int], None]  # is told, of how many documents, how many are checked


def silent(_done: int, _total: int) -> None:
    """Progress that nobody watches."""


def run(
    files: Iterable[SourceFile],
    config: Config,
    registry: Registry,
    active: Mapping[str, ActiveRule],
    reported: Callable[[str], bool] = lambda _path: True,
    names: Iterable[str] = (),
    beside: Callable[[str], bool] = lambda _path: False,
    progress: Progress = silent,
    today: date | None = None,
    parse: Parse = read_document,
    memory: Memory | None = None,
    processes: int = 1,
) -> RunResult:
    """Check `files`, all of the project's documents; `reported` narrows what is told to some paths.

    `names` are the project's files that are no documents: links may lead there. `beside` tells whether a file
    that is none of the project's is there nevertheless, on disk and not yet added. Suppressions whose last day is
    before `today` hide nothing; without it none has expired. `parse` may remember documents, `memory` does, and what is
    found in them; of many documents several `processes` read their share. Neither changes what is found.
    """
    crashes: list[Crash] = []
    sources = {file.path: (file, kind) for file in files if (kind := config.kind_of(file.path)) is not None}

    def load(path: str) -> Document:
        file, kind = sources[path]
        try:
            with guard.unwatched():
                known = checker.recall(path)
                return known.document if known is not None else parse(file, kind.name, kind.words, config.limits)
        except Exception as error:  # noqa: BLE001 - one document must not keep the others from being checked
            crashes.append(Crash("extract", path, error))
            return empty_document(path, kind.name)

    kinds = {path: kind.name for path, (_, kind) in sources.items()}
    raw = {path: file.data or b"" for path, (file, _) in sources.items()}
    project = Project(kinds, load, Tree((*sources, *names), config.sites, beside), raw)
    checker = _Checker(config, registry, active, project, crashes, today, sources, memory)
    diagnostics: list[Diagnostic] = []
    told = [path for path in project.paths if reported(path)]
    if processes > 1:
        checker.read_ahead(told, processes)
    for number, path in enumerate(told):
        progress(number, len(told))
        document = project.document(path)
        if document is not None:
            diagnostics.extend(checker.diagnostics(document))
    if told:
        diagnostics.extend(checker.reaching(set(told)))
    if memory is not None:
        memory.close()
    diagnostics.sort(key=lambda each: each.sort_key)
    places = {path for each in diagnostics for path in (each.path, *(place.path for place in each.related))}
    texts = {path: document.text for path in sorted(places) if (document := project.document(path)) is not None}
    suppressions = tuple(checker.suppressions)
    hidden = tuple(sorted(checker.hidden, key=lambda each: each.sort_key))
    return RunResult(
        tuple(diagnostics), tuple(crashes), tuple(told), suppressions=suppressions, texts=texts, hidden=hidden
    )


@dataclass(frozen=True, slots=True)
class _Look:
    lines: Lines
    outline: Outline


class _InForce:
    """The rules as they are for some documents, and by kind the schemas with their options."""

    def __init__(self, active: Mapping[str, ActiveRule], overlays: Mapping[str, tuple[schema.Schema, ...]]) -> None:
        self.active = active
        self.meaning = [each for each in active.values() if each.rule.check is not None]
        self._overlays = overlays
        self._described: str | None = None
        self._validators: dict[str, list[tuple[Validator, schema.Schema]]] = {}

    def description(self, config: Config) -> str:
        """All that a finding depends on beside its document and the project."""
        if self._described is None:
            options = sorted((code, _plain(each.options)) for code, each in self.active.items())
            overlays = sorted((kind, list(each)) for kind, each in self._overlays.items())
            self._described = json.dumps([options, overlays, _plain(config.teams), config.repositories])
        return self._described

    def validators(self, kind: str) -> list[tuple[Validator, schema.Schema]]:
        if kind not in self._validators:
            options = {code: each.options for code, each in self.active.items()}
            schemas = (schema.of_kind(kind), *self._overlays.get(kind, ()))
            applied = [schema.with_options(each, options) for each in schemas]
            self._validators[kind] = [
                (schema.compile_schema(each, ours=number == 0), each) for number, each in enumerate(applied)
            ]
        return self._validators[kind]


class _Checker:
    """Checks documents, each by its kind's schemas and by the rules that apply to its records."""

    def __init__(
        self,
        config: Config,
        registry: Registry,
        active: Mapping[str, ActiveRule],
        project: Project,
        crashes: list[Crash],
        today: date | None,
        sources: Mapping[str, tuple[SourceFile, Kind]],
        memory: Memory | None,
    ) -> None:
        self.config = config
        self.registry = registry
        self.active = active
        self.project = project
        self.crashes = crashes
        self.today = today
        self.suppressions: list[Suppression] = []
        self.hidden: list[Diagnostic] = []
        self.placed = [each for each in active.values() if each.places]
        self.settings: dict[tuple[int, ...], _InForce] = {}
        self.sources = sources
        self.memory = memory
        self.known: dict[str, Known | None] = {}
        self.looks: dict[str, _Look] = {}

    def look(self, document: Document) -> _Look:
        """Where things are in a document; worked out once for all of its findings."""
        if document.path not in self.looks:
            self.looks[document.path] = _Look(Lines(document.text), Outline(document))
        return self.looks[document.path]

    def in_force(self, path: str) -> _InForce:
        """The rules as they are at `path`; worked out once for all paths at which they are the same."""
        key = tuple(each.place(path) for each in self.placed)
        if key not in self.settings:
            there = {code: each.at(path) for code, each in self.active.items()}
            on = {code: each for code, each in there.items() if each.on}
            self.settings[key] = _InForce(on, self.registry.overlays)
        return self.settings[key]

    def recall(self, path: str) -> Known | None:
        """What is known of the document at `path` without reading it."""
        if path not in self.known:
            file, kind = self.sources[path]
            self.known[path] = self.memory.recall(file, kind.name, self.rules_at(path)) if self.memory else None
        return self.known[path]

    def keep(self, known: Known) -> None:
        path = known.document.path
        file, kind = self.sources[path]
        if self.memory is not None and all(crash.path != path for crash in self.crashes):
            self.memory.keep(file, kind.name, self.rules_at(path), known)

    def rules_at(self, path: str) -> str:
        """All that what is known of a document depends on beside the file itself."""
        _, kind = self.sources[path]
        return f"{self.in_force(path).description(self.config)}\n{kind.words}\n{self.config.limits}"

    def read_ahead(self, paths: Iterable[str], processes: int) -> None:
        """Let several processes find what documents that are not known say for themselves."""
        waiting = [path for path in paths if self.recall(path) is None]
        # The largest first, so that no process has more to do than the others.
        waiting.sort(key=lambda path: (-len(self.sources[path][0].data or b""), path))
        if len(waiting) < FEW or sum(len(self.sources[path][0].data or b"") for path in waiting) < LITTLE:
            return
        self.validators_of(waiting)
        for line in jobs.shared(waiting, processes, self._alone):
            if line:
                known = Known.load(line)
                self.known[known.document.path] = known
                self.keep(known)

    def validators_of(self, paths: Iterable[str]) -> None:
        """Compile what several processes need, once for all of them."""
        for path in paths:
            self.in_force(path).validators(self.sources[path][1].name)

    def _alone(self, path: str) -> bytes:
        """What a document says for itself, as a line; empty if that goes wrong, so that it is told where it is seen."""
        crashes = len(self.crashes)
        document = self.project.document(path)
        if document is None:
            return b""
        rules = self.in_force(path)
        _, known = self.found_in(document, rules, _Watched(self.project, closed=True))
        failed = len(self.crashes) > crashes
        del self.crashes[crashes:]
        return b"" if failed else known.dump()

    def found_in(
        self, document: Document, rules: _InForce, project: _Watched
    ) -> tuple[list[tuple[ActiveRule, Finding]], Known]:
        """All findings but those about suppressions, and of them what the document says for itself."""
        known = self.known.get(document.path)
        if known is None:
            shapes = self.shapes(document)
            own: Mapping[str, tuple[Finding, ...]] = {}
        else:
            shapes = [(rules.active[code], finding) for code, finding in known.shapes]
            own = known.own
        found = list(shapes)
        alone = dict(own)
        records = _Records(records_of(document))
        for each in rules.meaning:
            code = each.rule.code
            if code in own:
                found.extend([(each, finding) for finding in own[code]])
                continue
            some, asked = self.meaning(each, document, records, project)
            found.extend([(each, finding) for finding in some])
            if not asked and self.is_ours(each.rule):
                alone[code] = tuple(some)
        return found, Known(document, tuple((rule.rule.code, finding) for rule, finding in shapes), alone)

    def diagnostics(self, document: Document) -> Iterator[Diagnostic]:
        lines = self.look(document).lines
        rules = self.in_force(document.path)
        crashes = len(self.crashes)
        found, known = self.found_in(document, rules, _Watched(self.project))
        if self.known.get(document.path) is None:
            self.keep(known)
        if document.comments:
            ran = rules.active if len(self.crashes) == crashes else ()
            outcome = suppress.apply(document, found, self.registry, ran, lines, self.today)
            self.suppressions += outcome.suppressions
            self.hidden += (self.stamp(rule, finding, document) for rule, finding in outcome.hidden)
            found = [*outcome.kept, *self.meanings(document, rules.meaning, outcome.suppressions)]
        for rule, finding in found:
            yield self.stamp(rule, finding, document)

    def reaching(self, told: Collection[str]) -> Iterator[Diagnostic]:
        """Findings about documents that are told, in documents that are not."""
        for kind in sorted({each.rule.reaches for each in self.active.values() if each.rule.reaches is not None}):
            for document in self.project.of_kind(kind):
                if document.path not in told:
                    lines = self.look(document).lines
                    rules = [each for each in self.in_force(document.path).meaning if each.rule.reaches is not None]
                    found = self.meanings(document, rules, records_of(document), told)
                    found = [(rule, finding) for rule, finding in found if finding.about in told]
                    if found and document.comments:
                        found = [*suppress.apply(document, found, self.registry, (), lines, self.today).kept]
                    for rule, finding in found:
                        yield self.stamp(rule, finding, document)

    def shapes(self, document: Document) -> list[tuple[ActiveRule, Finding]]:
        try:
            return list(self.shape(document))
        except CannotRun:
            raise
        except Exception as error:  # noqa: BLE001 - a schema may hold what its library cannot do
            self.crashes.append(Crash("schema", document.path, error))
            return []

    def shape(self, document: Document) -> Iterator[tuple[ActiveRule, Finding]]:
        if document.root is None:
            return
        rules = self.in_force(document.path)
        instance = schema.instance_of(document.root)
        seen: set[tuple[str, Span]] = set()
        for validator, shape in rules.validators(document.kind):
            for violation in schema.violations(validator, shape, instance):
                rule = rules.active.get(violation.code)
                # One mistake can break several keywords of one rule; it is told once.
                if rule is not None and (
                    violation.code == schema.UNNAMED or (violation.code, violation.span) not in seen
                ):
                    seen.add((violation.code, violation.span))
                    # Its code tells nothing of what is wrong, so the message does.
                    subject = violation.message if violation.code == schema.UNNAMED else None
                    yield rule, Finding(violation.span, violation.message, subject=subject)

    def meanings(
        self,
        document: Document,
        rules: Iterable[ActiveRule],
        of: Iterable[object],
        about: Collection[str] | None = None,
    ) -> list[tuple[ActiveRule, Finding]]:
        records = _Records(of)
        project = _Watched(self.project)
        return [
            (each, finding) for each in rules for finding in self.meaning(each, document, records, project, about)[0]
        ]

    def meaning(
        self,
        each: ActiveRule,
        document: Document,
        records: _Records,
        project: _Watched,
        about: Collection[str] | None = None,
    ) -> tuple[list[Finding], bool]:
        """What a rule finds, and whether it has asked for the project."""
        if project.closed and not self.is_ours(each.rule):
            return [], True
        config = self.config
        project.asked = False
        seen: Any = project
        context = RuleContext(document, seen, config.teams, config.repositories, each.options, about)
        found: list[Finding] = []
        try:
            for record in records.of(each.rule.applies_to):
                found.extend(self.findings(each.rule, record, context))
        except _ClosedError:
            return [], True
        except CannotRun:
            raise
        except Exception as error:  # noqa: BLE001 - whatever a rule raises is told with its name
            source = self.registry.source(each.rule.code)
            name = f"{each.rule.code} {each.rule.name}" + (f" of {source}" if source.foreign else "")
            self.crashes.append(Crash(name, document.path, error))
        return found, project.asked

    def is_ours(self, rule: Rule) -> bool:
        """Whether the edition of waku-lint tells what a rule does; of any other nothing is kept."""
        return is_ours(rule) and not self.registry.source(rule.code).foreign

    def findings(self, rule: Rule, record: object, ctx: RuleContext) -> Iterator[Finding]:
        """What a rule finds in a record; one that is not ours is watched. Raises whatever the rule does."""
        assert rule.check is not None  # noqa: S101 - `meaning` holds no others
        size = len(ctx.document.text)
        if not self.registry.source(rule.code).foreign:
            for finding in rule.check(record, ctx):
                yield guard.sound(finding, size, self.size)
            return
        found: list[Finding] = []
        try:
            with guard.watched(f"{rule.code} {rule.name} on {ctx.document.path}"):
                found.extend(guard.sound(each, size, self.size) for each in guard.counted(rule.check(record, ctx)))
        finally:
            yield from found  # what it found before it failed is true nevertheless

    def size(self, path: str) -> int | None:
        """The length of a document's text."""
        document = self.project.document(path)
        return None if document is None else len(document.text)

    def stamp(self, rule: ActiveRule, finding: Finding, document: Document) -> Diagnostic:
        look = self.look(document)
        first = look.lines.position(finding.span.start)
        severity = rule.severity
        if finding.severity is Severity.WARNING:
            severity = Severity.WARNING
        related = []
        for each in finding.related:
            other = self.project.document(each.path)
            if other is not None:
                related.append(Place(each.path, self.look(other).lines.position(each.span.start), each.message))
        return Diagnostic(
            path=document.path,
            start=first,
            end=look.lines.position(finding.span.end),
            code=rule.rule.code,
            name=rule.rule.name,
            severity=severity,
            message=finding.message,
            fix=finding.fix,
            related=tuple(related),
            source_line=look.lines.line(first.line),
            about=finding.about,
            context=look.outline.context_of(finding),
            text=look.outline.text_of(finding),
        )


class _ClosedError(BaseException):
    """A rule has asked for the project where there is none to be asked: no mistake, and not the rule's to catch."""


class _Watched:
    """The project as a rule sees it, which tells whether it was asked; one that is `closed` answers nothing."""

    def __init__(self, project: Project, *, closed: bool = False) -> None:
        self.asked = False
        self._project = project
        self.closed = closed

    def __getattr__(self, name: str) -> Any:
        self._ask()
        return getattr(self._project, name)

    def __iter__(self) -> Iterator[Document]:
        self._ask()
        return iter(self._project)

    def _ask(self) -> None:
        self.asked = True
        if self.closed:
            raise _ClosedError


def _plain(value: object) -> Any:
    """Options and the like, as JSON has them."""
    if isinstance(value, Mapping):
        return sorted((str(key), _plain(each)) for key, each in value.items())
    return [_plain(each) for each in value] if isinstance(value, (list, tuple)) else value


class _Records:
    """Records by type, so that a rule sees those that it applies to and passes over none."""

    def __init__(self, records: Iterable[object]) -> None:
        self._by_type: dict[type, list[tuple[int, object]]] = {}
        for at, record in enumerate(records):
            self._by_type.setdefault(type(record), []).append((at, record))
        self._found: dict[type | tuple[type, ...], list[object]] = {}

    def of(self, types: type | tuple[type, ...]) -> list[object]:
        """The records of a type, or of one of several, in their order."""
        if types not in self._found:
            found = [each for kind, records in self._by_type.items() if issubclass(kind, types) for each in records]
            self._found[types] = [record for _, record in sorted(found, key=lambda each: each[0])]
        return self._found[types]


def records_of(value: object) -> Iterator[object]:
    """A record and all records in it, in the order of their fields. Spans are places, and no records."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, tuple):
            waiting.extend(reversed(each))
            continue
        kind: Any = type(each)
        names = _fields(kind)
        if names is not None:
            yield each
            waiting.extend([getattr(each, name) for name in names])


@cache
def _fields(kind: Any) -> tuple[str, ...] | None:
    """The names of a record's fields, the last first; None for what is no record."""
    if kind is Span or not is_dataclass(kind):
        return None
    return tuple(each.name for each in reversed(fields(kind)))
