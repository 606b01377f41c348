"""What documents say in a log: nothing of it is an order to a terminal or to GitHub's runner."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.test_cli import BAD
from tests.command import run
from waku_lint.diagnostics import Diagnostic, Severity
from waku_lint.engine.result import RunResult
from waku_lint.errors import CannotRun, plain
from waku_lint.positions import Position
from waku_lint.reporters.context import line
from waku_lint.reporters.escaping import harmless
from waku_lint.reporters.github import step_summary

ON_GITHUB = {"GITHUB_ACTIONS": "true"}
# The runner compares words as people do: it passes over characters that nobody sees.
UNSEEN = re.compile("[\u00ad\u034f\u200b-\u200f\u2060-\u206f\ufe00-\ufe0f\ufeff]")


def orders(log: str) -> list[str]:
    """The lines that GitHub's runner may obey; annotations of ours are none of them."""
    found = []
    for each in re.split("\r\n|\r|\n", log):
        seen = UNSEEN.sub("", each).strip()
        ours = re.match(r"::(error|warning) file=[^,]*,line=\d+|::notice title=waku-lint::", seen)
        if not ours and ("##[" in seen or seen.startswith("::")):
            found.append(each)
    return found


@pytest.mark.parametrize(
    "text",
    [
        "::error::x",
        "  \t::error::x",
        "a\n::error::x",
        "a\r::error::x\r\n::debug::",
        "\n\n ::stop-commands::tok",
        "a ##[stop-commands]tok",
        "###[error]##[error]",
        ":\u200b:error::x",
        "\ufeff:\u00ad:error::x",
        "a #\u200d#\ufe0f[error]x",
    ],
)
def test_a_text_is_made_harmless_with_a_mark_for_one_character(text: str) -> None:
    made = harmless(text)
    assert orders(text)
    assert not orders(made)
    assert len(made) == len(text)
    assert "?" in made


@pytest.mark.parametrize("text", ["a ::error::x", "## [a](b)", "a: b\nc:: d", "std::string", "##\n[a]"])
def test_what_is_no_order_is_left_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_a_plain_text_is_one_line() -> None:
    assert plain("a\nb\r\x1b[31m\x9bc\t中") == "a?b??[31m?c?中"


def found(**changes: str) -> Diagnostic:
    where = {"path": "a.md", "message": "no", **changes}
    place = Position(1, 1)
    return Diagnostic(
        where["path"], place, place, "WL001", "x", Severity.ERROR, where["message"], None, (), "", cause="c\nd"
    )


def test_a_finding_is_one_line() -> None:
    assert line(found(path="a\nb.md", message="x\r\ny")) == (
        "a?b.md:1:1: error WL001 x: x??y; caused by this change: c?d"
    )


def test_a_cell_of_the_summary_is_a_cell_and_no_markup() -> None:
    said = "a\n\n# b <img src=x> `c` |d| [e](f) ![g](h) *i* _j_ ~~k~~ &lt; \\"
    *_, row = step_summary(RunResult((found(path="a|\n<b>.md", message=said),), (), ("a.md",))).splitlines()
    assert row == (
        "| error | a\\|?\\<b>.md:1:1 | WL001 x | a??# b \\<img src=x> \\`c\\` \\|d\\| \\[e\\](f) !\\[g\\](h) "
        "\\*i\\* \\_j\\_ \\~\\~k\\~\\~ \\&lt; \\\\; caused by this change: c?d |"
    )


def test_what_cannot_run_is_told_in_one_line() -> None:
    assert str(CannotRun("a\n::error::b: no such file")) == "a?::error::b: no such file"


ODD_PAGE = """\
---
"a\\n::error::b": 1
"c\\n\\n# Injected <img src=x>": 1
title: "x\\n::add-mask::y"
---

# Relay

**Estimated date of completion**: 31&#10;::stop-commands::tok&#13;::error::x ##[stop-commands]tok

##[Docs](x)

<!-- waku-lint: disable-line=WL203 reason="x" until="a
::error::y" -->
"""


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """A project whose pages and their names want to give orders."""
    folder = tmp_path / "draft-roadmap"
    folder.mkdir()
    (folder / "relay.md").write_text(ODD_PAGE)
    for number in range(12):
        (folder / f"a\n::error::{number} ##[group]x.md").write_text(BAD + "\n##[x](y)\n")
    return tmp_path


@pytest.mark.parametrize(
    "arguments",
    [
        ("check",),
        ("check", "--format", "text"),
        ("check", "--format", "github"),
        ("check", "--format", "json"),
        ("check", "--format", "jsonl"),
        ("check", "--format", "sarif"),
        ("check", "--format", "gitlab"),
        ("check", "--format", "rdjson"),
        ("check", "--format", "junit"),
        ("check", "--format", "checkstyle"),
        ("check", "--statistics"),
        ("check", "draft-roadmap/no\n::error::x"),
        ("hook",),
        ("fix", "--check"),
        ("fix",),
        ("suppressions",),
        ("suppressions", "--format", "json"),
        ("why", "draft-roadmap/relay.md"),
        ("why", "draft-roadmap/a\n::error::1 ##[group]x.md"),
    ],
)
def test_no_document_gives_orders_to_github(odd: Path, arguments: tuple[str, ...]) -> None:
    summary = odd / "summary"
    done = run(*arguments, cwd=odd, env={**ON_GITHUB, "GITHUB_STEP_SUMMARY": str(summary)})
    assert done.returncode in (0, 1, 2)
    assert orders(done.stdout) + orders(done.stderr) == []
    if summary.exists():
        rows = summary.read_text().splitlines()[2:]
        assert all(row.startswith("|") for row in rows)
        assert "<img" not in re.sub(r"\\<", "", summary.read_text())


def test_elsewhere_the_source_is_shown_as_it_is(odd: Path) -> None:
    assert "##[Docs](x)" in run("check", cwd=odd).stdout
