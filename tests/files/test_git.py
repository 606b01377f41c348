"""What git is asked, and which program answers."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.flows.test_hooks import git as run_git
from waku_lint.errors import CannotRun
from waku_lint.files import git


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "a.md").write_text("# A\n")
    (tmp_path / "b.md").write_bytes(b"# B\n" * 100_000)
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "start"]):
        assert run_git(tmp_path, *arguments).returncode == 0
    return tmp_path


def test_contents_are_those_of_their_objects(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entries = git.index(root)
    assert sorted(entries) == ["a.md", "b.md"]
    assert git.tree(root, "HEAD") == entries
    found = list(git.contents(root, [entries["b.md"].object, "0" * 40, entries["a.md"].object]))
    assert found == [b"# B\n" * 100_000, None, b"# A\n"]
    assert list(git.contents(root, [entries["a.md"].object] * 3_000)) == [b"# A\n"] * 3_000  # more than a pipe holds
    assert git.output(root, "no-such-command") is None
    monkeypatch.setenv("PATH", str(root))
    assert git.output(root, "status") is None


def test_only_revisions_that_there_are_can_be_compared(root: Path) -> None:
    with pytest.raises(CannotRun, match="git cannot compare 'nowhere' with the work tree"):
        git.changes(root, "nowhere", None)


def test_on_windows_no_program_of_the_project_is_taken_for_git(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("project", "programs"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "git.exe").write_text("")
    monkeypatch.chdir(tmp_path / "project")
    monkeypatch.setattr("sys.platform", "win32")
    for path, found in (([".", "", "programs", tmp_path / "none"], None), ([".", tmp_path / "programs"], "git.exe")):
        monkeypatch.setenv("PATH", os.pathsep.join(map(str, path)))
        program = git._program.__wrapped__()
        assert program == (found and str(tmp_path / "programs" / found))
    monkeypatch.setattr(git, "_program", lambda: None)
    assert git.output(tmp_path, "status") is None
