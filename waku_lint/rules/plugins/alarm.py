"""Interrupt the main thread when its time is up."""

from __future__ import annotations

import _thread
import signal
import sys
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import Final, Protocol

AGAIN: Final = 1.0  # seconds between two calls


class Alarm(Protocol):
    """Calls a function in the main thread after some seconds, and then every second."""

    def start(self, seconds: float) -> None: ...

    def stop(self) -> float:
        """Return how many seconds were left."""
        ...

    def close(self) -> None:
        """Stop it, and handle signals as before."""
        ...


if sys.platform != "win32":

    class Timer:
        """By the system's timer, which also interrupts what Python waits for."""

        def __init__(self, ring: Callable[[], None]) -> None:
            self._before = signal.signal(signal.SIGALRM, lambda _number, _frame: ring())

        def start(self, seconds: float) -> None:
            signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)

        def stop(self) -> float:
            return signal.setitimer(signal.ITIMER_REAL, 0)[0]

        def close(self) -> None:
            self.stop()
            signal.signal(signal.SIGALRM, self._before)


class Thread:
    """By a thread that interrupts the main thread as Ctrl-C does: Windows has no such timer.

    It cannot interrupt a single step of Python, such as a search with a regular expression.
    """

    def __init__(self, ring: Callable[[], None]) -> None:
        self._ring = ring
        self._due = False  # whether an interrupt is on its way
        self._end = 0.0
        self._stopped = threading.Event()
        self._thread = threading.Thread()
        self._before = signal.signal(signal.SIGINT, self._handle)

    def start(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._stopped.clear()
        self._thread = threading.Thread(target=self._wait, args=(seconds,), daemon=True)
        self._thread.start()

    def stop(self) -> float:
        if self._thread.is_alive():
            self._stopped.set()
            self._thread.join()
        while self._due:  # until the handler has run
            time.sleep(0)  # pragma: no cover - the handler has mostly run already
        return max(self._end - time.monotonic(), 0.0)

    def close(self) -> None:
        self.stop()
        signal.signal(signal.SIGINT, self._before)

    def _wait(self, seconds: float) -> None:
        while not self._stopped.wait(seconds):
            self._due = True
            _thread.interrupt_main()
            seconds = AGAIN

    def _handle(self, number: int, frame: FrameType | None) -> None:
        if self._due:
            self._due = False
            self._ring()
        elif callable(self._before):
            self._before(number, frame)  # somebody has pressed Ctrl-C


def alarm(ring: Callable[[], None]) -> Alarm | None:
    """What calls `ring` in the main thread; None in any other thread, which cannot be interrupted."""
    if threading.current_thread() is not threading.main_thread():
        return None
    if sys.platform == "win32":
        return Thread(ring)
    else:  # mypy reads only one of the two
        return Timer(ring)
