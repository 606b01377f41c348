"""What an index lists, and what it calls it."""

from __future__ import annotations

import pytest

from tests.conftest import CHECKOUT, covered, lint_files
from waku_lint.config.config import parse, preset
from waku_lint.diagnostics import Diagnostic
from waku_lint.engine import pipeline
from waku_lint.files.source import SourceFile
from waku_lint.positions import Position
from waku_lint.rules import registry

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
        ("- [Chat](old/chat.md)\n- [C](old/chat.md)\n", "[C](old/chat.md)"),
        ("- [Chat](old/chat.md)\n- [Relay](//draft-roadmap/relay.md)\n", "[Chat](old/chat.md)"),  # another machine
        # Prose is no place for one, but where there is nothing else.
        ("- [Relay](relay.md)\n\n## Notes\n\n- As to words, see [Relay](relay.md#a).\n", "[Relay](relay.md)"),
        ("- [Chat](old/chat.md)\n- As to words, see [Relay](relay.md).\n", "[Chat](old/chat.md)"),
        ("| Plan |\n|---|\n| [Relay](relay.md) |\n\nOr [Relay](relay.md#a)\n", "[Relay](relay.md)"),
        ("- As to words, see [Relay](relay.md).\n", "[Relay](relay.md)"),
        ("- [Chat](old/chats.md)\n", "Plan"),  # what a broken link means is listed, but it is no place for an entry
    ],
)
def test_an_entry_belongs_below_the_last_one_of_the_same_folder(links: str, place: str) -> None:
    text = f"# Plan\n\n{links}"
    told = [each for each in found("WL601", text, PAGES) if each.text == "Store"]
    assert [covered(text, each) for each in told] == [place]


def test_an_entry_for_a_page_of_a_folder_below_belongs_to_those_of_that_folder() -> None:
    text = "# Plan\n\n- [Old](old/mix.md)\n- [Relay](relay.md)\n- [Store](store.md)\n"
    told = found("WL601", text, {**PAGES, "draft-roadmap/old/mix.md": "# Mix\n"})
    assert [(each.text, covered(text, each)) for each in told] == [("Chat", "[Old](old/mix.md)")]


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


def called(links: str, title: str = "Relay Metrics", settings: str = "{}") -> list[tuple[str, str, bool | None]]:
    """Each text that is no name of its page, what becomes of it, and whether that is safe."""
    text = f"# Plan\n\n{links}\n"
    pages = {
        "draft-roadmap/relay.md": f"# {title}\n",
        "FURPS/store.md": "# Store Sync FURPS\n",
        "FURPS/x.md": "# FURPS\n",
        "draft-roadmap/chat.md": "# Chat\n",
    }
    told = lint_files({**pages, INDEX: text}, parse(".waku-lint.yaml", settings))
    return [
        (covered(text, each), each.fix.edits[0].text if each.fix else "", each.fix.safe if each.fix else None)
        for each in told
        if each.code == "WL603"
    ]


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ("- [Metrics](relay.md)", [("Metrics", "Relay Metrics", True)]),
        ("- [Relay metrics now](relay.md)", [("Relay metrics now", "Relay Metrics", True)]),
        ("- [Relay statistics](relay.md)", [("Relay statistics", "Relay Metrics", False)]),
        ("- [Mix](relay.md)", [("Mix", "Relay Metrics", False)]),
        # Which of two entries is wrong, nobody knows.
        ("- [Metrics](relay.md)\n- [Relay metrics](relay.md)", [("Metrics", "Relay Metrics", False)]),
        ("- [Metrics](relay.md 'x')", [("Metrics", "Relay Metrics", True)]),
        ("- [Metrics][r]\n\n[r]: relay.md", [("Metrics", "", None)]),
        ("- [relay.md][]\n\n[relay.md]: relay.md", [("relay.md", "", None)]),
        ("- [Metric &amp; s](relay.md)", [("Metric &amp; s", "", None)]),
        # What is no concern of this rule does not end its work.
        ("- [A](gone.md)\n- [B](/FURPS/x.md)\n- [Metrics](relay.md)", [("Metrics", "Relay Metrics", True)]),
        ("- [Chat](relay.md)\n- [Archive](/FURPS/store.md)", [("Archive", "Store Sync", False)]),
        # A feature goes by a part of its name, if that is more than two letters.
        ("- [Sto](/FURPS/store.md)\n- [Sync](/FURPS/store.md)", []),
        ("- [St](/FURPS/store.md)", [("St", "Store Sync", False)]),
    ],
)
def test_an_entry_is_given_the_title_of_its_page(links: str, expected: list[tuple[str, str, bool | None]]) -> None:
    assert called(links) == expected


