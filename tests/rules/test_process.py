"""docs/process.md: each sentence of the process, and the rules that enforce it or why none does."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from docs import generate
from tests.conftest import CHECKOUT
from waku_lint.rules import registry
from waku_lint.rules.base import Rule

PROCESS = CHECKOUT.parent / "shared" / "process"
EDITIONS = {
    "seed": "seed-excerpt.md",
    "02": "PROCESS-2025-02.md",
    "05": "PROCESS-2025-05.md",
    "12": "PROCESS-2025-12.md",
}
PAGE = (CHECKOUT / "docs" / "process.md").read_text(encoding="utf-8")
ROWS = generate.process_rows(PAGE)
RULES = {rule.code: rule for rule in registry.builtin_rules()}
SOURCED = [rule for rule in RULES.values() if rule.source]


@pytest.fixture(scope="module")
def documents() -> dict[str, str]:
    if not PROCESS.is_dir():
        pytest.skip("the process documents are not beside this checkout")
    return {edition: (PROCESS / name).read_text(encoding="utf-8") for edition, name in EDITIONS.items()}


def words(text: str) -> str:
    return " ".join(re.sub(r"<br ?/?>", " ", text).split())


def sentences(text: str) -> Iterator[str]:
    """Without list markers and the outer bars of table rows."""
    for line in text.splitlines():
        body = re.sub(r"^(?:[-|]|\d+\.)(?!-)\s*", "", line.strip())
        yield from re.split(r"(?<=[.!?])\s+(?=[A-Z])", words(body.rstrip("| ")))


def test_the_page_is_what_the_rules_say() -> None:
    assert generate.process_page(PAGE) == PAGE


def test_generating_restores_what_belongs_to_the_rules() -> None:
    bare = re.sub(r"\[(WL\d{3}) [^\]]*\]\([^)]*\) \([^)]*\)", r"\1", PAGE)
    bare = re.sub(r"(<!-- \w+ -->\n)\n.*?\n(?=\n#|\Z)", r"\1", bare, flags=re.DOTALL)
    assert "rules.md#" not in bare
    assert generate.process_page(bare) == PAGE


def test_each_sentence_has_one_row() -> None:
    assert len({words(row.sentence) for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.sentence[:40])
def test_a_row_names_rules_that_there_are_or_says_why_none(row: generate.ProcessRow) -> None:
    assert set(row.codes) <= set(RULES)
    assert bool(row.codes) == (row.enforced in ("yes", "partly"))
    if not row.codes:
        match = re.fullmatch(r"no \((.+)\)", row.enforced)
        assert match
        assert f"**{match[1]}**" in PAGE
    if row.enforced == "partly":
        assert row.note


@pytest.mark.parametrize("rule", SOURCED, ids=lambda rule: rule.code)
def test_a_rule_is_in_the_row_of_the_sentence_it_enforces(rule: Rule) -> None:
    rows = [row for row in ROWS if words(rule.source) in words(row.sentence)]
    assert rows, rule.source
    for row in rows:
        assert rule.code in row.codes, row.sentence


def test_the_links_lead_to_headings_of_the_rules_page() -> None:
    rules = (CHECKOUT / "docs" / "rules.md").read_text(encoding="utf-8")
    headings = {heading.casefold().replace(" ", "-") for heading in re.findall(r"^## (.+)$", rules, re.MULTILINE)}
    links = re.findall(r"\[(WL\d{3}) ([\w-]+)\]\(rules\.md#([^)]+)\)", PAGE)
    assert {code for code, _, _ in links} == set(RULES)
    for code, name, anchor in links:
        assert RULES[code].name == name
        assert anchor in headings


@pytest.mark.parametrize("rule", SOURCED, ids=lambda rule: rule.code)
def test_the_sentence_a_rule_enforces_stands_in_the_process(rule: Rule, documents: dict[str, str]) -> None:
    assert any(words(rule.source) in words(text) for text in documents.values()), rule.source


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_sentence_that_asks_for_something_has_a_row(edition: str, documents: dict[str, str]) -> None:
    asking = re.compile(r"" if edition == "seed" else r"\b(?:must|should)\b", re.IGNORECASE)
    asked = {sentence for sentence in sentences(documents[edition]) if sentence and asking.search(sentence)}
    assert asked
    assert not asked - {words(row.sentence) for row in ROWS}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.sentence[:40])
def test_a_row_quotes_the_editions_it_names(row: generate.ProcessRow, documents: dict[str, str]) -> None:
    # The excerpt has lost blanks after list markers, and spells its tags another way.
    editions = [edition for edition, text in documents.items() if words(row.sentence) in words(text)]
    assert row.editions == ", ".join(editions)
