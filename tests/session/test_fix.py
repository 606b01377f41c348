"""`waku-lint fix` as its users call it."""

from __future__ import annotations

import json
import os
import stat
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.command import run_bytes
from waku_lint.errors import CannotRun
from waku_lint.files import writer
from waku_lint.session import runner
from waku_lint.session.session import Request, open_session

PAGE = "draft-roadmap/relay.md"
BAD = b"# Relay\n\n##Docs\n\nText.\n"
GOOD = b"# Relay\n\n## Docs\n\nText.\n"
ONLY = ("--select", "WL110")


def run(root: Path, *arguments: str, text: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return run_bytes("fix", *arguments, cwd=root, text=text)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A plain folder with a page and a feature file that are both to fix, and a file that is no document."""
    for path, data in {PAGE: BAD, "FURPS/store.md": b"# Store FURPS\n\n##Functionality\n", "notes.md": BAD}.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(data)
    return tmp_path


def contents(root: Path) -> Mapping[Path, bytes]:
    return {path: path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_what_was_fixed_is_counted_and_the_rest_is_reported(root: Path) -> None:
    done = run(root, "--select", "WL110,WL201")
    assert done.returncode == 1
    assert done.stdout.decode() == (
        "fixed 2 findings in 2 files:\n"
        "  FURPS/store.md: 1 WL110 heading-space\n"
        "  draft-roadmap/relay.md: 1 WL110 heading-space\n"
        "\n"
        "draft-roadmap/relay.md:1:3: error WL201 milestone-estimate-missing: "
        "milestone has no estimated date of completion; add `**Estimated date of completion**: 30 Sep 2025`\n"
        " 1 | # Relay\n"
        "   |   ^^^^^\n"
        "\n"
        "1 error in 1 of 2 documents\n"
    )
    assert (root / PAGE).read_bytes() == GOOD
    assert (root / "notes.md").read_bytes() == BAD


def test_the_exit_status_is_that_of_what_remains(root: Path) -> None:
    done = run(root, *ONLY)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.endswith(b"2 documents checked, no findings\n")
    again = run(root, *ONLY)
    assert (again.returncode, again.stdout) == (0, b"nothing to fix\n\n2 documents checked, no findings\n")
    assert run(root, "--select", "WL108", "--strict").returncode == 0
    (root / PAGE).write_bytes(b"# Relay\n\n## Docs\n")
    assert run(root, "--select", "WL108", "--strict").returncode == 1


def test_paths_and_kinds_narrow_what_is_written(root: Path) -> None:
    assert run(root, *ONLY, "FURPS").returncode == 0
    assert (root / PAGE).read_bytes() == BAD
    run(root, *ONLY, "--kind", "furps")
    assert (root / PAGE).read_bytes() == BAD
    run(root, *ONLY, PAGE)
    assert (root / PAGE).read_bytes() == GOOD


def test_another_file_is_not_written_though_it_is_about_one_that_is_named(root: Path) -> None:
    index = root / "draft-roadmap" / "README.md"
    index.write_bytes(b"# Roadmap\n\n- [New relay](relay.md)\n")
    done = run(root, "--select", "WL603", PAGE)
    assert b"nothing to fix" in done.stdout
    assert b"draft-roadmap/README.md:3:4: warning WL603" in done.stdout
    assert b"fixed 1 finding in 1 file" in run(root, "--select", "WL603", str(index)).stdout
    assert index.read_bytes() == b"# Roadmap\n\n- [Relay](relay.md)\n"


def test_a_check_writes_nothing_and_exits_1_if_there_is_something_to_fix(root: Path) -> None:
    before = contents(root)
    done = run(root, *ONLY, "--check")
    assert (done.returncode, contents(root)) == (1, before)
    assert done.stdout.startswith(b"would fix 2 findings in 2 files:\n")
    (root / PAGE).write_bytes(GOOD)
    assert run(root, "--check", PAGE).returncode == 0, "other findings are for `check`"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_diff_is_what_git_can_apply(root: Path, end: str) -> None:
    other = root / "draft-roadmap" / "no end.md"
    other.write_bytes("# Relay\n\n##Docs".replace("\n", end).encode())
    (root / PAGE).write_bytes(BAD.decode().replace("\n", end).encode())
    before = contents(root)
    done = run(root, *ONLY, "--diff")
    assert (done.returncode, contents(root)) == (0, before)
    assert b"would fix" in done.stderr
    assert run(root, *ONLY, "--diff", "--check").returncode == 1
    patch = subprocess.run(["git", "apply", "-"], cwd=root, input=done.stdout, capture_output=True)
    assert patch.returncode == 0, patch.stderr
    applied = contents(root)
    for path, data in before.items():
        path.write_bytes(data)
    run(root, *ONLY)
    assert contents(root) == applied != before


@pytest.mark.parametrize(
    "name", ["new\nline", "a\tb", 'say "no"', "back\\slash", "bell\x07", "two words", "no utf \udcff 中"]
)
def test_a_diff_names_files_as_git_does(root: Path, name: str) -> None:
    page = root / "draft-roadmap" / f"{name}.md"
    page.write_bytes(BAD)
    done = run(root, *ONLY, "--diff", "draft-roadmap")
    assert done.returncode == 0, done.stderr
    done.stdout.decode("utf-8")
    patch = subprocess.run(["git", "apply", "-"], cwd=root, input=done.stdout, capture_output=True)
    assert patch.returncode == 0, patch.stderr
    assert page.read_bytes() == (root / PAGE).read_bytes() == GOOD


def test_on_github_the_fixed_text_has_no_annotations_in_it(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    done = run(root, "-", "--stdin-filename", PAGE, "--select", "WL110,WL201", text=BAD)
    assert (done.returncode, done.stdout) == (1, GOOD)
    assert b"::error file=draft-roadmap/relay.md" in done.stderr


def test_what_a_person_should_look_at_is_fixed_on_request_only(root: Path) -> None:
    page = root / "content" / "waku" / "updates" / "2025-03-03.md"
    page.parent.mkdir(parents=True)
    page.write_bytes(b"---\ntitle: Waku weekly\ndate: 2025-03-05\n---\n")
    done = run(root, "--select", "WL701")
    assert done.stdout.startswith(b"nothing to fix\n1 more can be fixed with --unsafe, which needs a look\n")
    assert run(root, "--select", "WL701", "--unsafe").returncode == 0
    assert b"date: 2025-03-03" in page.read_bytes()


def test_json_is_what_remains_alone(root: Path) -> None:
    done = run(root, "--format", "json", "--select", "WL110,WL201")
    assert [each["code"] for each in json.loads(done.stdout)["diagnostics"]] == ["WL201"]
    assert done.stderr.startswith(b"fixed 2 findings")


def test_a_text_on_the_standard_input_is_fixed_to_the_standard_output(root: Path) -> None:
    before = contents(root)
    text = b"\xef\xbb\xbf# Relay\r\n\r\n##Docs\r\n\r\nText."
    done = run(root, "-", "--stdin-filename", PAGE, *ONLY, text=text)
    assert (done.returncode, done.stdout) == (0, text.replace(b"##Docs", b"## Docs"))
    assert done.stderr.startswith(b"fixed 1 finding in 1 file")
    assert contents(root) == before
    remaining = run(root, "-", "--stdin-filename", PAGE, "--select", "WL201", text=text)
    assert (remaining.returncode, remaining.stdout) == (1, text)
    assert b"draft-roadmap/relay.md:1:3: error WL201" in remaining.stderr
    assert run(root, "-", "--stdin-filename", "notes.md", text=text).stdout == text
    assert run(root, "-", "--stdin-filename", PAGE, *ONLY, "--check", text=text).stdout == b""
    assert b"+## Docs" in run(root, "-", "--stdin-filename", PAGE, *ONLY, "--diff", text=text).stdout


def test_a_text_on_the_standard_input_is_fixed_as_part_of_the_project(root: Path) -> None:
    index = b"# Roadmap\n\n- [New relay](relay.md)\n"
    done = run(root, "-", "--stdin-filename", "draft-roadmap/README.md", "--select", "WL603", text=index)
    assert done.stdout == b"# Roadmap\n\n- [Relay](relay.md)\n"


@pytest.mark.parametrize("text", [b"# \xff\n\n##Docs\n", b"", b"\x00", b"\xef\xbb\xbf"])
def test_a_text_that_cannot_be_read_comes_out_as_it_is(root: Path, text: bytes) -> None:
    assert run(root, "-", "--stdin-filename", PAGE, text=text).stdout == text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["-"], "needs --stdin-filename"),
        (["-", PAGE, "--stdin-filename", PAGE], "give no other paths"),
        (["missing.md"], "missing.md: no such file"),
        (["--select", "WL999"], "unknown rule 'WL999'"),
        (["--kind", "furp"], "unknown kind 'furp'"),
    ],
)
def test_what_cannot_run_says_why_and_writes_nothing(root: Path, arguments: list[str], words: str) -> None:
    before = contents(root)
    done = run(root, *arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert words in done.stderr.decode()
    assert contents(root) == before


def test_a_text_too_large_is_refused_before_anything_is_printed(root: Path) -> None:
    done = run(root, "-", "--stdin-filename", PAGE, text=b"x" * 1_000_001)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"more than the limit" in done.stderr


def test_encoding_mark_line_ends_and_mode_are_kept(root: Path) -> None:
    page = root / PAGE
    page.write_bytes("\ufeff# Rélay\r\n\r\n##Döcs\n\n中 \u2028text\x0c\r".encode())
    page.chmod(0o640)
    assert run(root, *ONLY).returncode == 0
    assert page.read_bytes() == "\ufeff# Rélay\r\n\r\n## Döcs\n\n中 \u2028text\x0c\r".encode()
    assert stat.S_IMODE(page.stat().st_mode) == 0o640
    assert sorted(path.name for path in page.parent.iterdir()) == ["relay.md"]


def test_a_link_stays_a_link_and_what_it_leads_to_is_fixed_once(root: Path) -> None:
    link = root / "draft-roadmap" / "a link.md"
    link.symlink_to("relay.md")
    other = root / "draft-roadmap" / "other.md"
    other.symlink_to("../notes.md")
    assert b"fixed 3 findings in 3 files" in run(root, *ONLY).stdout
    assert link.is_symlink()
    assert other.is_symlink()
    assert (root / PAGE).read_bytes() == (root / "notes.md").read_bytes() == GOOD


def test_what_leads_out_of_the_project_or_is_no_file_is_left_alone(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "page.md"
    outside.write_bytes(BAD)
    (root / "draft-roadmap" / "out.md").symlink_to(outside)
    os.mkfifo(root / "draft-roadmap" / "pipe.md")
    done = run(root, "--select", "WL110,WL001")
    assert done.returncode == 1
    assert b"draft-roadmap/out.md:1:1: error WL001 file-unreadable: symbolic link that leads out" in done.stdout
    assert b"draft-roadmap/pipe.md:1:1: error WL001 file-unreadable: not a regular file" in done.stdout
    assert outside.read_bytes() == BAD
    assert (root / PAGE).read_bytes() == GOOD


def test_a_file_that_has_changed_since_it_was_read_is_not_written_nor_any_other(root: Path) -> None:
    request = Request(root, select=("WL110",))
    outcome = runner.fix(request, open_session(request), unsafe=False)
    (root / PAGE).write_bytes(b"somebody else's work\n")
    before = contents(root)
    with pytest.raises(CannotRun, match=r"relay\.md: has changed in the meantime"):
        writer.write(root, outcome.changes)
    assert contents(root) == before


def test_a_file_with_staged_and_other_changes_is_written_in_the_work_tree(root: Path) -> None:
    for arguments in (["init", "-q"], ["add", "-A"]):
        subprocess.run(["git", "-C", str(root), *arguments], check=True)
    (root / PAGE).write_bytes(BAD + b"\nMore.\n")
    assert run(root, *ONLY, PAGE).returncode == 0
    assert (root / PAGE).read_bytes() == GOOD + b"\nMore.\n"
    staged = subprocess.run(["git", "-C", str(root), "show", f":{PAGE}"], capture_output=True, check=True)
    assert staged.stdout == BAD


def test_what_the_baseline_keeps_quiet_is_fixed_for_who_asks(root: Path) -> None:
    assert run_bytes("baseline", cwd=root).returncode == 0
    assert b"nothing to fix" in run(root, *ONLY, PAGE).stdout
    assert (root / PAGE).read_bytes() == BAD
    run(root, *ONLY, "--no-baseline", PAGE)
    assert (root / PAGE).read_bytes() == GOOD
