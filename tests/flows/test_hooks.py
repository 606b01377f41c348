"""The hooks as users have them: real git, real pre-commit, this checkout."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.conftest import CHECKOUT, Once
from waku_lint.documents.extract import KINDS

MANIFEST = yaml.safe_load((CHECKOUT / ".pre-commit-hooks.yaml").read_text())
CHECKS = [hook for hook in MANIFEST if hook["entry"].startswith("waku-lint hook")]

GOOD = """# [Relay metrics](https://github.com/waku-org/pm/milestone/12)

**Estimated date of completion**: 30 Sep 2025

**Resources Required for 2025H2**:
- 1 nwaku engineer

Operators see what their node costs them.

## Strategic Objective

Nodes are cheap.

## FURPS

See deliverables.

## Risks

None is known.

## Deliverables

### [Count messages](https://github.com/waku-org/pm/issues/101)

**Owner**: nwaku

**Feature**: [Relay](/FURPS/core/relay.md)

**FURPS**:
- F1. Counts messages.

**Checklist**:
- [ ] Specs: link to the text
- [ ] Code: link to pull requests
- [ ] Dogfood: link to session
- [ ] Docs: link to docs
"""
BAD = GOOD.replace("**Owner**: nwaku", "**Owner**: nwaku, js-waku")


FURPS = """# Relay FURPS

## Functionality

1. Counts messages.
2. Drops duplicates.

## Usability

## Reliability

## Performance

## Supportability

## + (Privacy)
"""


def git(repository: Path, *arguments: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false"]
    return subprocess.run(
        ["git", *identity, *arguments],
        cwd=repository,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=600,
        env={**os.environ, **(env or {})},
    )


@pytest.fixture(scope="session")
def hooks_repository(once: Once) -> Path:
    """This checkout as it is now, as the repository a user points pre-commit at."""
    return once("waku-lint", _release)


def _release(target: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        source = CHECKOUT / name
        if source.is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (target / name).write_bytes(source.read_bytes())
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "release"]):
        assert git(target, *arguments).returncode == 0


@pytest.fixture(scope="session")
def home(once: Once) -> dict[str, str]:
    """The environment that pre-commit installs is kept for the whole session."""
    return {"PRE_COMMIT_HOME": str(once("pre-commit", lambda _folder: None))}


@pytest.fixture
def roadmap(tmp_path: Path, template: Path) -> Path:
    """A roadmap repository with the hook installed and one good commit."""
    return shutil.copytree(template, tmp_path / "roadmap")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory, hooks_repository: Path, home: dict[str, str]) -> Path:
    repository = tmp_path_factory.mktemp("template")
    (repository / "draft-roadmap").mkdir(parents=True)
    git(repository, "init", "-q")
    revision = git(hooks_repository, "rev-parse", "HEAD").stdout.strip()
    (repository / ".pre-commit-config.yaml").write_text(
        f"repos:\n  - repo: {hooks_repository}\n    rev: {revision}\n    hooks: [{{id: waku-lint}}]\n"
    )
    (repository / "README.md").write_text("# Roadmap\n")
    (repository / "FURPS" / "core").mkdir(parents=True)
    (repository / "FURPS" / "core" / "relay.md").write_text(FURPS)
    installed = subprocess.run(
        [sys.executable, "-m", "pre_commit", "install"],
        cwd=repository,
        capture_output=True,
        text=True,
        env={**os.environ, **home},
    )
    assert installed.returncode == 0, installed.stderr
    git(repository, "add", "-A")
    first = git(repository, "commit", "-m", "start", env=home)
    assert first.returncode == 0, first.stdout + first.stderr
    return repository


def commit(repository: Path, home: dict[str, str], name: str, text: str) -> subprocess.CompletedProcess[str]:
    path = repository / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    git(repository, "add", "-A")
    return git(repository, "commit", "-m", "change", env=home)


def test_a_bad_page_is_blocked_at_its_place_and_a_good_one_passes(roadmap: Path, home: dict[str, str]) -> None:
    blocked = commit(roadmap, home, "draft-roadmap/relay.md", BAD)
    told = blocked.stdout + blocked.stderr
    assert blocked.returncode == 1, told
    assert (
        "draft-roadmap/relay.md:26:12: error WL305 deliverable-owner-count: deliverable has 2 owners; "
        "a deliverable has one: split it per subteam\n"
        " 26 | **Owner**: nwaku, js-waku\n"
        "    |            ^^^^^^^^^^^^^^\n"
    ) in told
    passed = commit(roadmap, home, "draft-roadmap/relay.md", GOOD)
    assert passed.returncode == 0, passed.stdout + passed.stderr
    assert git(roadmap, "log", "--oneline").stdout.count("\n") == 2


def test_a_file_that_is_no_document_does_not_block(roadmap: Path, home: dict[str, str]) -> None:
    passed = commit(roadmap, home, "notes/{Enter date}.md", "##Notes\n\n[x]()\n")
    assert passed.returncode == 0, passed.stdout + passed.stderr


def test_the_mistakes_of_other_files_do_not_block_a_commit(roadmap: Path, home: dict[str, str]) -> None:
    old = roadmap / "draft-roadmap" / "old.md"
    old.write_text(BAD)
    git(roadmap, "add", "-A")
    assert git(roadmap, "commit", "--no-verify", "-m", "debt").returncode == 0
    passed = commit(roadmap, home, "draft-roadmap/new page.md", GOOD.replace("/12", "/13").replace("101", "102"))
    assert passed.returncode == 0, passed.stdout + passed.stderr


@pytest.mark.parametrize("hook", CHECKS, ids=lambda hook: str(hook["id"]))
def test_every_hook_that_checks_runs(
    roadmap: Path, home: dict[str, str], hooks_repository: Path, hook: dict[str, str]
) -> None:
    """The manifest's own entry, run by pre-commit over a page, a feature file, templates and an update."""
    bad = {
        "draft-roadmap/relay.md": (BAD, "milestones"),
        "FURPS/core/relay.md": ("# Relay FURPS\n\n## Functionality\n\n2. Counts.\n", "furps"),
        ".github/ISSUE_TEMPLATE/task.md": ("# Task\n", "issue-templates"),
        ".github/ISSUE_TEMPLATE/task.yml": ("name: Task\n", "issue-templates"),
        "FURPS/README.md": ("# FURPS\n\n- [Store](core/store.md)\n", "indexes"),
        "content/waku/updates/2025-03-03.md": ("---\ndate: 2025-02-24\n---\n\nText\n", "updates"),
    }
    for name, (text, _) in bad.items():
        (roadmap / name).parent.mkdir(parents=True, exist_ok=True)
        (roadmap / name).write_text(text)
    git(roadmap, "add", "-A")
    config = roadmap / ".pre-commit-config.yaml"
    config.write_text(re.sub(r"id: [\w-]+", f"id: {hook['id']}", config.read_text()))
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "run", "--all-files"],
        cwd=roadmap,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, **home},
    )
    assert done.returncode == 1, done.stdout
    kind = hook["id"].removeprefix("waku-lint").removeprefix("-")
    for name, (_, wanted) in bad.items():
        assert (f"\n{name}:" in done.stdout) == (kind in ("", wanted)), done.stdout


