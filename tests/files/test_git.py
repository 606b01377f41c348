"""What git is asked: the same is answered however its process is started."""

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


@pytest.mark.parametrize("quick", [True, False])
def test_the_same_is_answered_by_a_quick_start_and_by_a_plain_one(
    root: Path, monkeypatch: pytest.MonkeyPatch, *, quick: bool
) -> None:
    if not quick:
        monkeypatch.delattr(os, "memfd_create")
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
