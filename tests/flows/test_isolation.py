"""What a run does not do: talk to a network, run programs but git, or touch what is not the project's."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.conftest import CHECKOUT
from waku_lint.files import cache

DIRTY = CHECKOUT / "fixtures" / "dirty" / "sections"

# Runs the command line, and writes down what it asks of the system.
WATCHED: Final = """
import json, os, sys
seen = []
def hook(event, arguments):
    if event == "open":
        path, mode, flags = arguments
        if isinstance(path, (str, bytes)):
            writes = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND)
            seen.append(["write" if writes else "read", os.path.abspath(os.fsdecode(path))])
    elif event in ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate"):
        paths = [each for each in arguments if isinstance(each, (str, bytes))]
        seen.extend(["write", os.path.abspath(os.fsdecode(each))] for each in paths)
    elif event in ("os.listdir", "os.scandir") and isinstance(arguments[0], (str, bytes)):
        seen.append(["read", os.path.abspath(os.fsdecode(arguments[0]))])
    elif event.startswith("socket."):
        seen.append(["socket", event])
    elif event in ("subprocess.Popen", "os.exec", "os.posix_spawn", "os.system", "os.fork"):
        seen.append(["run", os.path.basename(str(arguments[0])) if arguments else event])
from waku_lint.__main__ import main
log = sys.argv.pop(1)
sys.addaudithook(hook)
try:
    sys.exit(main())
finally:
    found = list(seen)
    with open(log, "w") as file:
        json.dump(found, file)
"""


def watch(tmp_path: Path, root: Path, *arguments: str) -> list[tuple[str, str]]:
    """What a run asks of the system: `read`, `write`, `socket` or `run`, and of what."""
    log = tmp_path / "log.json"
    # Python writes no bytecode (-B), which is not a write of ours.
    command = [sys.executable, "-B", "-c", WATCHED, str(log), *arguments, "--root", str(root)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=root, timeout=120, check=False)
    assert done.returncode in (0, 1), done.stderr
    return [(what, of) for what, of in json.loads(log.read_text())]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    shutil.copytree(DIRTY, root, symlinks=True)
    for command in (["init", "-q"], ["add", "-A"]):
        subprocess.run(["git", *command], cwd=root, check=True)
    return root.resolve()


def _outside(root: Path, seen: list[tuple[str, str]]) -> list[str]:
    """What is read that is neither the project's nor python's, ours or that of what we depend on."""
    known = [str(root), sys.prefix, sys.base_prefix, str(CHECKOUT), "/dev/", "/usr/share/zoneinfo", "/etc/localtime"]
    return [of for what, of in seen if what == "read" and not any(of.startswith(each) for each in known)]


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "--no-cache", "--today", "2026-01-01"],
        ["check", "--no-cache", "--source", "index", "--today", "2026-01-01", "--format", "json"],
        ["suppressions", "--today", "2026-01-01"],
        ["config"],
        ["impact", "FURPS/README.md"],
    ],
)
def test_a_run_reads_the_project_alone_and_writes_nothing(tmp_path: Path, project: Path, arguments: list[str]) -> None:
    seen = watch(tmp_path, project, *arguments)
    assert {of for what, of in seen if what == "run"} <= {"git"}
    assert [each for each in seen if each[0] in ("write", "socket") and each[1] != "/dev/null"] == []
    assert _outside(project, seen) == []
    assert ("read", str(project / "FURPS" / "README.md")) in seen or "check" not in arguments or "index" in arguments


@pytest.mark.parametrize(
    "arguments",
    [
        ["fix", "--no-cache", "--today", "2026-01-01"],
        ["baseline", "--today", "2026-01-01"],
        ["new", "milestone", "--title", "Tide"],
    ],
)
def test_what_is_written_is_the_projects(tmp_path: Path, project: Path, arguments: list[str]) -> None:
    seen = watch(tmp_path, project, *arguments)
    written = [of for what, of in seen if what == "write" and of != "/dev/null"]
    assert written
    assert all(Path(each).is_relative_to(project) for each in written)
    assert {of for what, of in seen if what == "run"} <= {"git"}
    assert [of for what, of in seen if what == "socket"] == []
    assert _outside(project, seen) == []


def test_no_test_opens_a_socket() -> None:
    with pytest.raises(AssertionError, match="no test talks to a network"):
        socket.socket()


@pytest.mark.parametrize("talk", ["socket.socket()", "socket.getaddrinfo('example.org', 80)"])
def test_nothing_that_a_test_starts_opens_a_socket(talk: str) -> None:
    command = [sys.executable, "-c", f"import socket, waku_lint; {talk}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, "AssertionError: no test talks to a network" in done.stderr) == (1, True)


def test_a_run_that_is_cached_looks_into_the_cache_and_nowhere_else(tmp_path: Path, project: Path) -> None:
    kept = Path(os.environ[cache.VARIABLE])
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    for _ in range(2):
        seen = watch(tmp_path, project, "check")
        written = {of for what, of in seen if what == "write"} - {os.devnull, str(kept), str(kept / "v2")}
        assert written <= {str(kept / "v2" / "CACHEDIR.TAG")}  # SQLite opens its file by itself
        assert [of for of in _outside(project, seen) if not of.startswith(str(kept))] == []
        assert [of for what, of in seen if what == "socket"] == []
    assert not written
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before


def test_what_a_run_keeps_is_in_its_cache_and_nowhere_else(tmp_path: Path, project: Path) -> None:
    def files() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    before = files()
    environment = {**os.environ, "HOME": str(tmp_path), "WAKU_LINT_CACHE_DIR": str(tmp_path / "cache")}
    command = [sys.executable, "-m", "waku_lint", "check", "--root", str(project)]
    subprocess.run(command, capture_output=True, cwd=project, timeout=120, check=False, env=environment)
    new = files().keys() - before.keys()
    assert new
    assert all(path.is_relative_to(tmp_path / "cache") for path in new)
    assert {path: data for path, data in files().items() if path in before} == before
