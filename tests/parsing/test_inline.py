"""What a reader sees of a paragraph, and where each character of it stands."""

from __future__ import annotations

import pytest

from waku_lint.parsing.inline import OPAQUE, Inline, after, find, flatten, is_html, plain, with_markup
from waku_lint.parsing.markdown import Markdown
from waku_lint.positions import Span, Text


def inlines_of(text: str) -> tuple[Inline, ...]:
    return tuple(Markdown(text).blocks[0].inlines)


@pytest.mark.parametrize(
    ("text", "shown", "masked", "sources"),
    [
        ("a **b** *c*", "a b c", "a b c", "a| |b| |c"),
        ("a ~~b~~ ~~**c**~~", "a  ", "a  ", "a| | "),
        ("[d **e**](x.md)f", "d ef", f"{OPAQUE * 3}f", "d| |e|f"),
        ("![i](p.png)", "i", OPAQUE, "i"),
        ("https://x.y", "https://x.y", OPAQUE * 11, "h|t|t|p|s|:|/|/|x|.|y"),
        ("a `b` c", "a b c", f"a {OPAQUE} c", "a| |b| |c"),
        ("`` b ` ``", "b `", OPAQUE * 3, "b| |`"),
        ("`&amp;`", "&amp;", OPAQUE * 5, "&|a|m|p|;"),
        ("a<br>b", "ab", "ab", "a|b"),
        ("a &amp; b", "a & b", "a & b", "a| |&amp;| |b"),
        ("&#35;&#x23;&copy;c", "##\u00a9c", "##\u00a9c", "&#35;|&#x23;|&copy;|c"),
        ("&bad; &", "&bad; &", "&bad; &", "&|b|a|d|;| |&"),
        ("&NotEqualTilde;", "&NotEqualTilde;", "&NotEqualTilde;", "&|N|o|t|E|q|u|a|l|T|i|l|d|e|;"),
        ("a \\* b", "a * b", "a * b", "a| |\\*| |b"),
        ("a  \nb\\\nc", "a b c", "a b c", "a|  \n|b|\\\n|c"),
    ],
)
def test_each_character_that_is_seen_knows_its_place(text: str, shown: str, masked: str, sources: str) -> None:
    flat = flatten(inlines_of(text))
    assert (flat.text, flat.mask) == (shown, masked)
    assert "|".join(text[start:end] for start, end in zip(flat.starts, flat.ends, strict=True)) == sources


FLAT = flatten(inlines_of("x **one**  \n `two` &amp;&amp; y"))


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (0, 5, Text("x one", Span(0, 7))),
        (1, 6, Text("one", Span(4, 7))),
        (2, 2, None),
        (1, 2, None),
        (6, 9, Text("two", Span(14, 17))),
        (9, 12, Text("&&", Span(19, 29))),
        (5, 3, None),
    ],
)
def test_a_part_is_without_the_blanks_around_it(start: int, end: int, expected: Text | None) -> None:
    assert FLAT.part(start, end) == expected


def test_words_and_the_whole_have_their_places() -> None:
    assert FLAT.words == (
        Text("x", Span(0, 1)),
        Text("one", Span(4, 7)),
        Text("two", Span(14, 17)),
        Text("&&", Span(19, 29)),
        Text("y", Span(30, 31)),
    )
    assert FLAT.whole == Text("x one two && y", Span(0, 31))
    assert flatten(()).whole is None
    assert flatten(()).words == ()


def test_a_head_has_so_many_characters() -> None:
    head = FLAT.head(8)
    assert head.text == "x one tw"
    assert head.mask == f"x one {OPAQUE * 2}"
    assert (head.starts, head.ends) == (FLAT.starts[:8], FLAT.ends[:8])


def test_what_stands_after_a_place_is_kept_and_text_is_cut_there() -> None:
    text = "one two **three** four"
    assert [(each.kind, each.text, each.span) for each in after(inlines_of(text), 4)] == [
        ("text", "two ", Span(4, 8)),
        ("strong", "three", Span(8, 17)),
        ("text", " four", Span(17, 22)),
    ]
    assert [each.text for each in after(inlines_of(text), 8)] == ["three", " four"]
    assert [each.text for each in after(inlines_of(text), 10)] == [" four"]
    assert after(inlines_of(text), 0) == inlines_of(text)
    assert after(inlines_of(text), 22) == ()


@pytest.mark.parametrize(
    ("text", "covered", "widened"),
    [
        ("a **b** c", "b", "**b**"),
        ("a **b c** d", "b", "b"),
        ("a **b c** d", "b c", "**b c**"),
        ("a **b c** d", "c** d", "c** d"),
        ("a **b c** d", "a **b", "a **b"),
        ("a **b *c* d** e", "c", "*c*"),
        ("a `b` c", "b", "`b`"),
        ("[b](x.md) c", "b", "[b](x.md)"),
        ("[b](x.md) c", "b](x.md) c", "[b](x.md) c"),
        ("a [b](x.md)", "a [b", "a [b](x.md)"),
        ("a [b](x.md) **c**", "b](x.md) **c", "[b](x.md) **c**"),
        ("a <br> b", "a <br> b", "a <br> b"),
        ("a b", "b", "b"),
    ],
)
def test_a_span_is_widened_by_the_marks_of_what_it_holds_as_a_whole(text: str, covered: str, widened: str) -> None:
    start = text.index(covered)
    span = with_markup(inlines_of(text), Span(start, start + len(covered)))
    assert text[span.start : span.end] == widened


def test_what_a_reader_sees_is_on_one_line() -> None:
    assert plain(inlines_of("a **b**  \nc\td `e`")) == "a b c d e"


def test_inlines_are_found_at_any_depth_in_their_order() -> None:
    inlines = inlines_of("[a](a.md) **[b](b.md) `c`** ![d](d.png) `e`")
    assert [each.text for each in find(inlines, "link")] == ["a", "b"]
    assert [each.text for each in find(inlines, "code", "image")] == ["c", "d", "e"]
    assert [*find(inlines)] == []


@pytest.mark.parametrize(
    ("tag", "html"),
    [
        ("<br>", True),
        ("<BR/>", True),
        ("</details>", True),
        ('<a href="x">', True),
        ("<!-- note -->", True),
        ("<https://x.org>", True),
        ("<TODO>", False),
        ("<Enter date>", False),
        ("</team>", False),
        ("<date-of-start>", False),
    ],
)
def test_a_tag_that_html_does_not_have_is_a_placeholder(tag: str, html: bool) -> None:
    assert is_html(tag) is html
