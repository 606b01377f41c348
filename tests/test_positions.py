"""Places in a text, its line ends, and what is shown of it to marko."""

from __future__ import annotations

import pytest

from waku_lint.parsing.mask import find_front_matter, mask
from waku_lint.positions import Lines, Position, Span, Text, line_end, line_start


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], None),
        ([Span(3, 3)], Span(3, 3)),
        ([Span(4, 6), Span(1, 2), Span(5, 9)], Span(1, 9)),
        ([Span(0, 9), Span(2, 3)], Span(0, 9)),
    ],
)
def test_spans_are_covered_by_the_smallest_one(spans: list[Span], expected: Span | None) -> None:
    assert Span.cover(iter(spans)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", "\n"), ("a", "\n"), ("a\nb\r\n", "\n"), ("a\r\nb\n", "\r\n"), ("a\rb\n", "\r"), ("a\u2028b\r\n", "\r\n")],
)
def test_the_line_end_of_a_text_is_its_first(text: str, expected: str) -> None:
    assert line_end(text) == expected


def test_a_part_of_a_span_counts_from_its_start() -> None:
    assert Span(10, 20).part(2, 5) == Span(12, 15)


def test_a_part_of_a_text_is_the_whole_text_if_its_value_is_not_as_it_is_written() -> None:
    assert Text("30 Sep 2025", Span(10, 21)).part(3, 6) == Span(13, 16)
    assert Text("30 Sep 2025", Span(10, 25)).part(3, 6) == Span(10, 25)


@pytest.mark.parametrize(("offset", "start"), [(0, 0), (1, 0), (2, 2), (3, 2), (5, 5), (6, 6), (7, 6)])
def test_a_line_starts_after_the_end_of_the_one_before(offset: int, start: int) -> None:
    assert line_start("a\nb\r\n\rc", offset) == start


TEXT = "\ufeffab\r\n\rc\u2028d\n"


def test_lines_are_without_their_ends_and_the_byte_order_mark() -> None:
    assert [Lines(TEXT).line(number) for number in range(1, 5)] == ["ab", "", "c\u2028d", ""]


@pytest.mark.parametrize(
    ("offset", "line", "column"),
    [(1, 1, 1), (2, 1, 2), (3, 1, 3), (5, 2, 1), (6, 3, 1), (8, 3, 3), (9, 3, 4), (10, 4, 1)],
)
def test_a_position_and_its_offset_are_the_same_place(offset: int, line: int, column: int) -> None:
    assert Lines(TEXT).position(offset) == Position(line, column)
    assert Lines(TEXT).offset(Position(line, column)) == offset


def test_a_place_within_a_line_end_or_the_mark_counts_as_its_beginning() -> None:
    assert Lines(TEXT).position(4) == Position(1, 3)
    assert Lines(TEXT).position(0) == Position(1, 1)


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize(
    ("text", "yaml", "body"),
    [
        ("---\na: b\n---\n# A\n", "a: b\n", "\n# A\n"),
        ("---\n---\n", "", "\n"),
        ("---\na: b\n---", "a: b\n", ""),
        ("---\na: b\n...\n---\n", "a: b\n", "\n---\n"),
        ("--- \t\na: b\n--- \t\n", "a: b\n", "\n"),
        ("---\r\na: b\r\n--- \r\nA\r\n", "a: b\r\n", "\r\nA\r\n"),
        ("---\ra: b\r---\rA\r", "a: b\r", "\rA\r"),
        ("---\na: b\n ---\n--- x\n----\n---\n", "a: b\n ---\n--- x\n----\n", "\n"),
        ("---\n\n# A\n\n---\n", "\n# A\n\n", "\n"),
        ("# A\n\n---\na: b\n---\n", None, "# A\n\n---\na: b\n---\n"),
        (" ---\na: b\n---\n", None, " ---\na: b\n---\n"),
        ("----\na: b\n---\n", None, "----\na: b\n---\n"),
        ("---", None, "---"),
        ("", None, ""),
    ],
)
def test_front_matter_stands_between_two_fences_at_the_top(mark: str, text: str, yaml: str | None, body: str) -> None:
    text = mark + text
    front_matter, unclosed, start = find_front_matter(text)
    assert unclosed is None
    assert (text[front_matter.start : front_matter.end] if front_matter else None) == yaml
    assert text[start:] == body


@pytest.mark.parametrize("start", [0, 1])
@pytest.mark.parametrize(
    ("text", "unclosed"),
    [
        ("title: a\n\n# A\n", True),
        ("title:", True),
        ("_last.mod 2-x:\ta", True),
        ("title:\r\n  - a", True),
        ("t: a", True),
        ("https://example.org\n", False),  # a rule, and prose below it
        ("\ntitle: a\n", False),
        ("- title: a\n", False),
        ("2025: a\n", False),
        ("title\n", False),
        ("", False),
    ],
)
def test_a_fence_that_is_never_closed_is_told_where_a_key_follows(start: int, text: str, unclosed: bool) -> None:
    whole = "\ufeff" * start + "---\n" + text
    assert find_front_matter(whole) == (None, Span(start, start + 3) if unclosed else None, start)


def test_what_is_masked_is_as_long_and_has_no_other_line_ends() -> None:
    head, body = "\ufeff---\r\na: \u4e2d\r---\n", "# A\fB\vC\x00\r\n\rD\u2028E\r\n"
    masked = mask(head + body, len(head))
    assert masked == "     \n" + "        " + "\n" + "# A B C\ufffd \n\nD\u2028E \n"
    assert len(masked) == len(head + body)
