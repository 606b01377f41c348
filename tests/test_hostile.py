"""Hostile input is a finding at a position, never a traceback, and never takes long."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Lint, covered
from waku_lint import snapshot
from waku_lint.diagnostic import Diagnostic
from waku_lint.parse import yaml
from waku_lint.parse.mask import MAX_QUOTES

FORM = ".github/ISSUE_TEMPLATE/task.yml"


def codes(found: list[Diagnostic]) -> list[str]:
    return [each.code for each in found]


def test_a_line_of_ten_thousand_quote_marks(lint: Lint) -> None:
    text = "# Relay\n\n" + ">" * 10_000 + "\n"
    (found,) = lint(text)
    assert (found.code, found.start.line, found.start.column) == ("WL001", 3, 1)
    assert found.message == f"nested more than {MAX_QUOTES} levels deep"


@pytest.mark.parametrize(
    "deep",
    ["> " * 14 + "x", "> " * 5000 + "x", "- " * 5000 + "x", "1. " * 5000 + "x", ">- " * 3000 + "x"],
)
def test_deep_nesting_on_one_line_is_told_at_that_line(lint: Lint, deep: str) -> None:
    (found,) = lint(f"# Relay\n\ntext\n\n{deep}\n")
    assert (found.code, found.start.line) == ("WL001", 5)


def test_deep_nesting_by_indentation_is_told(lint: Lint) -> None:
    text = "# Relay\n\n" + "".join("  " * depth + "- x\n" for depth in range(600))
    found = lint(text)
    assert codes(found) == ["WL001"]
    assert found[0].start.line > 100


@pytest.mark.parametrize(
    "inline", ["*" * 3000 + "x" + "*" * 3000, "**x " * 2000 + "**" * 2000, "[" * 3000 + "x" + "](y)" * 3000]
)
def test_deep_inline_nesting_does_no_harm(lint: Lint, inline: str) -> None:
    assert "WL201" in codes(lint(f"# Relay\n\n{inline}\n")) or "WL001" in codes(lint(f"# Relay\n\n{inline}\n"))


@pytest.mark.parametrize(
    "line",
    [
        "- A: F1 " + ")" * 200_000,
        "- [A: F1 " + ")" * 100_000 + "](x)",
        "- " + "a) " * 60_000,
        "### A: F1 " + ")a " * 60_000,
        "# x" + " :" * 90_000 + "x",
    ],
)
def test_what_is_ours_does_not_grow_with_the_square_of_a_line(lint: Lint, line: str) -> None:
    """It would take hours if it did."""
    assert "WL201" in codes(lint(f"# Relay\n\n## Deliverables\n\n{line}\n"))


def test_many_blanks_between_owners_cost_no_more(lint: Lint) -> None:
    assert "WL305" in codes(lint(f"# R\n\n## Deliverables\n\n### A\n\n**Owner**: a{' ' * 3000}, b\n"))


@pytest.mark.parametrize("rest", ["<!-- a -->\n" * 5000 + "x", "-\n\n" * 5000, "## R\n\n-\n" * 2000])
def test_empty_items_do_not_take_long_to_be_told(lint: Lint, rest: str) -> None:
    """Each comment in the section would double the time, if comments were a part of one pattern."""
    assert "WL112" in codes(lint(f"# Relay\n\n## Risks\n\n-\n\n{rest}\n"))


def test_latin_1_is_told_at_its_byte(lint: Lint) -> None:
    (found,) = lint("# Relay\n\nEin Café\n".encode("latin-1"))
    assert (found.code, found.start.line, found.start.column) == ("WL001", 3, 8)
    assert "0xe9" in found.message


def test_utf_16_is_told(lint: Lint) -> None:
    (found,) = lint("# Relay\n".encode("utf-16"))
    assert (found.code, found.start.line, found.start.column) == ("WL001", 1, 1)


def test_a_nul_moves_nothing(lint: Lint) -> None:
    text = "# Re\x00lay\n\n**Estimated date of completion**: 31 Aug\n"
    assert [covered(text, each) for each in lint(text) if each.code == "WL203"] == ["31 Aug"]


def test_form_feeds_and_lone_carriage_returns_move_nothing(lint: Lint) -> None:
    text = "# Relay\r\r\x0cnarrative\x0c\r\r**Estimated date of completion**: 31 Aug\r"
    assert [(covered(text, each), each.start.line) for each in lint(text) if each.code == "WL203"] == [("31 Aug", 5)]


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("name: a\nname: b\n", 2, 1, "'name' is there twice"),
        ("name: a\nbody:\n\t- x\n", 3, 1, "a tab, where YAML wants spaces"),
        ("name: [a\n", 2, 1, "not valid YAML"),
        ("name: a: b\n", 1, 8, "not valid YAML"),
        ("a\n", 1, 1, "not a mapping"),
        ("name: \x00\n", 1, 7, "U+0000 is not allowed"),
        ("a: " + "[" * 5000, 1, 54, "nested more than 50 levels"),
        ("".join(f"{' ' * depth}a:\n" for depth in range(60)), 52, 52, "nested more than 50 levels"),
        ("".join(f"{' ' * depth}a:\n" for depth in range(900)), 1, 1, "nested more than 50 levels"),
        ("name: x\n  y:\n\tz\n", 2, 4, "not valid YAML"),
        ("? [a]\n: b\n", 1, 3, "a key must be plain text"),
        ("a: *nobody\n", 1, 4, "not valid YAML"),
        ("a: &x [*x]\n", 1, 4, "nested more than 50 levels"),
    ],
)
def test_bad_yaml_is_told_at_its_place(lint: Lint, text: str, line: int, column: int, words: str) -> None:
    found = [each for each in lint(text, path=FORM) if each.code == "WL003"]
    assert [(each.start.line, each.start.column) for each in found[:1]] == [(line, column)]
    assert words in found[0].message


def test_an_alias_bomb_is_told_where_it_grows_too_large(lint: Lint) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    found = lint("\n".join(lines) + "\n", path=FORM)
    assert codes(found) == ["WL003"]
    assert f"more than {yaml.MAX_NODES} values" in found[0].message


def test_an_alias_bomb_in_front_matter_is_told_there(lint: Lint) -> None:
    head = "a: &a [1,2,3,4,5,6,7,8,9]\n" + "".join(
        f"{new}: &{new} [{','.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdef", "bcdefg", strict=True)
    )
    found = [each for each in lint(f"---\n{head}---\n\n# Relay\n") if each.code == "WL002"]
    assert len(found) == 1
    assert 1 < found[0].start.line < 9


def test_a_recursive_alias_is_told(lint: Lint) -> None:
    found = lint("name: &n\n  inner: *n\n", path=FORM)
    assert codes(found)[:1] == ["WL003"]


def test_front_matter_that_is_never_closed_is_told_at_its_opening(lint: Lint) -> None:
    found = [each for each in lint("---\ntitle: Relay\n\n# Relay\n") if each.code == "WL002"]
    assert [(each.start.line, each.start.column, each.end.column) for each in found] == [(1, 1, 4)]


def test_a_thematic_break_on_top_is_no_front_matter(lint: Lint) -> None:
    assert "WL002" not in codes(lint("---\n\n# Relay\n"))


def write(root: Path, name: str, text: bytes) -> Path:
    path = root / "draft-roadmap" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text)
    return path


def check(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "waku_lint", "check", "--root", str(root), *arguments, str(root)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60)


def test_a_file_too_large_is_told_with_the_limit(tmp_path: Path) -> None:
    write(tmp_path, "large.md", b"x" * 5_000_000)
    done = check(tmp_path)
    assert done.returncode == 1
    assert (
        "draft-roadmap/large.md:1:1: error WL001 file-unreadable: 5,000,000 bytes, more than the limit of 1,000,000"
        in done.stdout
    )


def test_a_loop_of_symbolic_links_is_told(tmp_path: Path) -> None:
    write(tmp_path, "good.md", b"")
    (tmp_path / "draft-roadmap" / "a.md").symlink_to("b.md")
    (tmp_path / "draft-roadmap" / "b.md").symlink_to("a.md")
    done = check(tmp_path)
    assert done.returncode == 1
    assert "draft-roadmap/a.md:1:1: error WL001 file-unreadable: symbolic link that leads to itself" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_symbolic_link_out_of_the_project_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_text("# secret\n")
    root = tmp_path / "project"
    root.mkdir()
    write(root, "x.md", b"# Relay\n")
    (root / "draft-roadmap" / "out.md").symlink_to(outside)
    done = check(root)
    assert (
        "draft-roadmap/out.md:1:1: error WL001 file-unreadable: symbolic link that leads out of the project"
        in done.stdout
    )
    assert "secret" not in done.stdout


def test_what_is_no_regular_file_is_told(tmp_path: Path) -> None:
    write(tmp_path, "x.md", b"# Relay\n")
    os.mkfifo(tmp_path / "draft-roadmap" / "pipe.md")
    (tmp_path / "draft-roadmap" / "gone.md").symlink_to("nowhere.md")
    done = check(tmp_path)
    assert "draft-roadmap/pipe.md:1:1: error WL001 file-unreadable: not a regular file" in done.stdout
    assert "draft-roadmap/gone.md:1:1: error WL001 file-unreadable: cannot be read: No such file" in done.stdout


def test_a_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    path = write(tmp_path, "locked.md", b"# Relay\n")
    path.chmod(0)
    if os.access(path, os.R_OK):  # root reads everything: the reason is tested where it is made
        file = snapshot.read(tmp_path, "draft-roadmap/missing.md")
        assert file.data is None
        assert file.error == "cannot be read: No such file or directory"
    else:
        assert "error WL001 file-unreadable: cannot be read: Permission denied" in check(tmp_path).stdout
