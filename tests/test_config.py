"""Configuration: what it may say, and that each mistake in it is told with its place and a hint."""

from __future__ import annotations

from pathlib import Path

import pytest

from waku_lint import registry, schema
from waku_lint.config import PRESETS, Config, load, parse, preset
from waku_lint.diagnostic import Severity
from waku_lint.errors import CannotRun, ConfigError


def active(config: Config) -> dict[str, Severity]:
    rules = registry.load(config, Path())
    return {code: each.severity for code, each in rules.active(config).items()}


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("extends: waku-clasic", "1:10", "unknown preset 'waku-clasic'; did you mean 'waku-classic'?"),
        ("extends: [waku]", "1:10", "expected text, found a list"),
        ("extend: waku", "1:1", "unknown key 'extend'; did you mean 'extends'?"),
        ("rules:\n  WL3020: off", "2:3", "unknown rule 'WL3020'; did you mean 'WL302'?"),
        (
            "rules:\n  deliverable-owner: off",
            "2:3",
            "unknown rule 'deliverable-owner'; did you mean 'deliverable-owner-count'?",
        ),
        ("rules:\n  WL302: loud", "2:10", "'loud' is none of off, on, error, warning"),
        ("rules:\n  WL302: {severity: loud}", "2:21", "'loud' is none of off, on, error, warning"),
        ("rules:\n  WL302: {sevrity: error}", "2:3", "has no option 'sevrity'; did you mean 'severity'?"),
        (
            "rules:\n  WL313: {item: [Code]}",
            "2:3",
            "deliverable-checklist-item-missing has no option 'item'; did you mean 'items'?",
        ),
        (
            "rules:\n  WL313: {items: Code}",
            "2:3",
            "option 'items' of deliverable-checklist-item-missing: expected a list",
        ),
        (
            "rules:\n  WL209: {min: two}",
            "2:3",
            "option 'min' of milestone-deliverables-missing: expected a whole number",
        ),
        ("rules: [WL302]", "1:8", "expected a mapping or nothing, found a list"),
        ("rules:\n  WL302: warn", "2:10", "'warn' is none of off, on, error, warning; did you mean 'warning'?"),
        ("exclude:\n- !**/README.md", "2:3", "'!**/README.md' is a tag; a value that starts with `!` needs quotes"),
        ("kinds:\n  milestones: {paths: [a.md]}", "2:3", "unknown key 'milestones'; did you mean 'milestone'?"),
        ("kinds:\n  milestone: [a.md]", "2:14", "expected a mapping, found a list"),
        ("kinds:\n  milestone: {path: a.md}", "2:15", "unknown key 'path'; did you mean 'paths'?"),
        ("kinds:\n  milestone: {paths: [7]}", "2:23", "expected text, found the number 7"),
        ("teams: [nwaku]", "1:8", "expected a mapping or nothing, found a list"),
        ("teams:\n  nwaku: 7", "2:10", "expected nothing or text or a list, found the number 7"),
        ("repositories: waku-org/pm", "1:15", "expected a mapping or nothing, found the text 'waku-org/pm'"),
        ("repositories: {issues: pm}", "1:24", "'pm' is not of the form owner/name"),
        ("repositories: {issue: a/b}", "1:16", "unknown key 'issue'; did you mean 'issues'?"),
        ("exclude: {a: b}", "1:11", "expected text or a list or nothing, found a mapping"),
        ("- waku", "1:1", "expected a mapping, such as `extends: waku`"),
        ("extends: waku\nextends: waku", "2:1", "key 'extends' is there twice"),
        ("rules:\n\tWL302: off", "2:1", "a tab, where YAML wants spaces"),
        ("rules: {WL302: off", "1:19", "not valid YAML"),
        ("teams: {a: [" + "[" * 60, "1:61", "nested more than 50 levels deep"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_a_hint(text: str, place: str, words: str) -> None:
    with pytest.raises(ConfigError) as caught:
        active(parse(".waku-lint.yaml", text))
    assert str(caught.value).startswith(f".waku-lint.yaml:{place}: "), str(caught.value)
    assert words in str(caught.value)


def test_a_configuration_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / ".waku-lint.yaml").write_bytes(b"teams:\n  caf\xe9: []\n")
    with pytest.raises(ConfigError, match=r"\.waku-lint\.yaml: is not UTF-8: byte 12"):
        load(tmp_path)


def test_a_configuration_that_is_named_and_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.yaml: cannot be read: No such file"):
        load(tmp_path, tmp_path / "none.yaml")


def test_without_a_configuration_the_preset_waku_is_in_force(tmp_path: Path) -> None:
    assert load(tmp_path) == preset("waku")


@pytest.mark.parametrize("text", ["# nothing yet\n", "rules:\n#  WL302: off\nteams:\nkinds:\nexclude:\n"])
def test_an_empty_configuration_changes_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / ".waku-lint.yaml").write_text(text)
    assert load(tmp_path) == preset("waku")


