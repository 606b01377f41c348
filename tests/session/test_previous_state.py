"""What a state of the files had is known to the change that comes next, and changes no byte of what that is told."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.engine.test_incremental import FIXTURES, ROOT, copied
from tests.flows.test_hooks import git
from waku_lint.engine.result import RunResult
from waku_lint.errors import CannotRun
from waku_lint.files import snapshot
from waku_lint.session import previous_state, state_cache
from waku_lint.session.runner import lint
from waku_lint.session.session import Request, Session, open_session

PAGE = "draft-roadmap/measure_the_water.md"
FEATURE = "FURPS/core/gauge.md"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """The dirty fixture in a repository of its own, committed."""
    root = copied(ROOT, tmp_path / "plan")
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "start"]):
        assert git(root, *arguments).returncode == 0
    return root


def result(root: Path, cache: Any = True, **more: Any) -> RunResult:
    request = Request(root, source=snapshot.INDEX, report="caused", cache=cache, **more)
    return replace(lint(request, open_session(request)), beside=())


@pytest.fixture
def missed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sources of the states that are not in the cache where one is looked up."""
    seen: list[str] = []
    recall = state_cache.recall

    def look(session: Session) -> state_cache.State | None:
        found = recall(session)
        if found is None and session.cache is not None:
            seen.append(session.source)
        return found

    monkeypatch.setattr(state_cache, "recall", look)
    return seen


def staged(root: Path, path: str = PAGE, text: str | None = None) -> None:
    """Another text in a file, by default what it had and a line more."""
    (root / path).write_text((root / path).read_text() + "\nMore.\n" if text is None else text)
    git(root, "add", "-A")


def test_the_state_that_was_checked_last_is_not_checked_again(repository: Path, missed: list[str]) -> None:
    staged(repository)
    result(repository)
    assert missed == ["index", "HEAD"]  # neither was checked before
    git(repository, "commit", "-qm", "more")
    staged(repository)
    found = result(repository)
    assert found.held_back
    assert missed == ["index", "HEAD", "index"]
    assert found == result(repository, cache=False)
    assert result(repository) == found
    assert missed == ["index", "HEAD", "index"]


def test_a_work_tree_that_was_checked_is_the_state_before_the_next_commit(repository: Path, missed: list[str]) -> None:
    request = Request(repository, source=snapshot.WORK_TREE, cache=True)
    lint(request, open_session(request))
    assert missed == ["worktree"]
    staged(repository)
    assert result(repository) == result(repository, cache=False)
    assert missed == ["worktree", "index"]


def test_a_finding_that_is_new_is_reported_with_its_cause(repository: Path, missed: list[str]) -> None:
    staged(repository)
    result(repository)
    git(repository, "commit", "-qm", "more")
    git(repository, "rm", "-q", FEATURE)
    found = result(repository)
    assert any(each.cause == f"`{FEATURE}` is deleted" for each in found.diagnostics)
    assert found == result(repository, cache=False)
    assert missed == ["index", "HEAD", "index"]


def test_a_name_that_is_no_utf_8_is_one_as_any_other(repository: Path) -> None:
    staged(repository, "draft-roadmap/a\udcff.md", "# A\n\nTODO\n")
    result(repository)
    git(repository, "commit", "-qm", "more")
    staged(repository)
    assert result(repository) == result(repository, cache=False)


def test_another_day_other_rules_and_another_configuration_are_other_states(
    repository: Path, missed: list[str]
) -> None:
    staged(repository)
    options: list[dict[str, object]] = [
        {}, {"ignore": ("WL112",)}, {"select": ("WL4",)}, {"today": date(2026, 1, 1)},
        {"config": repository / PAGE.replace("md", "yaml")},
    ]  # fmt: skip
    for more in options:
        (repository / PAGE.replace("md", "yaml")).write_text("extends: waku\n")
        before = len(missed)
        assert result(repository, **more) == result(repository, cache=False, **more)
        assert missed[before:] == ["index", "HEAD"]
    before = len(missed)
    result(repository, config=repository / PAGE.replace("md", "yaml"))
    assert len(missed) == before + 2  # a configuration that is named is not part of the state


def test_a_file_that_is_not_added_yet_is_looked_for_again(repository: Path, missed: list[str]) -> None:
    staged(repository, PAGE, "# A\n\n[notes](notes.md)\n")
    messages = []
    changes: tuple[Callable[[Path], object], ...] = (
        lambda path: path.write_text("# Notes\n"),
        lambda path: path.unlink(),
        lambda _path: None,
    )
    for change in changes:
        change(repository / "draft-roadmap" / "notes.md")
        found = result(repository)
        assert found == result(repository, cache=False)
        messages.append([each.message for each in found.diagnostics if each.code == "WL107"])
    assert messages[0] != messages[1] == messages[2]
    assert missed.count("index") == 2


def test_a_revision_that_is_not_here_is_compared_with_nothing(repository: Path) -> None:
    with pytest.raises(CannotRun, match="nowhere"):
        previous_state.revision(Request(repository, since="nowhere"))
    shallow = repository.parent / "shallow"
    git(repository, "commit", "-q", "--allow-empty", "-m", "more")
    git(repository.parent, "clone", "-q", "--depth", "1", repository.as_uri(), str(shallow))
    with pytest.raises(CannotRun, match="what came before 'HEAD' is not in this repository"):
        previous_state.revision(Request(shallow, source="HEAD"))
    before = previous_state.PreviousState(Request(shallow, source="HEAD", report="caused"), None)
    assert before.findings([PAGE], None) == {}


def test_what_git_lacks_may_be_there_the_next_time(repository: Path, missed: list[str]) -> None:
    name = git(repository, "rev-parse", f"HEAD:{FEATURE}").stdout.strip()
    stored = repository / ".git" / "objects" / name[:2] / name[2:]
    content = stored.read_bytes()
    staged(repository)
    stored.unlink()
    result(repository)
    stored.write_bytes(content)
    git(repository, "commit", "-qm", "more")
    staged(repository)
    assert result(repository) == result(repository, cache=False)
    assert missed.count("HEAD") == 2


@pytest.mark.parametrize("seed", range(int(os.environ.get("WAKU_LINT_EDITS", "2"))))
def test_any_history_is_told_the_same(seed: int, tmp_path: Path) -> None:
    """Files are edited, moved and removed, and now and then committed, with or without a look at them."""
    chance = random.Random(seed)
    root = copied(FIXTURES[seed % len(FIXTURES)], tmp_path / "plan")
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "start"]):
        git(root, *arguments)
    pages = sorted(root.rglob("*.md"))
    lines = [line for page in pages for line in page.read_text(errors="replace").splitlines()]
    for number in range(12):
        page = chance.choice(pages)
        old = page.read_text(errors="replace").splitlines() if page.exists() else []
        at = chance.randrange(len(old) + 1)
        page.write_text("\n".join([*old[:at], *chance.choices(lines, k=2), *old[at + chance.randrange(4) :]]) + "\n")
        if not chance.randrange(4):
            page.rename(page.with_name(f"moved_{number}.md"))
        git(root, "add", "-A")
        if chance.randrange(4):
            assert result(root) == result(root, cache=False)
        if chance.randrange(3):
            git(root, "commit", "-qm", "more")
