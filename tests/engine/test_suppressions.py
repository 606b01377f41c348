"""Suppressions: what a comment is, what it hides, and that it hides nothing else."""

from __future__ import annotations

import json
import os
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.command import run as command
from tests.conftest import CHECKOUT, lint_files
from tests.flows.test_hooks import git
from waku_lint.config.config import preset
from waku_lint.diagnostics import Diagnostic, Finding
from waku_lint.documents.reader import read_document
from waku_lint.engine import pipeline
from waku_lint.engine.result import RunResult
from waku_lint.files.source import SourceFile
from waku_lint.rules import registry
from waku_lint.session.runner import lint
from waku_lint.session.session import Request, open_session

PAGE = "draft-roadmap/relay.md"
FEATURE = "FURPS/relay.md"
FORM = ".github/ISSUE_TEMPLATE/task.yml"
ABOUT_SUPPRESSIONS = {"WL007", "WL008", "WL009"}
WHY = 'reason="no issue yet"'


def check(text: str, *select: str, path: str = PAGE, today: date | None = None) -> RunResult:
    """A document by itself, with some rules and those on suppressions."""
    config = preset("waku")
    rules = registry.load(config, CHECKOUT)
    active = rules.active(config, (*select, *ABOUT_SUPPRESSIONS))
    result = pipeline.run([SourceFile(path, text.encode())], config, rules, active, today=today)
    assert not result.crashes
    return result


def told(text: str, *select: str, path: str = PAGE, today: date | None = None) -> list[tuple[int, str]]:
    return [(each.start.line, each.code) for each in check(text, *select, path=path, today=today).diagnostics]


def page(comment: str) -> str:
    return f"# Relay\n\n{comment}\nTODO: one\n\n- TODO: two\n- TODO: three\n"


THREE = [(4, "WL104"), (6, "WL104"), (7, "WL104")]


def test_the_page_of_these_tests_has_three_findings() -> None:
    assert told(page("<!-- a comment -->"), "WL104") == THREE


@pytest.mark.parametrize(
    ("comment", "left"),
    [
        (f"<!-- waku-lint: disable-next-line=WL104 {WHY} -->", THREE[1:]),
        (f"<!-- waku-lint: disable-next-line=todo-marker {WHY} until=2026-12-31 -->", THREE[1:]),
        (f'<!-- waku-lint: disable-next-line = wl104 until="2026-12-31" {WHY} -->', THREE[1:]),
        (f"<!--waku-lint:disable-next-line=WL104 {WHY}-->", THREE[1:]),
        (f"<!-- waku-lint: disable-next-line=WL104\n     {WHY} -->\n", [(8, "WL104"), (9, "WL104")]),
        (f"<!-- waku-lint: disable-next-line=WL104 {WHY} -->\n\n", [(8, "WL104"), (9, "WL104")]),
        (f"<!-- waku-lint: disable=WL104 {WHY} -->", []),
        (f"<!-- waku-lint: disable-file=WL104 {WHY} -->", []),
        (f"<div><!-- waku-lint: disable=WL104 {WHY} --></div>\n", []),
        (f"> <!-- waku-lint: disable=WL104 {WHY} -->\n", []),
        (f"1. x\n\n   <!-- waku-lint: disable=WL104 {WHY} -->\n", []),
        (f"1. x <!-- waku-lint: disable=WL104 {WHY} -->\n", []),
        (f"| x | y <!-- waku-lint: disable=WL104 {WHY} --> |\n|--|--|\n", []),
        (f"## x <!-- waku-lint: disable=WL104 {WHY} -->", []),
    ],
)  # fmt: skip
def test_a_form_hides_what_it_names(comment: str, left: list[tuple[int, str]]) -> None:
    assert told(page(comment), "WL104") == left


