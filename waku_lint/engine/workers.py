"""Share work among processes."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from typing import Final

CHUNK: Final = 8  # items per request of a process


def allowed(wanted: int | None = None) -> int:
    """The number of processes that may run at a time: `wanted`, by default one for each core; 1 without a safe fork.

    Without fork, a process takes longer to start than most projects to read, and on macOS fork is not safe.
    """
    if not hasattr(os, "sched_getaffinity"):  # Linux has it, Windows and macOS do not
        return 1
    return wanted or len(os.sched_getaffinity(0))


def shared(items: Sequence[str], processes: int, work: Callable[[str], bytes]) -> Iterator[tuple[str, bytes]]:
    """Process items with `work` in other processes; yield each item with its result, in any order.

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


_work: Final[list[Callable[[str], bytes]]] = []  # inherited by forked processes


def _start() -> None:  # pragma: no cover - runs in another process
    """Ignore signals; the parent ends its processes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _run(items: Sequence[str]) -> list[tuple[str, bytes]]:  # pragma: no cover - runs in another process
    return [(item, _work[-1](item)) for item in items]
