"""JSON Lines: a finding a line, and the summary as the last one; both as in the JSON report."""

from __future__ import annotations

from waku_lint.engine.result import RunResult
from waku_lint.reporters.context import PLAIN, Context
from waku_lint.reporters.json import VERSION, finding, summary
from waku_lint.reporters.json_text import dumped


def report_jsonl(result: RunResult, _context: Context = PLAIN) -> str:
    """ASCII alone, so that no character but its line end ends a line, whatever a reader takes for one."""
    last = {"version": VERSION, "summary": summary(result)}
    return "".join(dumped(each, lines=False) for each in (*map(finding, result.diagnostics), last))