def test_a_configuration_by_a_name_that_is_not_read_is_told(tmp_path: Path) -> None:
    (tmp_path / ".waku-lint.yml").write_text("extends: waku\n")
    with pytest.raises(ConfigError, match=r"\.waku-lint\.yml: is not read; rename it to \.waku-lint\.yaml"):
        load(tmp_path)


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_a_valid_configuration(name: str) -> None:
    from importlib.resources import files

    text = (files("waku_lint") / "presets" / f"{name}.yaml").read_text(encoding="utf-8")
    config = parse(f"{name}.yaml", text)
    assert active(config)


def test_the_presets_differ_as_the_catalogue_says() -> None:
    waku, classic = active(preset("waku")), active(preset("waku-classic"))
    assert set(waku) - set(classic) == {"WL305", "WL309", "WL310", "WL312", "WL313"}
    assert set(classic) <= set(waku)
    assert classic["WL209"] is Severity.WARNING


def test_every_preset_is_listed_in_the_schema() -> None:
    description = schema.builtin("config")["properties"]["extends"]["description"]
    assert all(f"`{name}`" in description for name in PRESETS)


def test_rules_are_switched_by_code_or_name_and_the_last_word_counts() -> None:
    text = "rules:\n  WL302: off\n  deliverable-owner-missing: warning\n  deliverable-owner-count: off\n  WL306: on"
    found = active(parse("x", text))
    assert found["WL302"] is Severity.WARNING
    assert "WL305" not in found
    assert found["WL306"] is Severity.ERROR


def test_a_rule_that_a_preset_switches_off_is_switched_on_again() -> None:
    assert "WL305" in active(parse("x", "extends: waku-classic\nrules: {WL305: error}"))
    assert "WL313" in active(parse("x", "extends: waku-classic\nrules: {WL313: {items: [Code]}}"))


def test_options_of_a_rule_are_kept_where_only_its_severity_changes() -> None:
    config = parse("x", "extends: waku-classic\nrules: {WL209: error}")
    setting = registry.load(config, Path()).active(config)["WL209"]
    assert (setting.severity, setting.options["min"]) == (Severity.ERROR, 2)


def test_teams_replace_the_presets_and_paths_a_kinds() -> None:
    config = parse("x", "teams: {red: [r], blue: }\nkinds: {milestone: {paths: plan/*.md}}")
    assert config.teams == {"red": ("r",), "blue": ()}
    assert [config.kind_of(path).name for path in ("plan/a.md", "FURPS/core/a.md") if config.kind_of(path)] == [  # type: ignore[union-attr]
        "milestone",
        "furps",
    ]
    assert config.kind_of("draft-roadmap/a.md") is None


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("draft-roadmap/relay.md", "milestone"),
        ("draft-roadmap/2026/relay.md", "milestone"),
        ("draft-roadmap/README.md", None),
        ("draft-roadmap/TEMPLATE.md", None),
        ("draft-roadmap/_template.md", None),
        ("docs/draft-roadmap/relay.md", None),
        ("FURPS/core/relay.md", "furps"),
        ("FURPS/README.md", None),
        ("furps/core/relay.md", None),
        (".github/ISSUE_TEMPLATE/task.md", "issue-template"),
        (".github/ISSUE_TEMPLATE/task.yml", "issue-form"),
        (".github/ISSUE_TEMPLATE/config.yml", None),
        ("relay.md", None),
        ("draft-roadmap/relay.txt", None),
    ],
)
def test_the_default_preset_knows_which_file_is_what(path: str, kind: str | None) -> None:
    found = preset("waku").kind_of(path)
    assert (found.name if found else None) == kind


def test_what_is_excluded_is_no_document() -> None:
    config = parse("x", "exclude: [draft-roadmap/old/**]")
    assert config.kind_of("draft-roadmap/old/relay.md") is None
    assert config.kind_of("draft-roadmap/relay.md") is not None


def test_select_and_ignore_take_codes_names_and_prefixes() -> None:
    config = preset("waku")
    rules = registry.load(config, Path())
    assert set(rules.active(config, select=["wl305", "deliverable-owner-missing"])) == {"WL302", "WL305"}
    both = set(rules.active(config, select=["WL2"]))
    assert {"WL201", "WL205"} < both
    assert all(code.startswith("WL2") for code in both)
    assert set(rules.active(config, select=["WL2"], ignore=["milestone-github-missing"])) == both - {"WL205"}
    with pytest.raises(CannotRun, match="unknown rule 'WL9'"):
        rules.active(config, select=["WL9"])


def test_select_brings_in_a_rule_that_is_off() -> None:
    config = parse("x", "rules: {WL305: off}")
    assert set(registry.load(config, Path()).active(config, select=["WL305"])) == {"WL305"}