@pytest.mark.parametrize(
    "shown",
    [
        "`<!-- waku-lint: disable-file=WL104 {} -->`",
        "    <!-- waku-lint: disable-file=WL104 {} -->\n",
        "```html\n<!-- waku-lint: disable-file=WL104 {} -->\n```",
        "- x\n\n  ~~~\n  <!-- waku-lint: disable-file=WL104 {} -->\n  ~~~\n",
        "\\<!-- waku-lint: disable-file=WL104 {} -->",
        "# waku-lint: disable-file=WL104 {}",
        "<!-- waku-lint checks this page -->",
        "<!-- see waku-lint: disable-file=WL104 {} -->",
    ],
)
def test_what_is_shown_as_text_is_no_suppression(shown: str) -> None:
    text = page(shown.format(WHY))
    assert Counter(code for _, code in told(text, "WL104")) == {"WL104": 3}


def test_a_line_is_that_of_the_comment() -> None:
    text = f"# Relay\n\nTODO: one <!-- waku-lint: disable-line=WL104 {WHY} -->\nTODO: two\n"
    assert told(text, "WL104") == [(4, "WL104")]


def test_a_range_ends_where_it_is_enabled_and_for_that_rule_only() -> None:
    text = (
        f"# Relay\n\nTODO: one\n\n<!-- waku-lint: disable=WL104,WL106 {WHY} -->\n\nTODO: two []()\n\n"
        "<!-- waku-lint: enable=WL104 -->\n\nTODO: three [x]()\n\n"
        f"<!-- waku-lint: disable=WL104 {WHY} -->\n\nTODO: four\n"
    )
    assert told(text, "WL104", "WL106") == [(3, "WL104"), (11, "WL104")]


def test_ranges_of_a_rule_follow_one_another() -> None:
    around = f"<!-- waku-lint: disable=WL104 {WHY} -->\n\nTODO: in\n\n<!-- waku-lint: enable=WL104 -->\n\nTODO: out\n\n"
    text = "# Relay\n\n" + around * 3
    assert told(text, "WL104") == [(line, "WL104") for line in (9, 17, 25)]
    assert told(f"{text}<!-- waku-lint: enable=WL104 -->\n", "WL104")[3:] == [(27, "WL009")]


def test_what_is_hidden_names_what_hides_it() -> None:
    for why, message in ((WHY, "suppressed: no issue yet"), ("", "suppressed")):
        (found,) = check(page(f"<!-- waku-lint: disable-next-line=WL104 {why} -->"), "WL104").hidden
        assert (found.start.line, found.code) == (4, "WL104")
        assert [(each.path, each.start.line, each.message) for each in found.related] == [(PAGE, 3, message)]


def test_a_finding_is_on_the_line_where_it_starts() -> None:
    text = "# Relay FURPS\n\n## Reliability\n\n1. It survives {}\n   a restart {}\n"
    comment = f"<!-- waku-lint: disable-line=WL409 {WHY} -->"
    (found,) = check(text.format("", ""), "WL409", path=FEATURE).diagnostics
    assert (found.start.line, found.end.line) == (5, 6)
    assert told(text.format(comment, ""), "WL409", path=FEATURE) == []
    assert told(text.format("", comment), "WL409", path=FEATURE) == [(5, "WL409"), (6, "WL009")]


def test_suppressions_above_one_another_are_about_the_same_line() -> None:
    above = "".join(f"<!-- waku-lint: disable-next-line={code} {WHY} -->\n\n" for code in ("WL104", "WL106"))
    assert told(f"# Relay\n\n{above}TODO: one [x]()\n", "WL104", "WL106") == []
    assert told(f"> # Relay\n>\n> <!-- waku-lint: disable-next-line=WL104 {WHY} -->\n>\n> TODO: one\n", "WL104") == []


def test_items_of_nested_lists_are_lines_of_their_own() -> None:
    comment = f"<!-- waku-lint: disable-next-line=WL104 {WHY} -->"
    text = (
        f"# Relay\n\n- one\n  {comment}\n  - TODO: two\n    - TODO: three\n  - four\n    {comment}\n    - TODO: five\n"
    )
    assert told(text, "WL104") == [(6, "WL104")]


