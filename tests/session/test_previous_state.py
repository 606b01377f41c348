"""What a state of the files had is known to the change that comes next, and changes no byte of what that is told."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from tests.engine.test_memory import FIXTURES, copied
from tests.flows.test_hooks import git
from tests.test_replay import PAGE
from tests.test_replay import repository as _repository
from waku_lint.engine.memory import State, decode, encode, open_memory
from waku_lint.engine.result import RunResult
from waku_lint.errors import CannotRun
from waku_lint.files import snapshot
from waku_lint.session import previous_state
from waku_lint.session.runner import lint
from waku_lint.session.session import Request, Session, open_session

repository = _repository
FEATURE = "FURPS/core/gauge.md"


def result(root: Path, *, cache: bool = True, **more: object) -> RunResult:
    request = Request(root, source=snapshot.INDEX, report="caused", cache=cache, **more)  # type: ignore[arg-type]
    return lint(request, open_session(request))


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """The states before that are looked at."""
    seen: list[str | None] = []

    def look(request: Request, source: str | None = None) -> Session:
        seen.append(source)
        return open_session(request, source)

    monkeypatch.setattr(previous_state, "open_session", look)
    return seen


def staged(root: Path, path: str = PAGE, text: str | None = None) -> None:
    """Another text in a file, by default what it had and a line more."""
    (root / path).write_text((root / path).read_text() + "\nMore.\n" if text is None else text)
    git(root, "add", "-A")


def test_the_state_that_was_checked_last_is_not_checked_again(repository: Path, opened: list[str | None]) -> None:
    staged(repository)
    result(repository)
    assert opened == ["HEAD"]  # nobody has looked at it before
    git(repository, "commit", "-qm", "more")
    staged(repository)
    found = result(repository)
    assert found.held_back
    assert opened == ["HEAD"]
    assert found == result(repository, cache=False)
    assert opened == ["HEAD", "HEAD"]


def test_a_state_that_was_checked_in_part_is_known_in_that_part(repository: Path, opened: list[str | None]) -> None:
    staged(repository)
    result(repository)
    staged(repository)
    result(repository)
    assert opened == ["HEAD"]
    git(repository, "reset", "-q", "--hard", "HEAD")
    staged(repository, FEATURE)  # so that more is to be known of the page, which was touched before
    assert result(repository).held_back
    assert opened == ["HEAD", "HEAD"]


def test_what_is_new_is_told_with_its_cause(repository: Path, opened: list[str | None]) -> None:
    staged(repository)
    result(repository)
    git(repository, "commit", "-qm", "more")
    git(repository, "rm", "-q", FEATURE)
    found = result(repository)
    assert any(each.cause == f"`{FEATURE}` is deleted" for each in found.diagnostics)
    assert found == result(repository, cache=False)
    assert opened == ["HEAD"] * 3  # to say what was there before, it is opened


def test_a_name_that_is_no_utf_8_is_one_as_any_other(repository: Path) -> None:
    staged(repository, "draft-roadmap/a\udcff.md", "# A\n\nTODO\n")
    result(repository)
    git(repository, "commit", "-qm", "more")
    staged(repository)
    assert result(repository) == result(repository, cache=False)


def test_another_day_other_rules_and_another_configuration_are_other_states(
    repository: Path, opened: list[str | None]
) -> None:
    staged(repository)
    for more in ({}, {"ignore": ("WL112",)}, {"select": ("WL4",)}, {"config": repository / PAGE.replace("md", "yaml")}):
        (repository / PAGE.replace("md", "yaml")).write_text("extends: waku\n")
        before = len(opened)
        assert result(repository, **more) == result(repository, cache=False, **more)
        assert len(opened) == before + 2
    before = len(opened)
    result(repository, config=repository / PAGE.replace("md", "yaml"))
    assert len(opened) == before + 1  # where it stands git does not tell


def test_of_the_work_tree_nothing_is_kept(repository: Path, opened: list[str | None]) -> None:
    for _ in range(2):
        (repository / PAGE).write_text((repository / PAGE).read_text() + "\nMore.\n")
        request = Request(repository, source=snapshot.WORK_TREE, report="caused", cache=True)
        found = lint(request, open_session(request))
        git(repository, "commit", "-qam", "more")
        staged(repository)
        assert result(repository).held_back == found.held_back > 0
        git(repository, "commit", "-qm", "more")
    assert opened == ["HEAD"] * 3  # what was staged last is known the next time


def test_a_revision_that_is_not_here_is_compared_with_nothing(repository: Path) -> None:
    with pytest.raises(CannotRun, match="nowhere"):
        previous_state.revision(Request(repository, since="nowhere"))
    shallow = repository.parent / "shallow"
    git(repository, "commit", "-q", "--allow-empty", "-m", "more")
    git(repository.parent, "clone", "-q", "--depth", "1", repository.as_uri(), str(shallow))
    with pytest.raises(CannotRun, match="what came before 'HEAD' is not in this repository"):
        previous_state.revision(Request(shallow, source="HEAD"))
    before = previous_state.Earlier(Request(shallow, source="HEAD", report="caused"), open_memory())
    assert before.had([PAGE], None) == {}


def test_what_git_lacks_may_be_there_the_next_time(repository: Path, opened: list[str | None]) -> None:
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
    assert len(opened) == 3


@pytest.mark.parametrize(
    "body", [b"", b"\xff", b"null", b"\xc0", b"\x80", b"\x92\x90\x90", b"\x82\xa6places\xc0\xa4keys\x90"]
)
def test_what_is_kept_and_not_understood_is_no_state(body: bytes) -> None:
    assert decode(State, body) is None
    assert decode(State, encode(State(frozenset({"a"}), ("b",)))) == State(frozenset({"a"}), ("b",))
    memory = open_memory()
    assert memory is not None
    assert memory.state(["nothing"]) is None


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
