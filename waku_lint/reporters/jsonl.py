"""The JSON Lines report: a line for each finding, then the summary, both as in the JSON report."""

from __future__ import annotations

from waku_lint.engine.result import RunResult
from waku_lint.reporters.context import PLAIN, Context
from waku_lint.reporters.json import VERSION, finding, summary
from waku_lint.reporters.json_text import dumped


def report_jsonl(result: RunResult, _context: Context = PLAIN) -> str:
    """Report ASCII only, because some readers split lines at other characters."""
    last = {"version": VERSION, "summary": summary(result)}
    return "".join(dumped(each, lines=False) for each in (*map(finding, result.diagnostics), last))
