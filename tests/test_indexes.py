"""What an index lists, and what it calls it."""

from __future__ import annotations

import pytest

from tests.conftest import covered, lint_files
from waku_lint.diagnostic import Diagnostic
from waku_lint.source import Position

INDEX = "draft-roadmap/README.md"
PAGES = {
    "draft-roadmap/relay.md": "# Relay\n",
    "draft-roadmap/store.md": "# Store\n",
    "draft-roadmap/old/chat.md": "# Chat\n",
    "FURPS/relay.md": "# Relay FURPS\n",
}


def found(code: str, text: str, pages: dict[str, str], path: str = INDEX) -> list[Diagnostic]:
    return [each for each in lint_files({**pages, path: text}) if each.code == code]


@pytest.mark.parametrize(
    ("links", "place"),
    [
        ("- [Relay](relay.md)\n- [Chat](old/chat.md)\n", "[Relay](relay.md)"),  # of the same folder, be it not the last
        ("- [Chat](old/chat.md)\n- [Relay](relay.md)\n", "[Relay](relay.md)"),
        ("- [Chat](old/chat.md)\n- [A](relay.md)\n- [B](relay.md)\n", "[B](relay.md)"),
        ("- [Chat](old/chat.md)\n\nRelay: [Relay](/FURPS/relay.md)\n", "[Chat](old/chat.md)"),  # a feature is no page
        ("- [Chat](old/chat.md)\n- [Relay](https://example.org/draft-roadmap/relay.md)\n", "[Chat](old/chat.md)"),
        ("- [Chat](old/chat.md)\n- [here](#plan)\n- [gone](gone.md)\n", "[Chat](old/chat.md)"),
        ("- [Chat](old/chats.md)\n", "Plan"),  # what a broken link means is listed, but it is no place for an entry
    ],
)
def test_an_entry_belongs_below_the_last_one_of_the_same_folder(links: str, place: str) -> None:
    text = f"# Plan\n\n{links}"
    told = [each for each in found("WL601", text, PAGES) if each.text == "Store"]
    assert [covered(text, each) for each in told] == [place]


def test_a_page_that_is_not_listed_is_named_by_its_title_or_its_path() -> None:
    pages = {
        "draft-roadmap/relay.md": "# Relay\n",
        "draft-roadmap/store.md": "\n# Store\n",
        "draft-roadmap/x.md": "X\n",
    }
    told = found("WL601", "# Plan\n\n- [Relay](relay.md)\n", pages)
    assert [(each.message, each.text) for each in told] == [
        ("no entry for the milestone `Store` (draft-roadmap/store.md)", "Store"),
        ("no entry for the milestone `draft-roadmap/x.md`", "draft-roadmap/x.md"),
    ]
    assert [(place.path, place.start, place.message) for each in told for place in each.related] == [
        ("draft-roadmap/store.md", Position(2, 3), "not listed"),
        ("draft-roadmap/x.md", Position(1, 1), "not listed"),
    ]