def test_rows_of_a_table_are_suppressed_in_a_cell_or_by_a_range() -> None:
    head, rows = "# Relay\n\n", "| a | b |\n|---|---|\n| c | TODO{} |\n| d | TODO |\n"
    assert told(head + rows.format(f" <!-- waku-lint: disable-line=WL104 {WHY} -->"), "WL104") == [(6, "WL104")]
    around = (
        f"<!-- waku-lint: disable=WL104 {WHY} -->\n\n{rows.format('')}\n<!-- waku-lint: enable=WL104 -->\n\nTODO: e\n"
    )
    assert told(head + around, "WL104") == [(12, "WL104")]


@pytest.mark.parametrize(
    ("front_matter", "left"),
    [
        (f"# waku-lint: disable-next-line=WL102 {WHY}\nstrange: 1\nother: 2\n", [(4, "WL102")]),
        (f"strange: 1 # waku-lint: disable-line=WL102 {WHY}\nother: 2\n", [(3, "WL102")]),
        (f"# waku-lint: disable-file=WL102 {WHY}\nstrange: 1\nother: 2\n", []),
        (f"title: 'x # waku-lint: disable-file=WL102 {WHY}'\nstrange: 1\n", [(3, "WL102")]),
        (f"title: |\n  # waku-lint: disable-file=WL102 {WHY}\nstrange: 1\n", [(4, "WL102")]),
        (f"title: x# waku-lint disable-file=WL102 {WHY}\nstrange: 1\n", [(3, "WL102")]),
        (f"# waku-lint: disable-next-line=WL002 {WHY}\ntitle: 'a' b\n", []),
        (f"title: 'a' b\n# waku-lint: disable-file=WL002 {WHY}\n", []),
        (f"title: 'a' b # waku-lint: disable-line=WL002 {WHY}\n", []),
        (f"title: 'a' b\nother: 'c # waku-lint: disable-file=WL002 {WHY}'\n", [(2, "WL002")]),
    ],
)
def test_a_comment_in_front_matter_is_one_of_yaml(front_matter: str, left: list[tuple[int, str]]) -> None:
    assert told(f"---\n{front_matter}---\n# Relay\n", "WL102", "WL002") == left


