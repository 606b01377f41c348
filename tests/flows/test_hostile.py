"""Hostile input is a finding at a position, never a traceback, and never takes long."""

from __future__ import annotations

import itertools
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from marko.ext.gfm import elements

from tests.command import Done, run
from tests.conftest import Lint, covered
from waku_lint.diagnostics import Diagnostic
from waku_lint.files import snapshot
from waku_lint.parsing import nodes
from waku_lint.parsing.bounds import MAX_QUOTES
from waku_lint.parsing.limits import Limits
from waku_lint.schema import compile_schema
from waku_lint.schema.validate import PythonValidator
from waku_lint.session import session

FORM = ".github/ISSUE_TEMPLATE/task.yml"
LARGE = Limits(line_length=1_000_000)


def codes(found: list[Diagnostic]) -> list[str]:
    return [each.code for each in found]


def test_a_line_of_ten_thousand_quote_marks(lint: Lint) -> None:
    text = "# Relay\n\n" + ">" * 10_000 + "\n"
    (found,) = lint(text)
    assert (found.code, found.start.line, found.start.column) == ("WL001", 3, 1)
    assert found.message == f"quotations nested more than {MAX_QUOTES} levels deep"


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
    found = lint(f"# Relay\n\n{inline}\n", limits=Limits(delimiters=100_000))
    assert codes(found) == ["WL001"] or "WL201" in codes(found)


@pytest.mark.parametrize(
    "line",
    [
        "- A: F1 " + ")" * 200_000,
        "- [A: F1 " + ")" * 100_000 + "](x)",
        "- " + "a) " * 60_000,
        "### A: F1 " + ")a " * 60_000,
        "# x" + " :" * 90_000 + "x",
        "### A\n\nno furps" + "\u00a0" * 500_000 + "x",
        "### A\n\n(no furps" + " " * 500_000 + "x)",
        "### A\n\n**FURPS**: all" + "\u00a0" * 500_000 + "x",
        "### A\n\n**FURPS**:\n- all" + "\u00a0" * 500_000 + "x",
        "### A\n\n**FURPS**:\n- " + "F1..F2.." * 60_000 + "x",
        "### A\n\n**FURPS**:\n- F1 to " + "\u00a0" * 500_000 + "x",
        f"### [{'a://' * 160_000} x](https://github.com/waku-org/pm/issues/1)",
        f"https://github.com/waku-org/pm/issues/1\n\n{'a://' * 160_000} x",
    ],
)
def test_what_is_ours_does_not_grow_with_the_square_of_a_line(lint: Lint, line: str) -> None:
    """It would take hours if it did."""
    assert "WL201" in codes(lint(f"# Relay\n\n## Deliverables\n\n{line}\n", limits=LARGE))


BLANKS = " " * 500_000


def test_what_a_form_says_does_not_take_the_square_of_its_length(lint: Lint) -> None:
    text = f"name: a\ndescription: b\nbody:\n- type: markdown\n  attributes:\n    value: '# a{BLANKS}x'\n"
    assert "WL001" not in codes(lint(text, path=FORM, limits=LARGE))


def test_many_blanks_between_owners_cost_no_more(lint: Lint) -> None:
    assert "WL305" in codes(lint(f"# R\n\n## Deliverables\n\n### A\n\n**Owner**: a{' ' * 3000}, b\n"))


@pytest.mark.parametrize("rest", ["<!-- a -->\n" * 5000 + "x", "-\n\n" * 2000, "## R\n\n-\n" * 2000])
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
    found = lint(bomb(), path=FORM)
    assert codes(found) == ["WL003"]
    assert f"more than {nodes.MAX_NODES} values" in found[0].message


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


def check(root: Path, *arguments: str) -> Done:
    return run("check", "--root", str(root), *arguments, str(root), cwd=root)


