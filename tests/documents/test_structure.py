"""How a document is laid out, and what is reported of sections, tables, list items and markers."""

from __future__ import annotations

import pytest

from tests.conftest import covered, lint_files
from waku_lint.documents.extract.layout import read_layout
from waku_lint.documents.model import Layout
from waku_lint.parsing.markdown import Markdown

TITLE = "# [Relay](https://github.com/waku-org/pm/milestone/12)\n\n"
DELIVERABLE = "## Deliverables\n\n### [Export metrics](https://github.com/waku-org/pm/issues/101)\n\n"
Told = list[tuple[str, str]]


def told(text: str, code: str, path: str = "draft-roadmap/relay.md") -> list[str]:
    return [covered(text, each) for each in lint_files({path: text}) if each.code == code]


def layout(text: str) -> Layout:
    return read_layout(Markdown(text))


# Markers


@pytest.mark.parametrize(
    "line",
    [
        "**TODO**: name it",
        "- TODO",
        "- [ ] TODO name it",
        "> TODO name the risks",
        "Status: TODO",
        "Status \u2013 TODO",
        "Dashboards (TODO)",
        "[TODO]",
        "\U0001f6a7 TODO write",
        "FIXME(ana): the dates",
        "Todo: name it",
        "the date is tbd",
        "[TBD](https://example.org)",
        "see PR XXX",
        "TBD\u5f85\u5b9a",
        "| a | TODO |\n|---|---|",
        "| a | b |\n|---|---|\n| c | TBD |",
    ],
)
def test_a_marker_is_one_wherever_it_stands(line: str) -> None:
    assert len(told(f"{TITLE}{line}\n", "WL104")) == 1
    assert len(told(f"{TITLE}{line}\n".replace("\n", "\r\n"), "WL104")) == 1


@pytest.mark.parametrize(
    "line",
    [
        "the TODO list is long",
        "fix every TODO.",
        "TODOs remain",
        "a todo item",
        "- TODO app in the browser",
        "see https://example.org/TODO and TODO.md",
        "see https://example.org/a?b=TBD",
        "`TODO`",
        "```\nTODO\n```",
        "\tTODO",
        "<!-- TODO -->",
        "all <!-- TBD --> of it",
        "~~TBD~~ done",
        "links to README.md or docs.waku.org (TBD)",
        "EIP-XXX",
    ],
)
def test_a_sentence_about_markers_or_code_has_none(line: str) -> None:
    assert told(f"{TITLE}{line}\n", "WL104") == []


@pytest.mark.parametrize(
    "text",
    [
        "**Estimated date of completion**: TBD\n",
        "**Owner**: <TODO>\n",
        "[TBD]()\n",
        "[Relay](TODO)\n",
        "| a | b |\n|---|---|\n| [TBD] | c |\n",
        "## Deliverables\n\nTBD\n",
        "## Deliverables\n\n### Export metrics (TBD: pm issue)\n\n**Owner**: nwaku\n",
        "## Deliverables\n\n- Export metrics: TBD (TBD)\n",
        f"{DELIVERABLE}**Owner**: TBD\n",
        f"{DELIVERABLE}**FURPS**: TBD\n",
        f"{DELIVERABLE}**FURPS**:\n- TBD\n",
        f"{DELIVERABLE}**FURPS**:\n- F1. TBD\n",
        f"{DELIVERABLE}**Checklist**: TBD\n",
        f"{DELIVERABLE}**Checklist**:\n- [ ] Specs: TBD\n",
    ],
)
def test_a_marker_that_another_rule_tells_of_is_left_to_it(text: str) -> None:
    assert told(f"{TITLE}{text}", "WL104") == []


@pytest.mark.parametrize(
    "text",
    [
        "# Relay (TBD: pm milestone)\n",
        "# Relay\n\n**GitHub Milestone**: TBD\n",
        "# Relay\n\n**GitHub Milestone and deliverables**: TBD\n",
    ],
)
def test_a_marker_for_the_missing_github_milestone_is_left_to_its_rule(text: str) -> None:
    assert told(text, "WL104") == []
    assert len(told(text, "WL205")) == 1


@pytest.mark.parametrize(
    ("text", "markers"),
    [
        (f"{DELIVERABLE}**Output**: TBD\n", ["TBD"]),
        (f"{DELIVERABLE}**FURPS**:\n- F1. Relays.\n- TBD\n", ["TBD"]),
        (f"{DELIVERABLE}**Checklist**:\n- [x] Specs: TBD\n", ["TBD"]),
        ("## Deliverables\n\n### [Export (TBD)](https://github.com/waku-org/pm/issues/101)\n", ["TBD"]),
        ("## FURPS\n\nTBD\n", ["TBD"]),
        ("TBD or TODO: who knows\n\nTBC\n", ["TBD", "TBC"]),
    ],
)
def test_a_marker_that_nobody_else_tells_of_is_told_once_a_line(text: str, markers: list[str]) -> None:
    assert told(f"{TITLE}{text}", "WL104") == markers