def test_a_form_has_comments_of_yaml() -> None:
    body = "description: One\nbody:\n  - type: input\n    attributes:\n      label: Summary\n"
    text = "name: Task\n{}name: Chore\n" + body
    assert told(text.format(""), "WL003", path=FORM) == [(2, "WL003")]
    assert told(text.format(f"# waku-lint: disable-next-line=WL003 {WHY}\n"), "WL003", path=FORM) == []
    assert told(text.format("# waku-lint: disable-next-line=WL03\n"), path=FORM) == [(2, "WL008")]


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("waku-lint: disable", 'the suppression names no rule; expected `waku-lint: disable=WL306 reason="no issue'),
        ("waku-lint: disable-line=", "the suppression names no rule; expected"),
        ("waku-lint: disable-line reason=\"x\"", "the suppression names no rule; expected"),
        ("waku-lint: enable", "the suppression names no rule; expected `waku-lint: enable=WL306`"),
        ("waku-lint:", "a suppression says what to do, and `` is nothing it can; known: disable-next-line, "),
        ("waku-lint: ignore=WL104", "and `ignore` is nothing it can; "),
        ("waku-lint: disable-nextline=WL104", "is nothing it can; did you mean 'disable-next-line'?"),
        ("waku-lint disable=WL104", "the colon after `waku-lint` is missing; expected `waku-lint: disable=WL306"),
        ("waku-lint-disable=WL104", "the colon after `waku-lint` is missing"),
        ("waku-lint: disable=*", "no rule is called `*`; "),
        ("waku-lint: disable=all", "no rule is called `all`; "),
        ("waku-lint: disable=WL104x", "no rule is called `WL104x`; did you mean 'WL104'?"),
        ("waku-lint: disable=todo-markers", "no rule is called `todo-markers`; did you mean 'todo-marker'?"),
        ("waku-lint: disable=WL104,", "this is not understood; expected"),
        ("waku-lint: disable=WL104 reason=legacy", "this is not understood; expected"),
        ('waku-lint: disable=WL104 reason="legacy', "this is not understood; expected"),
        ('waku-lint: disable=WL104 reason="a "b" c"', "this is not understood; expected"),
        ("waku-lint: disable=WL104 reason=“legacy”", "this is not understood; expected"),
        ('waku-lint: disable=WL104 raeson="x"', "`raeson` is no setting of `disable`; did you mean 'reason'?"),
        ('waku-lint: disable=WL104 reason="x" reason="y"', "`reason` is there twice"),
        ('waku-lint: enable=WL104 reason="x"', "`reason` is no setting of `enable`; none is known"),
        ("waku-lint: disable=WL104 until=2026-02-30", "`2026-02-30` is no day; expected one such as `until="),
        ("waku-lint: disable=WL104 until=20261231", "`20261231` is no day"),
        ("waku-lint: disable=WL104 until=tomorrow", "`tomorrow` is no day"),
        ("waku-lint: disable=WL009", "`WL009` is about suppressions and cannot be suppressed"),
        ("waku_lint: disable=WL104", "`waku_lint` is nobody's name; expected `waku-lint: disable=WL306"),
        ("wakulint disable=WL104", "`wakulint` is nobody's name"),
        ("waku-lint: disable=suppression-unknown", "cannot be suppressed; .waku-lint.yaml can switch it off"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_suppression_is_told_and_hides_nothing(comment: str, message: str) -> None:
    found = check(page(f"<!-- {comment} -->"), "WL104").diagnostics
    wrong = [each for each in found if each.code == "WL008"]
    assert len(wrong) == 1
    assert message in wrong[0].message
    assert {each.code for each in found} == {"WL008", "WL104"}
    assert len(found) == 4


def test_what_is_not_understood_names_no_rule_and_is_told_where_it_stands() -> None:
    comment = "<!-- waku-lint: disable=WL104  reason=legacy -->"
    result = check(page(comment), "WL104")
    (found,) = [each for each in result.diagnostics if each.code == "WL008"]
    assert (found.start.column, found.end.column) == (comment.index("reason") + 1, comment.index(" -->") + 1)
    (one,) = result.suppressions
    assert (one.path, one.line, one.scope, one.names, one.rules) == (PAGE, 3, None, (), ())
    assert (one.reason, one.until, one.expired) == (None, None, False)


def test_what_is_right_beside_an_unknown_name_is_hidden() -> None:
    assert told(page(f"<!-- waku-lint: disable=WL104,WL999 {WHY} -->"), "WL104") == [(3, "WL008")]


def test_an_unknown_name_may_be_that_of_a_rule_that_is_left_out() -> None:
    config = preset("waku")
    rules = replace(registry.load(config, CHECKOUT), left_out=("theirs.py",))
    text = page(f"<!-- waku-lint: disable=ACME001,WL104 {WHY} -->")
    result = pipeline.run([SourceFile(PAGE, text.encode())], config, rules, rules.active(config, ["WL104", "WL008"]))
    assert result.diagnostics == ()
    assert len(result.hidden) == len(THREE)


def test_rules_on_suppressions_hear_only_the_configuration() -> None:
    text = page("<!-- waku-lint: disable=WL104 -->\n<!-- waku-lint: disable-file=WL106 -->")
    assert told(text, "WL104", "WL106") == [(3, "WL007"), (4, "WL009")]
    config = preset("waku")
    rules = registry.load(config, CHECKOUT)
    result = pipeline.run([SourceFile(PAGE, text.encode())], config, rules, rules.active(config, ["WL104", "WL106"]))
    assert result.diagnostics == ()


def test_only_rules_that_run_are_judged_unused() -> None:
    comment = page(f"<!-- waku-lint: disable-file=WL106,WL411 {WHY} -->")
    assert told(comment, "WL104") == THREE
    assert told(comment, "WL106") == [(3, "WL009")]
    (one,) = check(comment, "WL106").suppressions
    assert (one.path, one.line, one.expired) == (PAGE, 3, False)
    assert [(rule.code, rule.used) for rule in one.rules] == [("WL106", False), ("WL411", None)]


def test_the_nearest_suppression_is_the_one_that_is_used() -> None:
    every = f"<!-- waku-lint: disable-file=WL104 {WHY} -->\n<!-- waku-lint: disable=WL104 {WHY} -->\n"
    line = f" <!-- waku-lint: disable-line=WL104 {WHY} -->"
    assert told(f"# Relay\n\n{every}\nTODO: one{line}\n", "WL104") == [(3, "WL009"), (4, "WL009")]
    assert told(f"# Relay\n\n{every}\nTODO: one{line}\n\nTODO: two\n", "WL104") == [(3, "WL009")]


def test_an_enable_that_ends_nothing_is_unused() -> None:
    text = page(f"<!-- waku-lint: enable=WL104 -->\n<!-- waku-lint: disable-file=WL104 {WHY} -->")
    assert told(text, "WL104") == [(3, "WL009")]
    assert told(page("<!-- waku-lint: enable=WL411 -->"), "WL104") == [(3, "WL009"), *THREE]


def test_a_suppression_hides_until_the_end_of_its_last_day() -> None:
    text = page(f"<!-- waku-lint: disable-next-line=WL104 {WHY} until=2026-12-31 -->")
    assert told(text, "WL104", today=date(2026, 12, 31)) == THREE[1:]
    found = check(text, "WL104", today=date(2027, 1, 1)).diagnostics
    assert [(each.start.line, each.code) for each in found] == THREE
    assert [(place.path, place.start.line, place.message) for place in found[0].related] == [
        (PAGE, 3, "suppressed until 2026-12-31, which is over")
    ]
    assert not found[1].related


def test_an_expired_suppression_of_nothing_is_unused_and_a_wider_one_goes_on() -> None:
    over = f"{WHY} until=2026-01-01"
    today = date(2026, 2, 1)
    assert told(f"# Relay\n\n<!-- waku-lint: disable-file=WL104 {over} -->\n", "WL104", today=today) == [(3, "WL009")]
    both = page(f"<!-- waku-lint: disable-file=WL104 {WHY} -->\n<!-- waku-lint: disable-file=WL104 {over} -->")
    assert told(both, "WL104", today=today) == [(4, "WL009")]


def test_a_rule_of_a_schema_of_ones_own_is_suppressed_alike(tmp_path: Path) -> None:
    (tmp_path / ".waku-lint.yaml").write_text("kinds: {milestone: {schema: risk.json}}\nrules: {WL102: off}\n")
    (tmp_path / "risk.json").write_text(
        json.dumps(
            {
                "required": ["front_matter"],
                "x-rule": {"code": "ACME001", "name": "risk-owner-missing", "message": "nobody owns the risks"},
            }
        )
    )
    target = tmp_path / PAGE
    target.parent.mkdir()
    request = Request(tmp_path, select=("ACME001", "WL009", "WL008"))
    for comment, codes in (
        ("", ["ACME001"]),
        ("ACME001", []),
        ("risk-owner-missing", []),
        ("ACME01", ["ACME001", "WL008"]),
    ):
        target.write_text(f"# Relay <!-- waku-lint: disable-line={comment} {WHY} -->\n" if comment else "# Relay\n")
        assert [each.code for each in lint(request, open_session(request)).diagnostics] == codes


def test_a_finding_in_a_document_that_is_not_told_is_suppressed_where_it_stands(tmp_path: Path) -> None:
    """An index lacks a page: that stands in the index, and is told to whoever checks the page."""
    folder = tmp_path / "draft-roadmap"
    folder.mkdir()
    (folder / "one.md").write_text("# One\n")
    (folder / "two.md").write_text("# Two\n")
    request = Request(tmp_path, (folder / "two.md",), select=("WL601", *ABOUT_SUPPRESSIONS))
    for comment, codes in (("", ["WL601"]), (f"\n<!-- waku-lint: disable-file=WL601,WL106 {WHY} -->\n", [])):
        (folder / "README.md").write_text(f"# Milestones\n\n- [One](one.md)\n{comment}")
        assert [each.code for each in lint(request, open_session(request)).diagnostics] == codes


def test_nothing_is_judged_unused_where_a_rule_has_crashed() -> None:
    def fails(*_given: object) -> Iterator[Finding]:
        raise ValueError("no idea")

    config = preset("waku")
    rules = registry.load(config, CHECKOUT)
    active = dict(rules.active(config, ["WL104", "WL009"]))
    active["WL104"] = replace(active["WL104"], rule=replace(active["WL104"].rule, check=fails))
    text = page(f"<!-- waku-lint: disable-file=WL104 {WHY} -->")
    result = pipeline.run([SourceFile(PAGE, text.encode())], config, rules, active)
    assert [crash.rule for crash in result.crashes] == ["WL104 todo-marker"]
    assert result.diagnostics == ()


# Fixes


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a\n<!-- C -->\nb\n", "a\n\nb\n"),
        ("a\n\n<!-- C -->\nb\n", "a\n\nb\n"),
        ("a\r\n  <!-- C -->  \r\nb\r\n", "a\r\n\r\nb\r\n"),
        ("a\n<!-- C -->\n---\n", "a\n\n---\n"),
        ("a <!-- C -->  \nb\n", "a  \nb\n"),
        ("a <!-- C -->b\n", "a b\n"),
        ("\ufeff<!-- C -->\na\n", "\ufeffa\n"),
        ("a\n\n<!-- C -->", "a\n\n"),
        ("a <!-- C -->\nb\n", "a\nb\n"),
        ("a <!-- C --> b\n", "a b\n"),
        ("> a\n> <!-- C -->\n", "> a\n>\n"),
        ("a\n<!--\nC\n-->\nb\n", "a\n\nb\n"),
        ("---\ntitle: a\n# C\n---\nb\n", "---\ntitle: a\n---\nb\n"),
        ("---\ntitle: a # C\n---\nb\n", "---\ntitle: a\n---\nb\n"),
    ],
)
def test_an_unused_suppression_is_deleted_with_its_line(before: str, after: str) -> None:
    text = before.replace("C", f"waku-lint: disable-file=WL106,link-broken {WHY}")
    (found,) = check(text, "WL106", "WL107").diagnostics
    assert found.code == "WL009"
    assert mended(text, [found]) == after


