"""Runs that end early: by a signal, or because the output cannot be written."""

from __future__ import annotations

import os
import signal
import sys
from errno import EINVAL
from io import TextIOWrapper
from pathlib import Path
from types import FrameType
from typing import Final

from waku_lint.errors import Stopped

STATUS: Final = 128  # and the number of the signal
UNWRITTEN: Final = 2
PIPE: Final = 13  # the signal of a pipe that nobody reads, which not all systems have


def handle() -> None:
    """Make SIGINT and SIGTERM raise `Stopped`, once, and open streams that are closed.

    The standard output escapes what its encoding lacks, as the standard error does.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # the next file that is opened would take its place
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
    if isinstance(sys.stdout, TextIOWrapper) and sys.stdout.errors == "strict":
        sys.stdout.reconfigure(errors="backslashreplace")
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)


def report_stopped(stopped: Stopped) -> int:
    """Print that the run has stopped, unless a pipe was closed, and return the exit status."""
    if stopped.signal == PIPE:
        _silence()
    else:
        words = "interrupted" if stopped.signal == signal.SIGINT else "terminated"
        _say(f"{words}: the run has not come to its end")
    return STATUS + stopped.signal


def report_unwritten(error: OSError) -> int:
    """Print that the output, or the file that `error` names, cannot be written or read, and return the exit status."""
    if isinstance(error, BrokenPipeError) or _is_closed_pipe(error):
        return report_stopped(Stopped(PIPE))
    _silence()
    _say(f"error: {error.filename or 'the output cannot be written'}: {error.strerror}")
    return UNWRITTEN


def _is_closed_pipe(error: OSError) -> bool:
    """Whether Windows says so by its error for everything invalid."""
    return sys.platform == "win32" and error.errno == EINVAL and error.filename is None


def _stop(number: int, _frame: FrameType | None) -> None:
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_IGN)  # cleaning up is not interrupted
    raise Stopped(number)


def _silence() -> None:
    """Discard the rest of the output: writing it would fail again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _say(line: str) -> None:
    try:
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()
    except OSError:
        return  # there is nobody to tell
