"""Front matter: that it is there where it is wanted, and has keys that are read."""

from __future__ import annotations

import pytest

from tests.conftest import covered, lint_files
from waku_lint.config.config import parse

PAGE = "\n---\n\n# Relay metrics\n"
WANTED = parse(".waku-lint.yaml", "rules: {front-matter-missing: on}")


def keys(text: str, path: str = "draft-roadmap/relay.md") -> list[tuple[str, str]]:
    """Each unknown key, and the edit that mends it."""
    found = [each for each in lint_files({path: text}) if each.code == "WL102"]
    return [(covered(text, each), each.fix.edits[0].text if each.fix else "") for each in found]


@pytest.mark.parametrize(
    ("front_matter", "expected"),
    [
        ("title: a\ntags: [b]\ndate: 2025-09-30\nlastmod: 2025-09-30\ndraft: false\ndescription: c\ngithub: d", []),
        ("title: a\naliases: [b]\ncssclasses: [c]\nenableToc: false\nlang: zh", []),
        ("Title: a", [("Title", "title")]),
        ("last_mod: a\ndraf: true\ntgas: [b]", [("last_mod", "lastmod"), ("draf", "draft"), ("tgas", "tags")]),
        ('"descripton": a', [('"descripton"', "description")]),
        ("title: a\ntitel: b", [("titel", "")]),
        ("project board: https://example.org", [("project board", "")]),
        ("标题: a", [("标题", "")]),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_key_is_one_that_is_read(front_matter: str, expected: list[tuple[str, str]], end: str) -> None:
    assert keys(f"---\n{front_matter}{PAGE}".replace("\n", end)) == expected


def test_an_issue_template_has_the_keys_of_github() -> None:
    text = "---\nname: Bug\nabout: Broken\nlabel: bug\nassignee: ''\ntags: [a]\n---\n"
    found = keys(text, ".github/ISSUE_TEMPLATE/bug.md")
    assert found == [("label", "labels"), ("assignee", "assignees"), ("tags", "")]


def test_the_keys_can_be_those_of_the_project() -> None:
    text = f"---\nrisk_owner: nwaku\ntitle: a{PAGE}"
    config = parse(".waku-lint.yaml", "rules: {WL102: {keys: [risk_owner]}}")
    found = [each for each in lint_files({"draft-roadmap/relay.md": text}, config) if each.code == "WL102"]
    assert [covered(text, each) for each in found] == ["title"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"---\ntitle: a{PAGE}", []),
        (f"\ufeff---\ntitle: a{PAGE}", []),
        ("# Relay metrics\n", ["Relay metrics"]),
        ("\n---\ntitle: a\n---\n\n# Relay metrics\n", ["Relay metrics"]),
        ("---\ntitle: a\n\n# Relay metrics\n", []),
    ],
)
def test_front_matter_is_missed_where_it_is_wanted_and_told_once(text: str, expected: list[str]) -> None:
    found = lint_files({"draft-roadmap/relay.md": text}, WANTED)
    assert [covered(text, each) for each in found if each.code == "WL101"] == expected


def test_nobody_wants_front_matter_of_an_issue_template_here() -> None:
    found = lint_files({".github/ISSUE_TEMPLATE/bug.md": "## What happened\n"}, WANTED)
    assert [each.code for each in found] == ["WL501"]
