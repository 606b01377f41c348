"""Documents to findings: schemas for their shape, rules for their meaning, and what is known of either."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from waku_lint import schema
from waku_lint.config.config import Config
from waku_lint.config.kinds import Kind
from waku_lint.diagnostics import Diagnostic, Finding
from waku_lint.documents.extract import extractor
from waku_lint.documents.model import Document, Suppression
from waku_lint.documents.walk import Records, records_of
from waku_lint.engine import suppressions as suppress
from waku_lint.engine import workers
from waku_lint.engine.findings import Stamp
from waku_lint.engine.memory import Known, Memory, Own, encode, passing_memory
from waku_lint.engine.result import Crash
from waku_lint.engine.ruleset import ByPlace, InForce
from waku_lint.engine.verdicts import Verdicts
from waku_lint.errors import CannotRun
from waku_lint.files.source import SourceFile
from waku_lint.positions import Span
from waku_lint.project.facts import Facts, facts_of
from waku_lint.project.project import HELD, Project
from waku_lint.project.queries import DAY, Answers, ClosedError, Question, Watched
from waku_lint.rules.active_rule import ActiveRule
from waku_lint.rules.base import Rule, RuleContext
from waku_lint.rules.catalogue import whole
from waku_lint.rules.plugins import sandbox
from waku_lint.rules.registry import Registry

# Below either of these, processes take longer to start than to read the documents.
FEW: Final = 12
LITTLE: Final = 400_000  # bytes


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
        beside: Callable[[str], bool],
    ) -> None:
        self.large = sum(len(file.data or b"") for file, _ in sources.values()) > HELD
        self.config = config
        self.registry = registry
        self.active = active
        self.project = project
        self.crashes = crashes
        self.today = today
        self.suppressions: list[Suppression] = []
        self.hidden: list[Diagnostic] = []
        self.telling: frozenset[str] = frozenset()  # the documents of which something is to be told
        self.asked: set[Question] = set()  # of the project, for the document that is checked just now
        self.sources = sources
        self.memory = memory
        self.own: dict[str, Own] = {}  # what documents that are known, and not told yet, say for themselves
        self.rules = ByPlace(config, registry, active, {path: kind for path, (_, kind) in sources.items()})
        self.stamps = Stamp(project, lambda *question: self.asked.add(question))
        # Of a rule that is not ours even the name counts, and nobody can tell when it is another one.
        kept = memory if memory and memory.lasts and registry.is_all_ours else None
        answers = Answers(project, {path: file for path, (file, _) in sources.items()}, beside, today)
        self.verdicts = Verdicts(kept, sources, self.rules.told, answers)

    def recall(self, path: str) -> Document | None:
        """A document that is known without reading it, and with it what it says for itself."""
        known = self.memory.known(self.sources[path][0], self.rules.alone(path)) if self.memory else None
        if known is None:
            return None
        self.own[path] = known.own
        return known.document

    def read_ahead(self, paths: Iterable[str], processes: int) -> None:
        """Let several processes find what documents that are not known say for themselves."""
        sizes = {path: len(self.sources[path][0].data or b"") for path in paths}
        if sum(sizes.values()) < LITTLE:
            return
        waiting = [path for path in sizes if not self.verdicts.holds(path) and not self._is_known(path)]
        # The largest first, so that no process has more to do than the others.
        waiting.sort(key=lambda path: (-sizes[path], path))
        if len(waiting) < FEW or sum(map(sizes.__getitem__, waiting)) < LITTLE:
            return
        self.prepare(waiting)
        self.memory = self.memory or passing_memory()
        for path, line in workers.shared(waiting, processes, self._line, self._here):
            if line:
                self.memory.keep("known", self.sources[path][0], self.rules.alone(path), line)

    def prepare(self, paths: Iterable[str]) -> None:
        """Import and compile what several processes need, once for all of them."""
        for path in paths:
            kind = self.sources[path][1].name
            extractor(kind)
            self.rules.at(path).validators(kind)
        for each in self.active.values():
            whole(each.rule)

    def _line(self, path: str) -> bytes:  # pragma: no cover - another process does it, which leaves no measurement
        """What a document says for itself; nothing if that goes wrong, so that it is told where it is seen."""
        known = self._alone(path)
        return encode(known) if known is not None else b""

    def _here(self, path: str) -> None:
        """The same of a document that stays in this process."""
        known = self._alone(path)
        if known is not None:
            self.own[path] = known.own
            self._keep(known)

    def _alone(self, path: str) -> Known | None:
        crashes = len(self.crashes)
        document = self.project.document(path)
        assert document is not None  # noqa: S101 - the paths are those of documents
        _, own = self.found_in(document, self.rules.at(path), Watched(self.project, closed=True))
        failed = len(self.crashes) > crashes
        del self.crashes[crashes:]
        return None if failed else Known(document, own)

    def _is_known(self, path: str) -> bool:
        return self.memory is not None and self.memory.holds("known", self.sources[path][0], self.rules.alone(path))

    def _keep(self, known: Known) -> None:
        """Keep a document for other runs, or for this one where it holds a part of the documents at a time."""
        path = known.document.path
        if self.memory is not None and (self.memory.lasts or self.large):
            self.memory.keep("known", self.sources[path][0], self.rules.alone(path), encode(known))

    def found_in(
        self, document: Document, rules: InForce, project: Watched
    ) -> tuple[list[tuple[ActiveRule, Finding]], Own]:
        """All findings but those about suppressions, and of them what the document says for itself."""
        known = self.own.get(document.path)
        shapes = self.shapes(document) if known is None else [(rules.active[code], it) for code, it in known.shapes]
        alone = dict(known.rules) if known is not None else {}
        found = list(shapes)
        records = Records(records_of(document))
        for each in rules.meaning:
            code = each.rule.code
            if code in alone:
                found.extend([(each, finding) for finding in alone[code]])
                continue
            some, asked = self.meaning(each, document, records, project)
            found.extend([(each, finding) for finding in some])
            if not asked and self.registry.is_ours(each.rule):
                alone[code] = tuple(some)
        return found, Own(tuple((rule.rule.code, finding) for rule, finding in shapes), alone)

    def told(self, path: str) -> Iterable[Diagnostic]:
        """All that is told of a document: what was told before if nothing has changed, else it is checked."""
        verdict = self.verdicts.true_of(path)
        if verdict is not None:
            self.hidden += verdict.hidden
            self.suppressions += verdict.suppressions
            return verdict.found
        document = self.project.document(path)
        assert document is not None  # noqa: S101 - the paths are those of documents
        hidden, suppressions = len(self.hidden), len(self.suppressions)
        self.asked = {DAY} if document.comments else set()
        found = list(self.diagnostics(document))
        if not self.crashes:
            self.verdicts.add(
                path, facts_of(document), self.asked, found, self.hidden[hidden:], self.suppressions[suppressions:]
            )
        return found

    def facts(self, path: str) -> Facts:
        """What others ask of a document; of one that is not told itself it is kept now."""
        known = self.verdicts.facts(path)
        if known is not None:
            return known
        document = self.project.document(path)
        found = facts_of(document) if document is not None else Facts()
        if path not in self.telling and not self.crashes:
            self.verdicts.keep(path, found)
        return found

    def diagnostics(self, document: Document) -> Iterator[Diagnostic]:
        lines = self.stamps.look(document).lines
        rules = self.rules.at(document.path)
        crashes = len(self.crashes)
        known = document.path in self.own
        found, own = self.found_in(document, rules, Watched(self.project))
        if not known and all(crash.path != document.path for crash in self.crashes):
            self._keep(Known(document, own))
        self.own.pop(document.path, None)
        if document.comments:
            ran = rules.active if len(self.crashes) == crashes else ()
            outcome = suppress.apply(document, found, self.registry, ran, lines, self.today)
            self.suppressions += outcome.suppressions
            self.hidden += (self.stamps.stamp(rule, finding, document) for rule, finding in outcome.hidden)
            found = [*outcome.kept, *self.meanings(document, rules.meaning, outcome.suppressions)]
        for rule, finding in found:
            yield self.stamps.stamp(rule, finding, document)

    def reaching(self, told: Collection[str]) -> Iterator[Diagnostic]:
        """Findings about documents that are told, in documents that are not."""
        for kind in sorted({each.rule.reaches for each in self.active.values() if each.rule.reaches is not None}):
            for path in self.project.of(kind):
                document = self.project.document(path) if path not in told else None
                if document is not None:
                    lines = self.stamps.look(document).lines
                    rules = [each for each in self.rules.at(document.path).meaning if each.rule.reaches is not None]
                    found = self.meanings(document, rules, records_of(document), told)
                    found = [(rule, finding) for rule, finding in found if finding.about in told]
                    if found and document.comments:
                        found = [*suppress.apply(document, found, self.registry, (), lines, self.today).kept]
                    for rule, finding in found:
                        yield self.stamps.stamp(rule, finding, document)

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
        rules = self.rules.at(document.path)
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
        if project.closed and not self.registry.is_ours(each.rule):
            return [], True
        config = self.config
        project.asked = set()
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
        self.asked |= project.asked
        return found, bool(project.asked)

    def findings(self, rule: Rule, record: object, ctx: RuleContext) -> Iterator[Finding]:
        """What a rule finds in a record; one that is not ours is watched. Raises whatever the rule does."""
        assert rule.check is not None  # noqa: S101 - `meaning` holds no others
        size = len(ctx.document.text)
        if not self.registry.source(rule.code).foreign:
            for finding in rule.check(record, ctx):
                yield sandbox.sound(finding, size, self.size)
            return
        found: list[Finding] = []
        try:
            with sandbox.watched(f"{rule.code} {rule.name} on {ctx.document.path}"):
                found.extend(sandbox.sound(each, size, self.size) for each in sandbox.counted(rule.check(record, ctx)))
        finally:
            yield from found  # what it found before it failed is true nevertheless

    def size(self, path: str) -> int | None:
        """The length of a document's text."""
        document = self.project.document(path)
        return None if document is None else len(document.text)
