"""Turn findings into diagnostics with lines, columns and an identity."""

from __future__ import annotations

from typing import Final

from waku_lint.diagnostics import Diagnostic, Finding, Place, Severity
from waku_lint.documents.model import Document
from waku_lint.engine.identity import Outline
from waku_lint.positions import Lines
from waku_lint.project.project import Project
from waku_lint.rules.active_rule import ActiveRule

HELD: Final = 100  # number of documents whose lines and outline stay in memory


class Stamp:
    """Turns findings into diagnostics."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._held: dict[str, tuple[Lines, Outline]] = {}

    def lines(self, document: Document) -> Lines:
        """The lines of a document."""
        return self._look(document)[0]

    def _look(self, document: Document) -> tuple[Lines, Outline]:
        """The lines and the outline of a document, computed once for all of its findings."""
        if document.path not in self._held:
            if len(self._held) >= HELD:
                self._held.clear()
            self._held[document.path] = Lines(document.text), Outline(document)
        return self._held[document.path]

    def stamp(self, rule: ActiveRule, finding: Finding, document: Document) -> Diagnostic:
        """Make a diagnostic of a finding in a document."""
        lines, outline = self._look(document)
        first = lines.position(finding.span.start)
        related = []
        for each in finding.related:
            if each.path == document.path:
                related.append(Place(each.path, lines.position(each.span.start), each.message))
            elif (place := self._project.position(each.path, str(each.span.start))) is not None:
                related.append(Place(each.path, place, each.message))
        return Diagnostic(
            path=document.path,
            start=first,
            end=lines.position(finding.span.end),
            code=rule.rule.code,
            name=rule.rule.name,
            severity=Severity.WARNING if finding.severity is Severity.WARNING else rule.severity,
            message=finding.message,
            fix=finding.fix,
            related=tuple(related),
            source_line=lines.line(first.line),
            about=finding.about,
            context=outline.context_of(finding),
            text=outline.text_of(finding),
        )
