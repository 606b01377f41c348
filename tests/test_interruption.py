"""A run that is stopped loses nothing: killed at random moments, out of space, or where nothing may be written.

`WAKU_LINT_KILLS=200 pytest tests/test_interruption.py` kills more often.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT
from waku_lint import write as writing
from waku_lint.baseline import parse
from waku_lint.errors import CannotRun, Stopped
from waku_lint.write import Change

KILLS = int(os.environ.get("WAKU_LINT_KILLS", "20"))
DIRTY = CHECKOUT / "fixtures" / "dirty" / "sections"
COMMAND = [sys.executable, "-m", "waku_lint"]


def tree(root: Path) -> dict[str, bytes]:
    """The files, but for what a killed run could not remove."""
    files = (path for path in sorted(root.rglob("*")) if path.is_file() and not path.is_symlink())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files if path.suffix != ".tmp"}


def run(arguments: Sequence[str], before: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120, preexec_fn=before)


def killed(arguments: Sequence[str], after: float, number: signal.Signals) -> int:
    """The status of a run that gets a signal after so many seconds, which may be too late."""
    # What is killed leaves no measurement of coverage that could be read.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    quiet = subprocess.DEVNULL
    running = subprocess.Popen([*COMMAND, *arguments], stdout=quiet, stderr=quiet, env=environment)
    time.sleep(after)
    running.send_signal(number)
    return running.wait(timeout=120)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    shutil.copytree(DIRTY, root, symlinks=True)
    return root


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("command", ["fix", "baseline"])
def test_a_run_that_is_killed_leaves_old_files_or_new_ones(project: Path, command: str, number: signal.Signals) -> None:
    arguments = {"fix": ["fix", "--unsafe"], "baseline": ["baseline", "--force"]}[command]
    arguments += ["--root", str(project), *([str(project)] if command == "fix" else [])]
    before = tree(project)
    started = time.monotonic()
    run(arguments)
    whole = time.monotonic() - started
    after = tree(project)
    changed = [path for path in after if before.get(path) != after[path]]
    assert len(changed) > (3 if command == "fix" else 0)
    chance = random.Random(f"{command} {number}")
    for _ in range(-(-KILLS // 6)):
        for path in changed:
            (project / path).unlink(missing_ok=True)
            if path in before:
                (project / path).write_bytes(before[path])
        # What is written is written at the end.
        status = killed(arguments, whole * chance.uniform(0.3, 1.1), number)
        now = tree(project)
        assert set(before) <= set(now) <= set(after)
        assert all(content in (before.get(path), after[path]) for path, content in now.items())
        new = [path for path in changed if now.get(path) == after[path]]
        if number is not signal.SIGKILL:
            assert status in (0, 1, 2, 128 + number, -number)
            assert new in ([], changed), "all files are written, or none"
            assert not list(project.rglob("*.tmp"))
    run(arguments)
    assert tree(project) == after


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_stopped_says_so_in_a_line(tmp_path: Path, number: signal.Signals) -> None:
    os.mkfifo(tmp_path / "configuration")
    command = [*COMMAND, "check", "--config", str(tmp_path / "configuration"), "--root", str(tmp_path)]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    waiting = os.open(tmp_path / "configuration", os.O_WRONLY)  # returns when it is opened for reading
    running.send_signal(number)
    output, errors = running.communicate(timeout=60)
    os.close(waiting)
    words = {signal.SIGINT: "interrupted", signal.SIGTERM: "terminated"}[number]
    assert (running.returncode, output) == (128 + number, "")
    assert errors == f"{words}: the run has not come to its end\n"


def test_a_pipe_that_nobody_reads_ends_the_run_without_a_word() -> None:
    reading, writing_end = os.pipe()
    os.close(reading)
    command = [*COMMAND, "check", "--root", str(DIRTY), str(DIRTY)]
    done = subprocess.run(command, stdout=writing_end, stderr=subprocess.PIPE, timeout=60, check=False)
    os.close(writing_end)
    assert (done.returncode, done.stderr) == (141, b"")


def test_a_standard_output_that_is_closed_is_no_defect() -> None:
    line = f"{sys.executable} -m waku_lint check --root '{DIRTY}' '{DIRTY}' >&-"
    done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (1, "")


def _limited(size: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.parametrize("command", ["fix", "baseline"])
def test_a_disk_without_space_changes_nothing(project: Path, command: str) -> None:
    arguments = [command, "--root", str(project), *([str(project)] if command == "fix" else [])]
    before = tree(project)
    done = run(arguments, _limited(200))
    assert done.returncode == 2, done.stderr
    assert "cannot be written: File too large" in done.stderr
    assert tree(project) == before
    assert not list(project.rglob("*.tmp"))


def test_a_new_page_on_a_disk_without_space_is_not_there_at_all(project: Path) -> None:
    done = run(["new", "milestone", "--title", "Tide", "--root", str(project)], _limited(50))
    assert (done.returncode, "cannot be written: File too large" in done.stderr) == (2, True)
    assert not list(project.rglob("*tide*"))


@pytest.mark.parametrize("command", ["fix", "baseline"])
def test_a_tree_that_is_read_only_changes_nothing(project: Path, command: str) -> None:
    arguments = [command, "--root", str(project), *([str(project)] if command == "fix" else [])]
    before = tree(project)
    mount = f"mount --bind '{project}' '{project}' && mount -o remount,ro,bind '{project}'"
    line = f"{mount} && exec {sys.executable} -m waku_lint {' '.join(arguments)}"
    mounted = subprocess.run(["unshare", "-m", "sh", "-c", line], capture_output=True, text=True, check=False)
    if mounted.returncode == 1 or "unshare" in mounted.stderr or "mount" in mounted.stderr:
        pytest.skip("nothing can be mounted here")
    assert mounted.returncode == 2
    assert "cannot be written: Read-only file system" in mounted.stderr
    assert tree(project) == before


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_between_two_files_waits_until_both_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    replace = os.replace

    def stop(signal_number: int, _frame: object) -> None:
        raise Stopped(signal_number)

    def replacing(source: Path, target: Path) -> None:
        replace(source, target)
        os.kill(os.getpid(), number)

    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("old")
    monkeypatch.setattr(writing.os, "replace", replacing)  # type: ignore[attr-defined]
    before = signal.signal(number, stop)
    try:
        with pytest.raises(Stopped):
            writing.write(tmp_path, [Change("a.md", b"old", b"new"), Change("b.md", b"old", b"new")])
    finally:
        signal.signal(number, before)
    assert tree(tmp_path) == {"a.md": b"new", "b.md": b"new"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.md", "b.md"]


def test_what_killed_runs_have_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    names = ("page.md", ".waku-lint-old.tmp", ".waku-lint-baseline", ".waku-lint.yaml", "other.tmp")
    for name in names:
        (tmp_path / name).write_text("old")
        os.utime(tmp_path / name, (0, 0))
    (tmp_path / ".waku-lint-new.tmp").write_text("another run is about to write it")
    writing.replace(tmp_path / "page.md", b"new")
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {*names, ".waku-lint-new.tmp"} - {".waku-lint-old.tmp"}


def test_a_new_file_has_the_mode_that_new_files_have(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        writing.replace(tmp_path / "new.md", b"new")
    finally:
        os.umask(before)
    assert (tmp_path / "new.md").stat().st_mode & 0o777 == 0o640


def test_a_file_that_could_not_be_made_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotRun, match="cannot be written"):
        writing.replace(tmp_path / "gone" / "new.md", b"new")


def test_a_baseline_that_was_killed_can_be_read(project: Path) -> None:
    run(["baseline", "--root", str(project)])
    path = project / ".waku-lint-baseline"
    assert parse("baseline", path.read_text()).entries
    assert path.stat().st_mode & 0o777 == 0o666 & ~_umask()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
