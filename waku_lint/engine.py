"""The way through: files to documents, documents to findings, findings to diagnostics."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING

from waku_lint import schema
from waku_lint.config import Config
from waku_lint.diagnostic import Diagnostic, Finding, Place, Severity
from waku_lint.documents import empty_document, read_document
from waku_lint.errors import CannotRun
from waku_lint.model import Document
from waku_lint.project import Project
from waku_lint.registry import ActiveRule, Registry
from waku_lint.rules.base import RuleContext
from waku_lint.source import Lines, SourceFile, Span

if TYPE_CHECKING:
    from jsonschema.protocols import Validator


@dataclass(frozen=True, slots=True)
class Crash:
    """A rule (or `extract`) that failed on a file: a defect of ours or of a plugin, not of the file."""

    rule: str
    path: str
    error: Exception


@dataclass(frozen=True, slots=True)
class RunResult:
    """`checked` counts the documents that are reported, not all that were read."""

    diagnostics: tuple[Diagnostic, ...]
    crashes: tuple[Crash, ...]
    checked: int

    def count(self, severity: Severity) -> int:
        return sum(each.severity is severity for each in self.diagnostics)


def run(
    files: Iterable[SourceFile],
    config: Config,
    registry: Registry,
    active: Mapping[str, ActiveRule],
    reported: Callable[[str], bool] = lambda _path: True,
) -> RunResult:
    """Check `files`, all of the project's documents; `reported` narrows what is told to some paths."""
    crashes: list[Crash] = []
    sources = {file.path: (file, kind.name) for file in files if (kind := config.kind_of(file.path)) is not None}

    def load(path: str) -> Document:
        file, kind = sources[path]
        try:
            return read_document(file, kind)
        except Exception as error:  # noqa: BLE001 - one document must not keep the others from being checked
            crashes.append(Crash("extract", path, error))
            return empty_document(path, kind)

    project = Project(sources, load)
    checker = _Checker(config, registry, active, project, crashes)
    diagnostics: list[Diagnostic] = []
    told = [path for path in project.paths if reported(path)]
    for path in told:
        document = project.document(path)
        if document is not None:
            diagnostics.extend(checker.diagnostics(document))
    diagnostics.sort(key=lambda each: each.sort_key)
    return RunResult(tuple(diagnostics), tuple(crashes), len(told))


class _Checker:
    """Checks documents, each by its kind's schemas and by the rules that apply to its records."""

    def __init__(
        self,
        config: Config,
        registry: Registry,
        active: Mapping[str, ActiveRule],
        project: Project,
        crashes: list[Crash],
    ) -> None:
        self.config = config
        self.overlays = registry.overlays
        self.active = active
        self.project = project
        self.crashes = crashes
        self.meaning = [each for each in active.values() if each.rule.check is not None]
        self.validators: dict[str, list[tuple[Validator, schema.Schema]]] = {}

    def diagnostics(self, document: Document) -> Iterator[Diagnostic]:
        lines = Lines(document.text)
        for rule, finding in (*self.shapes(document), *self.meanings(document)):
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
        if document.kind not in self.validators:
            options = {code: each.options for code, each in self.active.items()}
            schemas = (schema.builtin(document.kind), *self.overlays.get(document.kind, ()))
            applied = [schema.with_options(each, options) for each in schemas]
            self.validators[document.kind] = [(schema.compile_schema(each), each) for each in applied]
        instance = schema.instance_of(document.root)
        seen: set[tuple[str, Span]] = set()
        for validator, shape in self.validators[document.kind]:
            for violation in schema.violations(validator, shape, instance):
                rule = self.active.get(violation.code)
                # One mistake can break several keywords of one rule; it is told once.
                if rule is not None and (
                    violation.code == schema.UNNAMED or (violation.code, violation.span) not in seen
                ):
                    seen.add((violation.code, violation.span))
                    yield rule, Finding(violation.span, violation.message)

    def meanings(self, document: Document) -> list[tuple[ActiveRule, Finding]]:
        found: list[tuple[ActiveRule, Finding]] = []
        records = list(_records(document))
        for each in self.meaning:
            check = each.rule.check
            assert check is not None  # noqa: S101 - `meaning` holds no others
            context = RuleContext(
                document, self.project, self.config.teams, self.config.repositories, each.options
            )  # fmt: skip
            try:
                for record in records:
                    if isinstance(record, each.rule.applies_to):
                        found.extend((each, finding) for finding in check(record, context))
            except Exception as error:  # noqa: BLE001 - whatever a rule raises is told with its name
                self.crashes.append(Crash(f"{each.rule.code} {each.rule.name}", document.path, error))
        return found


def _records(value: object) -> Iterator[object]:
    """A record and all records in it, in the order of their fields."""
    if isinstance(value, tuple):
        for item in value:
            yield from _records(item)
    elif is_dataclass(value):
        yield value
        for field in fields(value):
            yield from _records(getattr(value, field.name))


def _stamp(rule: ActiveRule, finding: Finding, document: Document, lines: Lines, project: Project) -> Diagnostic:
    size = len(document.text)
    start = min(max(finding.span.start, 0), size)
    end = min(max(finding.span.end, start), size)
    first = lines.position(start)
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
        end=lines.position(end),
        code=rule.rule.code,
        name=rule.rule.name,
        severity=severity,
        message=finding.message,
        fix=finding.fix,
        related=tuple(related),
        source_line=lines.line(first.line),
    )
