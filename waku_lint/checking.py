"""Documents to findings: schemas for their shape, rules for their meaning, and what is known of either."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from waku_lint import guard, jobs, schema, suppress
from waku_lint.asking import ClosedError, Watched
from waku_lint.config import Config, Kind
from waku_lint.diagnostic import Diagnostic, Finding, Place, Severity
from waku_lint.errors import CannotRun
from waku_lint.fingerprint import Outline
from waku_lint.inforce import InForce
from waku_lint.memory import Known, Memory
from waku_lint.model import Document, Suppression
from waku_lint.project import Project
from waku_lint.records import Records, records_of
from waku_lint.registry import ActiveRule, Registry, is_ours
from waku_lint.result import Crash
from waku_lint.rules.base import Rule, RuleContext
from waku_lint.source import Lines, SourceFile, Span

# Below either of these, processes take longer to start than to read the documents.
FEW: Final = 12
LITTLE: Final = 60_000  # bytes


@dataclass(frozen=True, slots=True)
class Look:
    """Where things are in a document."""

    lines: Lines
    outline: Outline


class Checker:
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
        self.settings: dict[tuple[int, ...], InForce] = {}
        self.sources = sources
        self.memory = memory
        self.known: dict[str, Known | None] = {}
        self.looks: dict[str, Look] = {}

    def look(self, document: Document) -> Look:
        """Where things are in a document; worked out once for all of its findings."""
        if document.path not in self.looks:
            self.looks[document.path] = Look(Lines(document.text), Outline(document))
        return self.looks[document.path]

    def in_force(self, path: str) -> InForce:
        """The rules as they are at `path`; worked out once for all paths at which they are the same."""
        key = tuple(each.place(path) for each in self.placed)
        if key not in self.settings:
            there = {code: each.at(path) for code, each in self.active.items()}
            on = {code: each for code, each in there.items() if each.on}
            self.settings[key] = InForce(on, self.registry.overlays)
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
        _, known = self.found_in(document, rules, Watched(self.project, closed=True))
        failed = len(self.crashes) > crashes
        del self.crashes[crashes:]
        return b"" if failed else known.dump()

    def found_in(
        self, document: Document, rules: InForce, project: Watched
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
        records = Records(records_of(document))
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
        found, known = self.found_in(document, rules, Watched(self.project))
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
        records = Records(of)
        project = Watched(self.project)
        return [
            (each, finding) for each in rules for finding in self.meaning(each, document, records, project, about)[0]
        ]

    def meaning(
        self,
        each: ActiveRule,
        document: Document,
        records: Records,
        project: Watched,
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
        except ClosedError:
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
