"""The GitHub Action: its steps, run one after the other as far as that goes without GitHub."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import CHECKOUT
from waku_lint.cli.options import FORMATS

ACTION = yaml.safe_load((CHECKOUT / "action.yml").read_text())
STEPS = ACTION["runs"]["steps"]
STEP = {step["id"]: step for step in STEPS if "id" in step}
EXPRESSION = re.compile(r"\$\{\{\s*([\w.-]+)\s*\}\}")
BAD = "# Relay\n\n**Estimated date of completion**: 31 Aug\n"


@dataclass(frozen=True, slots=True)
class Done:
    status: int
    stdout: str
    stderr: str
    outputs: dict[str, str]


@pytest.fixture(scope="module")
def temporary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A runner's temporary folder, with this revision installed by the step that does it."""
    folder = tmp_path_factory.mktemp("runner")
    installed = shell(STEP["install"], folder, {}, folder)
    assert installed.status == 0, installed.stderr
    assert re.fullmatch(r"waku-lint-Linux-[0-9a-f]{40}", installed.outputs["version"])
    return folder


def shell(step: dict[str, Any], temporary: Path, inputs: dict[str, str], cwd: Path) -> Done:
    """Run a step as a runner does."""
    values = {f"inputs.{name}": inputs.get(name, given["default"]) for name, given in ACTION["inputs"].items()}
    values["steps.python.outputs.python-path"] = sys.executable
    env: dict[str, str] = dict(step.get("env", {}))
    written = temporary / "output"
    written.write_text("")
    runner = {
        "GITHUB_ACTION_PATH": str(CHECKOUT),
        "GITHUB_OUTPUT": str(written),
        "RUNNER_TEMP": str(temporary),
        "RUNNER_OS": "Linux",
    }
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("GITHUB_", "PYTHON"))}
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=300,
        env={
            **kept,
            **runner,
            **{name: EXPRESSION.sub(lambda match: values[match.group(1)], value) for name, value in env.items()},
        },
    )
    outputs = dict(line.split("=", 1) for line in written.read_text().splitlines())
    return Done(done.returncode, done.stdout, done.stderr, outputs)


Check = Callable[..., Done]


@pytest.fixture
def check(temporary: Path, tmp_path: Path) -> Check:
    """`check(input=value, ...)`: run the check in a small roadmap."""
    for name in ("relay", "store it"):
        page = tmp_path / "draft-roadmap" / f"{name}.md"
        page.parent.mkdir(exist_ok=True)
        page.write_text(BAD)
    (tmp_path / "other.yaml").write_text("rules: {WL203: warning}\n")

    def run(**inputs: str) -> Done:
        return shell(
            STEP["check"], temporary, {name.replace("_", "-"): value for name, value in inputs.items()}, tmp_path
        )

    return run


def test_other_actions_are_pinned_by_commit_and_scripts_hold_no_expression() -> None:
    text = (CHECKOUT / "action.yml").read_text()
    used = re.findall(r"uses: (.*)", text)
    assert used
    assert all(re.fullmatch(r"[\w-]+/[\w-]+(/[\w-]+)?@[0-9a-f]{40} # v\d+\.\d+\.\d+", each) for each in used)
    for step in STEPS:
        assert "${{" not in step.get("run", "")
        assert ("run" in step) == ("shell" in step)
    for output in ACTION["outputs"].values():
        assert EXPRESSION.fullmatch(output["value"])


def test_findings_fail_the_step_and_are_told(check: Check) -> None:
    done = check(args="--select WL203")
    assert done.status == 1
    assert "draft-roadmap/relay.md:3:35: error WL203" in done.stdout
    assert "2 errors in 2 of 2 documents" in done.stdout
    assert done.outputs == {"exit-code": "1"}


def test_inputs_narrow_and_configure_the_check(check: Check) -> None:
    assert check(args="--select WL105").outputs == {"exit-code": "0"}
    one = check(args="--select WL203\n  --strict\n", paths="draft-roadmap/store it.md\n\n", config="other.yaml")
    assert one.status == 1
    assert "store it.md:3:35: warning WL203" in one.stdout
    assert "1 warning in 1 of 1 document" in one.stdout


def entries(temporary: Path) -> set[str]:
    """The keys of what the action has cached."""
    with closing(sqlite3.connect(temporary / "waku-lint-cache" / "v2" / "entries.sqlite3")) as database:
        return {key for (key,) in database.execute("SELECT key FROM entries")}


