"""`waku-lint config`: what is in effect, and where it comes from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.command import run
from waku_lint.config.config import PRESETS, Config, parse, preset
from waku_lint.parsing import yaml
from waku_lint.reporters import settings as settings_report
from waku_lint.rules import registry
from waku_lint.session import settings

TEAM = """\
teams: {red: [r, 'the reds: all']}
rules: {WL209: {min: 3, per-path: {'old/**': off}}, WL213: on}
exclude: [a/**]
"""
OWN = """\
extends: [waku-classic, ./team.yaml]
kinds:
  milestone:
    paths: plan/*.md
    schema: lint/ours.json
rules:
  WL302: warning
  WL209: {per-path: {"new/**": {min: 1}, "old/**": warning}}
  WL317: {severity: off, per-path: {x/*: on}}
exclude: ["b/**"]
"""


def own() -> Config:
    return parse(".waku-lint.yaml", OWN, {"team.yaml": TEAM.encode()}.get)


def shown(config: Config) -> settings.Settings:
    return settings.settings_of(config, registry.Registry(registry.builtin_rules(), {}))


@pytest.mark.parametrize("config", [own(), *map(preset, PRESETS)], ids=["own", *PRESETS])
def test_what_is_shown_is_a_configuration_of_the_same_effect(config: Config) -> None:
    told = settings_report.text(shown(config))
    again = parse("again.yaml", told)
    assert shown(again).values == shown(config).values
    assert (again.kinds[0].paths, again.teams, again.exclude) == (config.kinds[0].paths, config.teams, config.exclude)


def test_each_value_is_shown_with_its_source() -> None:
    lines = {" ".join(line.split()) for line in settings_report.text(shown(own())).splitlines()}
    assert {
        "- plan/*.md # .waku-lint.yaml:4",
        "- lint/ours.json # .waku-lint.yaml:5",
        "- FURPS/**/*.md # preset waku",
        'red: ["r", "the reds: all"] # team.yaml:1',
        "- a/** # team.yaml:3",
        "- b/** # .waku-lint.yaml:10",
        "deliverable-owner-missing: warning # .waku-lint.yaml:7",
        "milestone-estimate-missing: error # built in",
        "min: 3 # team.yaml:2",
        'new/**: {"severity": "warning", "min": 1} # .waku-lint.yaml:8',
        "old/**: warning # .waku-lint.yaml:8",
        "deliverable-owner-count: off # preset waku-classic",
    } <= lines
    assert "# made of: preset waku, preset waku-classic, team.yaml, .waku-lint.yaml" in lines


def test_for_programs_each_value_has_its_origin() -> None:
    report = json.loads(settings_report.as_json(shown(own())))
    assert report["config"]["kinds"]["milestone"] == {"paths": ["plan/*.md"], "schema": ["lint/ours.json"]}
    assert report["origins"]["/kinds/milestone/paths/0"] == {"source": ".waku-lint.yaml:4", "line": 4}
    assert report["origins"]["/rules/milestone-deliverables-missing/min"] == {"source": "team.yaml:2", "line": 2}
    assert report["origins"]["/rules/milestone-estimate-missing"] == {"source": "built in", "line": None}
    assert "/rules/milestone-deliverables-missing/per-path/old~1**" in report["origins"]


def test_the_command_shows_the_projects_configuration(tmp_path: Path) -> None:
    (tmp_path / ".waku-lint.yaml").write_text("teams: {red: []}\n")
    done = run("config", cwd=tmp_path)
    assert done.returncode == 0
    assert "  red: []" in done.stdout
    assert json.loads(run("config", "--format", "json", cwd=tmp_path).stdout)["config"]["teams"] == {"red": []}
    (tmp_path / ".waku-lint.yaml").write_text("rules: {WL999: off}\n")
    assert run("config", cwd=tmp_path).returncode == 2


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab: #", min_size=1), inner, max_size=3),
    max_leaves=6,
)


@given(PLAIN)
def test_what_is_written_as_yaml_is_read_again(value: object) -> None:
    result = yaml.parse(f"key: {yaml.written(value)}  # a remark\n")
    assert not result.troubles
    assert yaml.data(result.root) == {"key": value}
