"""The language that rules share."""

from __future__ import annotations

import pytest

from waku_lint.rules.base import Example, Examples
from waku_lint.rules.wording import any_word, is_placeholder, listed, names_several, placeholders, shortened, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{Enter date} and <your name>", ["{Enter date}", "<your name>"]),
        ("<https://example.org> {a, b} /users/{id} {key: value}", []),
        ("until {date}", ["{date}"]),
    ],
)
def test_placeholders_are_what_a_person_has_to_fill_in(text: str, found: list[str]) -> None:
    assert [match.group() for match in placeholders(text)] == found
    assert is_placeholder(text) == any(text.startswith(each) for each in found)


def test_a_text_of_the_length_is_not_shortened() -> None:
    assert shortened("a" * 40) == "a" * 40
    assert shortened("a" * 41) == "a" * 37 + "..."
    assert len(shortened("a" * 200, 100)) == 100


def test_a_list_in_a_message_has_commas_and_an_and() -> None:
    assert [listed("a"), listed("ab"), listed("abc")] == ["`a`", "`a` and `b`", "`a`, `b` and `c`"]


def test_words_are_compared_without_case_and_punctuation() -> None:
    assert words("The Store_sync, v2", without=("the",)) == ["store", "sync", "v2"]


def test_a_word_is_found_as_a_whole_or_by_its_beginning() -> None:
    pattern = any_word(["test*", "proof of concept"])
    assert all(map(pattern.search, ("Testing", "a proof  of\nconcept", "test")))
    assert not any(map(pattern.search, ("contest", "proofs of concept")))


def test_an_owner_names_several_teams_only_if_all_are_known() -> None:
    assert names_several("nwaku / JS-Waku", {"nwaku", "js-waku"})
    assert not names_several("App/Chat Dev", {"chat dev"})
    assert not names_several("nwaku", {"nwaku"})


def test_examples_share_a_path_a_preset_and_files_unless_one_has_its_own() -> None:
    shared = Examples(path="a.md", preset="logos", files={"b.md": ""}, beside=("WL203",))
    assert shared.clean("x") == Example("x", path="a.md", preset="logos", files={"b.md": ""}, beside=("WL203",))
    assert shared.reports("x", "x", "y", fixed="z", files={}) == Example(
        "x", ("x", "y"), "a.md", "z", "logos", {}, ("WL203",)
    )
    assert shared.clean("x", path="c.md", preset="waku").path == "c.md"