def test_a_dash_too_many_is_told() -> None:
    found = check(page(f"<!--- waku-lint: disable=WL104 {WHY} -->"), "WL104").diagnostics
    assert [each.message for each in found if each.code == "WL008"] == [
        "a comment begins with `<!--`; there is a `-` too many"
    ]


@pytest.mark.parametrize(
    "text",
    ["- a\n<!-- C -->\n- b\n", "- <!-- C --> a\n", "a<!-- C -->b\n", "<!-- C --> **a**\n", "<div>\n<!-- C -->\na\n"],
)
def test_a_person_looks_at_a_deletion_that_could_join_what_it_parts(text: str) -> None:
    text = text.replace("C", f"waku-lint: disable-file=WL106,link-broken {WHY}")
    (found,) = check(text, "WL106", "WL107").diagnostics
    assert found.fix is not None
    assert not found.fix.safe


@pytest.mark.parametrize(
    ("names", "left"),
    [
        ("WL104,WL106", "WL104"),
        ("WL106,WL104", "WL104"),
        ("WL106,WL107,WL104", "WL104"),
        ("WL106, WL104 ,WL107", "WL104"),
        ("WL104,WL106,WL107", "WL104"),
        ("WL106,WL411", "WL411"),
    ],
)
def test_an_unused_name_of_several_is_deleted(names: str, left: str) -> None:
    text = page("<!-- waku-lint: disable-file={} " + WHY + " -->")
    found = check(text.format(names), "WL104", "WL106", "WL107").diagnostics
    unused = [each for each in found if each.code == "WL009"]
    assert mended(text.format(names), unused) == text.format(left)


