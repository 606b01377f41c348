"""The way through: files to documents, documents to findings, findings to diagnostics."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from typing import TYPE_CHECKING

from waku_lint import guard, schema, suppress
from waku_lint.config import Config, Words
from waku_lint.diagnostic import Diagnostic, Finding, Place, Severity
from waku_lint.documents import empty_document, read_document
from waku_lint.errors import CannotRun
from waku_lint.fingerprint import context_of, text_of
from waku_lint.links import Tree
from waku_lint.model import Document, Suppression
from waku_lint.project import Project
from waku_lint.registry import ActiveRule, Registry
from waku_lint.rules.base import Rule, RuleContext
from waku_lint.source import Lines, SourceFile, Span

if TYPE_CHECKING:
    from jsonschema.protocols import Validator


Parse = Callable[[SourceFile, str, Words], Document]  # a file, its kind, and what is named of these


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
) -> RunResult:
    """Check `files`, all of the project's documents; `reported` narrows what is told to some paths.

    `names` are the project's files that are no documents: links may lead there. `beside` tells whether a file
    that is none of the project's is there nevertheless, on disk and not yet added. Suppressions whose last day is
    before `today` hide nothing; without it none has expired. `parse` may remember documents.
    """
    crashes: list[Crash] = []
    sources = {file.path: (file, kind) for file in files if (kind := config.kind_of(file.path)) is not None}

    def load(path: str) -> Document:
        file, kind = sources[path]
        try:
            with guard.unwatched():
                return parse(file, kind.name, kind.words)
        except Exception as error:  # noqa: BLE001 - one document must not keep the others from being checked
            crashes.append(Crash("extract", path, error))
            return empty_document(path, kind.name)

    kinds = {path: kind.name for path, (_, kind) in sources.items()}
    raw = {path: file.data or b"" for path, (file, _) in sources.items()}
    project = Project(kinds, load, Tree((*sources, *names), config.sites, beside), raw)
    checker = _Checker(config, registry, active, project, crashes, today)
    diagnostics: list[Diagnostic] = []
    told = [path for path in project.paths if reported(path)]
    for number, path in enumerate(told):
        progress(number, len(told))
        document = project.document(path)
        if document is not None:
            diagnostics.extend(checker.diagnostics(document))
    if told:
        diagnostics.extend(checker.reaching(set(told)))
    diagnostics.sort(key=lambda each: each.sort_key)
    places = {path for each in diagnostics for path in (each.path, *(place.path for place in each.related))}
    texts = {path: document.text for path in sorted(places) if (document := project.document(path)) is not None}
    suppressions = tuple(checker.suppressions)
    hidden = tuple(sorted(checker.hidden, key=lambda each: each.sort_key))
    return RunResult(
        tuple(diagnostics), tuple(crashes), tuple(told), suppressions=suppressions, texts=texts, hidden=hidden
    )


class _InForce:
    """The rules as they are for some documents, and by kind the schemas with their options."""

    def __init__(self, active: Mapping[str, ActiveRule], overlays: Mapping[str, tuple[schema.Schema, ...]]) -> None:
        self.active = active
        self.meaning = [each for each in active.values() if each.rule.check is not None]
        self._overlays = overlays
        self._validators: dict[str, list[tuple[Validator, schema.Schema]]] = {}

    def validators(self, kind: str) -> list[tuple[Validator, schema.Schema]]:
        if kind not in self._validators:
            options = {code: each.options for code, each in self.active.items()}
            schemas = (schema.of_kind(kind), *self._overlays.get(kind, ()))
            applied = [schema.with_options(each, options) for each in schemas]
            self._validators[kind] = [(schema.compile_schema(each), each) for each in applied]
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

    def in_force(self, path: str) -> _InForce:
        """The rules as they are at `path`; worked out once for all paths at which they are the same."""
        key = tuple(each.place(path) for each in self.placed)
        if key not in self.settings:
            there = {code: each.at(path) for code, each in self.active.items()}
            on = {code: each for code, each in there.items() if each.on}
            self.settings[key] = _InForce(on, self.registry.overlays)
        return self.settings[key]

    def diagnostics(self, document: Document) -> Iterator[Diagnostic]:
        lines = Lines(document.text)
        rules = self.in_force(document.path)
        crashes = len(self.crashes)
        found = [*self.shapes(document), *self.meanings(document, rules.meaning, records_of(document))]
        if document.comments:
            ran = rules.active if len(self.crashes) == crashes else ()
            outcome = suppress.apply(document, found, self.registry, ran, lines, self.today)
            self.suppressions += outcome.suppressions
            self.hidden += (_stamp(rule, finding, document, lines, self.project) for rule, finding in outcome.hidden)
            found = [*outcome.kept, *self.meanings(document, rules.meaning, outcome.suppressions)]
        for rule, finding in found:
            yield _stamp(rule, finding, document, lines, self.project)

    def reaching(self, told: Collection[str]) -> Iterator[Diagnostic]:
        """Findings about documents that are told, in documents that are not."""
        for kind in sorted({each.rule.reaches for each in self.active.values() if each.rule.reaches is not None}):
            for document in self.project.of_kind(kind):
                if document.path not in told:
                    lines = Lines(document.text)
                    rules = [each for each in self.in_force(document.path).meaning if each.rule.reaches is not None]
                    found = self.meanings(document, rules, records_of(document), told)
                    found = [(rule, finding) for rule, finding in found if finding.about in told]
                    if found and document.comments:
                        found = [*suppress.apply(document, found, self.registry, (), lines, self.today).kept]
                    for rule, finding in found:
                        yield _stamp(rule, finding, document, lines, self.project)

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
        found: list[tuple[ActiveRule, Finding]] = []
        records = tuple(of)
        for each in rules:
            config = self.config
            context = RuleContext(document, self.project, config.teams, config.repositories, each.options, about)
            try:
                for record in records:
                    if isinstance(record, each.rule.applies_to):
                        found.extend((each, finding) for finding in self.findings(each.rule, record, context))
            except Exception as error:  # noqa: BLE001 - whatever a rule raises is told with its name
                source = self.registry.source(each.rule.code)
                name = f"{each.rule.code} {each.rule.name}" + (f" of {source}" if source.foreign else "")
                self.crashes.append(Crash(name, document.path, error))
        return found

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


def records_of(value: object) -> Iterator[object]:
    """A record and all records in it, in the order of their fields."""
    if isinstance(value, tuple):
        for item in value:
            yield from records_of(item)
    elif is_dataclass(value):
        yield value
        for each in fields(value):
            yield from records_of(getattr(value, each.name))


def _stamp(rule: ActiveRule, finding: Finding, document: Document, lines: Lines, project: Project) -> Diagnostic:
    first = lines.position(finding.span.start)
    severity = rule.severity
    if finding.severity is Severity.WARNING:
        severity = Severity.WARNING
    related = []
    for each in finding.related:
        other = project.document(each.path)
        if other is not None:
            related.append(Place(each.path, Lines(other.text).position(each.span.start), each.message))
    return Diagnostic(
        path=document.path,
        start=first,
        end=lines.position(finding.span.end),
        code=rule.rule.code,
        name=rule.rule.name,
        severity=severity,
        message=finding.message,
        fix=finding.fix,
        related=tuple(related),
        source_line=lines.line(first.line),
        about=finding.about,
        context=context_of(finding, document),
        text=text_of(finding, document),
    )
