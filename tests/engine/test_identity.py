"""What a finding is known by: the headings above it and what it covers."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from tests.conftest import lint_files
from tests.flows.test_fixtures import DIRTY, _lint
from waku_lint.diagnostics import Diagnostic
from waku_lint.engine.examples import run_example
from waku_lint.rules import registry
from waku_lint.rules.base import Rule
from waku_lint.rules.registry import Registry

PATH = "draft-roadmap/relay.md"


def known_by(text: str, code: str, path: str = PATH) -> list[tuple[tuple[str, ...], str]]:
    return [(each.context, each.text) for each in lint_files({path: text}) if each.code == code]


@pytest.mark.parametrize(
    ("text", "context"),
    [
        ("[x]()\n", ("",)),
        ("[x]()\n\n# Relay\n", ("Relay",)),
        ("# Relay\n\n[x]()\n", ("Relay",)),
        ("# [Relay *now*](a.md)\n\n## One\n\n[x]()\n", ("Relay now", "One")),
        ("# Relay\n\n### Three\n\nText.\n\n## Two\n\n#### Four\n\n[x]()\n", ("Relay", "Two", "Four")),
        ("# Relay\n\n## One\n\nText.\n\n# Store\n\n[x]()\n", ("Store",)),
        ("## One\n\n[x]()\n", ("", "One")),
        ("# Relay\n\n## ~~One~~\n\n[x]()\n", ("Relay", "~~One~~")),
        ("# Relay\n\n- ## One\n\n[x]()\n", ("Relay",)),
    ],
)
def test_the_context_is_the_title_and_the_headings_above(text: str, context: tuple[str, ...]) -> None:
    assert known_by(text, "WL106") == [(context, "[x]()")]


def test_blanks_and_line_ends_in_what_is_covered_are_collapsed() -> None:
    assert known_by("# Relay\n\n[one\r\n  two\tthree]()\n", "WL106") == [(("Relay",), "[one two three]()")]


def test_a_heading_is_known_by_its_section_alone() -> None:
    text = "# Relay\n\n## Deliverables\n\n### [Metrics](https://github.com/waku-org/pm/issues/1) now\n\nText.\n"
    assert known_by(text, "WL302") == [(("Relay", "Deliverables", "Metrics now"), "")]
    assert known_by(text, "WL201") == [(("Relay",), "")]


def test_what_has_no_headings_has_no_context() -> None:
    path = ".github/ISSUE_TEMPLATE/task.yml"
    assert known_by("name: Task\nlabel: a\nlabel: b\n", "WL003", path) == [(("",), "label")]


def _ambiguous(found: list[Diagnostic]) -> list[tuple[str, str]]:
    """Findings of one rule at one place that are known by the same words."""
    places = defaultdict(list)
    for each in found:
        places[each.path, each.code, each.start, each.end].append((each.context, each.text))
    return [(path, code) for (path, code, *_), same in places.items() if len(set(same)) < len(same)]


@pytest.mark.parametrize("rule", registry.builtin_rules(), ids=lambda rule: rule.code)
def test_what_is_missing_at_one_place_is_told_apart_in_examples(rule: Rule) -> None:
    known = Registry(registry.builtin_rules(), {})
    for example in rule.examples:
        assert _ambiguous(list(run_example(rule, example, known).diagnostics)) == []


@pytest.mark.parametrize("root", DIRTY, ids=lambda root: root.name)
def test_what_is_missing_at_one_place_is_told_apart_in_repositories(root: Path) -> None:
    assert _ambiguous(_lint(root)) == []
