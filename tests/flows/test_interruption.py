"""A run that is stopped loses nothing: killed at random moments, out of space, or where nothing may be written.

`WAKU_LINT_KILLS=200 pytest tests/flows/test_interruption.py` kills each command more often, and with every signal.
"""

from __future__ import annotations

import itertools
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
from waku_lint.errors import CannotRun, Stopped
from waku_lint.files import cache
from waku_lint.files import writer as writing
from waku_lint.files.writer import Change
from waku_lint.session.baseline import parse

KILLS = int(os.environ.get("WAKU_LINT_KILLS", "6"))
SIGNALS = [signal.SIGKILL, signal.SIGTERM, signal.SIGINT]
EVERY = "WAKU_LINT_KILLS" in os.environ
DIRTY = CHECKOUT / "fixtures" / "dirty" / "sections"
COMMAND = [sys.executable, "-m", "waku_lint"]
OLD, NEW = "FURPS/core/presence.md", "FURPS/net/presence.md"
WRITING = {
    "fix": ["fix", "--unsafe"],
    "baseline": ["baseline", "--force"],
    "rename": ["rename", OLD, NEW],
    "renumber": ["rename", f"{OLD}#F1", "F3", "--renumber"],
}


def tree(root: Path) -> dict[str, bytes]:
    """The files, but for what a killed run could not remove."""
    files = (path for path in sorted(root.rglob("*")) if path.is_file() and not path.is_symlink())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files if path.suffix != ".tmp"}


def run(arguments: Sequence[str], before: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, *arguments]
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        preexec_fn=before,
        env=_unmeasured() if before else None,
    )


def _unmeasured() -> dict[str, str]:
    """The environment of a run that is killed or cannot write: no coverage file, and no half-written bytecode."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    return {**kept, "PYTHONDONTWRITEBYTECODE": "1"}


def killed(arguments: Sequence[str], after: float, number: signal.Signals) -> int:
    """The status of a run that gets a signal after so many seconds, which may be too late."""
    quiet = subprocess.DEVNULL
    running = subprocess.Popen([*COMMAND, *arguments], stdout=quiet, stderr=quiet, env=_unmeasured())
    time.sleep(after)
    running.send_signal(number)
    return running.wait(timeout=120)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    shutil.copytree(DIRTY, root, symlinks=True)
    return root


def restore(root: Path, before: dict[str, bytes]) -> None:
    for path in tree(root).keys() - before.keys():
        (root / path).unlink()
    for path, content in before.items():
        (root / path).write_bytes(content)


@pytest.mark.parametrize(
    ("command", "number"),
    [*itertools.product(WRITING, SIGNALS)] if EVERY else [*zip(WRITING, itertools.cycle(SIGNALS), strict=False)],
)
def test_a_run_that_is_killed_leaves_old_files_or_new_ones(project: Path, command: str, number: signal.Signals) -> None:
    arguments = [*WRITING[command], "--root", str(project)]
    before = tree(project)
    started = time.monotonic()
    run(arguments)
    whole = time.monotonic() - started
    after = tree(project)
    changed = [path for path in before.keys() | after.keys() if before.get(path) != after.get(path)]
    assert len(changed) > {"fix": 3, "baseline": 0, "rename": 2, "renumber": 1}[command]
    # A file that is moved has its old content for a moment.
    allowed = {path: {before.get(path), after.get(path)} for path in before.keys() | after.keys()}
    allowed[NEW] = {after.get(NEW), before[OLD]}
    chance = random.Random(f"{command} {number}")
    for _ in range(-(-KILLS // 3)):
        restore(project, before)
        # What is written is written at the end.
        status = killed(arguments, whole * chance.uniform(0.3, 1.1), number)
        now = tree(project)
        assert all(content in allowed[path] for path, content in now.items())
        assert len(now) >= len(before), "nothing is lost"
        if number is not signal.SIGKILL:
            assert status in (0, 1, 2, 128 + number, -number)
            assert now in (before, after), "all files are written, or none"
            assert not list(project.rglob("*.tmp"))
    restore(project, before)
    run(arguments)
    assert tree(project) == after


@pytest.mark.parametrize("number", SIGNALS if EVERY else SIGNALS[:2])
def test_what_a_killed_run_has_kept_is_whole_or_not_there(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path))
    arguments = ["check", "--root", str(project), "--format", "json"]
    uncached = run([*arguments, "--no-cache"])
    started = time.monotonic()
    run(arguments)
    whole = time.monotonic() - started
    chance = random.Random(number)
    for _ in range(-(-KILLS // 3)):
        for path in (tmp_path / "v2").iterdir():
            path.unlink()
        killed(arguments, whole * chance.uniform(0.3, 1.1), number)
        for _ in range(2):
            done = run(arguments)
            assert (done.returncode, done.stdout, done.stderr) == (1, uncached.stdout, uncached.stderr)


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


# Gets a signal where a module is imported.
STOPPED = """
import os, sys
class Finder:
    def find_spec(self, name, *_):
        if name == module:
            os.kill(os.getpid(), number)
