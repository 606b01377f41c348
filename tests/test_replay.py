"""Runs that are known from before: they say the same bytes as those that are made, and no old ones."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.test_cli import run
from tests.conftest import CHECKOUT
from tests.flows.test_hooks import git
from waku_lint import entry, outside, replay
from waku_lint.files import cache

DIRTY = CHECKOUT / "fixtures" / "dirty" / "references"
PAGE = "draft-roadmap/measure_the_water.md"
COMMAND = entry.command


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


def call(root: Path, *arguments: str, **env: str) -> tuple[str, tuple[object, str, str]]:
    """Whether a run was made or known, and what it said."""
    made: list[str] = []
    streams = {name: io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for name in ("stdout", "stderr")}
    here = Path.cwd()
    status: object = 0

    def make(given: list[str]) -> int:
        made.append("made")
        return COMMAND(given)

    with pytest.MonkeyPatch.context() as patched:
        for name, value in env.items():
            patched.setenv(name, value)
        for name, stream in streams.items():
            patched.setattr(sys, name, stream)
        patched.setattr(sys, "argv", ["waku-lint", *arguments])
        patched.setattr(entry, "command", make)
        os.chdir(root)
        try:
            entry.main()
        except SystemExit as end:
            status = end.code
        finally:
            os.chdir(here)
    out, err = (stream.buffer.getvalue().decode() for stream in streams.values())
    return "made" if made else "known", (status, out, err)


def test_a_run_that_is_known_says_the_same(repository: Path) -> None:
    for arguments in (
        ["check"],
        ["check", "--format", "sarif"],
        ["check", "--statistics", "FURPS"],
        ["check", "--source", "index", "--strict"],
        ["check", "--source", "HEAD", "--kind", "furps"],
        ["check", "--report", "caused", "--root", "."],
        ["hook"],
    ):
        made = call(repository, *arguments)
        known = call(repository, *arguments)
        assert (made[0], known[0]) == ("made", "known"), arguments
        assert made[1] == known[1] == call(repository, *arguments, "--no-cache")[1]


def write(path: str, text: str) -> Callable[[Path], object]:
    def change(root: Path) -> None:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)

    return change


def instead(root: Path, make: Callable[[Path], object]) -> None:
    (root / PAGE).unlink()
    make(root / PAGE)


CHANGES: dict[str, Callable[[Path], object]] = {
    "a page is other": lambda root: (root / PAGE).write_text((root / PAGE).read_text() + "\n## Empty\n"),
    "a page is gone": lambda root: (root / PAGE).unlink(),
    "a page is new": write("draft-roadmap/new.md", "# New\n"),
    "a file that is no document is new": write("docs/answer.txt", "yes\n"),
    "a file is ignored by git": write(".gitignore", "draft-roadmap/measure*\n"),
    "a configuration is other": write(".waku-lint.yaml", "rules: {WL425: off}\n"),
    "a baseline is new": lambda root: run("baseline", cwd=root),
    "a page is a link": lambda root: instead(root, lambda page: page.symlink_to("../FURPS/core/gauge.md")),
    "a page is a folder": lambda root: instead(root, Path.mkdir),
    "the repository is none any more": lambda root: (root / ".git").rename(root / "git"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_what_has_changed_on_disk_is_seen(repository: Path, change: Callable[[Path], object]) -> None:
    for _ in range(2):
        before = call(repository, "check")
    assert before[0] == "known"
    change(repository)
    how, said = call(repository, "check")
    assert how == "made"
    assert said == call(repository, "check", "--no-cache")[1]


def test_a_page_beyond_the_limit_is_looked_at_again(repository: Path) -> None:
    write(".waku-lint.yaml", "limits: {file-size: 900}\n")(repository)
    for size in (2_000, 1_000, 500):
        (repository / PAGE).write_text("# A\n" + "a\n" * (size // 2))
        assert call(repository, "check")[1] == call(repository, "check", "--no-cache")[1]


def test_what_is_to_replace_an_object_of_git_changes_nothing(repository: Path) -> None:
    before = call(repository, "check", "--source", "HEAD")
    assert before[1][0] == 1
    page, other = (
        git(repository, "rev-parse", f"HEAD:{path}").stdout.strip() for path in (PAGE, "draft-roadmap/README.md")
    )
    assert git(repository, "replace", page, other).returncode == 0
    assert call(repository, "check", "--source", "HEAD", "--no-cache")[1] == before[1]


def test_a_repository_on_the_way_to_a_page_that_is_gone_is_seen(repository: Path) -> None:
    folder = repository / "old"
    write("old/deep/er/page.md", "# Old\n")(repository)
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "old")
    shutil.rmtree(folder / "deep")
    arguments = ["check", "--report", "caused", "old/deep/er/page.md"]
    for _ in range(2):
        call(repository, *arguments)
    (folder / "deep").mkdir(parents=True)
    assert git(folder / "deep", "init", "-q").returncode == 0
    assert call(repository, *arguments)[1] == call(repository, *arguments, "--no-cache")[1]


STAGED: dict[str, Callable[[Path], object]] = {
    "a page is staged": lambda root: (CHANGES["a page is other"](root), git(root, "add", "-A")),
    "a file is staged": lambda root: (CHANGES["a file that is no document is new"](root), git(root, "add", "-A")),
    "a configuration is staged": lambda root: (CHANGES["a configuration is other"](root), git(root, "add", "-A")),
    "another commit": lambda root: (STAGED["a page is staged"](root), git(root, "commit", "-qm", "more")),
    "a file that a link may lead to": write("draft-roadmap/tell.md", "# Tell\n"),
}


@pytest.mark.parametrize("change", STAGED.values(), ids=STAGED.keys())
def test_what_has_changed_in_the_index_is_seen(repository: Path, change: Callable[[Path], object]) -> None:
    (repository / "draft-roadmap" / "answer_the_alarm.md").write_text("# A\n\n## Deliverables\n\n[there](tell.md)\n")
    git(repository, "add", "-A")
    arguments = ["hook"]
    index = {"GIT_INDEX_FILE": ".git/index"}
    for _ in range(2):
        before = call(repository, *arguments, **index)
    assert before[0] == "known"
    change(repository)
    how, said = call(repository, *arguments, **index)
    assert said == call(repository, *arguments, "--no-cache", **index)[1]
    # Once all is committed there is nothing to do, which is known in another way.
    assert how == ("known" if change is STAGED["another commit"] else "made")


def test_arguments_environment_and_day_are_part_of_a_run(repository: Path) -> None:
    assert call(repository, "check")[0] == "made"
    assert call(repository, "check", "--select", "WL4")[0] == "made"
    assert call(repository, "check", GITHUB_ACTIONS="true")[0] == "made"
    assert call(repository / "FURPS", "check")[0] == "made"
    assert call(repository, "check", "--today", "2030-01-01")[0] == "made"
    assert call(repository, "check", TZ="Pacific/Kiritimati")[0] in ("made", "known")
    assert call(repository, "check")[0] == "known"


def test_what_is_more_than_its_words_is_always_made(repository: Path, tmp_path: Path) -> None:
    for arguments, env in (
        (["check", "--output-file", str(tmp_path / "report.txt")], {}),
        (["check", "--no-cache"], {}),
        (["check"], {"GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md")}),
        (["check", "--select", "nonsense"], {}),
    ):
        for _ in range(2):
            assert call(repository, *arguments, **env)[0] == "made", arguments
    assert (tmp_path / "report.txt").exists()


def test_a_run_of_its_own_process_is_known_as_well(repository: Path) -> None:
    made, known, other = (
        run("check", "--root", str(repository), cwd=repository, env=env)
        for env in ({}, {}, {"PYTHONIOENCODING": "latin-1"})
    )
    assert (made.returncode, made.stdout, made.stderr) == (known.returncode, known.stdout, known.stderr)
    assert made.stdout == other.stdout


def test_a_run_whose_reader_has_gone_is_not_known(repository: Path) -> None:
    command = [sys.executable, "-m", "waku_lint", "check"]
    process = subprocess.Popen(command, cwd=repository, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout is not None
    process.stdout.close()
    process.wait()
    made = call(repository, "check")
    assert made[1][1]
    assert made[1] == call(repository, "check")[1]


def test_a_damaged_entry_is_none(repository: Path) -> None:
    said = call(repository, "check")[1]
    folder = Path(os.environ[cache.VARIABLE]) / "v1"
    (entry,) = [each for each in folder.iterdir() if b'"said"' in each.read_bytes()]
    data = entry.read_bytes()
    for damaged in (b"", data[:50], data[:-1], data.replace(b'"status":1', b'"status":0'), b"{}" * 20):
        entry.write_bytes(damaged)
        assert call(repository, "check") == ("made", said)
    assert call(repository, "check") == ("known", said)


SOUND: dict[str, object] = {"said": [[False, "x\n"]], "status": 0, "asked": []}
ODD: list[dict[str, object]] = [
    {"said": None},
    {"said": [[1]]},
    {"said": [[False, "\ud800"]]},
    {"status": "0"},
    {"status": 3},
    {"status": float("inf")},
    {"asked": 1},
    {"asked": [[]]},
    {"asked": [["file"]]},
    {"asked": [["file", "a", "b", "c"]]},
    {"asked": [["file", "\0", "-"]]},
    {"asked": [["place", "\0", "-"]]},
    {"asked": [["git", "-"]]},
    {"asked": [["git", "\0", "-"]]},
    {"asked": [["names"]]},
    {"asked": [["nonsense", "a", "-"]]},
]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff",
        b"[" * 100_000,
        b"null",
        b"[]",
        b"{}",
        *(json.dumps(SOUND | odd).encode() for odd in ODD),
    ],
)
def test_an_entry_that_is_whole_and_not_understood_is_none(body: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    kept = cache.open_cache()
    assert kept is not None
    kept.store("run", body)
    assert replay.Replay(kept, "run").again() is None
    assert capsys.readouterr() == ("", "")


def test_a_folder_that_others_can_write_to_is_not_used(repository: Path) -> None:
    call(repository, "check")
    folder = Path(os.environ[cache.VARIABLE]) / "v1"
    folder.chmod(0o777)
    assert call(repository, "check")[0] == "made"
    folder.chmod(0o700)
    assert call(repository, "check")[0] == "known"


def test_where_nothing_can_be_kept_nothing_is_said_of_it(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    said = call(repository, "check", "--no-cache")[1]
    for place in (tmp_path / "file", tmp_path / "file" / "below", Path("/proc/nowhere")):
        assert call(repository, "check", **{cache.VARIABLE: str(place)}) == ("made", said)


def test_the_commands_that_are_known_print_through_one_place_only() -> None:
    """What is printed otherwise would be missing when a run is known."""
    commands = CHECKOUT / "waku_lint" / "commands"
    for name in ("check", "hook", "output", "status"):
        assert not re.search(r"click\.echo|print\(|sys\.std(out|err)\.write", (commands / f"{name}.py").read_text())


def test_two_answers_to_one_question_make_a_run_unrepeatable() -> None:
    witness = outside.Witness()
    witness.note(("file", "a"), "1")
    witness.note(("file", "a"), "1")
    assert witness.repeatable
    witness.note(("file", "a"), "2")
    assert not witness.repeatable


def test_a_run_with_rules_that_are_not_ours_is_always_made(repository: Path) -> None:
    """Nobody knows what they look at, and they may be edited."""
    write(
        "lint/theirs.py",
        "from waku_lint.rules.base import Document, Rule\n\n\n"
        "def check(document, ctx):\n    yield from ()\n\n\n"
        'RULES = (Rule(code="ACME001", name="theirs", doc="It is so.\\n\\nWhy.", remedy="Do.", examples=(),'
        " applies_to=Document, check=check),)\n",
    )(repository)
    with (repository / ".waku-lint.yaml").open("a") as file:
        file.write("local-rules: [lint/theirs.py]\n")
    for arguments, how in ((["check", "--allow-local-rules"], ["made", "made"]), (["check"], ["made", "known"])):
        runs = [call(repository, *arguments) for _ in range(2)]
        assert [each[0] for each in runs] == how
        assert runs[0][1] == runs[1][1]
        assert runs[0][1][0] in (0, 1), runs
    assert "are left out" in runs[1][1][2]
