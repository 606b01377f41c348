"""The JSON report, which is specified by schemas/report.schema.json."""

from __future__ import annotations

from typing import Final

from waku_lint.diagnostics import Diagnostic, Severity
from waku_lint.engine.result import RunResult
from waku_lint.reporters.context import PLAIN, Context
from waku_lint.reporters.json_text import dumped

VERSION: Final = 1


def report_json(result: RunResult, _context: Context = PLAIN) -> str:
    """Report paths relative to the root with `/`, 1-based lines and columns, and exclusive ends."""
    report = {
        "version": VERSION,
        "summary": summary(result),
        "diagnostics": [finding(each) for each in result.diagnostics],
    }
    return dumped(report)


def summary(result: RunResult) -> dict[str, int]:
    """The counts."""
    return {
        "files": result.checked,
        "errors": result.count(Severity.ERROR),
        "warnings": result.count(Severity.WARNING),
        "held_back": result.held_back,
        "baselined": result.baselined,
        "stale": result.stale,
    }


def finding(each: Diagnostic) -> dict[str, object]:
    """One finding."""
    return {
        "path": each.path,
        "line": each.start.line,
        "column": each.start.column,
        "end_line": each.end.line,
        "end_column": each.end.column,
        "code": each.code,
        "name": each.name,
        "severity": each.severity.value,
        "message": each.message,
        "fix": None if each.fix is None else "safe" if each.fix.safe else "unsafe",
        "cause": each.cause,
        "related": [
            {"path": place.path, "line": place.start.line, "column": place.start.column, "message": place.message}
            for place in each.related
        ],
    }
