"""Quotations of FURPS statements: what is the same, what differs in form, what has drifted."""

from __future__ import annotations

import pytest

from tests.conftest import covered, lint_files
from waku_lint.documents.model import FurpsSet
from waku_lint.documents.reader import read_document
from waku_lint.files.source import SourceFile
from waku_lint.project.quotations import (
    Feature,
    compare,
    differences_of_form,
    is_remarked,
    source_of,
    text_of,
    word_diff,
)

STATEMENT = "Nodes relay \u201call\u201d messages they're subscribed to (Vac-QA)."


@pytest.mark.parametrize(
    ("quote", "kind"),
    [
        ("Nodes relay \u201call\u201d messages they're subscribed to (Vac-QA).", "same"),
        ('Nodes relay "all"  messages they\u2019re\nsubscribed to (Vac-QA).', "same"),
        ('Nodes relay "all" messages they\'re subscribed to (Vac-QA). (deferred to v0.2)', "same"),
        ('Nodes relay "all" messages they\'re subscribed to (Vac-QA). \u2014 in the browser only', "same"),
        ('Nodes relay "all" messages they\'re subscribed to (Vac-QA)', "form"),
        ('Nodes relay "all" messages they\'re subscribed to.', "form"),
        ('\U0001f3d7\ufe0f Nodes relay "all" messages they\'re subscribed to (Vac-QA).', "form"),
        ("nodes relay all messages they're subscribed to [Vac-QA]", "form"),
        ('Nodes relay "all" messages they\'re subscribed to (deferred)', "form"),
        ('Nodes relay "all" messages they\'re subscribed to (Vac-QA) -- later', "same"),
        ('Nodes relay "all" messages they\'re subscribed to (Vac-QA)[^1]', "same"),
        ('Nodes relay "all" messages they\u0027re subscribed to (Vac QA).', "form"),
        ('Nodes relay "all" messages they\'re subscribed to (Vac-DST).', "drift"),
        ("Nodes relay messages they're subscribed to (Vac-QA).", "drift"),
        ('Nodes relay "all" message they\'re subscribed to (Vac-QA).', "drift"),
        ('Nodes relay "all" messages they\'re subscribed to and more (Vac-QA).', "drift"),
        ('Nodes relay "all" messages they are subscribed to (Vac-QA).', "drift"),
        ("", "drift"),
    ],
)
def test_a_quotation_is_the_same_differs_in_form_or_has_drifted(quote: str, kind: str) -> None:
    assert compare(quote, STATEMENT) == kind


@pytest.mark.parametrize(
    ("quote", "statement", "shown"),
    [
        ("Nodes can store", "Nodes may store", "Nodes [-can-] {+may+} store"),
        ("Nodes store", "Nodes store it", "Nodes store {+it+}"),
        ("A B C D E F G x H", "A B C D E F G y H", "... G [-x-] {+y+} H"),
        ("x A B C D E F G", "y A B C D E F G", "[-x-] {+y+} A ..."),
        ("A B C x", "A B C y", "A B C [-x-] {+y+}"),
        ("A B C D x", "A B C D y", "... D [-x-] {+y+}"),
        ("x A B C y", "z A B C", "[-x-] {+z+} A B C [-y-]"),
        ("x A B C D y", "z A B C D", "[-x-] {+z+} A ... D [-y-]"),
        ("Nodes can store (deferred)", "Nodes may store", "Nodes [-can-] {+may+} store"),
        ("Nodes can store. (deferred)", "Nodes may store.", "Nodes [-can-] {+may+} store"),
        ("Nodes can store (deferred)", "Nodes may store.", "Nodes [-can-] {+may+} store"),
        ("Nodes can store. (deferred).", "Nodes may store", "Nodes [-can-] {+may+} store"),
        ("Nodes can wait... (deferred)", "Nodes may wait...", "Nodes [-can-] {+may+} wait"),
        ("Nodes can (all) store", "Nodes may store", "Nodes [-can (all)-] {+may+} store"),
    ],
)
def test_a_difference_is_shown_by_words(quote: str, statement: str, shown: str) -> None:
    assert word_diff(quote, statement) == shown


