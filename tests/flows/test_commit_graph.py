"""What a hook sees of a commit or a push: real git, real pre-commit, a test for each situation."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.flows.test_hooks import FURPS, GOOD, git, home, hooks_repository  # noqa: F401 - fixtures

PAGE = "draft-roadmap/relay.md"
FEATURE = "FURPS/core/relay.md"
WRONG = GOOD.replace("**Owner**: nwaku", "**Owner**: nwaku, js-waku")
BLOCKED = f"{PAGE}:26:12: error WL305 deliverable-owner-count"
Done = subprocess.CompletedProcess[str]


class Roadmap:
    """A roadmap repository whose commits and pushes pass through the hook."""

    def __init__(self, root: Path, home: dict[str, str]) -> None:  # noqa: F811
        self.root = root
        self.home = home

    def git(self, *arguments: str) -> Done:
        done = git(self.root, *arguments, env={**self.home, "GIT_ALLOW_PROTOCOL": "file"})
        done.stdout = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout + done.stderr)
        return done

    def write(self, **texts: str) -> None:
        for name, text in texts.items():
            self.put(name, text)

    def put(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def commit(self, *arguments: str) -> Done:
        return self.git("commit", "-m", "change", *arguments)

    def pre_commit(self, *arguments: str) -> Done:
        done = subprocess.run(
            [sys.executable, "-m", "pre_commit", *arguments],
            cwd=self.root,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, **self.home},
        )
        done.stdout += done.stderr
        return done


@pytest.fixture
def roadmap(tmp_path: Path, template: Roadmap) -> Roadmap:
    """A good page that quotes a feature, committed with the hook installed."""
    return Roadmap(shutil.copytree(template.root, tmp_path / "the roadmap"), template.home)


@pytest.fixture(scope="module")
def template(
    tmp_path_factory: pytest.TempPathFactory,
    hooks_repository: Path,  # noqa: F811
    home: dict[str, str],  # noqa: F811
) -> Roadmap:
    made = Roadmap(tmp_path_factory.mktemp("template"), home)
    git(made.root, "init", "-q", "-b", "main")
    revision = git(hooks_repository, "rev-parse", "HEAD").stdout.strip()
    made.put(
        ".pre-commit-config.yaml",
        "default_install_hook_types: [pre-commit, pre-merge-commit, pre-push]\n"
        f"repos:\n  - repo: {hooks_repository}\n    rev: {revision}\n    hooks: [{{id: waku-lint}}]\n",
    )
    made.put(PAGE, GOOD)
    made.put(FEATURE, FURPS)
    made.put("FURPS/README.md", "# FURPS\n\n- [Relay](core/relay.md)\n")
    made.put("draft-roadmap/README.md", "# Plan\n\n- [Relay metrics](relay.md)\n")
    installed = made.pre_commit("install")
    assert installed.returncode == 0, installed.stdout
    made.git("add", "-A")
    first = made.commit()
    assert first.returncode == 0, first.stdout
    return made


def test_a_first_commit_is_checked_as_a_whole(roadmap: Roadmap) -> None:
    roadmap.git("update-ref", "-d", "HEAD")
    roadmap.put(PAGE, WRONG)
    roadmap.git("add", "-A")
    blocked = roadmap.commit()
    assert blocked.returncode == 1
    assert BLOCKED in blocked.stdout


def test_a_commit_that_only_deletes_a_feature_is_told_who_links_it(roadmap: Roadmap) -> None:
    roadmap.git("rm", "-q", FEATURE)
    blocked = roadmap.commit()
    assert blocked.returncode == 1
    assert f"{PAGE}:28:22: error WL107 link-broken: there is no file `/FURPS/core/relay.md`" in blocked.stdout
    assert f"= caused by this change: `{FEATURE}` is deleted" in blocked.stdout


def test_a_commit_that_deletes_a_statement_is_told_who_quotes_it(roadmap: Roadmap) -> None:
    roadmap.put(FEATURE, FURPS.replace("1. Counts messages.\n2. Drops duplicates.\n", ""))
    blocked = roadmap.commit("-a")
    assert blocked.returncode == 1
    assert f"{PAGE}:31:3: error WL422 furps-id-unknown: `Relay FURPS` has no F1" in blocked.stdout
    assert f"= caused by this change: F1 is gone from `{FEATURE}`" in blocked.stdout


def test_a_commit_that_only_renames_a_feature_is_told_its_new_name(roadmap: Roadmap) -> None:
    roadmap.git("mv", FEATURE, "FURPS/core/relaying.md")
    blocked = roadmap.commit()
    assert blocked.returncode == 1
    assert "`FURPS/core/relay.md` is now `FURPS/core/relaying.md`" in blocked.stdout
    assert f"{PAGE}:28:22: error WL107" in blocked.stdout


def test_what_is_staged_beside_a_partial_commit_is_not_checked(roadmap: Roadmap) -> None:
    roadmap.put(PAGE, WRONG)
    roadmap.git("add", PAGE)
    roadmap.put("FURPS/README.md", "# FURPS\n\nAll of them:\n\n- [Relay](core/relay.md)\n")
    passed = roadmap.commit("FURPS/README.md")
    assert passed.returncode == 0, passed.stdout
    blocked = roadmap.commit(PAGE)
    assert blocked.returncode == 1
    assert BLOCKED in blocked.stdout


def test_edits_that_are_not_staged_are_not_checked(roadmap: Roadmap) -> None:
    roadmap.put(PAGE, WRONG)
    roadmap.git("add", PAGE)
    roadmap.put(PAGE, GOOD)
    assert BLOCKED in roadmap.commit().stdout
    roadmap.git("add", PAGE)
    roadmap.put(PAGE, WRONG)
    roadmap.put("notes.txt", "x")
    roadmap.git("add", "notes.txt")
    passed = roadmap.commit()
    assert passed.returncode == 0, passed.stdout
    assert (roadmap.root / PAGE).read_text() == WRONG


def test_a_link_to_a_file_that_is_not_added_says_so(roadmap: Roadmap) -> None:
    roadmap.put("draft-roadmap/store.md", "# Store\n")
    roadmap.put(PAGE, GOOD.replace("None is known.", "[Store](store.md) is late."))
    blocked = roadmap.commit(PAGE)
    assert blocked.returncode == 1
    assert "`draft-roadmap/store.md` is there, but not in this commit: `git add` it" in blocked.stdout


def test_a_file_that_is_only_intended_to_be_added_is_not_there_yet(roadmap: Roadmap) -> None:
    roadmap.put("draft-roadmap/store.md", "# Store\n")
    roadmap.git("add", "-N", "draft-roadmap/store.md")
    roadmap.put("notes.txt", "x")
    roadmap.git("add", "notes.txt")
    passed = roadmap.commit("-m", "change")
    assert "WL601" not in passed.stdout
    assert "WL201" not in passed.stdout


def test_all_files_checks_the_work_tree_as_it_is(roadmap: Roadmap) -> None:
    roadmap.put(PAGE, WRONG)
    done = roadmap.pre_commit("run", "--all-files")
    assert done.returncode == 1
    assert BLOCKED in done.stdout


def test_between_two_revisions_the_later_one_is_checked(roadmap: Roadmap) -> None:
    roadmap.put(PAGE, WRONG)
    roadmap.git("commit", "--no-verify", "-qam", "wrong")
    roadmap.put(PAGE, GOOD)
    done = roadmap.pre_commit("run", "--from-ref", "HEAD~1", "--to-ref", "HEAD")
    assert done.returncode == 1
    assert BLOCKED in done.stdout
    roadmap.git("commit", "--no-verify", "-qam", "right again")
    assert roadmap.pre_commit("run", "--from-ref", "HEAD~2", "--to-ref", "HEAD").returncode == 0


def test_a_branch_that_is_not_checked_out_is_checked_when_it_is_pushed(roadmap: Roadmap, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--bare", "remote")
    roadmap.git("remote", "add", "origin", str(tmp_path / "remote"))
    assert roadmap.git("push", "-q", "origin", "main").returncode == 0
    roadmap.git("checkout", "-q", "-b", "wrong")
    roadmap.put(PAGE, WRONG)
    roadmap.git("commit", "--no-verify", "-qam", "wrong")
    roadmap.git("checkout", "-q", "main")
    blocked = roadmap.git("push", "origin", "wrong")
    assert blocked.returncode == 1
    assert BLOCKED in blocked.stdout


def test_the_first_push_of_a_history_checks_what_is_pushed(roadmap: Roadmap, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--bare", "remote")
    roadmap.git("remote", "add", "origin", str(tmp_path / "remote"))
    roadmap.git("checkout", "-q", "-b", "wrong")
    roadmap.put(PAGE, WRONG)
    roadmap.git("commit", "--no-verify", "-qam", "wrong")
    roadmap.git("checkout", "-q", "main")
    blocked = roadmap.git("push", "origin", "wrong")
    assert blocked.returncode == 1
    assert BLOCKED in blocked.stdout
    passed = roadmap.git("push", "origin", "main")
    assert passed.returncode == 0, passed.stdout


def test_a_merge_of_two_sound_branches_that_do_not_fit_is_blocked(roadmap: Roadmap) -> None:
    roadmap.git("checkout", "-q", "-b", "renamed")
    roadmap.git("mv", FEATURE, "FURPS/core/relaying.md")
    for path in (PAGE, "FURPS/README.md"):
        text = (roadmap.root / path).read_text()
        roadmap.put(path, text.replace("core/relay.md", "core/relaying.md"))
    assert roadmap.commit("-a").returncode == 0
    roadmap.git("checkout", "-q", "-b", "linked", "main")
    roadmap.put(
        "draft-roadmap/README.md", "# Plan\n\n- [Relay metrics](relay.md)\n\nSee [Relay](/FURPS/core/relay.md).\n"
    )
    assert roadmap.commit("-a").returncode == 0
    blocked = roadmap.git("merge", "--no-edit", "renamed")
    assert blocked.returncode != 0
    assert "draft-roadmap/README.md:5:13: error WL107" in blocked.stdout
    assert "is now `FURPS/core/relaying.md`" in blocked.stdout


@pytest.mark.parametrize("name", ["a page.md", 'it\'s "here".md', "日本語 page.md", "-dash.md", "tab\tpage.md"])
def test_a_name_may_hold_anything(roadmap: Roadmap, name: str) -> None:
    roadmap.put(f"draft-roadmap/{name}", WRONG.replace("milestone/12", "milestone/13").replace("101", "102"))
    roadmap.git("add", "-A")
    blocked = roadmap.commit()
    assert blocked.returncode == 1
    shown = name.replace("\t", "?")  # a control character may do anything to a terminal
    assert f"draft-roadmap/{shown}:26:12: error WL305" in blocked.stdout


def test_a_link_into_a_submodule_is_left_alone(roadmap: Roadmap, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "-q")
    (other / "README.md").write_text("# Other\n")
    git(other, "add", "-A")
    git(other, "commit", "-qm", "start")
    added = roadmap.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(other), "vendor/other")
    assert added.returncode == 0, added.stdout
    roadmap.put(PAGE, GOOD.replace("None is known.", "See [it](../vendor/other/README.md) and [all](/vendor/other)."))
    roadmap.git("add", "-A")
    passed = roadmap.commit()
    assert passed.returncode == 0, passed.stdout


def test_a_linked_work_tree_has_an_index_of_its_own(roadmap: Roadmap, tmp_path: Path) -> None:
    roadmap.git("worktree", "add", "-q", str(tmp_path / "second"), "-b", "second")
    second = Roadmap(tmp_path / "second", roadmap.home)
    second.put(PAGE, WRONG)
    blocked = second.commit("-a")
    assert blocked.returncode == 1
    assert BLOCKED in blocked.stdout
    assert roadmap.commit("--allow-empty").returncode == 0


def test_a_revision_that_a_shallow_clone_lacks_is_no_empty_change(roadmap: Roadmap, tmp_path: Path) -> None:
    roadmap.commit("--allow-empty")
    before = roadmap.git("rev-parse", "HEAD~1").stdout.strip()
    assert git(tmp_path, "clone", "-q", "--depth", "1", f"file://{roadmap.root}", "shallow").returncode == 0
    environment = {"PRE_COMMIT_FROM_REF": before, "PRE_COMMIT_TO_REF": "HEAD"}
    done = subprocess.run(
        [sys.executable, "-m", "waku_lint", "hook"],
        cwd=tmp_path / "shallow",
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
    )
    assert done.returncode == 2
    assert f"revision '{before}' is not in this repository; this is a shallow clone" in done.stderr
    assert "fetch-depth: 0" in done.stderr


def test_arguments_of_the_user_do_not_replace_the_command(roadmap: Roadmap) -> None:
    config = roadmap.root / ".pre-commit-config.yaml"
    config.write_text(config.read_text().replace("{id: waku-lint}", "{id: waku-lint, args: [--strict]}"))
    roadmap.put(PAGE, GOOD.replace("None is known.", "TODO: ask"))
    roadmap.git("add", "-A")
    blocked = roadmap.commit()
    assert blocked.returncode == 1
    assert "warning WL104" in blocked.stdout


def test_old_mistakes_are_counted_and_not_told(roadmap: Roadmap) -> None:
    roadmap.put("draft-roadmap/old.md", "# Old\n")
    roadmap.git("add", "-A")
    roadmap.git("commit", "--no-verify", "-qm", "debt")
    roadmap.put(PAGE, WRONG)
    blocked = roadmap.commit("-a")
    assert blocked.returncode == 1
    assert "draft-roadmap/old.md" not in blocked.stdout
    assert re.search(r"\d+ older findings not shown \(--report=all\)", blocked.stdout)


def test_a_change_of_a_file_that_is_no_document_checks_nothing(roadmap: Roadmap) -> None:
    roadmap.put("draft-roadmap/old.md", "# Old\n")
    roadmap.git("add", "-A")
    roadmap.git("commit", "--no-verify", "-qm", "debt")
    roadmap.put("script.py", "pass\n")
    roadmap.git("add", "-A")
    passed = roadmap.commit()
    assert passed.returncode == 0, passed.stdout
