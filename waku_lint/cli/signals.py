"""What ends a run before its end: a signal, or an output that nobody takes. Either is told in a line, or not at all."""

from __future__ import annotations

import os
import signal
import sys

from waku_lint.errors import Stopped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import Final

STATUS: Final = 128  # and the number of the signal
UNWRITTEN: Final = 2
PIPE: Final = 13  # the signal of a pipe that nobody reads, which not all systems have


def heed() -> None:
    """From now on a signal that asks this process to end raises `Stopped`, once; and there are streams to write to."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # it is closed, and what is opened next would take its place
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)


def told(stopped: Stopped) -> int:
    """Say in a line that the run has not come to its end; of a pipe that nobody reads there is nothing to say."""
    if stopped.signal == PIPE:
        _silence()
    else:
        words = "interrupted" if stopped.signal == signal.SIGINT else "terminated"
        _say(f"{words}: the run has not come to its end")
    return STATUS + stopped.signal


def unwritten(error: OSError) -> int:
    """Say in a line that what was to be said, or the file that `error` names, cannot be written or read."""
    if isinstance(error, BrokenPipeError):
        return told(Stopped(PIPE))
    _silence()
    _say(f"error: {error.filename or 'the output cannot be written'}: {error.strerror}")
    return UNWRITTEN


def _stop(number: int, _frame: FrameType | None) -> None:
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_IGN)  # what has begun is taken back in peace
    raise Stopped(number)


def _silence() -> None:
    """What is not written yet would fail once more at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _say(line: str) -> None:
    try:
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()
    except OSError:
        return  # there is nobody to tell