@pytest.mark.parametrize(
    ("quote", "differs"),
    [
        ("Nodes relay 'all' messages (Vac-QA).", ()),
        ("Nodes relay 'all' messages (Vac-QA)", ("its final stop",)),
        ("Nodes relay 'all' messages.", ("its sign-off mark",)),
        ("Nodes relay all messages (Vac-QA). (later)", ("quotation marks",)),
        ("nodes relay 'all' messages (Vac-QA).", ("upper and lower case",)),
        ("\U0001f3d7\ufe0f Nodes relay 'all' messages (Vac-QA).", ("the sign of planned work",)),
        ("Nodes relay: 'all' messages, [Vac-QA]", ("its final stop", "its sign-off mark", "its punctuation")),
    ],
)
def test_a_difference_of_form_is_named(quote: str, differs: tuple[str, ...]) -> None:
    assert differences_of_form(quote, "Nodes relay 'all' messages (Vac-QA).") == differs


def test_parentheses_of_the_statement_are_no_remark_in_a_difference_of_form() -> None:
    assert differences_of_form("Nodes relay (all).", "Nodes relay (all)") == ("its final stop",)


def test_a_remark_is_a_closing_parenthesis_that_the_statement_has_not() -> None:
    assert is_remarked("Nodes store (later)", "Nodes store.")
    assert not is_remarked("Nodes store (Vac-QA)", "Nodes store.")
    assert not is_remarked("Nodes store (all)", "Nodes store (some)")


FEATURE = """# Relay FURPS

## Functionality

### blockchain

1. Nodes relay.
2. Nodes count.

### wallet

3. Wallets pay.

## Performance

- P1. It is fast.
- P2. It is small.
"""
PAGE = (
    "# Relay\n\n## Deliverables\n\n### [Relay](https://github.com/waku-org/pm/issues/101)\n\n"
    "**Feature**: [Relay](/FURPS/relay.md)\n\n**FURPS**:\n"
)
QUOTED = {"WL422", "WL423", "WL425", "WL426", "WL427", "WL428", "WL429"}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("- F3. Wallets pay.", []),  # numbers run on through sub-headings
        ("- P2. It is small.", []),  # ids that are written
        ("- **F1.** Nodes relay.", []),
        ("- **F1. Nodes relay.**", []),
        ("* [F1. Nodes relay.](/FURPS/relay.md)", []),
        ("- [ ] F1. Nodes relay.", []),
        ("1. F1. Nodes relay.", []),
        ("- F1. Nodes relay.\n- ~~F9. Gone.~~", []),
        ("- F1. Nodes\n  relay.", []),
        ("- F1. Nodes\nrelay.", []),
        ("- F1. Nodes relay.\nF2. Nodes count.", [("WL429", "F2")]),
        ("- F1. Nodes relay.\n**F2.** Nodes\n  count.\n- P1. It is fast.", [("WL429", "F2")]),
        ("For F1. Nodes relay.", []),
        ("- F1-3", []),
        ("- F1, P2", []),
        ("- F2-4", [("WL422", "F2-4")]),
        ("- U1", [("WL422", "U1")]),
        ("- F4. Wallets sleep.", [("WL422", "F4")]),
        ("- F1. Nodes count.", [("WL425", "Nodes count.")]),
        ("- P2. It is **tiny**.", [("WL425", "It is **tiny**.")]),
        ("- F1: Nodes relay.", [("WL427", "F1:")]),
        ("- F1 \u2013 Nodes relay.", [("WL427", "F1 \u2013")]),
        ("- P1", [("WL428", "P1")]),
        ("F1. Nodes relay.", [("WL429", "F1")]),
        ("F1: Nodes relay", [("WL427", "F1:"), ("WL429", "F1"), ("WL426", "Nodes relay")]),
        ("- F1. Nodes relay.\n- F2, F1", [("WL423", "F1")]),
    ],
)
def test_a_reference_is_read_as_it_is_written(line: str, expected: list[tuple[str, str]]) -> None:
    for end in ("\n", "\r\n"):
        text = f"{PAGE}{line}\n".replace("\n", end)
        found = lint_files({"draft-roadmap/relay.md": text, "FURPS/relay.md": FEATURE})
        assert [(each.code, covered(text, each)) for each in found if each.code in QUOTED] == expected


