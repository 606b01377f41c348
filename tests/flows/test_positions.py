"""Positions: what changes a document's bytes but not its words moves findings exactly with them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import covered, lint_files
from waku_lint.diagnostics import Diagnostic
from waku_lint.positions import Lines, Position
from waku_lint.rules import registry

PATH = "draft-roadmap/relay.md"
RULES = {rule.code: rule for rule in registry.builtin_rules()}

# Every bad example that is Markdown text on a milestone page: real findings of many rules.
PAGES = sorted(
    {
        example.text
        for rule in RULES.values()
        for example in rule.examples
        if example.reports and example.path == PATH and isinstance(example.text, str) and example.text.strip()
        # The deepest nesting allowed and front matter are about their very place; line ends are exchanged below.
        if rule.code not in ("WL001", "WL002", "WL102") and not example.text.startswith("---")
        if "\r" not in example.text
    }
)

pages = st.sampled_from(PAGES)
Told = list[tuple[str, str, str]]


def found(text: str, path: str = PATH) -> list[Diagnostic]:
    return lint_files({path: text.encode()})


def told(text: str) -> Told:
    """What is found, by the text it covers: independent of where that stands."""
    return [(each.code, covered(text, each), each.message) for each in found(text)]


@given(pages, st.integers(min_value=1, max_value=40))
@settings(max_examples=150, deadline=None)
def test_inserting_blank_lines_above_shifts_by_exactly_as_many(page: str, count: int) -> None:
    before, after = found(page), found("\n" * count + page)
    assert [(each.code, each.start.line + count, each.start.column, each.end.column) for each in before] == [
        (each.code, each.start.line, each.start.column, each.end.column) for each in after
    ]


@given(pages)
@settings(max_examples=100, deadline=None)
def test_windows_line_ends_change_no_position(page: str) -> None:
    before, after = found(page), found(page.replace("\n", "\r\n"))
    assert [(each.code, each.start, each.end, each.message) for each in before] == [
        (each.code, each.start, each.end, each.message) for each in after
    ]


@given(pages)
@settings(max_examples=100, deadline=None)
def test_old_mac_line_ends_change_no_position(page: str) -> None:
    before, after = found(page), found(page.replace("\n", "\r"))
    assert [(each.code, each.start, each.end) for each in before] == [
        (each.code, each.start, each.end) for each in after
    ]


@given(pages)
@settings(max_examples=100, deadline=None)
def test_a_byte_order_mark_changes_no_position(page: str) -> None:
    before, after = found(page), found("\ufeff" + page)
    assert [(each.code, each.start, each.end) for each in before] == [
        (each.code, each.start, each.end) for each in after
    ]


@given(pages, st.booleans())
@settings(max_examples=100, deadline=None)
def test_front_matter_above_shifts_lines_only(page: str, windows: bool) -> None:
    head = "---\ntags: [relay]\ndate: 2025-09-30\n---\n"
    before = found(page)
    whole = head + page
    after = found(whole.replace("\n", "\r\n") if windows else whole)
    assert [(each.code, each.start.line + 4, each.start.column) for each in before] == [
        (each.code, each.start.line, each.start.column) for each in after
    ]


@given(pages, st.sampled_from(["中文", "🚀", "e\u0301", "\t", "ﬁ", "\u2028", "\x0b", "\x0c", "🏗️", "\u200b"]))
@settings(max_examples=200, deadline=None)
def test_wide_and_odd_characters_in_prose_change_nothing_else(page: str, odd: str) -> None:
    extra = f"\nA line with {odd} in it, **{odd}b** and `{odd}`.\n\n"
    head, sep, rest = page.partition("\n")
    text = head + sep + extra + rest
    about_all = ("WL208", "WL209")  # what a page has none of
    assert [each for each in told(text) if each[0] not in about_all] == [
        each for each in told(page) if each[0] not in about_all
    ]


@pytest.mark.parametrize(
    "name", ["中文 relay", "🚀 relay", "a\tb", "Café", "\U0001f468\u200d\U0001f469\u200d\U0001f467 family"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_finding_behind_odd_characters_covers_its_text(name: str, end: str) -> None:
    text = f"# Relay\n\n## Deliverables\n\n- {name}: F1, G2 (nwaku)\n".replace("\n", end)
    assert ("WL301", "G2") in [(code, words) for code, words, _ in told(text)]


@given(st.text(st.sampled_from("ab\r\n\u2028\u0085\x0b\x0c\ufeff中"), max_size=40), st.data())
@settings(max_examples=300, deadline=None)
def test_positions_are_those_of_a_plain_count(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(min_value=0, max_value=len(text)))
    line, column = 1, 1
    for index in range(offset):
        if text[index] == "\n" or (text[index] == "\r" and text[index + 1 : index + 2] != "\n"):
            line, column = line + 1, 1
        elif text[index] != "\r" and not (index == 0 and text[0] == "\ufeff"):
            column += 1
    assert Lines(text).position(offset) == Position(line, column)


def test_every_part_of_every_message_points_at_its_text_in_a_nested_page() -> None:
    text = (
        "---\r\ntitle: Relay\r\n---\r\n\r\n# Relay\r\n\r\n"
        "**Estimated date of completion**: 31 Aug\r\n\r\n"
        "## Deliverables\r\n\r\n"
        "-  **中文**: F1,\tG2 (nwaku, markting)\r\n"
        "    - nested: not a deliverable\r\n"
        "1. [Store: sync](https://github.com/waku-org/pm/issues/7) F1 (nwaku)\r\n"
    )
    apart = ("WL204", "WL205", "WL207", "WL208", "WL305", "WL306")
    assert [(code, words) for code, words, _ in told(text) if code not in apart] == [
        ("WL203", "31 Aug"),
        ("WL301", "G2"),
        ("WL304", "markting"),
        ("WL301", "F1"),
    ]
