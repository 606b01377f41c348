"""What is imported before a command can answer: lists of modules, no times."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import CHECKOUT
from tests.test_hooks import git
from tests.test_replay import PAGE, write
from tests.test_replay import repository as _repository

repository = _repository
FIRST = {
    "waku_lint",
    *(f"waku_lint.{name}" for name in ("cache", "digest", "edition", "entry", "idle", "outside", "replay", "stop")),
}
# Each of these takes longer to import than a run that is known takes as a whole.
HEAVY = {
    "attrs", "click", "dataclasses", "hashlib", "inspect", "jsonschema", "marko", "pathlib", "pathspec", "referencing",
    "subprocess", "typing", "yaml",
}  # fmt: skip
# What only unusual configurations need: schemas of others, odd patterns, packages with rules.
UNUSUAL = {"attr", "attrs", "importlib.metadata", "importlib.resources", "jsonschema", "pathspec", "referencing"}
SCRIPT = """
import sys
before = set(sys.modules)
from waku_lint.entry import main
sys.argv = ["waku-lint", *sys.argv[1:]]
try:
    main()
finally:
    print(*sorted(set(sys.modules) - before), file=sys.stderr)
"""


def imported(root: Path, *arguments: str) -> set[str]:
    """The modules that a command imports beyond those that Python itself starts with."""
    done = subprocess.run(
        [sys.executable, "-I", "-c", SCRIPT, *arguments],
        cwd=root,
        capture_output=True,
        text=True,
        env={**os.environ, "GIT_INDEX_FILE": ".git/index"},
    )
    return set(done.stderr.splitlines()[-1].split())


def ours(modules: set[str]) -> set[str]:
    return {each for each in modules if each.partition(".")[0] == "waku_lint"}


def test_the_version_is_told_before_anything_is_imported(tmp_path: Path) -> None:
    modules = imported(tmp_path, "--version")
    assert ours(modules) == FIRST
    assert not modules & HEAVY


def test_a_hook_with_nothing_to_do_imports_nothing(repository: Path) -> None:
    assert "marko" in imported(repository, "hook")
    write("notes.txt", "a")(repository)
    git(repository, "add", "-A")
    modules = imported(repository, "hook")
    assert ours(modules) == FIRST
    assert not modules & HEAVY


def test_a_hook_that_finds_out_that_there_is_nothing_to_do_checks_nothing(repository: Path) -> None:
    write("notes.txt", "a")(repository)
    git(repository, "add", "-A")
    modules = imported(repository, "hook")
    assert "waku_lint.commands.hooking" in modules
    assert "waku_lint.linting" not in modules


def test_a_check_that_is_known_imports_nothing(repository: Path) -> None:
    imported(repository, "check")
    modules = imported(repository, "check")
    assert ours(modules) == FIRST
    assert not modules & HEAVY


def test_a_hook_at_work_imports_nothing_unusual(repository: Path) -> None:
    modules = imported(repository, "hook")
    assert {"marko", "yaml", "waku_lint.rules"} <= modules
    assert not modules & UNUSUAL


def test_a_hook_needs_no_parsers_of_command_lines_or_of_configurations_it_knows(repository: Path) -> None:
    for number in range(2):
        write(PAGE, f"# Page {number}\n")(repository)
        git(repository, "add", "-A")
        modules = imported(repository, "hook", "--kind", "milestone")
    assert {"marko", "waku_lint.rules"} <= modules
    assert not modules & {"click", "yaml", "waku_lint.cli", *UNUSUAL}
    assert "click" in imported(repository, "hook", "--kind", "milestone", "--strict")


def test_what_a_check_does_not_need_is_not_imported(repository: Path) -> None:
    """Where documents are to be read, what other commands are made of is left alone."""
    modules = imported(repository, "check", "--no-cache")
    assert {"marko", "yaml"} <= modules
    assert not modules & UNUSUAL
    left = {"fixing", "scaffold", "template", "survey", "why", "settings", "rename", "renumber", "impact", "references"}
    assert not modules & {f"waku_lint.{each}" for each in left}
    assert all((CHECKOUT / "waku_lint" / f"{each}.py").exists() for each in left)