def test_statements_of_the_feature_that_a_page_shares_are_looked_up() -> None:
    page = "# Relay\n\n**FURPS:** [Relay](/FURPS/relay.md)\n\n## Deliverables\n\n"
    one = "### [Relay](https://github.com/waku-org/pm/issues/101)\n\n**FURPS**:\n- F9. Nodes fly.\n- F1. Nodes rely.\n"
    found = lint_files({"draft-roadmap/relay.md": page + one, "FURPS/relay.md": FEATURE})
    codes = [each.code for each in found]
    assert "WL422" in codes
    assert "WL425" in codes
    assert "WL309" not in codes


def test_a_broken_feature_link_is_one_finding() -> None:
    text = f"{PAGE.replace('relay.md', 'gone.md')}- F1. Nodes relay.\n- U7. Nodes fly.\n"
    found = lint_files({"draft-roadmap/relay.md": text, "FURPS/relay.md": FEATURE})
    about = [each.code for each in found if each.path.startswith("draft-roadmap") and each.start.line >= 7]
    assert about == ["WL107"]
    assert [covered(text, each) for each in found if each.code == "WL107"] == ["/FURPS/gone.md"]


def test_nothing_is_said_of_ids_whose_feature_is_not_certain() -> None:
    gone = PAGE.replace("[Relay](/FURPS/relay.md)", "[Relay](/FURPS/relay.md), [Store](/FURPS/gone.md)")
    found = lint_files({"draft-roadmap/relay.md": f"{gone}- F9. Nodes fly.\n", "FURPS/relay.md": FEATURE})
    assert not {each.code for each in found} & QUOTED
    known = lint_files({"draft-roadmap/relay.md": f"{PAGE}- F9. Nodes fly.\n", "FURPS/relay.md": FEATURE})
    assert {each.code for each in known} & QUOTED == {"WL422"}


def test_of_two_features_that_a_page_shares_none_is_meant_by_a_deliverable_without() -> None:
    shared = "# Relay\n\n**FURPS:** {}\n\n## Deliverables\n\n"
    one = "### [Relay](https://github.com/waku-org/pm/issues/101)\n\n**FURPS**:\n- F9. Nodes fly.\n"
    relay, store = "[Relay](/FURPS/relay.md)", "[Store](/FURPS/store.md)"
    for features, expected in ((relay, {"WL422"}), (f"{relay}, {store}", set())):
        page = shared.format(features) + one
        files = {"draft-roadmap/relay.md": page, "FURPS/relay.md": FEATURE, "FURPS/store.md": FEATURE}
        assert {each.code for each in lint_files(files)} & QUOTED == expected


def test_a_drifted_quotation_names_both_places() -> None:
    text = f"{PAGE}- F2. Nodes counted.\n"
    found = lint_files({"draft-roadmap/relay.md": text, "FURPS/relay.md": FEATURE})
    (drift,) = (each for each in found if each.code == "WL425")
    (place,) = drift.related
    assert (place.path, place.start.line) == ("FURPS/relay.md", 8)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("- ✅ F1. Nodes relay.", []),
        ("- \u2605 F1. Nodes relay.", []),
        ("- [F1] Nodes relay.", []),
        ("F1. Nodes\nrelay.", [("WL429", "F1")]),
        ("For S1. Nodes.\nMore is not planned.", [("WL422", "S1")]),
        ("For F1:\n- F2. Nodes count.", []),
        ("- F1, F2, F3", []),
        ("- F1 F2 F9", [("WL422", "F9")]),
        ("- F1 + F2", []),
        ("- F1 to F3", []),
        ("- F1 through F4", [("WL422", "F1 through F4")]),
        ("- F2, F1..F3", [("WL423", "F1..F3")]),
        ("- F1. Nodes relay. — deferred to v0.2", []),
        ("- F1. Nodes relay [nwaku]", []),
        ("- F1. nodes relay (deferred)", [("WL426", "nodes relay (deferred)")]),
        ("- F1, Nodes relay.", [("WL427", "F1,")]),
    ],
)
def test_what_contributors_write_beside_the_id_is_understood(line: str, expected: list[tuple[str, str]]) -> None:
    text = f"{PAGE}{line}\n"
    found = lint_files({"draft-roadmap/relay.md": text, "FURPS/relay.md": FEATURE})
    assert [(each.code, covered(text, each)) for each in found if each.code in QUOTED] == expected


