"""Findings as the user is told of them: at lines and columns, with what tells them from others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from msgspec import Struct

from waku_lint.diagnostics import Diagnostic, Finding, Place, Severity
from waku_lint.documents.model import Document
from waku_lint.engine.identity import Outline
from waku_lint.positions import Lines
from waku_lint.project.project import Project
from waku_lint.rules.active_rule import ActiveRule

HELD: Final = 100  # documents of which it is remembered where things are


class Look(Struct, frozen=True):
    """Where things are in a document."""

    lines: Lines
    outline: Outline


class Stamp:
    """Stamps findings; a place in another document is `asked` for, since it may be elsewhere next time."""

    def __init__(self, project: Project, asked: Callable[[str, str, str], None]) -> None:
        self._project = project
        self._asked = asked
        self._looks: dict[str, Look] = {}

    def look(self, document: Document) -> Look:
        """Where things are in a document; worked out once for all of its findings."""
        if document.path not in self._looks:
            if len(self._looks) >= HELD:
                self._looks.clear()
            self._looks[document.path] = Look(Lines(document.text), Outline(document))
        return self._looks[document.path]

    def stamp(self, rule: ActiveRule, finding: Finding, document: Document) -> Diagnostic:
        look = self.look(document)
        first = look.lines.position(finding.span.start)
        related = []
        for each in finding.related:
            other = self._project.document(each.path)
            if other is not None:
                if other is not document:
                    self._asked("place", each.path, str(each.span.start))
                related.append(Place(each.path, self.look(other).lines.position(each.span.start), each.message))
        return Diagnostic(
            path=document.path,
            start=first,
            end=look.lines.position(finding.span.end),
            code=rule.rule.code,
            name=rule.rule.name,
            severity=Severity.WARNING if finding.severity is Severity.WARNING else rule.severity,
            message=finding.message,
            fix=finding.fix,
            related=tuple(related),
            source_line=look.lines.line(first.line),
            about=finding.about,
            context=look.outline.context_of(finding),
            text=look.outline.text_of(finding),
        )
