"""What stops a rule that does not end, where the system has a timer and where it has none."""

from __future__ import annotations

import signal
import sys
import threading
import time
from types import FrameType

import pytest

from waku_lint.rules.plugins.alarm import Alarm, Thread, alarm


class Rung(Exception):
    pass


def ring() -> None:
    raise Rung


def wait() -> None:
    while True:
        pass


def made(kind: str) -> Alarm:
    found = alarm(ring) if kind == "timer" else Thread(ring)
    assert found is not None
    return found


KINDS = pytest.mark.parametrize("kind", ["thread"] if sys.platform == "win32" else ["timer", "thread"])


@KINDS
def test_it_interrupts_what_does_not_end_again_and_again(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("waku_lint.rules.plugins.alarm.AGAIN", 0.02)
    found = made(kind)
    found.start(0.02)
    for _ in range(3):
        with pytest.raises(Rung):
            wait()
    found.close()


@KINDS
def test_one_that_is_stopped_keeps_what_is_left_and_rings_no_more(kind: str) -> None:
    found = made(kind)
    found.start(0.1)
    left = found.stop()
    assert 0 < left <= 0.1
    time.sleep(0.15)
    found.start(left)
    with pytest.raises(Rung):
        wait()
    found.close()


@KINDS
def test_afterwards_signals_are_handled_as_before(kind: str) -> None:
    numbers = [signal.SIGINT] if sys.platform == "win32" else [signal.SIGINT, signal.SIGALRM]
    before = [signal.getsignal(number) for number in numbers], threading.active_count()
    found = made(kind)
    found.start(60)
    found.close()
    assert ([signal.getsignal(number) for number in numbers], threading.active_count()) == before


def test_one_that_rings_while_it_is_closed_disturbs_nobody() -> None:
    rung = []
    for _ in range(50):
        found = Thread(lambda: rung.append(1))
        found.start(0.001)
        time.sleep(0.001)
        found.close()
    assert len(rung) <= 50


def test_control_c_is_not_taken_for_an_alarm() -> None:
    pressed: list[int] = []

    def press(number: int, _frame: FrameType | None) -> None:
        pressed.append(number)

    before = signal.signal(signal.SIGINT, press)
    try:
        found = Thread(ring)
        found.start(60)
        signal.raise_signal(signal.SIGINT)
        found.close()
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        ignoring = Thread(ring)
        signal.raise_signal(signal.SIGINT)
        ignoring.close()
    finally:
        signal.signal(signal.SIGINT, before)
    assert pressed == [signal.SIGINT]


def test_other_threads_have_none() -> None:
    found: list[Alarm | None] = []
    thread = threading.Thread(target=lambda: found.append(alarm(ring)))
    thread.start()
    thread.join()
    assert found == [None]