@pytest.mark.parametrize(
    ("statement", "quote"),
    [
        ("Nodes relay.", "Nodes relay - deferred"),
        ("Nodes relay.", "nodes relay [nwaku]"),
        ("Nodes relay (up to 150KB).", "nodes relay (up to 150KB) (deferred)"),
        ("Nodes relay.", "Nodes [relay](https://example.org)"),
        ("Nodes relay.", "Nodes relay[^1]"),
        ("Nodes [relay](store.md).", "Nodes relay"),
    ],
)
def test_no_fix_takes_away_what_the_page_says_more_or_breaks_a_link(statement: str, quote: str) -> None:
    feature = f"# Relay FURPS\n\n## Functionality\n\n1. {statement}\n"
    found = lint_files({"draft-roadmap/relay.md": f"{PAGE}- F1. {quote}\n", "FURPS/relay.md": feature})
    assert all(each.fix is None for each in found if each.code in ("WL425", "WL426", "WL428"))


def test_a_number_that_stands_twice_in_a_category_names_nothing() -> None:
    feature = "# Relay FURPS\n\n## Functionality\n\n1. Nodes relay.\n1. Nodes count.\n1. Nodes forget.\n"
    text = f"{PAGE}- F1. Nodes forget.\n- F3. Nodes forget.\n"
    found = lint_files({"draft-roadmap/relay.md": text, "FURPS/relay.md": feature})
    (drift,) = (each for each in found if each.code == "WL425")
    assert drift.message == "`F1` is quoted with the text of F3 of `Relay FURPS`"


@pytest.mark.parametrize(
    ("numbers", "identifier", "found"),
    [
        ("1 3", "F3", ["second"]),  # the only one that is numbered so
        ("1 3 3", "F3", ["third"]),  # of two nobody knows which is meant by its number
        ("2 1", "F2", ["second", "first"]),
        ("1 2", "F3", []),
    ],
)
def test_an_id_is_a_position_or_a_number_that_there_is_once(numbers: str, identifier: str, found: list[str]) -> None:
    words = ("first", "second", "third")
    items = "".join(f"{number}. {word}\n" for number, word in zip(numbers.split(), words, strict=False))
    text = f"# Relay FURPS\n\n## Functionality\n\n{items}"
    document = read_document(SourceFile("FURPS/core/relay.md", text.encode()), "furps")
    assert isinstance(document.root, FurpsSet)
    assert [text_of(each) for each in Feature(document, document.root).find(identifier)] == found


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("\u2018a\u2019 \u201cb\u201d", "'a' \"b\""),
        ("a\u2010b\u2011c\u2013d\u2014e", "a-b-c-d-e"),
        ("a\u2026", "a..."),
        ("\u2705\ufe0f a\u200bb\u00adc", "\u2705 abc"),
        ("Cafe\u0301  a\n b ", "Caf\u00e9 a b"),
    ],
)
def test_characters_that_look_alike_are_the_same(written: str, plain: str) -> None:
    assert compare(written, plain) == "same"
    assert compare(plain, written) == "same"


@pytest.mark.parametrize("mark", ["(vac-qa)", "[QA]", "( Vac_QA )", "(vacqa)", "(Vac QA)"])
def test_a_sign_off_mark_is_written_in_many_ways(mark: str) -> None:
    assert compare(f"Nodes relay {mark}", "Nodes relay (Vac-QA)") in ("same", "form")
    assert compare(f"Nodes relay {mark}", "Nodes relay (Vac-DST)") == "drift"


