"""Check one document with the schemas of its kind and the rules for its records."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from msgspec import Struct

from waku_lint import schema
from waku_lint.diagnostics import Diagnostic, Finding
from waku_lint.documents.extract import extractor
from waku_lint.documents.model import Document, Suppression
from waku_lint.documents.walk import Records, records_of
from waku_lint.engine import suppressions
from waku_lint.engine.findings import Stamp
from waku_lint.engine.result import Crash
from waku_lint.engine.ruleset import Ruleset
from waku_lint.errors import CannotRun
from waku_lint.positions import Span
from waku_lint.project.project import Project
from waku_lint.project.queries import ClosedError, Question
from waku_lint.rules.active_rule import ActiveRule
from waku_lint.rules.base import Rule, RuleContext
from waku_lint.rules.catalogue import whole
from waku_lint.rules.plugins import sandbox

Found = tuple[ActiveRule, Finding]


class OwnFindings(Struct, frozen=True):
    """Findings that depend on the document alone.

    `shapes` are schema violations, each with the code of its rule. `rules` has the findings of each rule that asked no
    question of the project, by code.
    """

    shapes: tuple[tuple[str, Finding], ...]
    rules: Mapping[str, tuple[Finding, ...]]


class Findings(Struct, frozen=True):
    """Findings in one document, and the `questions` that its rules asked of the project."""

    diagnostics: tuple[Diagnostic, ...]
    hidden: tuple[Diagnostic, ...]
    suppressions: tuple[Suppression, ...]
    crashes: tuple[Crash, ...]
    own: OwnFindings
    questions: frozenset[Question]


class Checker:
    """Checks documents of one project; a check changes no state."""

    def __init__(self, ruleset: Ruleset, project: Project, today: date | None) -> None:
        self._ruleset = ruleset
        self._config = ruleset.config
        self._registry = ruleset.registry
        self._project = project
        self._today = today
        self._stamp = Stamp(project)

    def check(self, document: Document, own: OwnFindings | None = None) -> Findings:
        """Check a document; `own` are its cached own findings."""
        with self._project.recorder.noting() as questions:
            crashes: list[Crash] = []
            found, own = self._find(document, own, crashes)
            outcome = suppressions.Outcome(tuple(found), (), ())
            if document.comments:
                rules = self._ruleset.at(document.path)
                ran = () if crashes else rules.active
                lines = self._stamp.lines(document)
                outcome = suppressions.apply(document, found, self._registry, ran, lines, self._today)
                about = self._meanings(document, rules.checked, outcome.suppressions, crashes)
                outcome = suppressions.Outcome((*outcome.kept, *about), outcome.hidden, outcome.suppressions)
            diagnostics, hidden = (
                tuple(self._stamp.stamp(rule, finding, document) for rule, finding in each)
                for each in (outcome.kept, outcome.hidden)
            )
        return Findings(diagnostics, hidden, outcome.suppressions, tuple(crashes), own, frozenset(questions))

    def check_alone(self, document: Document) -> OwnFindings | None:
        """Find what depends on the document alone; None if a rule fails."""
        recorder = self._project.recorder
        recorder.closed = True
        try:
            crashes: list[Crash] = []
            own = self._find(document, None, crashes)[1]
        finally:
            recorder.closed = False
        return None if crashes else own

    def check_about(self, reported: Collection[str], crashes: list[Crash]) -> Iterator[Diagnostic]:
        """Find, in documents that are not reported, the findings about `reported` documents."""
        for kind in sorted(
            {each.rule.reaches for each in self._ruleset.active.values() if each.rule.reaches is not None}
        ):
            for path in self._project.of(kind):
                document = self._project.document(path) if path not in reported else None
                if document is not None:
                    yield from self._about(document, reported, crashes)

    def _about(self, document: Document, reported: Collection[str], crashes: list[Crash]) -> Iterator[Diagnostic]:
        rules = [each for each in self._ruleset.at(document.path).checked if each.rule.reaches is not None]
        found = self._meanings(document, rules, records_of(document), crashes, reported)
        found = [(rule, finding) for rule, finding in found if finding.about in reported]
        if found and document.comments:
            lines = self._stamp.lines(document)
            found = list(suppressions.apply(document, found, self._registry, (), lines, self._today).kept)
        for rule, finding in found:
            yield self._stamp.stamp(rule, finding, document)

    def prepare(self, paths: Iterable[str]) -> None:
        """Import and compile what these documents need, before processes are forked."""
        for path in paths:
            kind = self._ruleset.kinds[path].name
            extractor(kind)
            self._ruleset.at(path).validators(kind)
        for each in self._ruleset.active.values():
            whole(each.rule)

    def _find(
        self, document: Document, own: OwnFindings | None, crashes: list[Crash]
    ) -> tuple[list[Found], OwnFindings]:
        """Find everything except findings about suppressions; also return the own findings."""
        rules = self._ruleset.at(document.path)
        if own is None:
            shapes = self._shapes(document, crashes)
        else:
            shapes = [(rules.active[code], finding) for code, finding in own.shapes]
        alone = dict(own.rules) if own is not None else {}
        found = list(shapes)
        records = Records(records_of(document))
        for each in rules.checked:
            code = each.rule.code
            if code not in alone:
                some, asked = self._meaning(each, document, records, crashes)
                if asked or not self._registry.is_ours(each.rule):
                    found.extend([(each, finding) for finding in some])
                    continue
                alone[code] = tuple(some)
            found.extend([(each, finding) for finding in alone[code]])
        return found, OwnFindings(tuple((rule.rule.code, finding) for rule, finding in shapes), alone)

    def _shapes(self, document: Document, crashes: list[Crash]) -> list[Found]:
        """Validate a document by the schemas of its kind."""
        try:
            return list(self._violations(document))
        except CannotRun:
            raise
        except Exception as error:  # noqa: BLE001 - a schema may have keywords that its library cannot process
            crashes.append(Crash("schema", document.path, error))
            return []

    def _violations(self, document: Document) -> Iterator[Found]:
        if document.root is None:
            return
        rules = self._ruleset.at(document.path)
        instance = schema.instance_of(document.root)
        seen: set[tuple[str, Span]] = set()
        for validator in rules.validators(document.kind):
            for violation in schema.violations(validator, instance):
                rule = rules.active.get(violation.code)
                unnamed = violation.code == schema.UNNAMED
                # One mistake can break several keywords of one rule; it is reported once.
                if rule is not None and (unnamed or (violation.code, violation.span) not in seen):
                    seen.add((violation.code, violation.span))
                    # Its code does not say what is wrong, so the message does.
                    subject = violation.message if unnamed else None
                    yield rule, Finding(violation.span, violation.message, subject=subject)

    def _meanings(
        self,
        document: Document,
        rules: Iterable[ActiveRule],
        of: Iterable[object],
        crashes: list[Crash],
        about: Collection[str] | None = None,
    ) -> list[Found]:
        """Run rules on the records `of` a document."""
        records = Records(of)
        return [
            (each, finding) for each in rules for finding in self._meaning(each, document, records, crashes, about)[0]
        ]

    def _meaning(
        self,
        each: ActiveRule,
        document: Document,
        records: Records,
        crashes: list[Crash],
        about: Collection[str] | None = None,
    ) -> tuple[list[Finding], bool]:
        """Run a rule; also return whether it asked a question of the project."""
        recorder = self._project.recorder
        if recorder.closed and not self._registry.is_ours(each.rule):
            return [], True
        context = RuleContext(
            document, self._project, self._config.teams, self._config.repositories, each.options, about
        )
        found: list[Finding] = []
        with recorder.noting() as questions:
            try:
                for record in records.of(each.rule.applies_to):
                    found.extend(self._run(each.rule, record, context))
            except ClosedError:
                return [], True
            except CannotRun:
                raise
            except Exception as error:  # noqa: BLE001 - any error of a rule is reported with its name
                source = self._registry.source(each.rule.code)
                name = f"{each.rule.code} {each.rule.name}" + (f" of {source}" if source.foreign else "")
                crashes.append(Crash(name, document.path, error))
        return found, bool(questions)

    def _run(self, rule: Rule, record: object, ctx: RuleContext) -> Iterator[Finding]:
        """Run a rule on a record; a third-party rule runs in the sandbox. Raises the errors of the rule."""
        assert rule.check is not None  # noqa: S101 - callers pass only rules with a check
        size = len(ctx.document.text)
        if not self._registry.source(rule.code).foreign:
            for finding in rule.check(record, ctx):
                yield sandbox.sound(finding, size, self._size)
            return
        found: list[Finding] = []
        try:
            with sandbox.watched(f"{rule.code} {rule.name} on {ctx.document.path}"):
                found.extend(sandbox.sound(each, size, self._size) for each in sandbox.counted(rule.check(record, ctx)))
        finally:
            yield from found  # findings before the failure are valid

    def _size(self, path: str) -> int | None:
        """The length of a document's text."""
        with self._project.recorder.answering():
            document = self._project.document(path)
        return None if document is None else len(document.text)
