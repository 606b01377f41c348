"""Exit statuses, and what is said of a run on the way out."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from waku_lint import replay
from waku_lint.commands.console import say

if TYPE_CHECKING:
    from waku_lint.result import RunResult

CLEAN: Final = 0
FINDINGS: Final = 1
CANNOT_RUN: Final = 2
INTERNAL: Final = 3


def finish(result: RunResult, strict: bool) -> None:
    """Tell what has crashed, and exit."""
    status = _status(result, strict)
    replay.ended(status)
    sys.exit(status)


def crashed(result: RunResult) -> bool:
    """Whether a rule has failed; each that has is told."""
    for crash in result.crashes:
        say(f"internal error: {crash.rule} failed on {crash.path}: {crash.reason}", err=True)
    return bool(result.crashes)


def _status(result: RunResult, strict: bool) -> int:
    from waku_lint.diagnostic import Severity

    if crashed(result):
        return INTERNAL
    if result.count(Severity.ERROR) or (strict and (result.diagnostics or result.stale)):
        return FINDINGS
    return CLEAN