def test_a_title_that_would_end_a_cell_is_not_written_into_an_entry() -> None:
    assert called("- [Metrics](relay.md)", "Relay | Metrics") == [("Metrics", "", None)]


def test_a_milestone_may_go_by_a_part_of_its_title_where_that_is_said() -> None:
    assert called("- [Metrics](relay.md)", settings="rules: {WL603: {partial: true}}") == []


@pytest.mark.parametrize(
    ("title", "text", "same"),
    [
        ("Relay: Metrics!", "relay-metrics", True),
        ("StoreSync", "Store sync", True),
        ("The Relay Track", "Relay", True),
        ("PoC Relay", "Relay Milestone", True),
        ("Relay Deliverables", "FURPS of Relay", False),
        ("Relay Deliverables", "FURPS Relay", True),
        ("Caf\u00e9", "Cafe\u0301", True),
        ("Relay (TBD)", "Relay", True),
        ("Relay(tbc by QA)", "Relay", True),
        ("Relay (TBDs)", "Relay", False),
        ("Relay (TBD) now", "Relay now", False),
        ("Relay v2", "Relay v1", False),
    ],
)
def test_what_does_not_tell_two_pages_apart_is_set_aside(title: str, text: str, same: bool) -> None:
    assert (called(f"- [{text}](relay.md)", title) == []) is same


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (("relay",), [("WL604", "store.md"), ("WL603", "What")]),
        (("relay", "x"), [("WL604", "store.md"), ("WL603", "What")]),  # a page without a title
        (("store",), [("WL603", "Other")]),
        (("x",), []),
    ],
)
def test_of_an_index_that_is_not_asked_about_only_what_is_about_others_is_told(
    told: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    index = "# Plan\n\n- [Relay](store.md)\n- [Other](store.md)\n- [What](relay.md)\n- [X](x.md)\n"
    files = {
        INDEX: index,
        "draft-roadmap/relay.md": "# Relay\n",
        "draft-roadmap/store.md": "# Store\n",
        "draft-roadmap/x.md": "X\n",
    }
    settings = preset("waku")
    rules = registry.load(settings, CHECKOUT)
    sources = [SourceFile(path, text.encode()) for path, text in files.items()]
    wanted = {f"draft-roadmap/{name}.md" for name in told}
    result = pipeline.run(sources, settings, rules, rules.active(settings), wanted.__contains__)
    assert not result.crashes
    assert [(each.code, covered(index, each)) for each in result.diagnostics if each.path == INDEX] == expected


def test_of_an_entry_that_leads_to_another_page_that_is_all_that_is_told() -> None:
    relay = (
        "# Relay\n\n**Estimated date of completion**: 2025-08-31\n\n## Deliverables\n\n"
        "### [Metrics](https://github.com/waku-org/pm/issues/1)\n\n**FURPS**:\n- F1. A node.\n"
    )
    rows = "| Milestone | FURPS | Date |\n|---|---|---|\n| [Store](draft-roadmap/relay.md) | _U____ | 2025-09-30 |\n"
    files = {
        "draft-roadmap/relay.md": relay,
        "draft-roadmap/store.md": "# Store\n",
        "2025H2-SUMMARY.md": f"# S\n\n{rows}",
    }
    told = {each.code for each in lint_files(files) if each.path == "2025H2-SUMMARY.md"}
    assert told == {"WL601", "WL604"}
