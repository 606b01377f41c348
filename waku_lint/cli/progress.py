"""How far a long run is, for whoever waits at a terminal."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from waku_lint.engine.result import Progress, silent

AFTER: Final = 1.0  # seconds in which nothing is shown
EVERY: Final = 0.1  # seconds between two changes of the line


@contextmanager
def progress(form: str) -> Iterator[Progress]:
    """A line on stderr that counts the documents, and is gone at the end; nothing where nobody watches."""
    if not _watched(form):
        yield silent
        return
    shown = False
    due = time.monotonic() + AFTER

    def tell(done: int, total: int) -> None:
        nonlocal due, shown
        now = time.monotonic()
        if now >= due:
            due, shown = now + EVERY, True
            sys.stderr.write(f"\rchecked {done} of {total} documents\x1b[K")
            sys.stderr.flush()

    try:
        yield tell
    finally:
        if shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def _watched(form: str) -> bool:
    """Whether a person reads the report on a terminal that can take a line back."""
    terminal = sys.stderr.isatty() and sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb"
    return form == "text" and terminal and "CI" not in os.environ
