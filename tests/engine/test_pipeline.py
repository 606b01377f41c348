"""The way through: what the engine makes of what rules yield, and of rules that fail."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from waku_lint.config.config import preset
from waku_lint.diagnostics import Severity
from waku_lint.documents.model import Document, Milestone
from waku_lint.engine import pipeline
from waku_lint.engine.result import RunResult
from waku_lint.files.source import SourceFile
from waku_lint.positions import Span
from waku_lint.reporters.json import report_json
from waku_lint.reporters.text import report_text
from waku_lint.rules.active_rule import ActiveRule
from waku_lint.rules.base import Check, Finding, Related, Rule, RuleContext
from waku_lint.rules.registry import Registry

FILES = [
    SourceFile("draft-roadmap/b.md", b"# B\n\ntext\n"),
    SourceFile("draft-roadmap/a.md", b"# A\r\n\r\ntext\r\n"),
    SourceFile("notes.md", b"# Notes\n"),
]


def run(*checks: Check, applies_to: type = Milestone, only: str = "") -> RunResult:
    rules = [
        Rule(
            code=f"T{number:03}",
            name=f"rule-{number}",
            doc="",
            remedy="",
            examples=(),
            applies_to=applies_to,
            check=each,
        )
        for number, each in enumerate(checks, start=1)
    ]
    active = {rule.code: ActiveRule(rule, Severity.ERROR, {}) for rule in rules}
    return pipeline.run(FILES, preset("waku"), Registry(tuple(rules), {}), active, lambda path: only in path)


def test_a_rule_that_raises_is_named_and_the_others_are_reported() -> None:
    def fails_on_a(milestone: Milestone, ctx: RuleContext) -> Iterator[Finding]:
        yield Finding(milestone.anchor, "before")
        if ctx.document.path.endswith("a.md"):
            raise ValueError("no idea")

    def works(milestone: Milestone, _ctx: RuleContext) -> Iterator[Finding]:
        yield Finding(milestone.anchor, "fine")

    result = run(fails_on_a, works)
    assert [(crash.rule, crash.path, str(crash.error)) for crash in result.crashes] == [
        ("T001 rule-1", "draft-roadmap/a.md", "no idea")
    ]
    assert [(each.path, each.message) for each in result.diagnostics if each.code == "T002"] == [
        ("draft-roadmap/a.md", "fine"),
        ("draft-roadmap/b.md", "fine"),
    ]


def test_a_document_that_cannot_be_read_at_all_is_named_and_the_others_are_reported() -> None:
    class Broken(bytes):
        def decode(self, *_arguments: object, **_keywords: object) -> str:
            raise RuntimeError("out of order")

    def works(milestone: Milestone, _ctx: RuleContext) -> Iterator[Finding]:
        yield Finding(milestone.anchor, "fine")

    rule = Rule(code="T001", name="t", doc="", remedy="", examples=(), applies_to=Milestone, check=works)
    files = [SourceFile("draft-roadmap/0.md", Broken(b"# 0\n")), *FILES]
    active = {"T001": ActiveRule(rule, Severity.ERROR, {})}
    result = pipeline.run(files, preset("waku"), Registry((rule,), {}), active)
    assert [(crash.rule, crash.path) for crash in result.crashes] == [("extract", "draft-roadmap/0.md")]
    assert len(result.diagnostics) == 2


def test_diagnostics_are_sorted_by_path_position_and_code() -> None:
    def twice(document: Document, _ctx: RuleContext) -> Iterator[Finding]:
        yield Finding(Span(2, 3), "second")
        yield Finding(Span(0, 1), "first")

    result = run(twice, twice, applies_to=Document)
    assert [(each.path[-4], each.start.column, each.code) for each in result.diagnostics] == [
        (path, column, code) for path in "ab" for column in (1, 3) for code in ("T001", "T002")
    ]
    assert result.checked == 2


def test_a_span_outside_the_file_is_brought_inside() -> None:
    def outside(document: Document, _ctx: RuleContext) -> Iterator[Finding]:
        yield Finding(Span(10_000, 20_000), "beyond")
        yield Finding(Span(-5, -2), "before")
        yield Finding(Span(4, 1), "backwards")

    for each in run(outside, applies_to=Document).diagnostics:
        assert 1 <= each.start.line <= each.end.line <= 4
        assert each.start <= each.end


def test_a_finding_may_be_milder_than_its_rule_and_never_graver() -> None:
    def mild(document: Document, _ctx: RuleContext) -> Iterator[Finding]:
        yield Finding(Span(0, 1), "mild", severity=Severity.WARNING)

    rule = Rule(code="T001", name="t", doc="", remedy="", examples=(), applies_to=Document, check=mild)
    for severity in Severity:
        active = {"T001": ActiveRule(rule, severity, {})}
        found = pipeline.run(FILES[:1], preset("waku"), Registry((rule,), {}), active).diagnostics
        assert [each.severity for each in found] == [Severity.WARNING]


def test_a_rule_sees_the_whole_project_whatever_is_reported() -> None:
    def counts(milestone: Milestone, ctx: RuleContext) -> Iterator[Finding]:
        others = [document for document in ctx.project if document.path != ctx.document.path]
        related = tuple(Related(document.path, Span(2, 3), "here") for document in others)
        yield Finding(
            milestone.anchor, f"{len(others)} more", related=(*related, Related("missing.md", Span(0, 1), "?"))
        )

    (found,) = run(counts, only="a.md").diagnostics
    assert (found.path, found.message) == ("draft-roadmap/a.md", "1 more")
    assert [(place.path, place.start.line, place.start.column) for place in found.related] == [
        ("draft-roadmap/b.md", 1, 3)
    ]
    result = RunResult((found,), (), (found.path,))
    assert "   = draft-roadmap/b.md:1:3: here\n" in report_text(result)
    (shown,) = json.loads(report_json(result))["diagnostics"]
    assert shown["related"] == [{"path": "draft-roadmap/b.md", "line": 1, "column": 3, "message": "here"}]


@pytest.mark.parametrize(
    ("only", "told"), [("a.md", ["draft-roadmap/b.md"]), ("b.md", ["draft-roadmap/b.md"] * 2), ("c.md", [])]
)
def test_a_finding_about_another_document_is_told_with_either(only: str, told: list[str]) -> None:
    def about(milestone: Milestone, ctx: RuleContext) -> Iterator[Finding]:
        if ctx.document.path.endswith("b.md"):
            yield Finding(milestone.anchor, "a page is missing", about="draft-roadmap/a.md")
            yield Finding(milestone.anchor, "something else")

    rule = Rule("T001", "t", "", "", (), applies_to=Milestone, check=about, reaches="milestone")
    active = {"T001": ActiveRule(rule, Severity.ERROR, {})}
    files = [*FILES, SourceFile("draft-roadmap/c.md", b"# C\n")]
    result = pipeline.run(files, preset("waku"), Registry((rule,), {}), active, lambda path: path.endswith(only))
    assert [each.path for each in result.diagnostics] == told


def test_a_document_is_parsed_once_and_only_if_it_is_asked_for() -> None:
    seen: list[Any] = []

    def keeps(document: Document, ctx: RuleContext) -> Iterator[Finding]:
        seen.append((document, ctx.project.document(document.path), ctx.project.document("nowhere.md")))
        yield from ()

    run(keeps, keeps, applies_to=Document, only="b.md")
    first, second = seen
    assert first[0] is first[1] is second[0] is second[1]
    assert first[2] is None


def test_a_schema_that_cannot_be_applied_is_an_internal_error_that_names_the_file(tmp_path: Path) -> None:
    """A reference that goes round in circles for texts only is not seen before there is one."""
    (tmp_path / "draft-roadmap").mkdir()
    (tmp_path / "draft-roadmap" / "relay.md").write_text("# Relay\n\n##Docs\n")
    loop = {"anyOf": [{"type": "object"}, {"$ref": "#/$defs/loop"}]}
    overlay = {"properties": {"title": {"$ref": "#/$defs/loop"}}, "$defs": {"loop": loop}}
    (tmp_path / "ours.json").write_text(json.dumps(overlay))
    (tmp_path / ".waku-lint.yaml").write_text("kinds: {milestone: {schema: ours.json}}\n")
    done = subprocess.run(
        [sys.executable, "-m", "waku_lint", "check"], cwd=tmp_path, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 3
    assert "internal error: schema failed on draft-roadmap/relay.md: " in done.stderr
    assert "error WL110" in done.stdout
    assert "Traceback" not in done.stderr