def mended(text: str, found: list[Diagnostic]) -> str:
    edits = [edit for each in found if each.fix and each.fix.safe for edit in each.fix.edits]
    assert len(edits) == len(found)
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


# Exactness

DOCUMENTS = sorted(
    (path.relative_to(root).as_posix(), path.read_text(encoding="utf-8", errors="replace"))
    for root in (CHECKOUT / "fixtures" / "dirty").iterdir()
    for path in root.rglob("*.md")
    # A comment makes a page that is empty one that is not.
    if preset("waku").kind_of(path.relative_to(root).as_posix()) and path.read_text("utf-8", "replace").strip()
)
SCOPES = ("disable-next-line", "disable-line", "disable", "disable-file")


def comments(path: str, text: str) -> int:
    kind = preset("waku").kind_of(path)
    assert kind is not None
    return len(read_document(SourceFile(path, text.encode()), kind.name).comments)


@st.composite
def suppressed(draw: st.DrawFn) -> tuple[str, str, str, str, int]:
    """A document with a comment in it, the comment, its scope, and the line on which it stands."""
    path, text = draw(st.sampled_from(DOCUMENTS))
    lines = text.split("\n")
    found = [each for each in lint_files({path: text.encode()}) if each.code not in ABOUT_SUPPRESSIONS]
    code = draw(st.sampled_from(sorted({each.code for each in found}))) if found else "WL104"
    places = [each.start.line for each in found if each.code == code] or [1]
    at = min(max(draw(st.sampled_from(places)) + draw(st.integers(-3, 2)), 1), len(lines))
    scope = draw(st.sampled_from(SCOPES))
    comment = f"waku-lint: {scope}={code} {WHY}"
    fence = lines.index("---", 1) + 1 if lines[0] == "---" else 0
    at = max(at, 2) if fence else at  # what stands above front matter makes it none
    comment = f"# {comment}" if 1 < at <= fence else f"<!-- {comment} -->"
    if draw(st.booleans()):
        lines[at - 1] += f" {comment}"
    else:
        lines.insert(at - 1, comment)
    text = "\n".join(lines)
    if draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    if draw(st.booleans()):
        text = f"\ufeff{text}"
    return path, text, comment, code, at


