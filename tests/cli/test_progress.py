"""The line that tells a waiting person how far a run is."""

from __future__ import annotations

import itertools
import os
import pty
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from waku_lint.cli import progress as module
from waku_lint.engine.result import silent

LINE = b"\rchecked "
CLEARED = b"\r\x1b[K"
# The run seems to take long: each look at the clock is half a second later.
SLOW = (
    "import itertools, sys, time; ticks = itertools.count(step=0.5); time.monotonic = lambda: next(ticks); "
    "from waku_lint.__main__ import main; sys.argv = ['waku-lint', 'check', *sys.argv[1:]]; sys.exit(main())"
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "draft-roadmap").mkdir()
    for number in range(5):
        (tmp_path / "draft-roadmap" / f"page{number}.md").write_text("# Relay\n\n##Docs\n")
    return tmp_path


def terminal(
    cwd: Path,
    *arguments: str,
    script: str = SLOW,
    stdout: int | None = None,
    environment: Mapping[str, str] = MappingProxyType({}),
) -> tuple[bytes, int]:
    """What stderr, and stdout unless it goes elsewhere, show on a pseudo-terminal; and the exit status."""
    parent, child = pty.openpty()
    clean = {key: value for key, value in os.environ.items() if key not in ("CI", "NO_COLOR", "TERM")}
    process = subprocess.Popen(
        [sys.executable, "-c", script, "--select", "WL110", *arguments],
        cwd=cwd,
        stdout=child if stdout is None else stdout,
        stderr=child,
        env={**clean, "TERM": "xterm", "NO_COLOR": "1", **environment},
    )
    os.close(child)
    out = b""
    while True:
        try:
            part = os.read(parent, 4096)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        out += part
    os.close(parent)
    return out, process.wait(timeout=30)


def test_a_long_run_counts_on_one_line_that_is_gone_before_the_report(project: Path) -> None:
    out, status = terminal(project)
    assert status == 1
    line, cleared, report = out.partition(CLEARED)
    assert cleared
    assert line == b"".join(b"\rchecked %d of 5 documents\x1b[K" % number for number in range(1, 5))
    assert report.startswith(b"draft-roadmap/page0.md:3:1: error WL110")
    assert LINE not in report


def test_a_short_run_shows_nothing(project: Path) -> None:
    script = SLOW.replace("step=0.5", "step=0.1")
    out, _ = terminal(project, script=script)
    assert LINE not in out
    assert b"\x1b" not in out
    assert b"5 errors in 5 of 5 documents" in out


@pytest.mark.parametrize("environment", [{"CI": "true"}, {"TERM": "dumb"}])
def test_nothing_is_shown_where_nobody_watches(project: Path, environment: dict[str, str]) -> None:
    out, _ = terminal(project, environment=environment)
    assert LINE not in out
    assert b"5 errors in 5 of 5 documents" in out


def test_nothing_is_shown_beside_another_format_or_a_pipe(project: Path) -> None:
    assert LINE not in terminal(project, "--format", "json")[0]
    assert terminal(project, stdout=subprocess.DEVNULL) == (b"", 1)


def test_the_line_is_gone_when_a_run_breaks_off(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    ticks = itertools.count()
    monkeypatch.setattr(time, "monotonic", lambda: next(ticks))

    def broken_off() -> None:
        with module.progress("text") as tell:
            tell(3, 9)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    assert capsys.readouterr().err == "\rchecked 3 of 9 documents\x1b[K\r\x1b[K"


def test_it_is_silent_by_itself() -> None:
    with module.progress("text") as tell:
        assert tell is silent
