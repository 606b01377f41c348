"""The GitLab Code Quality report: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format."""

from __future__ import annotations

from typing import Final

from waku_lint.diagnostics import Diagnostic, Severity
from waku_lint.engine.result import RunResult
from waku_lint.positions import Position
from waku_lint.reporters.context import PLAIN, Context, message
from waku_lint.reporters.identity import identities
from waku_lint.reporters.json_text import dumped

_SEVERITIES: Final = {Severity.ERROR: "major", Severity.WARNING: "minor"}


def report_gitlab(result: RunResult, context: Context = PLAIN) -> str:
    """Report an array of issues, with paths relative to the top of the repository."""
    found = zip(result.diagnostics, identities(result), strict=True)
    issues = [_issue(each, identity, context) for each, identity in found]
    return dumped(issues)


def _issue(each: Diagnostic, identity: str, context: Context) -> dict[str, object]:
    return {
        "description": f"{each.code} {each.name}: {message(each)}",
        "check_name": each.code,
        "fingerprint": identity,
        "severity": _SEVERITIES[each.severity],
        "location": {
            "path": context.prefix + each.path,
            "positions": {"begin": _position(each.start), "end": _position(each.end)},
        },
    }


def _position(position: Position) -> dict[str, int]:
    return {"line": position.line, "column": position.column}
