"""Completion in shells, by the protocol that click's scripts speak."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from waku_lint.cli import COMMANDS
from waku_lint.cli.completion import SHELLS
from waku_lint.rules import registry


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "waku_lint", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, env={**os.environ, **environment})


def complete(*words: str) -> list[str]:
    """What is offered for the last of `words`."""
    line = " ".join(("waku-lint", *words))
    done = run(_WAKU_LINT_COMPLETE="bash_complete", COMP_WORDS=line, COMP_CWORD=str(len(words)))
    assert done.stderr == ""
    return [line.partition(",")[2] for line in done.stdout.splitlines()]


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_of_each_shell_asks_for_completion(shell: str) -> None:
    done = run("completion", shell)
    assert done.returncode == 0, done.stderr
    assert f"_WAKU_LINT_COMPLETE={shell}_complete" in done.stdout
    if shutil.which(shell):
        checked = subprocess.run([shell, "-n"], input=done.stdout, capture_output=True, text=True)
        assert (checked.returncode, checked.stderr) == (0, "")


def test_the_script_completes_in_bash(tmp_path: Path) -> None:
    program = tmp_path / "waku-lint"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m waku_lint "$@"\n')
    program.chmod(0o755)
    script = (
        'eval "$(waku-lint completion bash)"; COMP_WORDS=(waku-lint explain WL30); COMP_CWORD=2; '
        '_waku_lint_completion waku-lint; echo "${COMPREPLY[@]}"'
    )
    path = f"{tmp_path}:{os.environ['PATH']}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, env={**os.environ, "PATH": path})
    assert done.stdout.split() == ["WL301", "WL302", "WL303", "WL304", "WL305", "WL306", "WL307", "WL308", "WL309"]


def test_commands_are_completed() -> None:
    assert complete("") == list(COMMANDS)
    assert complete("ex") == ["explain"]


def test_rules_are_completed_by_code_and_name_in_any_case() -> None:
    rules = registry.builtin_rules()
    every = {name for rule in rules for name in (rule.code, rule.name)}
    assert set(complete("explain", "")) == every
    assert complete("explain", "wl305") == ["WL305"]
    assert complete("explain", "Furps-Drift") == ["furps-drift", "furps-drift-format"]
    assert complete("check", "--select", "furps-drift-") == ["furps-drift-format"]
    assert complete("hook", "--ignore", "WL305,link-e") == ["WL305,link-empty"]


def test_kinds_are_completed() -> None:
    assert complete("check", "--kind", "issue") == ["issue-template", "issue-form"]


def test_another_shell_is_refused() -> None:
    assert run("completion", "tcsh").returncode == 2
