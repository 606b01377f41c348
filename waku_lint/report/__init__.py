"""Reporters: a run's result as text for people or for programs, one module a format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from waku_lint.report.checkstyle import report_checkstyle
from waku_lint.report.context import Context
from waku_lint.report.github import report_github
from waku_lint.report.gitlab import report_gitlab
from waku_lint.report.json import report_json
from waku_lint.report.jsonl import report_jsonl
from waku_lint.report.junit import report_junit
from waku_lint.report.rdjson import report_rdjson
from waku_lint.report.sarif import report_sarif
from waku_lint.report.text import report_text
from waku_lint.result import RunResult

__all__ = ["REPORTERS", "Context", "Reporter"]

Reporter = Callable[[RunResult, Context], str]

# The keys are also the choices of `--format`.
REPORTERS: Final[Mapping[str, Reporter]] = {
    "text": report_text,
    "json": report_json,
    "jsonl": report_jsonl,
    "sarif": report_sarif,
    "github": report_github,
    "gitlab": report_gitlab,
    "junit": report_junit,
    "checkstyle": report_checkstyle,
    "rdjson": report_rdjson,
}
