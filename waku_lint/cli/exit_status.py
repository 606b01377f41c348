"""Exit statuses, and what is said of a run on the way out."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from waku_lint.cli.console import say
from waku_lint.errors import CannotRun

if TYPE_CHECKING:
    from waku_lint.engine.result import RunResult

CLEAN: Final = 0
FINDINGS: Final = 1
CANNOT_RUN: Final = 2
INTERNAL: Final = 3


def status_of(command: Callable[[], int | None]) -> int:
    """Run a command, and give its exit status; what goes wrong in it is told."""
    try:
        return command() or CLEAN
    except SystemExit as error:
        return error.code if isinstance(error.code, int) else INTERNAL
    except CannotRun as error:
        say(f"error: {error}", err=True)
        return CANNOT_RUN
    except OSError:
        raise
    except Exception as error:  # noqa: BLE001 - nothing is known to get here
        say(f"internal error: {type(error).__name__}: {error}", err=True)
        return INTERNAL


def finish(result: RunResult, strict: bool) -> None:
    """Tell what has crashed, and exit."""
    status = _status(result, strict)
    sys.exit(status)


def crashed(result: RunResult) -> bool:
    """Whether a rule has failed; each that has is told."""
    for crash in result.crashes:
        say(f"internal error: {crash.rule} failed on {crash.path}: {crash.reason}", err=True)
    return bool(result.crashes)


def _status(result: RunResult, strict: bool) -> int:
    from waku_lint.diagnostics import Severity

    if crashed(result):
        return INTERNAL
    if result.count(Severity.ERROR) or (strict and (result.diagnostics or result.stale)):
        return FINDINGS
    return CLEAN
