"""`check -`: the text of the standard input, as if it stood in the project."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.command import run_bytes
from tests.conftest import CHECKOUT
from waku_lint.cli.options import FORMATS
from waku_lint.files.snapshot import Overlay, WorkTree
from waku_lint.files.source import SourceFile
from waku_lint.parsing.limits import DEFAULTS

DIRTY = CHECKOUT / "fixtures" / "dirty" / "references"
PAGE = "draft-roadmap/measure_the_water.md"
ROOT = ("--root", str(DIRTY))


def check(text: bytes, *arguments: str, cwd: Path = DIRTY) -> subprocess.CompletedProcess[bytes]:
    return run_bytes("check", *arguments, cwd=cwd, text=text)


@pytest.mark.parametrize("path", [PAGE, "FURPS/README.md", "FURPS/core/forecast.md"])
def test_the_text_of_a_file_is_told_the_same_as_the_file_itself(path: str) -> None:
    as_json = (*ROOT, "--format", "json")
    piped = check((DIRTY / path).read_bytes(), "-", "--stdin-filename", path, *as_json)
    told = json.loads(check(b"", path, *as_json).stdout)["diagnostics"]
    assert told
    assert json.loads(piped.stdout)["diagnostics"] == [each for each in told if each["path"] == path]


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_tells_it(form: str) -> None:
    done = check(b"# Relay\n\n##Docs\n", "-", "--stdin-filename", PAGE, *ROOT, "--format", form, "--select", "WL110")
    assert done.returncode == 1
    assert PAGE in done.stdout.decode()
    assert "WL110" in done.stdout.decode()


def test_the_text_is_what_counts_and_not_what_is_on_disk() -> None:
    text = (DIRTY / PAGE).read_text()
    done = check(f"{text}\n[gone](/FURPS/core/gone.md)\n".encode(), "-", "--stdin-filename", str(DIRTY / PAGE), *ROOT)
    assert done.returncode == 1
    assert b"WL107 link-broken" in done.stdout
    assert b"WL107" not in check(b"", PAGE, *ROOT).stdout


def test_another_text_is_another_run() -> None:
    given = ("-", "--stdin-filename", PAGE, *ROOT, "--select", "WL110")
    assert [check(text, *given).returncode for text in (b"# A\n", b"##A\n", b"# A\n")] == [0, 1, 0]


def test_rules_between_files_see_the_text_among_the_others(tmp_path: Path) -> None:
    for path, text in {
        "FURPS/relay.md": "# Relay FURPS\n\n## Functionality\n\n1. Nodes relay.\n",
        "draft-roadmap/README.md": "# Roadmap\n\n- [Old](old.md)\n",
        "draft-roadmap/old.md": "# Old\n",
    }.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    page = (
        "# New\n\n## Deliverables\n\n### A\n\n**Feature**: [Relay](/FURPS/relay.md)\n\n**FURPS**:\n- F1. Nodes lay.\n"
    )
    arguments = ("-", "--stdin-filename", "draft-roadmap/new/page.md", "--root", ".")
    done = check(page.encode(), *arguments, "--select", "WL4,WL6", cwd=tmp_path)
    assert b"draft-roadmap/new/page.md:10:7: warning WL425 furps-drift" in done.stdout
    # That no index lists the page is told of the index.
    assert b"WL601" not in done.stdout
    assert not (tmp_path / "draft-roadmap" / "new").exists()


def test_a_path_that_is_no_document_has_nothing_to_check() -> None:
    done = check(b"# Notes\n", "-", "--stdin-filename", "notes.md", "--root", ".")
    assert done.returncode == 0
    assert b"no document of a known kind in notes.md (" in done.stderr


def test_the_text_can_stand_in_the_index_or_a_revision(tmp_path: Path) -> None:
    (tmp_path / "FURPS").mkdir()
    (tmp_path / "FURPS" / "relay.md").write_text("# Relay FURPS\n")
    for arguments in (["init", "-q"], ["add", "-A"]):
        subprocess.run(["git", "-C", str(tmp_path), *arguments], check=True)
    (tmp_path / "FURPS" / "relay.md").unlink()
    given = ("-", "--stdin-filename", "draft-roadmap/x.md", "--select", "WL107")
    link = b"# X\n\n[Relay](/FURPS/relay.md)\n"
    assert check(link, *given, cwd=tmp_path).returncode == 1
    assert check(link, *given, "--source", "index", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["-"], "`-` needs --stdin-filename"),
        (["-", PAGE, "--stdin-filename", PAGE], "give no other paths with it"),
        (["--stdin-filename", PAGE], "--stdin-filename is for the standard input"),
        ([PAGE, "--stdin-filename", PAGE], "--stdin-filename is for the standard input"),
        (["-", "--stdin-filename", "draft-roadmap"], "draft-roadmap: is a folder"),
        (["-", "--stdin-filename", "../x.md", "--root", "."], "../x.md: is outside the project"),
        (["-", "--stdin-filename", PAGE, "--report", "touched"], "is no part of a change before it is saved"),
    ],
)
def test_what_cannot_be_told_of_a_text_says_why(arguments: list[str], words: str) -> None:
    done = check(b"# X\n", *arguments)
    assert done.returncode == 2
    assert words in done.stderr.decode()
    assert done.stdout == b""


def test_a_text_is_held_to_the_limits_of_a_file() -> None:
    done = check(b"x" * (DEFAULTS.file_size + 1), "-", "--stdin-filename", PAGE, *ROOT)
    assert b"WL001 file-unreadable: 1,000,001 bytes, more than the limit" in done.stdout
    assert b"not valid UTF-8" in check(b"# \xff\n", "-", "--stdin-filename", PAGE, *ROOT).stdout


def test_an_overlay_replaces_or_adds_one_file(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    (tmp_path / "c").write_text("c")
    for path in ("a", "b", "c", "d"):
        state = Overlay(WorkTree(tmp_path), SourceFile(path, b"new"))
        assert state.names == tuple(sorted({"a", "c", path}))
        order = [*reversed(state.names), path]
        expected = [b"new" if name == path else name.encode() for name in order]
        assert [file.data for file in state.read(order)] == expected
        assert [file.path for file in state.read(order)] == order
