"""A file gets another path: every link follows, and nothing else changes."""

from __future__ import annotations

import ntpath
import os
import subprocess
from collections import Counter
from pathlib import Path, PureWindowsPath

import pytest

from tests.command import run, run_bytes
from tests.conftest import CHECKOUT, lint_files
from tests.editing.test_impact import FILES, files_of
from tests.flows.test_fixtures import CLEAN, DIRTY
from waku_lint.cli.targets import below
from waku_lint.config.config import Config, load, preset
from waku_lint.editing.references import Files
from waku_lint.editing.rename import changes, plan_move
from waku_lint.errors import CannotRun
from waku_lint.files import snapshot
from waku_lint.files.source import SourceFile
from waku_lint.files.writer import Change

OLD, NEW = "FURPS/core/mix.md", "FURPS/net/mix net.md"
SITE = {
    "content/unit/furps/mix.md": "# Mix\n",
    "content/unit/furps/net.md": "# Net\n",
    "content/other/index.md": "# Other\n",
}


def renamed(files: dict[str, str], old: str, new: str) -> dict[str, str]:
    texts = plan_move(files_of(files), old, new).texts
    return {new if path == old else path: texts.get(path, text) for path, text in files.items()}


@pytest.mark.parametrize(
    ("source", "line", "expected"),
    [
        ("README.md", "[mix](FURPS/core/mix.md)", "[mix](FURPS/net/mix%20net.md)"),
        ("README.md", "[mix](/FURPS/core/mix.md#f3)", "[mix](/FURPS/net/mix%20net.md#f3)"),
        ("README.md", "[mix](./FURPS/core/mix.md?plain=1#L3)", "[mix](./FURPS/net/mix%20net.md?plain=1#L3)"),
        ("README.md", '[mix](<FURPS/core/mix.md> "Mix")', '[mix](<FURPS/net/mix net.md> "Mix")'),
        ("README.md", "[mix](FURPS/core/%6Dix.md)", "[mix](FURPS/net/mix%20net.md)"),
        ("README.md", "[m][x] [x]\n\n[x]: FURPS/core/mix.md 'Mix'", "[m][x] [x]\n\n[x]: FURPS/net/mix%20net.md 'Mix'"),
        ("README.md", "[m][x]\n\n[x]: <FURPS/core/mix.md#a>", "[m][x]\n\n[x]: <FURPS/net/mix net.md#a>"),
        ("README.md", "> [m][x]\n>\n> [x]: FURPS/core/mix.md", "> [m][x]\n>\n> [x]: FURPS/net/mix%20net.md"),
        ("README.md", "- [m][x]\n\n  [x]:\n    FURPS/core/mix.md", "- [m][x]\n\n  [x]:\n    FURPS/net/mix%20net.md"),
        ("README.md", "| a |\n|--|\n| [mix](FURPS/core/mix.md) |", "| a |\n|--|\n| [mix](FURPS/net/mix%20net.md) |"),
        ("README.md", "[![mix](FURPS/core/mix.md)](FURPS/core/mix.md)", None),
        ("FURPS/core/a.md", "[mix](mix.md) [mix](./mix.md)", "[mix](../net/mix%20net.md) [mix](../net/mix%20net.md)"),
        ("FURPS/net/a.md", "[mix](../core/mix.md#a)", "[mix](mix%20net.md#a)"),
        ("FURPS/net/a.md", "~~[mix](../core/../core/mix.md)~~", "~~[mix](mix%20net.md)~~"),
        ("draft-roadmap/a.md", "[mix](../FURPS/core/mix.md)", "[mix](../FURPS/net/mix%20net.md)"),
        # what is no link to the file
        ("README.md", "`[m](FURPS/core/mix.md)` <!-- [m](FURPS/core/mix.md) --> FURPS/core/mix.md", "same"),
        ("README.md", "[m](FURPS/core/) [m](FURPS/max.md) [m](https://x.org/FURPS/core/mix.md) [[mix]]", "same"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_link_follows_in_the_manner_it_had(source: str, line: str, expected: str | None, end: str) -> None:
    if expected is None:
        expected = line.replace("core/mix.md", "net/mix%20net.md")
    files = {OLD: "# Mix\n", "FURPS/core/other.md": "", source: f"\ufeff# A\n\n{line}\n".replace("\n", end)}
    wanted = f"\ufeff# A\n\n{line if expected == 'same' else expected}\n".replace("\n", end)
    assert renamed(files, OLD, NEW)[source] == wanted


def test_the_links_of_the_file_itself_lead_where_they_did() -> None:
    text = (
        "# Mix\n\n[a](a.md) [r](../../README.md) [root](/README.md) [self](mix.md#x) [here](#x) [f](../core/) "
        "[gone](gone.md)\n\n[d]: ./a.md\n"
    )
    files = {OLD: text, "FURPS/core/a.md": "", "README.md": ""}
    assert renamed(files, OLD, "FURPS/mix.md")["FURPS/mix.md"] == (
        "# Mix\n\n[a](core/a.md) [r](../README.md) [root](/README.md) [self](mix.md#x) [here](#x) [f](core/) "
        "[gone](gone.md)\n\n[d]: ./core/a.md\n"
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("[m](/unit/furps/mix)", "[m](/unit/nets/mixnet)"),
        ("[m](/unit/furps/mix.md#a)", "[m](/unit/nets/mixnet.md#a)"),
        ("[m](unit/furps/mix)", "[m](unit/nets/mixnet)"),
        ("[m](../unit/furps/mix)", "[m](../unit/nets/mixnet)"),
        ("[m](mix)", "[m](mixnet)"),
        ("[[mix]] ![[mix]]", "[[mixnet]] ![[mixnet]]"),
        ("[[mix#a|the mix]]", "[[mixnet#a|the mix]]"),
        ("[[furps/mix]]", "[[nets/mixnet]]"),
        ("| a |\n|--|\n| [[mix\\|it]] |", "| a |\n|--|\n| [[mixnet\\|it]] |"),
        ("[[net]] [t](tags/mix) [m](mixed)", "[[net]] [t](tags/mix) [m](mixed)"),
    ],
)
def test_a_link_of_a_site_keeps_its_manner(line: str, expected: str) -> None:
    files = {**SITE, "content/other/a.md": f"# A\n\n{line}\n"}
    after = renamed(files, "content/unit/furps/mix.md", "content/unit/nets/mixnet.md")
    assert after["content/other/a.md"] == f"# A\n\n{expected}\n"


def test_a_name_that_still_leads_there_is_left_and_one_that_is_taken_gets_its_folder() -> None:
    files = {**SITE, "content/other/a.md": "[[mix]] [[net]]\n"}
    moved = renamed(files, "content/unit/furps/mix.md", "content/unit/deep/mix.md")
    assert moved["content/other/a.md"] == "[[mix]] [[net]]\n"
    # The new name is the nearer one: without a change [[net]] would lead to it.
    taken = renamed(files, "content/unit/furps/mix.md", "content/net.md")
    assert taken["content/other/a.md"] == "[[net]] [[furps/net]]\n"


def test_an_index_page_is_linked_by_its_folder() -> None:
    files = {**SITE, "content/unit/a.md": "[o](/other) [o](/other/) [o](../other/index.md)\n"}
    moved = renamed(files, "content/other/index.md", "content/new/index.md")
    assert moved["content/unit/a.md"] == "[o](/new) [o](/new/) [o](../new/index.md)\n"
    page = renamed(files, "content/other/index.md", "content/new.md")
    assert page["content/unit/a.md"] == "[o](/new) [o](/new/) [o](../new.md)\n"


@pytest.mark.parametrize(
    ("files", "old", "new", "words"),
    [
        ({OLD: ""}, "FURPS/core/mx.md", NEW, "no such file in this project; did you mean 'FURPS/core/mix.md'"),
        ({OLD: "", NEW: ""}, OLD, NEW, "mix net.md: is there already"),
        ({OLD: ""}, OLD, OLD, "mix.md: is there already"),
        ({OLD: "", "FURPS/net/a.md": ""}, OLD, "FURPS/net", "FURPS/net: is there already, and is a folder"),
        ({OLD: "", "README.md": ""}, OLD, "README.md/mix.md", "README.md is a file, no folder"),
        ({OLD: ""}, OLD, "FURPS/new/", "is no path within the project"),
        ({OLD: ""}, OLD, "../mix.md", "is no path within the project"),
        ({OLD: ""}, OLD, "/mix.md", "is no path within the project"),
        ({OLD: "", "README.md": "[m](FURPS/core/)"}, OLD, NEW, "README.md:1:5: no link like `FURPS/core/` can lead"),
        (
            {"content/mix.md": "", "content/a.md": "\n[[mix]]"},
            "content/mix.md",
            "content/a#b.md",
            r"content/a.md:2:3: no link like `mix` can lead to content/a#b.md; change it by hand first",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(files: dict[str, str], old: str, new: str, words: str) -> None:
    with pytest.raises(CannotRun, match=words.replace("[", r"\[")):
        plan_move(files_of(files), old, new)


@pytest.mark.parametrize("new", [".", "..", "./mix.md", "FURPS//mix.md", "FURPS/../mix.md", ".git/mix.md"])
def test_a_new_path_is_a_plain_one_within_the_project(new: str) -> None:
    with pytest.raises(CannotRun, match="is no path within the project"):
        plan_move(files_of({OLD: ""}), OLD, new)


def test_a_symbolic_link_and_what_one_leads_to_are_not_renamed() -> None:
    sources = {OLD: SourceFile(OLD, b""), "mix.md": SourceFile("mix.md", b"")}
    files = Files((OLD, "mix.md"), sources, preset("waku"), {"mix.md": OLD})
    with pytest.raises(CannotRun, match=r"\Amix\.md: is a symbolic link; rename the file it leads to"):
        plan_move(files, "mix.md", "net.md")
    with pytest.raises(CannotRun, match=r"\Amix\.md: is a symbolic link to FURPS/core/mix\.md; remove it first"):
        plan_move(files, OLD, NEW)
    elsewhere = Files((OLD, "mix.md", "README.md"), sources, preset("waku"), {"mix.md": "README.md"})
    assert plan_move(elsewhere, OLD, NEW).moved == (OLD, NEW)


def test_a_plan_tells_what_it_changes() -> None:
    links = "[mix](FURPS/core/mix.md) [mix](FURPS/core/mix.md) [r](README.md)\n"
    files = files_of(
        {OLD: "# Mix\n", "README.md": links, "a.md": "[mix](FURPS/core/mix.md)\n", "b.md": "[r](README.md)\n"}
    )
    plan = plan_move(files, OLD, NEW)
    assert plan.said == "FURPS/core/mix.md is now FURPS/net/mix net.md"
    assert (plan.count, plan.warnings, plan.moved) == (3, (), (OLD, NEW))
    assert plan.paths == (OLD, "README.md", "a.md")
    assert changes(files, plan) == [
        Change(OLD, moved=NEW),
        Change("README.md", links.encode(), links.replace("core/mix.md", "net/mix%20net.md").encode()),
        Change("a.md", b"[mix](FURPS/core/mix.md)\n", b"[mix](FURPS/net/mix%20net.md)\n"),
    ]


def test_a_file_that_moves_and_has_links_is_written_and_moved() -> None:
    files = files_of({OLD: "[a](a.md)\n", "FURPS/core/a.md": ""})
    plan = plan_move(files, OLD, NEW)
    assert plan.paths == (OLD,)
    assert changes(files, plan) == [Change(OLD, b"[a](a.md)\n", b"[a](../core/a.md)\n", NEW)]


def test_a_broken_link_that_may_mean_the_file_is_taken_to_and_that_is_told() -> None:
    files = {OLD: "", "README.md": "[mix](FURPS/Core/mix.md) [no](FURPS/max.md)\n"}
    plan = plan_move(files_of(files), OLD, "FURPS/core/net.md")
    assert plan.texts["README.md"] == "[mix](FURPS/core/net.md) [no](FURPS/max.md)\n"
    assert plan.warnings == ("README.md:1:7: `FURPS/Core/mix.md` led nowhere; it is taken to mean FURPS/core/mix.md",)


def test_a_path_of_another_kind_and_a_file_that_cannot_be_read_are_warned_of() -> None:
    config = preset("waku")
    sources = {OLD: SourceFile(OLD, b""), "bad.md": SourceFile("bad.md", b"\xff")}
    plan = plan_move(Files((OLD, "bad.md"), sources, config), OLD, "docs/mix.md")
    assert plan.warnings == (
        "bad.md: cannot be read; its links, if any, are as they were",
        "docs/mix.md: is no document of any kind; FURPS/core/mix.md was of the kind furps",
    )


# After a renaming, what is reported is what was


def check_moves(root: Path, config: Config, pattern: str, every: int = 1) -> int:
    """Rename the files of a folder, each by itself, and compare what is reported; return how many links followed."""
    names = snapshot.paths_below(root)
    data = {name: (root / name).read_bytes() for name in names}
    sources = {name: SourceFile(name, data[name]) for name in names if Files.wanted(name, config)}
    files = Files(names, sources, config)

    def found(contents: dict[str, bytes]) -> list[tuple[str, str]]:
        documents = {path: text for path, text in contents.items() if config.kind_of(path) is not None}
        return [(each.path, each.code) for each in lint_files(documents, config, names=tuple(contents))]

    before = found(data)
    count = 0
    old_names = [name for name in names if Path(name).match(pattern) and config.kind_of(name) is not None]
    for old in old_names[::every]:
        new = old.removesuffix(".md") + " (renamed) 1.md"
        if config.kind_of(old) != config.kind_of(new):
            continue
        plan = plan_move(files, old, new)
        after = dict(data)
        for change in changes(files, plan):
            content = after.pop(change.path)
            after[change.moved or change.path] = content if change.after is None else change.after
        was = Counter((new if path == old else path, code) for path, code in before)
        now = Counter(found(after))
        assert not now - was, old
        # Gone is only the broken link that is taken to mean the file.
        guessed = sum("led nowhere" in warning for warning in plan.warnings)
        assert [key[1] for key in (was - now).elements()] == ["WL107"] * guessed, old
        count += plan.count
    return count


@pytest.mark.parametrize("root", [*CLEAN, *DIRTY], ids=lambda root: f"{root.parent.name}-{root.name}")
def test_a_renaming_in_the_fixtures_changes_no_finding(root: Path) -> None:
    check_moves(root, load(root), "*.md")


@pytest.mark.parametrize(("pattern", "least"), [("FURPS/*/*.md", 7), ("draft-roadmap/*.md", 3)])
def test_a_renaming_in_waku_pm_changes_no_finding(corpus: Path, pattern: str, least: int) -> None:
    assert check_moves(corpus / "waku-pm", preset("waku"), pattern, every=10) >= least


def test_a_renaming_in_a_site_changes_no_finding(corpus: Path) -> None:
    assert check_moves(corpus / "logos-roadmap-2026", preset("logos"), "*.md", every=15) > 3


# The command


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A git repository, all of it committed."""
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    git(tmp_path, "init", "-q")
    commit(tmp_path)
    return tmp_path


def git(root: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    return subprocess.run(
        ["git", "-C", str(root), *identity, *arguments], check=True, capture_output=True, text=True
    ).stdout


def commit(root: Path) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "x", "--no-verify")


MOVE = ("rename", "FURPS/relay.md", "FURPS/core/relaying.md")


def test_a_file_is_renamed_and_git_sees_it(project: Path) -> None:
    done = run(*MOVE, cwd=project)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "FURPS/relay.md is now FURPS/core/relaying.md\n5 references rewritten, 4 files changed\n"
    git(project, "add", "-A")
    assert "R100\tFURPS/relay.md\tFURPS/core/relaying.md" in git(project, "diff", "--cached", "--name-status", "-M")
    assert "[r]: <core/relaying.md#functionality>" in (project / "FURPS" / "README.md").read_text()
    assert run("impact", "FURPS/core/relaying.md", cwd=project).stdout.endswith("9 references in 3 files\n")
    commit(project)
    assert run("rename", "FURPS/core/relaying.md", "FURPS/relay.md", cwd=project).returncode == 0
    git(project, "add", "-A")
    assert git(project, "diff", "HEAD~1", "--stat") == ""


def test_the_diff_changes_nothing_and_git_applies_it(project: Path) -> None:
    (project / "FURPS" / "relay.md").write_bytes(FILES["FURPS/relay.md"].encode() + b"\r\nSee [all](README.md)")
    commit(project)
    diff = run(*MOVE, "--diff", cwd=project)
    assert (diff.returncode, git(project, "status", "--porcelain")) == (0, "")
    assert "rename from FURPS/relay.md\nrename to FURPS/core/relaying.md\n" in diff.stdout
    assert "\\ No newline at end of file\n" in diff.stdout
    (project.parent / "it.diff").write_bytes(diff_bytes(project))
    git(project, "apply", str(project.parent / "it.diff"))
    applied = tree(project)
    git(project, "reset", "-q", "--hard")
    git(project, "clean", "-qfd")
    run(*MOVE, cwd=project)
    assert tree(project) == applied


def diff_bytes(project: Path) -> bytes:
    return run_bytes(*MOVE, "--diff", cwd=project).stdout


def tree(root: Path) -> dict[str, bytes]:
    paths = (path for path in root.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


@pytest.mark.parametrize("staged", [True, False])
@pytest.mark.parametrize("path", ["FURPS/relay.md", "README.md"])
def test_what_is_not_committed_is_not_touched(project: Path, path: str, staged: bool) -> None:
    (project / path).write_text((project / path).read_text() + "\nMore.\n")
    if staged:
        git(project, "add", "-A")
    before = tree(project)
    done = run(*MOVE, cwd=project)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"error: {path}: not committed; commit that first, so that nothing can be lost\n"
    assert tree(project) == before
    assert run(*MOVE, "--diff", cwd=project).returncode == 0


def test_a_file_that_git_does_not_know_yet_is_not_touched(project: Path) -> None:
    (project / "FURPS" / "new.md").write_text("# New\n")
    done = run("rename", "FURPS/new.md", "FURPS/newer.md", cwd=project)
    assert "FURPS/new.md: not committed" in done.stderr


def test_other_files_may_have_changes(project: Path) -> None:
    (project / "FURPS" / "store.md").write_text("# Store\n")
    assert run(*MOVE, cwd=project).returncode == 0


def test_a_root_below_that_of_git_is_no_obstacle(project: Path) -> None:
    (project / "FURPS" / "store.md").write_text("# Store\n")
    done = run("rename", "FURPS/store.md", "FURPS/stored.md", "--root", "FURPS", cwd=project)
    assert "store.md: not committed" in done.stderr
    assert run("rename", "relay.md", "relaying.md", "--root", "FURPS", cwd=project).returncode == 0
    assert (project / "FURPS" / "relaying.md").is_file()


def test_a_path_can_be_given_from_the_current_folder(project: Path) -> None:
    assert run("rename", "relay.md", "core/relaying.md", cwd=project / "FURPS").returncode == 0
    assert (project / "FURPS" / "core" / "relaying.md").is_file()


def test_where_git_ignores_case_it_has_to_be_told_of_a_change_of_case(project: Path) -> None:
    done = run("rename", "FURPS/relay.md", "FURPS/Relay.md", cwd=project)
    assert (done.returncode, done.stderr) == (0, "")
    commit(project)
    git(project, "config", "core.ignorecase", "true")
    done = run("rename", "FURPS/Relay.md", "FURPS/relay.md", cwd=project)
    assert (done.returncode, (project / "FURPS" / "relay.md").is_file()) == (0, True)
    assert done.stderr == ("git ignores upper and lower case here; run: git mv FURPS/Relay.md FURPS/relay.md\n")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("FURPS\\core\\relay.md", "FURPS/core/relay.md"),
        ("C:\\Roadmap\\a.md", "a.md"),
        ("furps\\", "furps/"),
        ("furps/", "furps/"),
        ("D:\\other.md", "D:/other.md"),
    ],
)
def test_a_path_of_windows_is_understood(monkeypatch: pytest.MonkeyPatch, given: str, expected: str) -> None:
    for name in ("relpath", "normpath"):
        monkeypatch.setattr(os.path, name, getattr(ntpath, name))
    monkeypatch.setattr(os, "sep", "\\")
    assert below(PureWindowsPath("C:/roadmap"), given, PureWindowsPath("C:/roadmap")) == expected


def test_without_git_a_file_is_renamed_as_well(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("[a](a.md)\n")
    (tmp_path / "a.md").write_text("# A\n")
    assert run("rename", "a.md", "b.md", "--root", str(tmp_path), cwd=tmp_path).returncode == 0
    assert (tmp_path / "README.md").read_text() == "[a](b.md)\n"


def test_symbolic_links_are_neither_renamed_nor_left_dangling(project: Path) -> None:
    (project / "link.md").symlink_to("FURPS/relay.md")
    commit(project)
    assert "link.md: is a symbolic link; rename" in run("rename", "link.md", "other.md", cwd=project).stderr
    assert "link.md: is a symbolic link to FURPS/relay.md" in run(*MOVE, cwd=project).stderr


def test_a_warning_is_printed_and_is_no_failure(project: Path) -> None:
    done = run("rename", "FURPS/relay.md", "relay.md", "--root", str(project), cwd=CHECKOUT)
    assert (done.returncode, done.stderr) == (
        0,
        "warning: relay.md: is no document of any kind; FURPS/relay.md was of the kind furps\n",
    )


@pytest.mark.parametrize("more", [" [n](net.md)", ""])
def test_a_name_that_would_make_an_address_of_a_link_is_refused(more: str) -> None:
    files = {"a.md": f"[m](mix.md){more}\n", "mix.md": "# Mix\n", "net.md": "# Net\n"}
    with pytest.raises(CannotRun, match=r"a\.md:1:5: the link to `mix\.md` cannot be written anew"):
        plan_move(files_of(files), "mix.md", "mix:old.md")
