"""Work that is shared among processes."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from typing import Final

CHUNK: Final = 8  # items that a process takes at a time


def allowed(wanted: int | None = None) -> int:
    """How many processes may run at a time: as many as `wanted`, by default one a core, but one where none can fork.

    A process that is not forked takes longer to start than most projects to read, and on macOS a fork is not safe.
    """
    if not hasattr(os, "sched_getaffinity"):  # Linux has it, Windows and macOS do not
        return 1
    return wanted or len(os.sched_getaffinity(0))


def shared(items: Sequence[str], processes: int, work: Callable[[str], bytes]) -> Iterator[tuple[str, bytes]]:
    """Each item and what `work` makes of it in another process, in no order.

    Items of a process that dies are missing.
    """
    from concurrent.futures import ProcessPoolExecutor, as_completed
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    _work.append(work)
    try:
        with ProcessPoolExecutor(processes, get_context("fork"), _start) as pool:
            chunks = [items[at : at + CHUNK] for at in range(0, len(items), CHUNK)]
            waiting = [pool.submit(_run, chunk) for chunk in chunks]
            try:
                for each in as_completed(waiting):
                    yield from each.result()
            except BrokenProcessPool:
                return
            finally:
                pool.shutdown(cancel_futures=True)
    finally:
        _work.pop()


_work: Final[list[Callable[[str], bytes]]] = []  # what a forked process inherits


def _start() -> None:  # pragma: no cover - runs in another process
    """Leave signals to the parent: it ends its processes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _run(items: Sequence[str]) -> list[tuple[str, bytes]]:  # pragma: no cover - runs in another process
    return [(item, _work[-1](item)) for item in items]
