"""The workflows of this repository on GitHub: what can be known of them without running them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from tests.conftest import CHECKOUT

FILES = sorted((CHECKOUT / ".github" / "workflows").glob("*.yml"))
WORKFLOWS = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in FILES}


def steps(workflow: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for job in workflow["jobs"].values():
        yield from job["steps"]


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_can_read_the_repository_and_nothing_else(name: str) -> None:
    workflow = WORKFLOWS[name]
    assert set(workflow) <= {"name", True, "permissions", "concurrency", "jobs"}  # YAML reads `on` as true
    assert workflow["permissions"] == {"contents": "read"}
    for job in workflow["jobs"].values():
        assert set(job) <= {"name", "runs-on", "timeout-minutes", "strategy", "env", "steps"}
        assert job["timeout-minutes"]


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_step_runs_a_command_or_an_action_that_is_pinned(name: str) -> None:
    for step in steps(WORKFLOWS[name]):
        assert set(step) <= {"name", "uses", "with", "run", "shell"}
        assert ("run" in step) != ("uses" in step)
        assert re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", step.get("uses", f"actions/checkout@{'0' * 40}"))
        assert "${{" not in step.get("run", "")


def test_tests_run_on_all_systems_and_all_versions_of_python_that_are_supported() -> None:
    matrix = WORKFLOWS["ci"]["jobs"]["tests"]["strategy"]["matrix"]
    assert [each.partition("-")[0] for each in matrix["os"]] == ["ubuntu", "macos", "windows"]
    assert matrix["python"] == [f"3.{minor}" for minor in range(10, 15)]
    assert 'requires-python = ">=3.10"' in (CHECKOUT / "pyproject.toml").read_text(encoding="utf-8")


def test_the_tests_that_are_named_exist() -> None:
    paths = re.findall(r"tests[\w/.]*", WORKFLOWS["ci"]["jobs"]["tests"]["env"]["TESTS"])
    assert "tests/flows/test_other_systems.py" in paths
    assert all((CHECKOUT / path).exists() for path in paths)


def test_the_settings_that_look_further_are_known_to_some_test() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (CHECKOUT / "tests").rglob("test_*.py")]
    for name in WORKFLOWS["scheduled"]["jobs"]["gate"]["env"]:
        assert any(f'"{name}"' in text for text in texts), name


def test_the_gate_and_every_branch_are_run() -> None:
    commands = {name: [step.get("run") for step in steps(workflow)] for name, workflow in WORKFLOWS.items()}
    assert "python tests/gate.py" in commands["ci"]
    assert "python tests/gate.py --coverage" in commands["scheduled"]