def test_a_file_too_large_is_told_with_the_limit(tmp_path: Path) -> None:
    write(tmp_path, "large.md", b"x" * 5_000_000)
    done = check(tmp_path)
    assert done.returncode == 1
    assert (
        "draft-roadmap/large.md:1:1: error WL001 file-unreadable: 5,000,000 bytes, more than the limit of 1,000,000"
        in done.stdout
    )


def bomb() -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    return "\n".join(lines + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]) + "\n"


# Each with what is told of it, and where.
HOSTILE = {
    "quotes.md": ("# R\n\n" + ">" * 10_000, "3:1: error WL001"),
    "links.md": ("# R\n\n" + "[a](" * 20_000, "3:50001: error WL001"),
    "more links.md": ("# R\n\n" + "[a](\n" * 9_000, "3:1: error WL001"),
    "definitions.md": ("# R\n\n" + "".join(f"[a{n}]: /url\n" for n in range(20_000)), "10001:1: error WL001"),
    "levels.md": ("# R\n\n" + "- " * 5000 + "x\n", "3:1: error WL001"),
    "levels by indentation.md": ("# R\n\n" + "".join(f"{' ' * n}- x\n" for n in range(900)), "243:1: error WL001"),
    "many levels.md": ("".join("  " * n + "- x\n" for n in range(5000)), "1:1: error WL001"),
    "table.md": ("# R\n\n" + "|a" * 20 + "\n" + "|-" * 20 + "\n" + ("|b" * 20 + "\n") * 5000, "479:3: error WL001"),
    "wide table.md": ("# R\n\n" + "".join(f"{cell * 20_000}\n" for cell in ("|a", "|-", "|b")), "3:19995: error WL001"),
    "line.md": ("# R\n\n" + "x" * 900_000, "3:50001: error WL001"),
    "long line.md": ("# R\n\n" + "x" * 5_000_000, "1:1: error WL001"),
    "bomb.md": (f"---\n{bomb()}---\n\n# R\n", "2:34: error WL002"),
    "deep.md": ("---\na: " + "[" * 5000 + "\n---\n\n# R\n", "2:54: error WL002"),
    "nul.md": ("# R\n\n" + ("\0" * 100 + "\n") * 1000, "1:3: error WL201"),
    "mark.md": ("\ufeff# R\n", "1:3: error WL201"),
    "surrogate.md": ("# R\n\nab\ud800\n", "3:3: error WL001"),
    "latin.md": ("# R\n\nCaf\udce9\n", "3:4: error WL001"),
    "utf-16.md": ("\udcff\udcfe#\0", "1:1: error WL001"),
    "returns.md": ("# R\r\r" + "a\r" * 5000, "1:3: error WL201"),
    "many returns.md": ("# R\r\r" + "a\r" * 20_000, "10001:1: error WL001"),
    "separators.md": ("# R\n\n" + "a\u2028" * 10_000, "1:3: error WL201"),
    "pipe.md": (None, "1:1: error WL001 file-unreadable: not a regular file"),
    "loop.md": (Path("loop.md"), "1:1: error WL001 file-unreadable: symbolic link that leads to itself"),
    "out.md": (Path("/etc/passwd"), "1:1: error WL001 file-unreadable: symbolic link that leads out of the project"),
}