def test_another_run_of_the_same_version_uses_what_is_cached(check: Check, temporary: Path) -> None:
    first = check()
    cached = entries(temporary)
    assert cached
    for path in (temporary / "waku-lint").rglob("*"):
        os.utime(path, (0, 0))  # another runner has written the same files at another time
    second = check()
    assert (second.status, second.stdout) == (first.status, first.stdout)
    assert entries(temporary) == cached


def test_another_version_uses_nothing_of_it(check: Check, temporary: Path) -> None:
    shutil.rmtree(temporary / "waku-lint-cache", ignore_errors=True)
    check()
    cached = entries(temporary)
    (record,) = (temporary / "waku-lint").glob("waku_lint-*.dist-info/RECORD")
    before = record.read_bytes()
    try:
        record.write_bytes(before.replace(b"sha256=", b"sha256=x", 1))
        check()
    finally:
        record.write_bytes(before)
    assert len(entries(temporary)) == 2 * len(cached)


def test_the_cache_is_named_after_version_and_configuration(temporary: Path, tmp_path: Path) -> None:
    install = {**STEP["install"], "run": re.sub(r".* -m pip .*", "", STEP["install"]["run"])}
    found = []
    for text in (None, "extends: waku\n", "extends: logos\n"):
        if text is None:
            subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
        else:
            (tmp_path / ".waku-lint.yaml").write_text(text)
            subprocess.run(["git", "add", "."], cwd=tmp_path, check=True)
        found.append(shell(install, temporary, {}, tmp_path).outputs)
    assert len({each["version"] for each in found}) == 1
    assert len({each["configuration"] for each in found}) == 3


def test_the_cache_is_restored_before_the_check_and_saved_after_findings() -> None:
    order = [step.get("id") or step["name"] for step in STEPS]
    assert order == ["python", "install", "cache", "check", "Save the cache"]
    restore, save = STEP["cache"], STEPS[-1]
    assert restore["with"]["path"] == save["with"]["path"] == "${{ runner.temp }}/waku-lint-cache"
    assert 'WAKU_LINT_CACHE_DIR="$RUNNER_TEMP/waku-lint-cache"' in STEP["check"]["run"]
    assert save["with"]["key"] == "${{ steps.cache.outputs.cache-primary-key }}"
    assert all(restore["with"]["key"].startswith(prefix) for prefix in restore["with"]["restore-keys"].splitlines())
    assert save["if"].startswith("${{ always() && steps.check.outputs.exit-code != ''")


def test_what_cannot_run_fails_the_step_with_its_status(check: Check) -> None:
    done = check(config="none.yaml")
    assert (done.status, done.outputs) == (2, {"exit-code": "2"})
    assert "none.yaml: cannot be read" in done.stderr


def test_an_input_is_a_value_and_never_a_command(check: Check, tmp_path: Path) -> None:
    evil = '"; touch ran; $(touch ran) `touch ran` #'
    for inputs in ({"paths": evil}, {"paths": "--help"}, {"config": evil}, {"args": evil}, {"args": "--select *"}):
        assert check(**inputs).status == 2
    assert not list(tmp_path.rglob("*ran*"))


def test_no_module_is_taken_from_the_repository(check: Check, tmp_path: Path) -> None:
    for name in ("click", "yaml", "waku_lint", "json"):
        (tmp_path / f"{name}.py").write_text("import pathlib; pathlib.Path('ran').touch()\n")
    assert check(args="--select WL203").status == 1
    assert not (tmp_path / "ran").exists()


@pytest.mark.skipif("sarif" not in FORMATS, reason="there is no --format sarif yet")
def test_a_sarif_report_is_written_beside(check: Check, tmp_path: Path) -> None:
    done = check(args="--select WL203", sarif_file="waku lint.sarif")
    assert done.status == 1
    assert "draft-roadmap/relay.md:3:35: error WL203" in done.stdout
    assert done.outputs == {"exit-code": "1", "sarif": "waku lint.sarif"}
    (run,) = json.loads((tmp_path / "waku lint.sarif").read_text())["runs"]
    assert [each["ruleId"] for each in run["results"]] == ["WL203", "WL203"]
    lost = check(args="--select WL105", sarif_file="no/such/folder.sarif")
    assert (lost.status, lost.outputs) == (2, {"exit-code": "2"})