def test_the_hook_that_fixes_mends_what_is_committed_and_stops_until_that_is_added(
    roadmap: Path, home: dict[str, str]
) -> None:
    config = roadmap / ".pre-commit-config.yaml"
    config.write_text(config.read_text().replace("id: waku-lint", "id: waku-lint-fix"))
    page = roadmap / "draft-roadmap" / "relay.md"
    old = roadmap / "FURPS" / "core" / "old.md"
    old.write_text(FURPS.replace("## Usability", "##Usability"))
    git(roadmap, "add", "-A")
    assert git(roadmap, "commit", "--no-verify", "-m", "debt").returncode == 0
    stopped = commit(roadmap, home, "draft-roadmap/relay.md", GOOD.replace("## Risks", "##Risks"))
    told = stopped.stdout + stopped.stderr
    assert stopped.returncode == 1, told
    assert "files were modified by this hook" in told
    assert "draft-roadmap/relay.md: 1 WL110 heading-space" in told
    assert page.read_text() == GOOD
    assert "##Usability" in old.read_text(), "a file that is not committed is left alone"
    git(roadmap, "add", "-A")
    passed = git(roadmap, "commit", "-m", "mended", env=home)
    assert passed.returncode == 0, passed.stdout + passed.stderr


def test_what_is_not_added_survives_the_hook_that_fixes(roadmap: Path, home: dict[str, str]) -> None:
    """pre-commit puts aside what is not staged, and brings it back after the fix."""
    config = roadmap / ".pre-commit-config.yaml"
    config.write_text(config.read_text().replace("id: waku-lint", "id: waku-lint-fix"))
    page = roadmap / "draft-roadmap" / "relay.md"
    page.parent.mkdir(exist_ok=True)
    page.write_text(GOOD)
    git(roadmap, "add", "-A")
    page.write_text(f"{GOOD}\nNot added yet.\n")
    passed = git(roadmap, "commit", "-m", "half", env=home)
    assert passed.returncode == 0, passed.stdout + passed.stderr
    assert page.read_text() == f"{GOOD}\nNot added yet.\n"


def test_the_hooks_name_kinds_that_there_are() -> None:
    named = {kind for hook in MANIFEST for kind in re.findall(r"--kind (\S+)", hook["entry"])}
    assert named == set(KINDS)


def test_the_page_on_pre_commit_names_every_hook() -> None:
    page = (CHECKOUT / "docs" / "pre-commit.md").read_text()
    for hook in MANIFEST:
        assert f"`{hook['id']}`" in page
