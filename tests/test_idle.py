"""Hooks that are known to have nothing to do: they say what a hook that looks at everything says."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.flows.test_hooks import git
from tests.test_replay import PAGE, call, instead, write
from tests.test_replay import repository as _repository
from waku_lint import idle
from waku_lint.files import cache

repository = _repository
COMMIT = {"GIT_INDEX_FILE": ".git/index"}

NOTHING: dict[str, Callable[[Path], object]] = {
    "nothing at all": lambda _root: None,
    "a new file": write("notes.txt", "a"),
    "a file with an odd name": write('draft "\u00e9\n.txt', "a"),
    "a Markdown file that is no document": write("docs/deep/notes.md", "a"),
    "a page that is not staged": lambda root: (root / PAGE).write_text("# Other\n"),
}
SOMETHING: dict[str, Callable[[Path], object]] = {
    "a page": lambda root: (root / PAGE).write_text("# Other\n"),
    "a new page": write("draft-roadmap/new.md", "# New\n"),
    "a page is gone": lambda root: (root / PAGE).unlink(),
    "a page is renamed": lambda root: (root / PAGE).rename(root / "draft-roadmap" / "other.md"),
    "a page is a link": lambda root: instead(root, lambda page: page.symlink_to("../README.md")),
    "the configuration": write(".waku-lint.yaml", "rules: {WL425: off}\nkinds: {furps: {paths: ['**/*.txt']}}\n"),
    "the configuration under its wrong name": lambda root: (root / ".waku-lint.yaml").rename(root / ".waku-lint.yml"),
}


def hook(root: Path, *arguments: str, **env: str) -> tuple[str, tuple[object, str, str]]:
    return call(root, "hook", *arguments, **COMMIT, **env)


@pytest.mark.parametrize("change", NOTHING.values(), ids=NOTHING.keys())
def test_a_commit_that_touches_nothing_of_ours_is_known_at_once(
    repository: Path, change: Callable[[Path], object]
) -> None:
    write("first.txt", "a")(repository)
    git(repository, "add", "-A")
    assert hook(repository, "--no-cache") == ("made", (0, "", ""))
    assert hook(repository) == ("made", (0, "", ""))
    git(repository, "commit", "-qm", "more")
    change(repository)
    if change is not NOTHING["a page that is not staged"]:
        git(repository, "add", "-A")
    assert hook(repository) == ("known", (0, "", ""))
    assert hook(repository, "--kind", "furps") == ("known", (0, "", ""))
    assert hook(repository, "--no-cache") == ("made", (0, "", ""))
    assert hook(repository, "--kind", "nothing")[1][:2] == (2, "")
    how, (status, report, errors) = hook(repository, "--format", "json")
    assert (how, status, json.loads(report)["diagnostics"], errors) == ("made", 0, [], "")


@pytest.mark.parametrize("change", SOMETHING.values(), ids=SOMETHING.keys())
def test_a_commit_that_may_matter_is_looked_at(repository: Path, change: Callable[[Path], object]) -> None:
    hook(repository)
    change(repository)
    write("notes.txt", "a")(repository)
    git(repository, "add", "-A")
    how, said = hook(repository)
    assert how == "made"
    assert said == hook(repository, "--no-cache")[1]
    git(repository, "commit", "-qm", "more")
    write("more.txt", "a")(repository)
    git(repository, "add", "-A")
    # What was learnt before does not hold under another configuration.
    assert hook(repository)[1] == hook(repository, "--no-cache")[1]


def test_only_a_hook_at_a_commit_is_known(repository: Path) -> None:
    hook(repository)
    head = git(repository, "rev-parse", "HEAD").stdout.strip()
    assert not idle.idle(["hook"])
    assert hook(repository, PRE_COMMIT_FROM_REF=head, PRE_COMMIT_TO_REF=head)[0] == "made"


def test_before_the_first_commit_everything_is_looked_at(repository: Path) -> None:
    hook(repository)
    git(repository, "update-ref", "-d", "HEAD")
    assert hook(repository)[1][1]


@pytest.mark.parametrize(
    "kept",
    [
        b"null",
        b"{}",
        b"[]",
        b"[" * 100_000,
        b'{"kinds": 1}',
        b'{"patterns": ["("], "settings": {}}',
        b'{"patterns": ["a{99999999999}"], "settings": {}, "files": []}',
        b'{"patterns": [], "settings": {"\\u0000": ""}, "files": []}',
        b"\xff",
    ],
)
def test_what_is_kept_and_not_understood_is_nothing(
    repository: Path, kept: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = hook(repository)
    found = cache.open_cache()
    assert found is not None
    found.store(idle.name_for(os.path.realpath(repository)), kept)
    monkeypatch.chdir(repository)
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    assert not idle.idle(["hook"])
    assert made == ("made", (0, "", ""))


def test_nothing_is_learnt_of_a_configuration_that_is_a_link(repository: Path) -> None:
    (repository / ".waku-lint.yaml").rename(repository / "own.yaml")
    (repository / ".waku-lint.yaml").symlink_to("own.yaml")
    assert git(repository, "add", "-A").returncode == 0
    hook(repository)
    kept = cache.open_cache()
    assert kept is not None
    assert kept.load(idle.name_for(str(repository))) is None