@pytest.mark.parametrize(
    ("quote", "statement", "kind"),
    [
        ("Up to -5 ms", "Up to 5 ms", "drift"),
        ("Up to + 5 ms", "Up to +5 ms", "drift"),
        ("Up to 1.5 ms", "Up to 1,5 ms", "drift"),
        ("Up to 1.5 ms", "Up to 15 ms", "drift"),
        ("Up to 5-ms", "Up to 5 ms", "form"),
        ("Not (not) stored", "Not not stored", "drift"),
        ("Stored (here)", "Stored here", "form"),
        ("a < b", "a > b", "drift"),
    ],
)
def test_numbers_and_signs_are_words(quote: str, statement: str, kind: str) -> None:
    assert compare(quote, statement) == kind


def first_of(item: str, head: str = "# Relay FURPS\n\n") -> Feature:
    text = f"{head}## Functionality\n\n{item}\n"
    document = read_document(SourceFile("FURPS/core/relay.md", text.encode()), "furps")
    assert isinstance(document.root, FurpsSet)
    return Feature(document, document.root)


@pytest.mark.parametrize(
    ("item", "text"),
    [
        ("- F1. Nodes relay.", "Nodes relay."),
        ("- **F1.** Nodes relay.", "Nodes relay."),
        ("- __F1__: Nodes relay.", "Nodes relay."),
        ("- F1) Nodes relay.", "Nodes relay."),
        ("- F1", ""),
        ("1. After F1. Nodes relay F2. F3.", "After F1. Nodes relay F2. F3."),
        ("1. F1. F2. Nodes relay.", "F2. Nodes relay."),
        ("1. Nodes relay.", "Nodes relay."),
    ],
)
def test_what_a_statement_says_is_without_its_own_id(item: str, text: str) -> None:
    (statement,) = first_of(item).statements
    assert text_of(statement) == text


@pytest.mark.parametrize(
    ("item", "source"),
    [
        ("1. Nodes **relay**\n   all.", "Nodes **relay** all."),
        ("- **F1.** Nodes `relay`.", "Nodes `relay`."),
        ("1. Nodes [relay](https://example.org/a).", "Nodes [relay](https://example.org/a)."),
        ("1. Nodes fill the list[] (all).", "Nodes fill the list[] (all)."),
        ("1. Nodes [relay](store.md).", None),
        ("1. Nodes [relay](#a).", None),
        ("1. Nodes [relay][r].\n\n[r]: https://example.org", None),
        ("1. Nodes [relay] all.\n\n[relay]: https://example.org", None),
        ("1. Nodes relay[^1].", None),
    ],
)
def test_a_statement_is_given_as_it_is_written_unless_that_leads_elsewhere(item: str, source: str | None) -> None:
    feature = first_of(item)
    assert source_of(feature, feature.statements[0]) == source


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("---\ntitle: Front\n---\n\n# Relay FURPS\n\n", "Relay FURPS"),
        ("---\ntitle: Front\n---\n\n", "Front"),
        ("---\ntitle: [Front]\n---\n\n", "relay"),
        ("---\ntitle: 7\n---\n\n", "relay"),
        ("---\ntags: [a]\n---\n\n", "relay"),
        ("", "relay"),
    ],
)
def test_a_feature_is_called_by_its_heading_its_front_matter_or_its_name(head: str, title: str) -> None:
    assert first_of("1. Nodes relay.", head).title == title


def test_a_category_has_the_ids_of_its_letter() -> None:
    feature = first_of("1. Nodes relay.\n2. Nodes count.\n\n## Performance\n\n1. It is fast.")
    assert (feature.ids("F"), feature.ids("P"), feature.ids("U")) == (("F1", "F2"), ("P1",), ())


@pytest.mark.parametrize("nothing", ["...", "None", "n/a.", "NA", "TBD", "tba!", "todo", "_", "--"])
def test_what_only_holds_the_place_of_a_statement_is_none(nothing: str) -> None:
    items = f"1. {nothing}\n2. Nodes relay.\n3. None of the nodes sleep.\n"
    assert [text_of(each) for each in first_of(items).statements] == ["Nodes relay.", "None of the nodes sleep."]