# Sections


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<!-- list them -->\n",
        "---\n",
        "[relay]: https://example.org\n",
        "| a | b |\n|---|---|\n",
        "| a | b |\n|---|---|\n|  |  |\n",
    ],
)
@pytest.mark.parametrize("heading", ["## Risks", "Risks\n-----", "##Risks", "## Risks ##", "## **Risks**:"])
def test_a_section_in_which_nothing_is_shown_is_empty(heading: str, body: str) -> None:
    text = f"{TITLE}{heading}\n\n{body}\n## FURPS\n\nNone.\n"
    assert [each.strip("*:") for each in told(text, "WL108")] == ["Risks"]
    assert len(told(text.replace("\n", "\r\n"), "WL108")) == 1


@pytest.mark.parametrize(
    "body",
    [
        "None.\n",
        "-\n",
        "```\n```\n",
        "<details>x</details>\n",
        "<Enter risks>\n",
        "### Known\n\nNone.\n",
        "![diagram](risks.png)\n",
        "| a | b |\n|---|---|\n| c |  |\n",
    ],
)
def test_a_section_in_which_something_is_shown_is_not_empty(body: str) -> None:
    assert told(f"{TITLE}## Risks\n\n{body}\n## FURPS\n\nNone.\n", "WL108") == []


@pytest.mark.parametrize(
    "text",
    [
        "# Relay\n",
        "## ~~Risks~~\n",
        "##\n",
        "## Status: done\n",
        "## [Relay](relay.md)\n",
        "## See [[relay|the relay]]\n",
        "## Deliverables\n",
        "## Resources Required for 2025H2\n",
        "## Estimated date of completion\n",
        DELIVERABLE,
        f"{DELIVERABLE}#### Checklist\n",
    ],
)
def test_a_heading_that_may_stand_alone_is_not_reported(text: str) -> None:
    assert told(text, "WL108") == []


def test_a_category_of_a_feature_may_be_blank_but_not_a_heading_in_it() -> None:
    text = "# Relay FURPS\n\n## Functionality\n\n### Sending\n\n### Receiving\n\n1. Filters.\n\n## Usability\n"
    assert told(text, "WL108", "FURPS/core/relay.md") == ["Sending"]


def test_a_template_has_empty_sections_and_items_but_no_section_twice() -> None:
    text = "---\nname: Bug\nabout: A bug\n---\n\n## Steps\n\n-\n\nTBD\n\n## Expected\n\n## Steps\n"
    path = ".github/ISSUE_TEMPLATE/bug.md"
    assert [told(text, code, path) for code in ("WL104", "WL108", "WL109", "WL112")] == [[], [], ["Steps"], []]


@pytest.mark.parametrize(
    ("headings", "twice"),
    [
        ("## Risks|## Scope|## Risks", ["Risks"]),
        ("## Risks|## RISKS:|## \u26a0\ufe0f Risks", ["RISKS:", "\u26a0\ufe0f Risks"]),
        ("## Risks|## Scope|### Risks", []),
        ("## Sending|### Limits|## Receiving|### Limits", []),
        ("## Sending|### Limits|#### Size|### Limits", ["Limits"]),
        ("### Risks|## Scope|### Risks", []),
        ("## ~~Risks~~|## Risks", []),
        ("##|##", []),
        ("## \u98ce\u9669|## \u8303\u56f4|## \u98ce\u9669", ["\u98ce\u9669"]),
    ],
)
def test_a_section_is_there_twice_if_both_have_one_parent_and_name(headings: str, twice: list[str]) -> None:
    text = TITLE + "".join(f"{each}\n\nNone.\n\n" for each in headings.split("|"))
    assert told(text, "WL109") == twice


def test_a_deliverable_that_is_there_twice_with_its_issue_is_no_matter_of_its_heading() -> None:
    again = "### [Export metrics](https://github.com/waku-org/pm/issues/{})\n\n**Owner**: nwaku\n"
    assert told(TITLE + DELIVERABLE + again.format(101), "WL109") == []
    assert told(TITLE + DELIVERABLE + again.format(102), "WL109") == ["Export metrics"]


