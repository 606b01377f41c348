"""Work that is shared out among processes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from threading import Thread
from typing import Final

_LENGTH: Final = 8  # bytes that say how many follow


def possible() -> int:
    """How many processes this one may run at a time."""
    # Elsewhere a forked process cannot rely on what the system's libraries hold.
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def shared(
    items: Sequence[str], jobs: int, work: Callable[[str], bytes], here: Callable[[str], None]
) -> Iterator[tuple[str, bytes]]:
    """Each item that another process works on, and what `work` makes of it; in no order.

    This process is one of so many: it does `here` what is its own share. What another does not come to, because it
    dies, is missing.
    """
    children = [_Child(items[number::jobs], work) for number in range(1, jobs)]
    readers = [Thread(target=child.read, daemon=True) for child in children]
    for reader in readers:
        reader.start()
    for item in items[0::jobs]:
        here(item)
    for reader, child in zip(readers, children, strict=True):
        reader.join()
        yield from child.made()


class _Child:
    """A process that works on a share and writes what it makes of each item, after its length."""

    def __init__(self, share: Sequence[str], work: Callable[[str], bytes]) -> None:
        self._read = b""
        self._share = share
        reading, writing = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:  # pragma: no cover - what ends without a word leaves no measurement
            # Nothing of the parent's is its to end: what is buffered, what runs at exit, who waits above.
            try:
                os.close(reading)
                with open(writing, "wb") as pipe:  # noqa: PTH123
                    pipe.writelines(len(made).to_bytes(_LENGTH, "big") + made for made in map(work, share))
            finally:
                os._exit(0)
        os.close(writing)
        self._reading = reading

    def read(self) -> None:
        with open(self._reading, "rb") as pipe:  # noqa: PTH123
            self._read = pipe.read()
        os.waitpid(self._pid, 0)

    def made(self) -> Iterator[tuple[str, bytes]]:
        at = 0
        for item in self._share:
            start = at + _LENGTH
            at = start + int.from_bytes(self._read[at:start], "big")
            if not start <= at <= len(self._read):
                return  # the process has died
            yield item, self._read[start:at]
