"""The generated roadmaps that speed is measured on, and ratios that must hold on any machine."""

from __future__ import annotations

import pytest

from benchmarks import index
from benchmarks.mistakes import MISTAKES, Planted, plant
from benchmarks.roadmap import generate
from tests.conftest import lint_files


@pytest.mark.parametrize("seed", range(3))
def test_a_generated_roadmap_keeps_all_rules(seed: int) -> None:
    files = generate(40, seed)
    assert len(files) == 40
    assert lint_files(dict(files)) == []
    assert generate(40, seed) == files


def test_questions_between_files_cost_a_tenth_of_parsing_at_most() -> None:
    """It is about a hundredth; the best of three keeps a busy machine from mattering."""
    ratios = [asking / parsing for parsing, asking in (index.measure(60) for _ in range(3))]
    assert min(ratios) < 0.1


@pytest.mark.parametrize("seed", range(2))
def test_every_planted_mistake_is_found_at_its_line_and_nothing_else(seed: int) -> None:
    files, planted = plant(90, 40, seed)
    found = [Planted(each.path, each.start.line, each.code) for each in lint_files(dict(files))]
    assert sorted(found) == planted
    assert {each.code for each in planted} == {each.code for each in MISTAKES}