# Tables


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("| a | b |", 2),
        ("a | b", 2),
        ("| a | b", 2),
        ("| a |", 1),
        ("| a | |", 2),
        ("|a||", 2),
        ("| a | b | |", 3),
        (r"| a \| b | c |", 2),
        ("| `a|b` | c |", 3),
        (r"| `a\|b` | c |", 2),
        ("| [[a|b]] | c |", 2),
        ("| \u6f6e | \u6c50 |", 2),
        ("text", 1),
    ],
)
def test_the_cells_of_a_row_are_counted_as_written(row: str, cells: int) -> None:
    for text in (f"| a | b |\n|---|---|\n{row}\n", f"- x\n\n  | a | b |\n  |---|---|\n  {row}\n"):
        assert [(each.cells, each.columns) for each in layout(text).rows] == [(cells, 2)]
        assert [(each.cells, each.columns) for each in layout(text.replace("\n", "\r\n")).rows] == [(cells, 2)]


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("| a | b |\n|---|---|\n| c | d | e | f |\n", ["e | f"]),
        ("| a | b |\n|---|---|\n| c | d | |\n", ["| c | d | |"]),
        ("| a | b |\n|---|---|\n| c |\n", ["| c |"]),
        ("| a | b |\n|---|---|\n| c | d |\ntext\n", ["text"]),
        ("| a |\n|---|\ntext\n", []),
        ("| a | b | c |\n|---|---|\n| d | e | f |\n", ["|---|---|"]),
        ("a | b | c\n--|--\n", ["--|--"]),
        ("Either a | b\nor c.\n", []),
        ("a | b\n|\n", []),
        ("```\n| a | b |\n|---|---|\n| c |\n```\n", []),
        ("<!--\n| a | b |\n|---|---|\n| c |\n-->\n", []),
        ("text\n| a | b |\n|---|---|\n| c | d |\n", []),
    ],
)
def test_a_row_with_other_cells_than_the_header_is_reported(text: str, reported: list[str]) -> None:
    assert told(TITLE + text, "WL111") == reported


# List items


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("- a\n-\n- b\n", "- a\n- b\n"),
        ("- a\n- \n", "- a\n"),
        ("- a\n- ", "- a\n"),
        ("- a\r\n- \r\n\r\nb\r\n", "- a\r\n\r\nb\r\n"),
        ("- a\n  - b\n  -\n- c\n", "- a\n  - b\n- c\n"),
        ("* a\n*\n## Risks\n", "* a\n## Risks\n"),
        ("1. a\n2.\n", "1. a\n"),
        ("1. a\n2.\n3. b\n", None),
        ("- a\n-\nb\n", None),
        ("- a\n-\n\n  b\n", None),
        ("> - a\n> -\n", None),
        ("- - \n", None),
    ],
)
def test_an_empty_item_is_deleted_where_nothing_else_changes(text: str, mended: str | None) -> None:
    found = [each for each in lint_files({"draft-roadmap/relay.md": TITLE + text}) if each.code == "WL112"]
    assert len(found) == 1
    fix = found[0].fix
    if mended is None:
        assert fix is None or not fix.safe
        return
    assert fix is not None
    assert fix.safe
    (edit,) = fix.edits
    assert (TITLE + text)[: edit.span.start] + edit.text + (TITLE + text)[edit.span.end :] == TITLE + mended


@pytest.mark.parametrize(
    "text", ["- [ ]\n", "- ---\n", "-\n  a\n", "- \n  - a\n", "```\n-\n```\n", "Title\n-\n", "a -\n"]
)
def test_an_item_with_anything_in_it_is_not_empty(text: str) -> None:
    assert told(TITLE + text, "WL112") == []


@pytest.mark.parametrize("bullet", ["**Note**:\n-", "**Note**:\n- ", "**Note:**\r\n-\r", "The rest is here\n- "])
def test_a_bullet_right_below_a_text_is_said_to_make_it_a_heading(bullet: str) -> None:
    text = f"{TITLE}{bullet}\n\nThe rest.\n"
    found = [each for each in lint_files({"draft-roadmap/relay.md": text}) if each.code == "WL112"]
    assert [each.message for each in found] == ["list item `-` is empty; it makes a heading of the line above"]
    assert found[0].fix is not None
    assert not found[0].fix.safe


def test_a_category_without_statements_is_left_to_its_rule() -> None:
    text = "# Relay FURPS\n\n## Functionality\n\n1. Relays.\n2.\n\n## Usability\n\n1.\n\n## Dependencies\n\n1.\n"
    assert told(text, "WL112", "FURPS/core/relay.md") == ["2.", "1."]


@pytest.mark.parametrize(
    "statements",
    [
        "- Relays.\n-\n- Filters.\n",
        "### Sending\n\n1. Relays.\n2.\n\n### Receiving\n\n3. Filters.\n",
    ],
)
def test_the_numbers_of_statements_are_not_changed(statements: str) -> None:
    text = f"# Relay FURPS\n\n## Functionality\n\n{statements}"
    found = [each for each in lint_files({"FURPS/core/relay.md": text}) if each.code == "WL112"]
    assert [each.fix for each in found] == [None]


# Placeholders for numbers


@pytest.mark.parametrize(
    ("line", "reported"),
    [
        ("XX. Drops duplicates.", ["XX."]),
        ("- XXX) Drops duplicates.", ["XXX)"]),
        ("X. Drops duplicates.", []),
        ("XX", []),
        ("Version XX. Or so.", []),
    ],
)
def test_a_number_that_is_still_missing_is_a_placeholder(line: str, reported: list[str]) -> None:
    text = f"# Relay FURPS\n\n## Functionality\n\n{line}\n"
    assert told(text, "WL103", "FURPS/core/relay.md") == reported
    assert not reported or told(text, "WL104", "FURPS/core/relay.md") == []