number, module = int(sys.argv.pop(1)), sys.argv.pop(1)
sys.meta_path.insert(0, Finder())
from waku_lint.__main__ import main
sys.exit(main())
"""


@pytest.mark.parametrize("module", ["waku_lint.cli.main", "click", "waku_lint.session.session"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_stopped_while_it_starts_says_so_in_a_line(module: str, number: signal.Signals) -> None:
    command = [sys.executable, "-c", STOPPED, str(int(number)), module, "check", "--root", str(DIRTY)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (128 + number, "", 1)


@pytest.mark.parametrize("arguments", [["hook"], ["check"]])
def test_a_run_that_is_stopped_while_git_is_asked_says_so_in_a_line(tmp_path: Path, arguments: list[str]) -> None:
    """What is known from before is asked for anew, and git may take its time."""
    repository = tmp_path / "repository"
    shutil.copytree(DIRTY, repository, symlinks=True)
    subprocess.run(["git", "init", "-q"], cwd=repository, check=True)
    environment = {**os.environ, "GIT_INDEX_FILE": ".git/index"}
    subprocess.run([*COMMAND, *arguments], cwd=repository, env=environment, check=False, capture_output=True)
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "git").write_text(f"#!/bin/sh\nexec cat '{tmp_path}/pipe'\n")
    (tmp_path / "git").chmod(0o755)
    environment["PATH"] = f"{tmp_path}:{os.environ['PATH']}"
    errors = tmp_path / "errors"
    with errors.open("w") as file:
        running = subprocess.Popen([*COMMAND, *arguments], cwd=repository, env=environment, stderr=file)
    waiting = os.open(tmp_path / "pipe", os.O_WRONLY)
    running.send_signal(signal.SIGINT)
    status = running.wait(timeout=60)
    os.close(waiting)
    assert (status, errors.read_text()) == (130, "interrupted: the run has not come to its end\n")


@pytest.fixture(params=[["check", "--no-cache"], ["check"], ["--version"]], ids=" ".join)
def saying(request: pytest.FixtureRequest) -> list[str]:
    """A run that says something: one that is made, one that is known and one that is told at once."""
    if request.param == ["--version"]:
        return ["--version"]
    arguments = [*request.param, "--root", str(DIRTY)]
    if request.param == ["check"]:
        run(arguments)
    return arguments


def test_a_pipe_that_nobody_reads_ends_the_run_without_a_word(saying: list[str]) -> None:
    reading, writing_end = os.pipe()
    os.close(reading)
    done = subprocess.run([*COMMAND, *saying], stdout=writing_end, stderr=subprocess.PIPE, timeout=60, check=False)
    os.close(writing_end)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.parametrize("closed", [">&-", ">&- 2>&-"])
def test_a_standard_output_that_is_closed_is_no_defect(saying: list[str], closed: str) -> None:
    line = f"{sys.executable} -m waku_lint {' '.join(saying)} {closed}"
    done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (int("check" in saying), "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device without space here")
def test_a_report_that_finds_no_space_is_told_in_a_line(saying: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([*COMMAND, *saying], stdout=full, stderr=subprocess.PIPE, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (2, b"error: the output cannot be written: No space left on device\n")


def _limited(size: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.parametrize("command", WRITING)
def test_a_disk_without_space_changes_nothing(project: Path, command: str) -> None:
    before = tree(project)
    done = run([*WRITING[command], "--root", str(project)], _limited(200))
    assert done.returncode == 2, done.stderr
    assert "cannot be written: File too large" in done.stderr
    assert tree(project) == before
    assert not list(project.rglob("*.tmp"))


def test_a_cache_on_a_disk_without_space_is_done_without(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path))
    arguments = ["check", "--root", str(project)]
    uncached = run([*arguments, "--no-cache"])
    done = run(arguments, _limited(50))
    assert (done.returncode, done.stdout, done.stderr) == (1, uncached.stdout, uncached.stderr)
    kept = cache.open_cache()
    assert kept is not None
    assert kept.load("anything") is None


def test_a_new_page_on_a_disk_without_space_is_not_there_at_all(project: Path) -> None:
    done = run(["new", "milestone", "--title", "Tide", "--root", str(project)], _limited(50))
    assert (done.returncode, "cannot be written: File too large" in done.stderr) == (2, True)
    assert not list(project.rglob("*tide*"))


def _read_only(root: Path, arguments: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """A run where nothing below `root` can be written; skips where that cannot be had."""
    mount = f"mount --bind '{root}' '{root}' && mount -o remount,ro,bind '{root}'"
    line = f"{mount} || exit 99; exec {sys.executable} -m waku_lint {' '.join(arguments)}"
    done = subprocess.run(["unshare", "-m", "sh", "-c", line], capture_output=True, text=True, check=False)
    if done.returncode == 99 or "unshare" in done.stderr:
        pytest.skip("nothing can be mounted here")
    return done


@pytest.mark.parametrize("command", WRITING)
def test_a_tree_that_is_read_only_changes_nothing(project: Path, command: str) -> None:
    before = tree(project)
    done = _read_only(project, [*WRITING[command], "--root", str(project)])
    assert done.returncode == 2
    assert "cannot be written: Read-only file system" in done.stderr
    assert tree(project) == before


@pytest.mark.parametrize("there", [False, True])
def test_a_cache_that_is_read_only_is_done_without(project: Path, monkeypatch: pytest.MonkeyPatch, there: bool) -> None:
    monkeypatch.setenv(cache.VARIABLE, str(project / "cache"))
    arguments = ["check", "--root", str(project)]
    uncached = run([*arguments, "--no-cache"])
    if there:
        run([*arguments, "--select", "WL2"])
    before = tree(project)
    done = _read_only(project, arguments)
    assert (done.returncode, done.stdout, done.stderr) == (1, uncached.stdout, uncached.stderr)
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