# `resource` counts what stood in the place of a program before it as well.
MEASURED = """
import sys
from waku_lint.__main__ import main
try:
    sys.exit(main())
finally:
    print(*[line for line in open("/proc/self/status") if line.startswith("VmHWM")], file=sys.stderr)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="there is nothing here that tells of memory")
def test_all_of_this_is_told_in_one_run_of_little_memory(tmp_path: Path) -> None:
    folder = tmp_path / "draft-roadmap"
    (folder / "x.md").mkdir(parents=True)
    for name, (what, _) in HOSTILE.items():
        if what is None:
            os.mkfifo(folder / name)
        elif isinstance(what, Path):
            (folder / name).symlink_to(what)
        else:
            lone = "surrogatepass" if "\ud800" in what else "surrogateescape"
            (folder / name).write_bytes(what.encode("utf-8", lone))
    form = tmp_path / FORM
    form.parent.mkdir(parents=True)
    form.write_text(bomb())
    command = [sys.executable, "-c", MEASURED, "check", "--no-cache", "--jobs", "1", "--root", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=120)
    told, (_, memory, unit) = done.stdout, done.stderr.split()
    assert done.returncode == 1
    for name, (_, place) in HOSTILE.items():
        assert f"draft-roadmap/{name}:{place}" in told
    assert f"{FORM}:1:34: error WL003" in told
    assert "draft-roadmap/x.md:" not in told
    assert int(memory) < 200_000
    assert unit == "kB"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (bomb(), "1:34: more than 20000 values"),
        ("a: " + "[" * 5000, "1:54: nested more than 50 levels deep"),
        ("a: " + "x" * 5_000_000, " 5,000,003 bytes, more than the limit of 1,000,000"),
        ("\0", "1:1: character U+0000 is not allowed"),
    ],
)
def test_a_hostile_configuration_is_told_at_its_place(tmp_path: Path, text: str, words: str) -> None:
    write(tmp_path, "page.md", b"# A\n")
    (tmp_path / ".waku-lint.yaml").write_text(text)
    done = check(tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"error: .waku-lint.yaml:{words}")


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


@pytest.mark.parametrize(
    "text",
    [
        "[a](" * 10_000,
        "[a](b" * 5000,
        "[" * 5000 + "a" + "]" * 5000,
        "[" * 5000,
        "*a **a " * 3000 + "b" + " a** a*" * 3000,
        "a_ " * 5000,
        "_a " * 5000,
        "*a_ " * 5000,
        "*a " * 2500 + "_a*_ " * 2500,
        "a**b" + "c* " * 5000,
        "[ a_" * 5000,
        "[ (](" * 5000,
        "![[]()" * 5000,
        "".join(f"e{'`' * count}" for count in range(1, 300)),
        "</" + "<a " * 5000,
        "</" + "<!--" * 5000,
        "a <![CDATA[" * 4000,
        "a <!A " * 5000,
        "a <?" * 5000,
        "a@" + "a." * 20_000 + ",",
    ],
)
def test_inline_markup_that_would_take_long_is_told_at_its_paragraph(lint: Lint, text: str) -> None:
    """What cmark calls pathological, and more: marko takes the square or the cube of its length."""
    (found,) = lint(f"# Relay\n\ntext\n\n{text}\n")
    assert (found.code, found.start.line) == ("WL001", 5)
    assert "delimiters such as" in found.message
    assert "more than the limit of 1,000 (`limits.delimiters`)" in found.message


def test_many_long_paragraphs_are_told_together(lint: Lint) -> None:
    """Each of them is within the limit; all of them would take as long as one that is not."""
    text = "# Relay\n\n" + ("[a](" * 250 + "x" * 9000 + "\n\n") * 30
    (found,) = lint(text)
    assert (found.code, found.start.column) == ("WL001", 1)
    assert 3 < found.start.line < 60
    assert "the paragraphs up to here have more delimiters" in found.message


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("# Relay\n\n" + "[a]: /url\n" * 20_000, 10_001, 1),
        ("# Relay\n" + "".join(f"[a{number}]: /url\n" for number in range(20_000)), 10_001, 1),
        ("# R\n\n| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 50_000, 2502, 5),
        ("# R\n\n" + "- " * 50 + "a\n" + ("- " * 20 + "a\n") * 1000, 501, 17),
        ("# R\r\r" + "a\r" * 20_000, 10_001, 1),
    ],
)
def test_a_line_too_many_is_told(lint: Lint, text: str, line: int, column: int) -> None:
    (found,) = lint(text)
    assert (found.code, found.start.line, found.start.column) == ("WL001", line, column)
    assert "more than the limit of 10,000 (`limits.lines`)" in found.message


def test_a_table_of_a_hundred_thousand_cells_on_three_lines_is_told(lint: Lint) -> None:
    (found,) = lint("# R\n\n" + "".join(f"|{cell * 33_000}\n" for cell in ("a|", "-|", "b|")))
    assert (found.code, found.start.line, found.start.column) == ("WL001", 3, 50_001)


@pytest.mark.parametrize(("path", "before"), [("draft-roadmap/relay.md", "# R\n\n"), (FORM, "name: a\n\n")])
def test_a_line_too_long_is_told_where_it_is_too_long(lint: Lint, path: str, before: str) -> None:
    (found,) = lint(before + "x" * 900_000, path=path)
    assert (found.code, found.start.line, found.start.column) == ("WL001", 3, 50_001)
    assert found.message == "a line of 900,000 characters, more than the limit of 50,000 (`limits.line-length`)"


def test_five_thousand_open_tasks_are_no_matter(lint: Lint) -> None:
    assert "WL001" not in codes(lint("# Relay\n\n" + "- [ ] x\n" * 5000))


@pytest.mark.parametrize(
    "text",
    [
        lambda size: "[a]: /url\n" * size,
        lambda size: "- [ ] x\n" * size,
        lambda size: "| " + " " * 20 * size + "x\n",
        lambda size: "x" + " " * 20 * size + "y\n",
        lambda size: "## a\n" * size,
        lambda size: "a\n=\n" * size,
        lambda size: "aaa\rbbb\n-\v\n" * size,
        lambda size: "<!-- waku-lint: disable=WL1 -->\n\n" * size,
        lambda size: "## Risks\n\n[a]() [b](c.md)\n\n" * size,
    ],
)
def test_time_grows_with_the_length_of_a_text_and_not_with_its_square(lint: Lint, text: Callable[[int], str]) -> None:
    """Counted in the steps of a profiler and the characters a pattern may look at, not in time."""
    steps = [_steps(lambda size=size: lint("# Relay\n\n" + text(size))) for size in (150, 300)]  # type: ignore[misc]
    assert steps[1] < 2.6 * steps[0]


def _steps(work: Callable[[], object]) -> int:
    """How many calls some work makes; each looks at most at the whole of what it is given."""
    count = 0

    def called(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(called)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def test_cells_are_split_as_marko_does() -> None:
    """Ours looks at each blank once."""
    theirs = re.compile(r"\s*(?<!\\)\|\s*")
    for length in range(7):
        for row in map("".join, itertools.product(" |\\a", repeat=length)):
            found = [match.span() for match in elements.TableRow.splitter.finditer(row)]
            assert found == [match.span() for match in theirs.finditer(row)], row


def test_limits_are_configurable_and_said(tmp_path: Path) -> None:
    write(tmp_path, "large.md", b"# Relay\n\n" + b"x" * 2_000_000)
    (tmp_path / ".waku-lint.yaml").write_text("limits: {file-size: 3000000, lines: 20}\n")
    assert "large.md:3:50001: error WL001 file-unreadable: a line of 2,000,000 characters" in check(tmp_path).stdout
    (tmp_path / ".waku-lint.yaml").write_text("limits: {file-size: 3000000, line-length: 3000000}\n")
    assert "WL001" not in check(tmp_path).stdout
    (tmp_path / ".waku-lint.yaml").write_text("limits: {file-size: 0}\n")
    assert ".waku-lint.yaml:1:21:" in check(tmp_path).stderr


@pytest.mark.parametrize("pattern", ["(a|aa)+$", "^(a|aa|aaa)*$"])
def test_a_pattern_of_a_schema_that_would_never_end_is_refused(tmp_path: Path, pattern: str) -> None:
    write(tmp_path, "page.md", b"# " + b"a" * 60 + b"!\n")
    overlay = {"properties": {"title": {"pattern": pattern}}}
    (tmp_path / "ours.json").write_text(json.dumps(overlay))
    (tmp_path / ".waku-lint.yaml").write_text("kinds: {milestone: {schema: ours.json}}\n")
    done = check(tmp_path)
    assert done.returncode == 2
    assert f"error: pattern {pattern!r}: takes more than 0.5 s on a text of 61 characters" in done.stderr


def test_a_pattern_of_an_option_that_would_never_end_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "page.md", b"# A\n\n**Estimated date of completion**: " + b"a" * 60 + b"!\n")
    (tmp_path / ".waku-lint.yaml").write_text("rules: {WL203: {accept: ['(a|aa)+']}}\n")
    done = check(tmp_path)
    assert (done.returncode, "takes more than 0.5 s" in done.stderr) == (2, True)


@pytest.mark.parametrize("keys", [{"patternProperties": {"^x-": {"type": "string"}}, "additionalProperties": False}])
def test_patterns_of_keys_are_searched_for_as_jsonschema_does(keys: dict[str, object]) -> None:
    samples: list[Any] = [{"x-a": "b"}, {"x-a": 1}, {"y": "b"}, {}, []]
    for data in samples:
        ours = compile_schema(keys, ours=False).iter_errors(data)
        theirs = PythonValidator(keys).iter_errors(data)
        assert [(each.keyword, each.path) for each in ours] == [(each.keyword, each.path) for each in theirs]


def test_a_glob_that_could_take_long_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "page.md", b"# A\n")
    for pattern in ("*a*a*a*a*a*b", "**/" + "a/**/" * 7 + "b"):
        (tmp_path / ".waku-lint.yaml").write_text(f"exclude: ['{pattern}']\n")
        done = check(tmp_path)
        assert (done.returncode, "has too many `*`" in done.stderr) == (2, True)


def test_a_folder_that_is_called_as_a_page_is_none(tmp_path: Path) -> None:
    write(tmp_path, "page.md", b"# A\n")
    (tmp_path / "draft-roadmap" / "x.md").mkdir()
    (tmp_path / "draft-roadmap" / "x.md" / "y.txt").write_text("")
    assert "x.md:" not in check(tmp_path).stdout


def test_a_file_that_vanishes_during_the_run_is_told(tmp_path: Path) -> None:
    write(tmp_path, "page.md", b"# A\n")
    gone = write(tmp_path, "gone.md", b"# B\n")
    opened = session.open_session(session.Request(tmp_path))
    assert "gone.md" in {Path(path).name for path in opened.kinds}
    gone.unlink()
    result = opened.run(lambda _path: True)
    told = [(each.code, each.message) for each in result.diagnostics if each.path.endswith("gone.md")]
    assert told == [("WL001", "cannot be read: No such file or directory")]


def test_a_lone_surrogate_is_no_utf_8_and_told_at_its_byte(lint: Lint) -> None:
    (found,) = lint(b"# Relay\n\nab\xed\xa0\x80\n")
    assert (found.code, found.start.line, found.start.column) == ("WL001", 3, 3)


def test_a_line_separator_of_unicode_ends_no_line(lint: Lint) -> None:
    text = "# Re\u2028lay\n\n\u2028\n\n**Estimated date of completion**: \u202831 Aug\n"
    assert [(covered(text, each), each.start.line) for each in lint(text) if each.code == "WL203"] == [("31 Aug", 5)]
    assert "WL201" in codes(lint("# Relay\n\n" + "a\u2028" * 10_000))


@pytest.mark.parametrize("text", ["a:\n" + "- b\n" * 9000 + f"c: [{'b,' * 20_000}]\n", f"x: [{'a,' * 24_000}]"])
def test_yaml_of_too_many_values_is_told_where_there_are_too_many(lint: Lint, text: str) -> None:
    (found,) = (each for each in lint(text, path=FORM) if each.code == "WL003")
    assert f"more than {nodes.MAX_NODES:,} values" in found.message
    assert found.start.column > 1
