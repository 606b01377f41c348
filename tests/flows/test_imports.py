"""What each kind of run imports: lists of modules, no times.

What is in no list here is imported by every run, or by none that is listed. An import inside a function is there since
some of these runs do without it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT
from tests.flows.test_hooks import git
from waku_lint import rules

DIRTY = CHECKOUT / "fixtures" / "dirty" / "references"
PAGE = "draft-roadmap/measure_the_water.md"
# Each of these takes longer to import than most of our modules together.
LIBRARIES = {
    "attr", "attrs", "difflib", "importlib.metadata", "importlib.resources", "jsonschema", "marko", "pathspec",
    "referencing", "regex", "traceback", "yaml",
}  # fmt: skip
# What other commands are made of.
COMMANDS = {
    "editing.impact", "editing.init", "editing.new", "editing.references", "editing.rename", "editing.renumber",
    "editing.templates", "session.fixes", "session.settings", "session.why",
}  # fmt: skip
SCRIPT = """
import sys
before = set(sys.modules)
from waku_lint.__main__ import main
sys.argv = ["waku-lint", *sys.argv[1:]]
try:
    sys.exit(main())
finally:
    print(*sorted(set(sys.modules) - before), file=sys.stderr)
"""


@dataclass(frozen=True)
class Imported:
    """What a run imports of libraries, rules and extractors."""

    modules: frozenset[str]

    @property
    def libraries(self) -> set[str]:
        return LIBRARIES & self.modules

    @property
    def rules(self) -> set[str]:
        return {each.rpartition(".")[2] for each in self.modules & set(rules.modules())}

    @property
    def extractors(self) -> set[str]:
        return self.below("documents.extract") - {"ids"}  # what facts and quotations read of texts

    def below(self, package: str) -> set[str]:
        start = f"waku_lint.{package}."
        return {each.removeprefix(start) for each in self.modules if each.startswith(start)}


class Project:
    """The dirty fixture in a repository of its own, committed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.runs = 0
        shutil.copytree(DIRTY, root)
        for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "start"]):
            assert git(root, *arguments).returncode == 0

    def run(self, *arguments: str) -> Imported:
        """Run a command, never quite the same one: what is known of a whole run is not asked for here."""
        self.runs += 1
        env = {**os.environ, "GIT_INDEX_FILE": ".git/index", "TERM": f"dumb-{self.runs}"}
        done = subprocess.run(
            [sys.executable, "-I", "-c", SCRIPT, *arguments], cwd=self.root, capture_output=True, text=True, env=env
        )
        assert done.returncode in (0, 1), done.stderr
        return Imported(frozenset(done.stderr.splitlines()[-1].split()))

    def edit(self, path: str, text: str) -> None:
        with (self.root / path).open("a") as file:
            file.write(text)
        git(self.root, "add", "-A")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path / "plan")


def test_the_version_needs_next_to_nothing(project: Project) -> None:
    found = project.run("--version")
    assert not found.libraries
    assert not found.modules & {"waku_lint.documents.model", "waku_lint.session.session", "waku_lint.rules"}


def test_a_cold_check_imports_all_rules_and_no_other_command(project: Project) -> None:
    found = project.run("check", "--no-cache")
    assert found.rules == {each.rpartition(".")[2] for each in rules.modules()}
    assert {"milestone", "furps"} <= found.extractors
    assert {"marko", "yaml"} <= found.libraries
    assert not found.libraries - {"marko", "yaml", "difflib", "importlib.metadata", "importlib.resources"}
    assert not found.modules & {f"waku_lint.{each}" for each in COMMANDS}
    assert all((CHECKOUT / "waku_lint" / f"{each.replace('.', '/')}.py").exists() for each in COMMANDS)


def test_a_check_of_documents_that_are_all_known_imports_no_rule_and_no_parser(project: Project) -> None:
    project.run("check")
    found = project.run("check")
    assert not found.rules
    assert not found.extractors
    assert not found.libraries - {"difflib"}  # which finds what a broken link is to be
    assert not found.below("reporters") - {"text", "context", "statistics", "escaping"}


def test_a_check_of_one_page_imports_the_rules_that_have_a_record_in_it(project: Project) -> None:
    project.run("check")
    project.edit(PAGE, "\nOne line more.\n")
    found = project.run("check")
    assert {"milestone_title_mismatch", "deliverable_format"} <= found.rules
    assert not any(each.startswith(("issue_", "update_", "furps_title", "suppression_")) for each in found.rules)
    assert "milestone" in found.extractors
    assert not found.extractors & {"furps", "index", "issue_template", "update", "own_page"}
    assert not found.libraries - {"marko", "difflib"}


def test_a_hook_with_nothing_to_check_imports_neither_rules_nor_parsers(project: Project) -> None:
    project.run("hook")
    project.edit("notes.txt", "a")
    found = project.run("hook")
    assert not found.rules
    assert not found.extractors
    assert not found.libraries
    assert not found.modules & {
        "waku_lint.engine.pipeline",
        "waku_lint.rules.registry",
        "waku_lint.session.runner",
        "waku_lint.reporters.text",
    }


def test_a_hook_on_one_page_needs_no_library_but_the_parser(project: Project) -> None:
    project.run("check")
    project.edit(PAGE, "\nOne line more.\n")
    found = project.run("hook")
    assert "milestone" in found.extractors
    assert not found.libraries - {"marko", "difflib"}
    assert not any(each.startswith(("issue_", "update_", "furps_title")) for each in found.rules)


def test_the_list_of_rules_needs_no_rule(project: Project) -> None:
    project.run("check")
    found = project.run("rules")
    assert not found.rules
    assert not found.extractors
    assert not found.libraries - {"yaml"}


def test_a_rule_is_explained_without_the_others(project: Project) -> None:
    project.run("check")
    found = project.run("explain", "WL425")
    assert found.rules == {"furps_drift"}
    assert not found.libraries - {"marko", "yaml", "difflib"}
