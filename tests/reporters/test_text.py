"""The excerpt under a finding: caret and text stand in the same cells."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from wcwidth import wcswidth

from waku_lint.diagnostics import Diagnostic, Place, Severity
from waku_lint.engine.result import RunResult
from waku_lint.positions import Position
from waku_lint.reporters.text import WIDTH, excerpt, report_text


def finding(line: str, start: int, end: int, *, end_line: int = 1) -> Diagnostic:
    return Diagnostic(
        "a.md", Position(1, start), Position(end_line, end), "WL001", "x", Severity.ERROR, "m", None, (), line
    )


@pytest.mark.parametrize(
    ("line", "start", "end", "shown", "carets"),
    [
        ("plain text", 7, 11, "plain text", "      ^^^^"),
        ("\ttab", 2, 5, "    tab", "    ^^^"),
        ("ab\ttab", 4, 7, "ab  tab", "    ^^^"),
        ("中文 x", 4, 5, "中文 x", "     ^"),
        ("中文 x", 1, 3, "中文 x", "^^^^"),
        ("🚀 x", 3, 4, "🚀 x", "   ^"),
        ("e\u0301x", 3, 4, "e\u0301x", " ^"),
        ("a\x07b", 3, 4, "a?b", "  ^"),
        ("a\x1b[31mb", 7, 8, "a?[31mb", "      ^"),
        ("text", 5, 5, "text", "    ^"),
        ("", 1, 1, "", "^"),
        ("text", 3, 9, "text", "  ^^"),
    ],
)
def test_the_caret_stands_under_the_text(line: str, start: int, end: int, shown: str, carets: str) -> None:
    assert excerpt(finding(line, start, end)) == (shown, carets)


def test_a_finding_over_several_lines_is_marked_to_the_end_of_its_first() -> None:
    assert excerpt(finding("text here", 6, 3, end_line=2)) == ("text here", "     ^^^^")


@pytest.mark.parametrize("start", [1, 20, 200, 290])
@pytest.mark.parametrize("char", ["x", "中"])
def test_a_long_line_is_cut_around_the_finding(char: str, start: int) -> None:
    line = char * (start - 1) + "ABC" + char * (300 - start)
    shown, carets = excerpt(finding(line, start, start + 3))
    assert wcswidth(shown) <= WIDTH + 2
    before = shown[: shown.index("ABC")]
    assert carets == " " * wcswidth(before) + "^^^"


def test_a_finding_longer_than_the_window_is_marked_as_far_as_it_is_shown() -> None:
    shown, carets = excerpt(finding("x" * 300, 1, 301))
    assert shown == "x" * WIDTH + "…"
    assert carets == "^" * WIDTH


def test_the_last_line_counts() -> None:
    warning = Diagnostic("b.md", Position(1, 1), Position(1, 2), "WL002", "y", Severity.WARNING, "m", None, (), "text")
    text = report_text(RunResult((finding("x", 1, 2), warning, warning), (), tuple("abcde")))
    assert text.splitlines()[-1] == "1 error and 2 warnings in 2 of 5 documents"


def test_no_control_character_of_a_document_reaches_the_terminal() -> None:
    place = Position(1, 1)
    told = replace(
        finding("x", 1, 2),
        path="a\nb.md",
        message="`31 \x1b[31mAug`",
        cause="`c\x9bm`",
        related=(Place("d\x07.md", place, "e\x00"),),
    )
    text = report_text(RunResult((told,), (), ("a\nb.md",)))
    assert [char for char in text if not char.isprintable()] == ["\n"] * text.count("\n")
    assert "a?b.md:1:1" in text
    assert "31 ?[31mAug" in text
