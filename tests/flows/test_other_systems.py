"""The main commands do the same on Linux, Windows and macOS, and there without what only Linux or POSIX has.

`tests/golden/commands.txt` has what they print. `python -m tests.flows.test_other_systems` updates it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.conftest import CHECKOUT

GOLDEN = CHECKOUT / "tests" / "golden" / "commands.txt"
TODAY = ("--today", "2026-01-01")
CHANGED = "draft-roadmap/recover_a_lost_node.md"
COMMANDS = [
    ["check", *TODAY, "--statistics", "--select", "WL2"],
    ["check", *TODAY, "--statistics", "--select", "WL2"],  # from the cache
    ["check", *TODAY, "--select", "WL201,WL304"],
    ["check", *TODAY, "--select", "WL407", "--format", "jsonl", "--jobs", "4", "--no-cache"],
    ["check", *TODAY, "--select", "WL1", "--source", "index", "draft-roadmap", "FURPS", "--statistics"],
    ["check", *TODAY, "--select", "WL501", "--format", "sarif", "--output-file", "report.sarif"],
    ["check", "nothing"],
    ["hook", *TODAY, "--select", "WL304"],
    ["fix", *TODAY, "--diff", "--select", "WL401", "FURPS/core/presence.md"],
    ["rename", "FURPS/core/presence.md", "FURPS/net/Presence.md"],
    ["rename", CHANGED, "draft-roadmap/changed.md"],
    ["fix", *TODAY, "--select", "WL110,WL407"],
    ["baseline", *TODAY],
    ["check", *TODAY],
    ["new", "milestone", "--title", "Tide"],
    ["new", "deliverable", "--title", "Tide", "--in", "draft-roadmap/tide.md"],
    ["impact", "FURPS/core/attachments.md#F1"],
    ["suppressions", *TODAY],
    ["init", "--yes"],
]


def make(root: Path) -> None:
    """A repository with a page that is staged, and one whose lines end as on Windows."""
    shutil.copytree(CHECKOUT / "fixtures" / "dirty" / "sections", root)
    page = root / "FURPS" / "core" / "presence.md"
    page.write_bytes(page.read_bytes().replace(b"\n", b"\r\n"))
    git(root, "init", "-q")
    for setting in ("user.name=A", "user.email=a@example.org", "core.autocrlf=false"):
        git(root, "config", *setting.split("="))
    git(root, "add", "-A")
    git(root, "commit", "-qm", "Add a roadmap")
    page = root / CHANGED
    page.write_bytes(page.read_bytes().replace(b"\n**Owner**", b"\n**Owner**: nobody, who\n\n**Owner**", 1))
    git(root, "add", "-A")


def git(root: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=root, check=True)


def play(system: str, folder: Path, commands: list[list[str]]) -> list[tuple[int, str, str]]:
    """The status, output and errors of each command, as if on `system`."""
    programs = folder / "programs"
    programs.mkdir()
    if system != sys.platform == "linux":
        (programs / "git.exe").symlink_to(str(shutil.which("git")))
    root = folder / "roadmap"
    environment = {
        **os.environ,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "GIT_INDEX_FILE": str(root / ".git" / "index"),
        "WAKU_LINT_CACHE_DIR": str(folder / "cache"),
    }
    arguments = [sys.executable, str(CHECKOUT / "tests" / "other_system.py"), system, json.dumps(commands)]
    done = subprocess.run(arguments, cwd=root, env=environment, capture_output=True, check=False, timeout=300)
    assert (done.returncode, done.stderr) == (0, b"")
    top = str(root.resolve())
    return [
        (status, *(text.replace("\r\n", "\n").replace(top, "ROOT").replace("ROOT\\", "ROOT/") for text in printed))
        for status, *printed in json.loads(done.stdout)
    ]


def told(folder: Path, done: list[tuple[int, str, str]]) -> str:
    """What the commands print, and the files that they leave."""
    parts = [
        f"$ waku-lint {' '.join(command)}\n{output}{errors}[{status}]\n"
        for command, (status, output, errors) in zip(COMMANDS, done, strict=True)
    ]
    root = folder / "roadmap"
    files = sorted(path for path in root.rglob("*") if path.is_file() and ".git" not in path.parts)
    sizes = (f"{path.stat().st_size:6} {path.relative_to(root).as_posix()}\n" for path in files)
    return "\n".join((*parts, "".join(sizes)))


@pytest.mark.parametrize("system", ["linux", "win32", "darwin"])
def test_the_commands_print_the_same_on_every_system(system: str, tmp_path: Path) -> None:
    if sys.platform not in ("linux", system):
        pytest.skip("this system can only be taken for itself")
    make(tmp_path / "roadmap")
    printed = told(tmp_path, play(system, tmp_path, COMMANDS))
    assert (tmp_path / "cache" / "v2" / "entries.sqlite3").is_file()
    assert printed == GOLDEN.read_text(encoding="utf-8")


RULE = """
from waku_lint.diagnostics import Finding
from waku_lint.documents.model import Milestone
from waku_lint.rules.base import Rule
from waku_lint.rules.plugins import sandbox

sandbox.SECONDS = 0.3


def check(milestone, ctx):
    while "Relay" in ctx.document.text:
        pass
    yield Finding(milestone.anchor, "ends")


RULES = [Rule("OWN001", "slow", "Be quick.", "Be quick.", (), applies_to=Milestone, check=check)]
"""


@pytest.mark.parametrize("system", ["linux", "win32"])
def test_a_rule_that_does_not_end_is_stopped_on_every_system(system: str, tmp_path: Path) -> None:
    if sys.platform not in ("linux", system):
        pytest.skip("this system can only be taken for itself")
    root = tmp_path / "roadmap"
    (root / "draft-roadmap").mkdir(parents=True)
    (root / "rules.py").write_text(RULE)
    (root / ".waku-lint.yaml").write_text("local-rules: rules.py\n")
    for name in ("Relay", "Store"):
        (root / "draft-roadmap" / f"{name}.md").write_text(f"# {name}\n")
    ((status, output, errors),) = play(system, tmp_path, [["check", "--select", "OWN", "--allow-local-rules"]])
    assert (status, "Store.md:1:3: error OWN001 slow: ends" in output) == (3, True)
    assert errors == (
        "internal error: OWN001 slow of file rules.py failed on draft-roadmap/Relay.md: "
        "stopped: it did not end within 0.3 s\n"
    )


@pytest.mark.parametrize("command", [["check", "--select", "WL304"], ["init", "--yes"]])
def test_what_the_encoding_of_the_output_lacks_is_escaped(tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "draft-roadmap").mkdir()
    page = "# Relay\n\n## Deliverables\n\n### A\n\n**Owner**: \u5de5\u00e9\n"
    (tmp_path / "draft-roadmap" / "relay.md").write_text(page, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "waku_lint", *command],
        cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": "cp1252"},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (int("check" in command), b"")
    assert "\\u5de5\u00e9" in done.stdout.decode("cp1252")


if __name__ == "__main__":
    with TemporaryDirectory() as name:
        make(Path(name) / "roadmap")
        GOLDEN.write_text(told(Path(name), play("linux", Path(name), COMMANDS)), encoding="utf-8", newline="\n")
