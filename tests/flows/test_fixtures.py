"""The repositories under fixtures: clean ones report nothing, dirty ones what they say they do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import CHECKOUT
from waku_lint.config.config import load
from waku_lint.diagnostics import Diagnostic
from waku_lint.engine import pipeline
from waku_lint.files import snapshot
from waku_lint.rules import registry

FIXTURES = CHECKOUT / "fixtures"
CLEAN = sorted(path for path in (FIXTURES / "clean").iterdir() if path.is_dir())
DIRTY = sorted(path for path in (FIXTURES / "dirty").iterdir() if path.is_dir())
EXPECTED = "expected.txt"


def _lint(root: Path) -> list[Diagnostic]:
    """What `waku-lint check --root ROOT ROOT` reports, in its order."""
    settings = load(root)
    rules = registry.load(settings, root)
    names = snapshot.paths_below(root)
    paths = [path for path in names if settings.kind_of(path) is not None]
    sources = [snapshot.read(root, path) for path in paths]
    result = pipeline.run(sources, settings, rules, rules.active(settings), names=names)
    assert not result.crashes, result.crashes
    assert result.checked == len(paths) > 0
    return list(result.diagnostics)


def _line(each: Diagnostic) -> str:
    start, end = each.start, each.end
    place = f"{each.path}:{start.line}:{start.column}-{end.line}:{end.column}"
    return f"{place} {each.severity.value} {each.code} {each.message}"


@pytest.mark.parametrize("root", CLEAN, ids=lambda root: root.name)
def test_a_clean_repository_reports_nothing(root: Path) -> None:
    assert [_line(each) for each in _lint(root)] == []


@pytest.mark.parametrize("root", [*DIRTY, FIXTURES / "example"], ids=lambda root: root.name)
def test_a_dirty_repository_reports_exactly_what_it_expects(root: Path) -> None:
    expected = (root / EXPECTED).read_text(encoding="utf-8").splitlines()
    assert [_line(each) for each in _lint(root)] == expected


def test_every_rule_is_reported_in_a_dirty_repository() -> None:
    reported = {each.code for root in DIRTY for each in _lint(root)}
    assert {rule.code for rule in registry.builtin_rules()} - reported == set()


@pytest.mark.parametrize("root", DIRTY, ids=lambda root: root.name)
def test_a_dirty_repository_has_documents_that_are_fine(root: Path) -> None:
    reported = {each.path for each in _lint(root)}
    settings = load(root)
    documents = {path for path in snapshot.paths_below(root) if settings.kind_of(path) is not None}
    assert documents - reported