@given(suppressed())
@settings(max_examples=80, deadline=None)
def test_a_suppression_hides_that_rule_there_and_nothing_else(given_: tuple[str, str, str, str, int]) -> None:
    """Against the same document with a comment of the same length that is none of ours."""
    path, text, comment, code, at = given_

    def ours(told: str) -> str:
        return told.replace("waku-lynt", "waku-lint")

    inert = comment.replace("waku-lint", "waku-lynt")
    other = text.replace(comment, inert)
    before = [
        replace(each, source_line=ours(each.source_line), message=ours(each.message), text=ours(each.text))
        for each in lint_files({path: other.encode()})
    ]
    after = lint_files({path: text.encode()})
    hidden = [each for each in before if each not in after]
    assert all(each.code in ABOUT_SUPPRESSIONS for each in after if each not in before)
    if comments(path, text) == comments(path, other):  # in code, or behind a fence
        assert before == after
        return
    following = next((n for n, line in enumerate(text.split("\n")[at:], at + 1) if line.strip("\r> ")), 0)
    column = other.split("\n")[at - 1].lstrip("\ufeff").index(inert) + 1
    covers: Callable[[Diagnostic], bool] = {
        "disable-next-line": lambda each: each.start.line == following,
        "disable-line": lambda each: each.start.line == at,
        "disable": lambda each: (each.start.line, each.start.column) >= (at, column),
        "disable-file": lambda _each: True,
    }[comment.split("=")[0].split(" ")[-1]]
    expected = [each for each in before if each.code == code and covers(each)]
    assert [each for each in hidden if each.code not in ABOUT_SUPPRESSIONS] == expected
    unused = [each for each in after if each.code == "WL009" and each not in before]
    assert bool(expected) != any(each.start.line == at for each in unused)


def test_comments_that_are_never_closed_take_no_longer() -> None:
    """It would take hours if they did."""
    assert told("# Relay\n\nTODO: one\n\n" + "<!-- waku-lint: disable=WL104\n" * 9_000, "WL104") == [(3, "WL104")]


# The command


