"""Snapshots and scopes: the same findings from disk and from git, and none lost or doubled by any split."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT
from tests.flows.test_hooks import git
from waku_lint.config.config import load
from waku_lint.diagnostics import Diagnostic
from waku_lint.documents.reader import read_document
from waku_lint.engine import pipeline
from waku_lint.errors import CannotRun
from waku_lint.files import snapshot
from waku_lint.files.snapshot import open_snapshot
from waku_lint.parsing.limits import DEFAULTS
from waku_lint.rules import registry
from waku_lint.session.changes import Situation, from_environment
from waku_lint.session.runner import lint
from waku_lint.session.session import Report, Request, open_session

DIRTY = CHECKOUT / "fixtures" / "dirty" / "references"
PAGE = "draft-roadmap/measure_the_water.md"
FEATURE = "FURPS/core/gauge.md"


def run(root: Path, source: str = "worktree", report: Report = "all", **more: object) -> list[Diagnostic]:
    request = Request(root=root, source=source, report=report, **more)  # type: ignore[arg-type]
    result = lint(request, open_session(request))
    assert not result.crashes
    return list(result.diagnostics)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """The dirty fixture in a repository of its own, committed."""
    root = tmp_path / "plan"
    for source in sorted(DIRTY.rglob("*")):
        if source.is_file():
            target = root / source.relative_to(DIRTY)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "start"]):
        assert git(root, *arguments).returncode == 0
    return root


def test_disk_index_and_revision_give_the_same(repository: Path) -> None:
    on_disk = run(repository)
    assert len(on_disk) > 20
    assert run(repository, "index") == on_disk == run(repository, "HEAD")
    (repository / PAGE).write_text("# Nothing\n")
    assert run(repository, "index") == on_disk
    git(repository, "add", "-A")
    assert run(repository, "HEAD") == on_disk
    assert run(repository, "index") == run(repository) != on_disk


def test_the_configuration_is_that_of_the_snapshot(repository: Path) -> None:
    (repository / ".waku-lint.yaml").write_text("rules: {WL305: broken}\n")
    assert run(repository, "HEAD")
    with pytest.raises(CannotRun):
        run(repository)


def test_links_and_large_files_of_the_index_are_told_as_on_disk(repository: Path, tmp_path: Path) -> None:
    folder = repository / "draft-roadmap"
    (folder / "there.md").symlink_to("../FURPS/core/gauge.md")
    (folder / "twice.md").symlink_to("there.md")
    (folder / "loop.md").symlink_to("loop.md")
    (folder / "out.md").symlink_to(tmp_path / "other.md")
    (tmp_path / "other.md").write_text("# Other\n")
    (folder / "large.md").write_bytes(b"x" * (DEFAULTS.file_size + 1))
    git(repository, "add", "-A")
    names = [f"draft-roadmap/{name}.md" for name in ("there", "twice", "loop", "out", "large")]
    stored = {file.path: file for file in open_snapshot(repository, "index").read(names)}
    for file in open_snapshot(repository, "worktree").read(names):
        assert stored[file.path] == file


def test_an_object_that_is_not_here_is_told(repository: Path) -> None:
    name = git(repository, "rev-parse", f"HEAD:{PAGE}").stdout.strip()
    (repository / ".git" / "objects" / name[:2] / name[2:]).unlink()
    (file,) = open_snapshot(repository, "HEAD").read([PAGE])
    assert file.error == "its content is not in this clone"


def test_a_source_that_there_is_not_cannot_be_checked(repository: Path, tmp_path: Path) -> None:
    with pytest.raises(CannotRun, match="revision 'nowhere' is not in this repository"):
        run(repository, "nowhere")
    with pytest.raises(CannotRun, match="no git repository"):
        run(tmp_path, "index")
    with pytest.raises(CannotRun, match="no git repository"):
        run(tmp_path, report="caused")
    with pytest.raises(CannotRun, match="revision 'nowhere'"):
        run(repository, report="caused", since="nowhere")


def test_the_situation_of_a_hook_is_what_git_and_pre_commit_say(repository: Path) -> None:
    git(repository, "commit", "--allow-empty", "-qm", "second")
    assert from_environment(repository, {}) == Situation("worktree", "all", None)
    assert from_environment(repository, {"GIT_INDEX_FILE": ".git/index"}) == Situation("index", "caused", None)
    first, second = (git(repository, "rev-parse", each).stdout.strip() for each in ("HEAD~1", "HEAD"))
    pushed = {"PRE_COMMIT_FROM_REF": first, "PRE_COMMIT_TO_REF": second}
    assert from_environment(repository, pushed) == Situation(second, "caused", first)
    with pytest.raises(CannotRun, match="revision 'gone'"):
        from_environment(repository, {"PRE_COMMIT_FROM_REF": "gone", "PRE_COMMIT_TO_REF": second})


def test_a_project_below_the_top_of_its_repository_is_read_by_its_own_paths(repository: Path) -> None:
    git(repository, "mv", "-k", "FURPS", "draft-roadmap", ".waku-lint.yaml", "README.md", "expected.txt", "x")
    nested = repository / "nested"
    nested.mkdir()
    git(repository, "mv", "FURPS", "draft-roadmap", ".waku-lint.yaml", "nested")
    git(repository, "commit", "-qm", "move")
    assert {each.path for each in run(nested, "HEAD")} == {each.path for each in run(nested)}
    (nested / PAGE).write_text("# Nothing\n")
    assert {each.path for each in run(nested, report="touched")} >= {PAGE}


def test_what_is_touched_and_what_it_has_caused(repository: Path) -> None:
    text = (repository / FEATURE).read_text()
    (repository / FEATURE).write_text(text.replace("once a minute", "twice a minute"))
    everything, caused, touched = (run(repository, report=each) for each in ("all", "caused", "touched"))
    assert {each.path for each in touched} <= {FEATURE, "FURPS/README.md"}
    new = [each for each in caused if each not in touched]
    assert [(each.path, each.code) for each in new] == [(PAGE, "WL425")]  # of two quotes one had drifted before
    assert {each.cause for each in new} == {f"`{FEATURE}` is changed"}
    assert len(everything) > len(caused)


def told_elsewhere(root: Path, source: str = "worktree") -> list[tuple[str, str, str | None]]:
    return [(each.path, each.code, each.cause) for each in run(root, source, "caused") if each.cause]


def committed(root: Path, **texts: str) -> Path:
    for path, text in texts.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "start"]):
        assert git(root, *arguments).returncode == 0
    return root


def test_a_link_that_does_not_spell_out_its_file_has_that_for_its_cause(tmp_path: Path) -> None:
    page = "content/chat/roadmap/milestones/beta.md"
    index = "content/chat/roadmap/index.md"
    root = committed(
        tmp_path,
        **{
            ".waku-lint.yaml": "extends: logos\n",
            page: "# Beta\n",
            "content/chat/notes/a.md": "# A\n",
            index: "# Plan\n\n- [B](milestones/beta)\n- [[chat/roadmap/milestones/beta|it]]\n- [n](/chat/notes/)\n",
        },
    )
    git(root, "mv", page, page.replace("beta", "gamma"))
    git(root, "rm", "-rq", "content/chat/notes")
    now = page.replace("beta", "gamma")
    assert [each for each in told_elsewhere(root, source="index") if each[1] == "WL107"] == [
        (index, "WL107", f"`{page}` is now `{now}`"),
        (index, "WL107", f"`{page}` is now `{now}`"),
        (index, "WL107", "`content/chat/notes/a.md` is deleted"),
    ]


def test_what_moves_to_another_index_with_the_one_that_is_deleted_is_told(tmp_path: Path) -> None:
    root = committed(
        tmp_path,
        **{
            "draft-roadmap/README.md": "# Plan\n\n- [One](one.md)\n- [Two](two.md)\n",
            "README.md": "# All\n\n- [One](draft-roadmap/one.md)\n",
            "draft-roadmap/one.md": "# One\n",
            "draft-roadmap/two.md": "# Two\n",
            ".waku-lint.yaml": "kinds: {index: {paths: [README.md, draft-roadmap/README.md]}}\n",
        },
    )
    (root / "draft-roadmap" / "README.md").unlink()
    assert told_elsewhere(root) == [("README.md", "WL601", "`draft-roadmap/README.md` is deleted")]


def test_an_old_mistake_is_not_told_again_since_its_message_changes(repository: Path) -> None:
    (repository / FEATURE).write_text((repository / FEATURE).read_text().replace("# ", "# The ", 1))
    assert {code for _, code, _ in told_elsewhere(repository)} & {"WL422", "WL425", "WL426"} == set()


def test_a_statement_that_is_gone_is_the_cause_by_its_id(tmp_path: Path) -> None:
    page = "# Relay\n\n## Deliverables\n\n### Count\n\n**Feature**: [Relay](/FURPS/relay.md)\n\n**FURPS**:\n- F2. B.\n"
    feature = "# Relay FURPS\n\n## Functionality\n\n1. A.\n2. B.\n"
    root = committed(tmp_path, **{"draft-roadmap/a.md": page, "FURPS/relay.md": feature})
    (root / "FURPS" / "relay.md").write_text(feature.replace("2. B.\n", ""))
    assert told_elsewhere(root) == [("draft-roadmap/a.md", "WL422", "F2 is gone from `FURPS/relay.md`")]


def test_what_the_configuration_brings_about_is_told(tmp_path: Path) -> None:
    page = "# Relay\n\n## Deliverables\n\n### Count\n\n**Owner**: nwaku\n"
    root = committed(tmp_path, **{"draft-roadmap/a.md": page, ".waku-lint.yaml": "teams: {nwaku: []}\n"})
    (root / ".waku-lint.yaml").write_text("teams: {js-waku: []}\n")
    assert told_elsewhere(root) == [("draft-roadmap/a.md", "WL304", "`.waku-lint.yaml` is changed")]


def test_without_the_state_before_only_what_names_the_change_is_told(tmp_path: Path) -> None:
    files = {"draft-roadmap/a.md": "# Relay\n\n[there](b.md)\n", "draft-roadmap/b.md": "# Store\n"}
    root = committed(tmp_path, **files, **{".waku-lint.yaml": "rulse: {}\n"})
    (root / ".waku-lint.yaml").unlink()
    (root / "draft-roadmap" / "b.md").unlink()
    assert {code for _, code, _ in told_elsewhere(root)} == {"WL107"}


def test_a_revision_has_nothing_to_do_with_what_is_on_disk(tmp_path: Path) -> None:
    root = committed(tmp_path, **{"draft-roadmap/a.md": "# A\n\n[b](b.md)\n", ".gitignore": "c.md\n"})
    (root / "draft-roadmap" / "b.md").write_text("# B\n")

    def said(source: str) -> list[str]:
        return [each.message for each in run(root, source) if each.code == "WL107"]

    assert said("HEAD") == ["there is no file `b.md` in this project"]
    assert said("index") == ["`draft-roadmap/b.md` is there, but not in this commit: `git add` it"]
    (root / "draft-roadmap" / "a.md").write_text("# A\n\n[c](c.md)\n")
    git(root, "add", "draft-roadmap/a.md")
    (root / "draft-roadmap" / "c.md").write_text("# C\n")
    assert said("index") == ["there is no file `c.md` in this project"], "git ignores it, so it cannot be added"


def test_a_history_that_is_cut_off_is_no_beginning(tmp_path: Path) -> None:
    root = committed(tmp_path / "whole", **{"draft-roadmap/a.md": "# A\n"})
    for number in (1, 2):
        (root / "draft-roadmap" / "a.md").write_text(f"# A {number}\n")
        git(root, "commit", "-qam", str(number))
        git(root, "branch", f"b{number}")
    git(root, "checkout", "-qb", "other", "HEAD~1")
    git(root, "commit", "-qm", "other", "--allow-empty")
    assert git(tmp_path, "clone", "-q", "--depth", "1", "--no-single-branch", f"file://{root}", "cut").returncode == 0
    cut = tmp_path / "cut"
    hint = "is not in this repository; this is a shallow clone: fetch its history"
    with pytest.raises(CannotRun, match=f"what came before 'HEAD' {hint}"):
        run(cut, "HEAD", "touched")
    both = {"PRE_COMMIT_FROM_REF": "origin/b2", "PRE_COMMIT_TO_REF": "origin/other"}
    with pytest.raises(CannotRun, match=f"where 'origin/b2' and 'origin/other' parted {hint}"):
        from_environment(cut, both)
    assert from_environment(root, {"PRE_COMMIT_FROM_REF": "b2", "PRE_COMMIT_TO_REF": "other"}).since is not None


def test_without_a_commit_everything_is_new(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    (tmp_path / "draft-roadmap").mkdir()
    (tmp_path / "draft-roadmap" / "relay.md").write_text("# Relay\n")
    assert run(tmp_path, report="caused") == run(tmp_path, report="touched") != []
    git(tmp_path, "add", "-A")
    assert run(tmp_path, "index", "caused") != []


def test_a_file_that_is_deleted_can_be_named(repository: Path) -> None:
    (repository / FEATURE).unlink()
    found = run(repository, report="caused", paths=(repository / FEATURE,))
    assert found
    assert all(each.cause == f"`{FEATURE}` is deleted" for each in found)


def test_git_runs_no_program_that_the_repository_names(repository: Path, tmp_path: Path) -> None:
    proof = tmp_path / "ran"
    script = tmp_path / "evil.sh"
    script.write_text(f"#!/bin/sh\ntouch '{proof}'\n")
    script.chmod(0o755)
    for key in ("core.fsmonitor", "diff.external", "core.pager"):
        git(repository, "config", key, str(script))
    (repository / PAGE).write_text("# Nothing\n")
    run(repository, "index", "caused")
    run(repository, report="caused")
    assert not proof.exists()


def test_any_split_of_the_names_gives_the_same_union() -> None:
    """A hundred splits; what stands in an index about another page may be told in several parts."""
    keep = lru_cache(maxsize=None)(read_document)
    settings = load(DIRTY)
    rules = registry.load(settings, DIRTY)
    active = rules.active(settings)
    names = snapshot.paths_below(DIRTY)
    documents = [path for path in names if settings.kind_of(path) is not None]
    files = [snapshot.read(DIRTY, path) for path in documents]

    def told(part: set[str]) -> set[Diagnostic]:
        return set(pipeline.run(files, settings, rules, active, part.__contains__, names, parse=keep).diagnostics)

    whole = told(set(documents))
    assert len(whole) > 25
    chance = random.Random(7)
    known: dict[frozenset[str], set[Diagnostic]] = {}
    for _ in range(100):
        parts = [set[str]() for _ in range(chance.randint(2, 5))]
        for path in documents:
            chance.choice(parts).add(path)
        union: set[Diagnostic] = set()
        for part in parts:
            key = frozenset(part)
            if key not in known:
                known[key] = told(part)
            union |= known[key]
        assert union == whole


def test_the_same_bytes_come_out_whatever_the_hash_seed_and_the_order(repository: Path) -> None:
    command = ["waku_lint", "check", "--root", str(repository), "--format", "json"]
    outputs = set()
    for seed, order in (("0", 1), ("1", -1), ("4711", 1)):
        paths = sorted(map(str, repository.rglob("*.md")))[::order]
        done = subprocess.run(
            [sys.executable, "-m", *command, *paths],
            cwd=CHECKOUT,
            capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        assert done.returncode == 1, done.stderr
        outputs.add(done.stdout)
    assert len(outputs) == 1


def test_what_is_extended_is_read_from_where_the_rest_is(repository: Path) -> None:
    (repository / ".waku-lint.yaml").write_text("extends: ./lint/team.yaml\n")
    (repository / "lint").mkdir()
    (repository / "lint" / "team.yaml").write_text("rules: {furps-drift: off}\n")
    git(repository, "add", ".waku-lint.yaml")
    with pytest.raises(CannotRun, match=r"\.waku-lint\.yaml:1:10: there is no file 'lint/team.yaml'"):
        run(repository, "index")
    git(repository, "add", "lint")
    assert "WL425" not in {each.code for each in run(repository, "index")}
    git(repository, "commit", "-qm", "configure")
    (repository / "lint" / "team.yaml").write_text("rules: {furps-drift: warning}\n")
    assert "WL425" not in {each.code for each in run(repository, "HEAD")}
    request = Request(repository, report="caused")
    assert lint(request, open_session(request)).held_back, "a change of what is extended can matter to every document"


def test_a_configuration_that_git_has_and_cannot_be_read_is_not_taken_for_none(repository: Path) -> None:
    (repository / ".waku-lint.yaml").unlink()
    (repository / ".waku-lint.yaml").symlink_to("/etc/hostname")
    git(repository, "add", "-A")
    for source in ("worktree", "index"):
        with pytest.raises(CannotRun, match=r"\.waku-lint\.yaml: .*leads out of the project"):
            run(repository, source)


def test_a_branch_that_begins_a_history_is_checked_as_a_whole(repository: Path) -> None:
    git(repository, "branch", "new")
    assert from_environment(repository, {"PRE_COMMIT_LOCAL_BRANCH": "new"}) == Situation("new", "all", None)
    assert from_environment(repository, {"PRE_COMMIT_LOCAL_BRANCH": "gone"}) == Situation("worktree", "all", None)


BROKEN = {"draft-roadmap/a.md": "# Relay\n\n[there](b.md)\n", "draft-roadmap/b.md": "# Store\n"}


def test_what_was_caused_can_be_narrowed_by_cause_and_by_kind(tmp_path: Path) -> None:
    root = committed(tmp_path, **BROKEN, **{"FURPS/relay.md": "# Relay FURPS\n"})
    (root / "draft-roadmap" / "b.md").unlink()
    gone, other = (root / "draft-roadmap" / "b.md",), (root / "FURPS",)
    assert {each.code for each in run(root, report="caused", paths=gone)} == {"WL107"}
    assert run(root, report="caused", paths=other) == []
    assert run(root, report="caused", kinds=("furps",)) == []


def test_a_link_that_has_always_been_broken_is_laid_to_the_configuration(tmp_path: Path) -> None:
    page = BROKEN["draft-roadmap/a.md"]
    root = committed(tmp_path, **{"draft-roadmap/a.md": page, ".waku-lint.yaml": "rules: {WL107: off}\n"})
    (root / ".waku-lint.yaml").write_text("rules: {}\n")
    assert told_elsewhere(root) == [("draft-roadmap/a.md", "WL107", "`.waku-lint.yaml` is changed")]


def test_a_page_that_another_has_to_agree_with_is_named_as_the_cause(tmp_path: Path) -> None:
    url = "https://github.com/waku-org/pm/milestone"
    files = {
        "draft-roadmap/a.md": f"# [Relay]({url}/1)\n",
        "content/waku/updates/2025-03-03.md": f"# 2025-03-03\n\n## [Relay]({url}/1)\n",
    }
    root = committed(tmp_path, **files)
    (root / "draft-roadmap" / "a.md").write_text(f"# [Relay]({url}/2)\n")
    told = [each for each in told_elsewhere(root) if each[1] == "WL703"]
    assert told == [("content/waku/updates/2025-03-03.md", "WL703", "`draft-roadmap/a.md` is changed")]