def test_the_command_lists_them_all(tmp_path: Path) -> None:
    target = tmp_path / PAGE
    target.parent.mkdir()
    (tmp_path / ".waku-lint.yaml").write_text("rules: {WL106: off}\n")
    target.write_text(page("<!-- waku-lint: disable-next-line=WL104 -->"))
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    when = "2026-01-01T12:00:00+0000"
    environment = {"GIT_COMMITTER_DATE": when, "GIT_AUTHOR_DATE": "2025-01-01T12:00:00+0000"}
    subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "start"],
                   cwd=tmp_path, env={**os.environ, **environment}, check=True)  # fmt: skip
    more = (
        '\n<!-- waku-lint: disable-file=WL105,WL999 reason="old,\n  and kept" until=2026-01-31 -->\n'
        "<!-- waku-lint: disable -->\n<!-- waku-lint: disable-file=WL106 reason=\"x\" -->\n"
    )  # fmt: skip
    target.write_text(target.read_text() + more)
    done = command("suppressions", "--today", "2026-02-10", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "where                      what                      used         days  until             reason\n"
        "draft-roadmap/relay.md:3   disable-next-line=WL104   yes          40    -                 -\n"
        "draft-roadmap/relay.md:9   disable-file=WL105,WL999  no           -     2026-01-31, over  old, and kept\n"
        "draft-roadmap/relay.md:11  not understood            no           -     -                 -\n"
        "draft-roadmap/relay.md:12  disable-file=WL106        rule is off  -     -                 x\n"
        "\n4 suppressions\n"
    )
    report = json.loads(command("suppressions", "--format", "json", "--today", "2026-02-10", cwd=tmp_path).stdout)
    assert report["version"] == 1
    assert report["suppressions"][0] == {
        "path": PAGE,
        "line": 3,
        "scope": "disable-next-line",
        "rules": [{"code": "WL104", "written": "WL104", "used": True}],
        "problems": [],
        "reason": None,
        "until": None,
        "expired": False,
        "age": 40,
    }
    assert [each["age"] for each in report["suppressions"]] == [40, None, None, None]
    assert report["suppressions"][1]["expired"]
    assert report["suppressions"][2]["scope"] is None


def test_without_suppressions_and_without_git_the_command_says_so(tmp_path: Path) -> None:
    target = tmp_path / PAGE
    target.parent.mkdir()
    target.write_text("# Relay\n")
    assert command("suppressions", cwd=tmp_path).stdout == "0 suppressions\n"
    target.write_text(page(f"<!-- waku-lint: disable=WL104 {WHY} -->"))
    assert command("suppressions", cwd=tmp_path).stdout.endswith("\n1 suppression\n")


def test_blame_runs_no_program_that_the_repository_names(tmp_path: Path) -> None:
    target = tmp_path / PAGE
    target.parent.mkdir()
    target.write_text(page(f"<!-- waku-lint: disable=WL104 {WHY} -->"))
    (tmp_path / ".gitattributes").write_text("*.md diff=evil\n")
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "start"]):
        assert git(tmp_path, *arguments).returncode == 0
    git(tmp_path, "config", "diff.evil.textconv", f"touch '{tmp_path}/ran'; cat")
    report = json.loads(command("suppressions", "--format", "json", cwd=tmp_path).stdout)
    assert [each["age"] for each in report["suppressions"]] == [0]
    assert not (tmp_path / "ran").exists()


def test_check_takes_the_day_from_its_option(tmp_path: Path) -> None:
    target = tmp_path / PAGE
    target.parent.mkdir()
    today = date.today()  # noqa: DTZ011 - the local day, as the command's
    only = ("--select", "WL104,WL009")
    for day, status in ((today + timedelta(days=1), 0), (today - timedelta(days=2), 1)):
        target.write_text(f"# Relay\n\n<!-- waku-lint: disable=WL104 {WHY} until={day} -->\n\nTODO: one\n")
        assert command("check", "--strict", *only, cwd=tmp_path).returncode == status
        assert command("hook", "--strict", *only, cwd=tmp_path).returncode == status
        assert command("check", "--strict", *only, "--today", "2020-01-01", cwd=tmp_path).returncode == 0
    assert f"{PAGE}:3:1: suppressed until {day}, which is over" in command("check", *only, cwd=tmp_path).stdout
    assert command("check", "--today", "soon", cwd=tmp_path).returncode == 2
