"""Configuration: what it may say, and that each mistake in it is told with its place and a hint."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.conftest import lint_files
from waku_lint import schema
from waku_lint.__main__ import main
from waku_lint.config.config import PRESETS, Config, load, parse, preset
from waku_lint.diagnostics import Severity
from waku_lint.errors import CannotRun, ConfigError
from waku_lint.rules import registry


def active(config: Config) -> dict[str, Severity]:
    rules = registry.load(config, Path())
    return {code: each.severity for code, each in rules.active(config).items()}


BOMB = "".join(f"{name}: &{name} [{', '.join([f'*{below}'] * 9)}]\n" for below, name in ("ab", "bc", "cd", "de", "ef"))


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("extends: waku-clasic", "1:10", "unknown preset 'waku-clasic'; did you mean 'waku-classic'?"),
        ("extends: {waku: on}", "1:11", "expected text or a list or nothing, found a mapping"),
        ("extend: waku", "1:1", "unknown key 'extend'; did you mean 'extends'?"),
        ("rules:\n  WL3020: off", "2:3", "unknown rule 'WL3020'; did you mean 'WL302'?"),
        (
            "rules:\n  deliverable-owner: off",
            "2:3",
            "unknown rule 'deliverable-owner'; did you mean 'deliverable-owner-count'?",
        ),
        ("rules:\n  WL302: loud", "2:10", "'loud' is none of off, on, error, warning"),
        ("rules:\n  WL302: {severity: loud}", "2:21", "'loud' is none of off, on, error, warning"),
        ("rules:\n  WL302: {sevrity: error}", "2:11", "has no option 'sevrity'; did you mean 'severity'?"),
        (
            "rules:\n  WL313: {item: [Code]}",
            "2:11",
            "deliverable-checklist-item-missing has no option 'item'; did you mean 'items'?",
        ),
        (
            "rules:\n  WL313: {items: Code}",
            "2:18",
            "option 'items' of deliverable-checklist-item-missing: expected a list",
        ),
        (
            "rules:\n  WL209: {min: two}",
            "2:16",
            "option 'min' of milestone-deliverables-missing: expected a whole number",
        ),
        ("rules: [WL302]", "1:8", "expected a mapping or nothing, found a list"),
        ("rules:\n  WL302: warn", "2:10", "'warn' is none of off, on, error, warning; did you mean 'warning'?"),
        ("exclude:\n- !**/README.md", "2:3", "'!**/README.md' is a tag; a value that starts with `!` needs quotes"),
        ("kinds:\n  milestones: {paths: [a.md]}", "2:3", "unknown kind 'milestones'; did you mean 'milestone'?"),
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
        ("extends: [waku, wakuu]", "1:17", "unknown preset 'wakuu'; did you mean 'waku'?"),
        ("extends: team.yaml", "1:10", "unknown preset 'team.yaml'; a file is written './team.yaml'"),
        ("extends: ./none.yaml", "1:10", "there is no file 'none.yaml'; a path counts from the folder of the file"),
        ("extends: ./.waku-lint.yaml", "1:10", "extends itself: .waku-lint.yaml -> .waku-lint.yaml"),
        ("extends: ../team.yaml", "1:10", "'../team.yaml' leads out of the project"),
        ("extends: ./../../etc/passwd", "1:10", "leads out of the project"),
        ("extends: ./draft-roadmap", "1:10", "draft-roadmap: is not a regular file"),
        ("extends: https://example.org/x.yaml", "1:10", "unknown preset 'https://example.org/x.yaml'"),
        ("extends: ./link.yaml", "1:10", "link.yaml: is a symbolic link that leads out of the project"),
        ("rules:\n  WL302: {severity: of}", "2:21", "'of' is none of off, on, error, warning; did you mean 'off'?"),
        ("rules:\n  WL209: {min: -1}", "2:16", "option 'min' of milestone-deliverables-missing: -1 is less than"),
        (
            "rules:\n  WL203: {accept: ['Q1', '(']}",
            "2:26",
            "option 'accept' of milestone-estimate-format: '(' is not a regular expression: missing )",
        ),
        ("rules:\n  WL203: {accept: ['a{9999999999999999}']}", "2:20", "is not a regular expression: the repetition"),
        ("rules:\n  WL302: {per-path: {'old/**': of}}", "2:32", "'of' is none of off, on, error, warning; did you"),
        ("rules:\n  WL302: {per-path: ['old/**']}", "2:21", "expected a mapping, found a list"),
        ("rules:\n  WL302: {per-path: {'[old': off}}", "2:22", "the pattern '[old' matches nothing"),
        ("rules:\n  WL302: {per-path: {'!old/**': off}}", "2:22", "'!old/**' takes out of nothing"),
        ("rules:\n  WL209: {per-path: {'a/**': {mim: 1}}}", "2:31", "has no option 'mim'; did you mean 'min'?"),
        ("rules:\n  WL209: {per-path: {'a/**': {min: x}}}", "2:36", "expected a whole number"),
        ("rules:\n  WL302: {per-path: {a: {per-path: {b: off}}}}", "2:26", "has no option 'per-path'"),
        ("exclude: ['[z-a].md']", "1:11", "the pattern '[z-a].md' matches nothing"),
        ("exclude: ['/']", "1:11", "the pattern '/' is empty"),
        ("kinds:\n  furps: {paths: [a.md, 'b\\']}", "2:25", "the pattern 'b\\\\' matches nothing"),
        ("exclude:\n- *.md", "2:3", "not valid YAML: a value that starts with `*` needs quotes"),
        ("exclude: [**/README.md]", "1:11", "not valid YAML: a value that starts with `*` needs quotes"),
        ("exclude:\n- *archive", "2:3", "not valid YAML: a value that starts with `*` needs quotes"),
        ("sites: [7]", "1:9", "expected text, found the number 7"),
        (
            "kinds: {adr: {schema: a.json}}",
            "1:9",
            "'adr' is none of our kinds (milestone, furps, index, issue-template,",
        ),
        (
            "kinds: {ADR: {paths: [a.md]}}",
            "1:9",
            "'ADR' is not of the form a kind of lower-case letters, digits and `-`",
        ),
        ("kinds: {adr: {paths: [a.md], field: {}}}", "1:30", "unknown key 'field'; did you mean 'fields'?"),
        ("kinds: {adr: {paths: [a.md], fields: {Status: S}}}", "1:39", "'Status' is not of the form a key of"),
        ("kinds: {adr: {paths: a, fields: {one: S, two: s}}}", "1:42", "'s' stands for 'one' already"),
        ("kinds: {furps: {sections: {a: b}}}", "1:17", "unknown key 'sections'; known: fields, paths, schema"),
        ("kinds: {issue-form: {fields: {a: b}}}", "1:22", "unknown key 'fields'; known: paths, schema"),
        ("local-rules: [../rules.py]", "1:15", "'../rules.py' is no Python file below the root"),
        ("local-rules: lint/rules", "1:14", "'lint/rules' is no Python file below the root"),
        ("extends: waku: classic", "1:14", "`: ` within a value; put the value in quotes"),
        ("a: &a [x, x, x, x, x, x, x, x, x]\n" + BOMB, "1:4", "more than 20000 values once its aliases are expanded"),
        ("\0", "1:1", "character U+0000 is not allowed"),
        ('baseline: "a\\0b"', "1:11", "character U+0000 is not allowed"),
        ('teams: {a: [], "a\\ud800b": []}', "1:16", "character U+D800 is not allowed"),
        ("kinds: {update: {paths: []}}", "1:25", "expected at least one pattern; `exclude` takes files out"),
        (
            "exclude: ['./old/**']",
            "1:11",
            "the pattern './old/**' matches nothing: paths count from the root; write 'old/**'",
        ),
        ("kinds: {furps: {paths: ['!./a/../b.md']}}", "1:25", "write 'a/b.md'"),
        ("rules:\n  WL302: {per-path: {'../a': off}}", "2:22", "the pattern '../a' matches nothing"),
        ("sites: [content, ../x]", "1:18", "'../x' is no folder below the root"),
        ("sites: /", "1:8", "'/' is no folder below the root"),
        ("rules:\n  WL306: off\n  deliverable-issue-missing: on", "3:3", "is the rule 'WL306', which is set already"),
        ("rules:\n  WL3: off", "2:3", "unknown rule 'WL3'; rules are named one by one here"),
        ("teams: {red: [r], blue: [b, R]}", "1:29", "'R' is a name of 'red' already"),
        ("teams: {red: Blue, blue: []}", "1:14", "'Blue' is a name of 'blue' already"),
        ("kinds: {milestone: {schema: draft-roadmap}}", "1:29", "schema draft-roadmap: is not a regular file"),
        ("kinds: {milestone: {schema: ../x.json}}", "1:29", "schema '../x.json' leads out of the project"),
        ("kinds: {milestone: {schema: /etc/passwd}}", "1:29", "schema '/etc/passwd' leads out of the project"),
        ("baseline: draft-roadmap", "1:11", "draft-roadmap: is not a regular file"),
        ("baseline: link.yaml", "1:11", "link.yaml: is a symbolic link that leads out of the project"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_a_hint(
    project: Path, capsys: pytest.CaptureFixture[str], text: str, place: str, words: str
) -> None:
    (project / ".waku-lint.yaml").write_text(text)
    told = cannot_run(project, capsys)
    assert told.startswith(f"error: .waku-lint.yaml:{place}"), told
    assert words in told


OPTION = """
{
\t"properties": {"title": {"pattern": "e"}},
\t"x-rule": {"code": "ACME001", "name": "title-odd", "message": "odd", "options": {
\t\t"form": {"keyword": "properties/title/pattern", "description": "d", "schema": {"type": "string"}}
\t}}
}
"""
OVERLAY = "kinds:\n  milestone: {schema: ours.json}\n"


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"a/team.yaml": "extends: ../b/more.yaml"}, "b/more.yaml:1:10: there is no file 'b/none.yaml'"),
        ({"a/team.yaml": "extends: ../.waku-lint.yaml"}, "a/team.yaml:1:10: '../.waku-lint.yaml' extends itself"),
        ({"a/team.yaml": "rules:\n  WL999: off"}, "a/team.yaml:2:3: unknown rule 'WL999'"),
        (
            {"a/team.yaml": "teams:\n  n\xe9: ["},
            "a/team.yaml:2:8: not valid YAML: expected the node content, but found '<stream end>'",
        ),
        ({"a/team.yaml": b"teams:\n  n\xe9: []\n"}, "a/team.yaml:2:4: is not UTF-8: byte 0xe9; save the file as UTF-8"),
        ({".waku-lint.yaml": b"teams:\n  caf\xe9: []\n"}, ".waku-lint.yaml:2:6: is not UTF-8: byte 0xe9"),
        ({".waku-lint.yaml": OVERLAY}, ".waku-lint.yaml:2:23: schema 'ours.json' cannot be read: No such file"),
        (
            {".waku-lint.yaml": OVERLAY, "ours.json": "{'a': 1}"},
            "ours.json:1:2: not valid JSON: Expecting property name",
        ),
        (
            {".waku-lint.yaml": OVERLAY, "ours.json": b'"\xe9"'},
            ".waku-lint.yaml:2:23: schema 'ours.json' cannot be read",
        ),
        (
            {".waku-lint.yaml": OVERLAY, "ours.json": '{\n\t"allOf": [{"$ref": "#/$defs/x"}]\n}'},
            "ours.json:2:21: cannot follow the reference '#/$defs/x': one within the schema starts with `#/`",
        ),
        (
            {".waku-lint.yaml": OVERLAY, "ours.json": OPTION.replace("ACME001", "WL302")},
            "ours.json:4:13: rule WL302 title-odd: WL302 is taken by WL302 deliverable-owner-missing",
        ),
        (
            {".waku-lint.yaml": f"{OVERLAY}rules:\n  ACME001: {{form: '['}}\n", "ours.json": OPTION},
            ".waku-lint.yaml:4:19: option 'form' of title-odd makes its schema none: not a JSON Schema",
        ),
    ],
)
def test_a_mistake_in_another_file_is_told_there(
    project: Path, capsys: pytest.CaptureFixture[str], files: dict[str, str | bytes], told: str
) -> None:
    given = {".waku-lint.yaml": "extends: ./a/team.yaml", "b/more.yaml": "extends: ./none.yaml", **files}
    for path, content in given.items():
        (project / path).parent.mkdir(exist_ok=True)
        (project / path).write_bytes(content if isinstance(content, bytes) else content.encode())
    assert cannot_run(project, capsys).startswith(f"error: {told}")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one page, and a link to a configuration beside it."""
    root = tmp_path / "project"
    (root / "draft-roadmap").mkdir(parents=True)
    (root / "draft-roadmap" / "relay.md").write_text("# Relay\n\n## Deliverables\n\n### Metrics\n")
    (tmp_path / "team.yaml").write_text("extends: waku\n")
    (root / "link.yaml").symlink_to(tmp_path / "team.yaml")
    monkeypatch.chdir(root)
    monkeypatch.setattr(sys, "argv", ["waku-lint", "check"])
    return root


def cannot_run(project: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """What `waku-lint check` says where it cannot run: it exits 2 and prints nothing else."""
    status = main()
    out, told = capsys.readouterr()
    assert (status, out) == (2, ""), told
    return told


def test_a_configuration_that_is_named_and_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.yaml: cannot be read: No such file"):
        load(tmp_path, tmp_path / "none.yaml")


def test_without_a_configuration_the_preset_waku_is_in_force(tmp_path: Path) -> None:
    assert replace(load(tmp_path), layers=()) == replace(preset("waku"), layers=())


@pytest.mark.parametrize("text", ["# nothing yet\n", "rules:\n#  WL302: off\nteams:\nkinds:\nexclude:\n"])
def test_an_empty_configuration_changes_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / ".waku-lint.yaml").write_text(text)
    assert replace(load(tmp_path), layers=()) == replace(preset("waku"), layers=())


def test_a_configuration_by_a_name_that_is_not_read_is_told(tmp_path: Path) -> None:
    (tmp_path / ".waku-lint.yml").write_text("extends: waku\n")
    with pytest.raises(ConfigError, match=r"\.waku-lint\.yml: is not read; rename it to \.waku-lint\.yaml"):
        load(tmp_path)


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_a_valid_configuration(name: str) -> None:
    from importlib.resources import files

    text = (files("waku_lint") / "config" / "presets" / f"{name}.yaml").read_text(encoding="utf-8")
    config = parse(f"{name}.yaml", text)
    assert active(config)


def test_the_presets_differ_as_the_catalogue_says() -> None:
    waku, classic = active(preset("waku")), active(preset("waku-classic"))
    today = {"WL207", "WL305", "WL309", "WL310", "WL312", "WL313", "WL315", "WL505"}
    assert set(waku) - set(classic) == today
    assert set(classic) - set(waku) == {"WL214", "WL317", "WL508"}
    assert classic["WL209"] is Severity.WARNING


def test_every_preset_is_listed_in_the_schema() -> None:
    description = schema.builtin("config")["properties"]["extends"]["description"]
    assert all(f"`{name}`" in description for name in PRESETS)


def test_rules_are_switched_by_code_or_name_and_the_last_word_counts() -> None:
    reader = files(team="rules:\n  WL302: off\n  deliverable-owner-count: on")
    text = "extends: ./team.yaml\nrules:\n  deliverable-owner-missing: warning\n  WL305: off\n  WL306: on"
    found = active(parse("x", text, reader))
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


def test_none_of_something_replaces_what_is_extended() -> None:
    config = parse("x", "extends: logos\nteams: {}\nsites: []")
    assert preset("logos").teams
    assert preset("logos").sites
    assert (config.teams, config.sites) == ({}, ())
    assert not [path for path in config.origins if path[0] in ("teams", "sites")]
    assert parse("x", "extends: logos\nteams:").teams == preset("logos").teams


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
        ("draft-roadmap/README.md", "index"),
        ("draft-roadmap/TEMPLATE.md", None),
        ("draft-roadmap/_template.md", None),
        ("docs/draft-roadmap/relay.md", None),
        ("FURPS/core/relay.md", "furps"),
        ("FURPS/README.md", "index"),
        ("furps/core/relay.md", None),
        (".github/ISSUE_TEMPLATE/task.md", "issue-template"),
        (".github/ISSUE_TEMPLATE/task.yml", "issue-form"),
        (".github/ISSUE_TEMPLATE/config.yml", None),
        ("content/waku/updates/2025-03-03.md", "update"),
        ("content/waku/updates/2025/2025-03-03.md", "update"),
        ("content/waku/updates/index.md", None),
        ("content/waku/updates/_template.md", None),
        ("content/tags/waku-updates.md", None),
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


def files(**texts: str) -> Callable[[str], bytes | None]:
    """A reader of `<name>.yaml` and, for a name with `__`, of `<folder>/<name>.yaml`."""
    given = {f"{name.replace('__', '/')}.yaml": text.encode() for name, text in texts.items()}
    return given.get


def test_what_is_extended_lies_below_and_the_later_wins() -> None:
    reader = files(
        team="teams: {red: []}\nrules: {WL302: off, WL303: off}\nexclude: [a/**]",
        house="teams: {blue: []}\nrules: {WL303: warning}\nsites: [web]",
    )
    config = parse("x", "extends: [./team.yaml, ./house.yaml]\nrules: {WL304: off}\nexclude: [b/**]", reader)
    assert config.teams == {"blue": ()}
    assert (config.sites, config.exclude) == (("web",), ("a/**", "b/**"))
    found = active(config)
    assert found["WL303"] is Severity.WARNING
    assert not {"WL302", "WL304"} & set(found)
    assert config.layers == ("preset waku", "team.yaml", "house.yaml", "x")
    assert config.origins[("exclude", 0)].path == "team.yaml"
    assert str(config.origins[("exclude", 1)]) == "x:3:11"


def test_waku_lies_below_all_unless_a_preset_is_extended_somewhere() -> None:
    plain = files(team="teams: {red: []}")
    assert parse("x", "extends: ./team.yaml", plain).kinds == preset("waku").kinds
    classic = files(team="extends: waku-classic")
    assert parse("x", "extends: ./team.yaml", classic).preset == "waku-classic"
    assert parse("x", "extends: [logos, ./team.yaml]", plain).layers == (
        "preset waku",
        "preset logos",
        "team.yaml",
        "x",
    )
    assert parse("x", "extends: []").kinds == preset("waku").kinds


def test_a_file_is_named_from_the_folder_of_the_one_that_names_it() -> None:
    reader = files(lint__team="extends: ./more.yaml", lint__more="extends: ../top.yaml", top="sites: [web]")
    assert parse("x", "extends: ./lint/team.yaml", reader).sites == ("web",)


def test_a_file_that_two_others_extend_is_no_cycle() -> None:
    reader = files(a="extends: ./base.yaml", b="extends: ./base.yaml", base="sites: [web]")
    assert parse("x", "extends: [./a.yaml, ./b.yaml]", reader).sites == ("web",)


def test_files_that_extend_each_other_without_end_are_told() -> None:
    doubled = files(**{f"f{at}": f"extends: [./f{at + 1}.yaml, ./f{at + 1}.yaml]" for at in range(30)}, f30="")
    with pytest.raises(ConfigError, match=r"^x:1:10: extends more than 50 files"):
        parse("x", "extends: ./f0.yaml", doubled)
    chained = files(**{f"f{at}": f"extends: ./f{at + 1}.yaml" for at in range(2000)})
    with pytest.raises(ConfigError, match="extends more than 50 files"):
        parse("x", "extends: ./f0.yaml", chained)


def test_a_configuration_from_elsewhere_extends_no_files(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "team.yaml").write_text("sites: [web]\n")
    (tmp_path / "other.yaml").write_text("extends: ./team.yaml\n")
    assert load(tmp_path, tmp_path / "other.yaml").sites == ("web",)
    with pytest.raises(ConfigError, match=r"other\.yaml:1:10: './team.yaml' leads out of the project"):
        load(tmp_path / "own", tmp_path / "other.yaml")


PAGE = "# Relay\n\n## Deliverables\n\n### Metrics\n"
PLACES = ("draft-roadmap/new.md", "draft-roadmap/old/a.md", "draft-roadmap/old/kept/b.md")


def told(config: Config, code: str) -> dict[str, tuple[Severity, str]]:
    found = lint_files(dict.fromkeys(PLACES, PAGE), config)
    return {each.path: (each.severity, each.message) for each in found if each.code == code}


def test_a_rule_is_otherwise_at_some_paths_and_the_last_pattern_counts() -> None:
    text = "rules:\n  WL302:\n    per-path:\n      draft-roadmap/old/**: off\n      '**/kept/**': warning\n"
    new, _, kept = PLACES
    found = told(parse("x", text), "WL302")
    assert {path: severity for path, (severity, _) in found.items()} == {new: Severity.ERROR, kept: Severity.WARNING}


def test_a_shape_rules_options_can_differ_by_path() -> None:
    text = "rules: {WL209: {min: 3, per-path: {draft-roadmap/old/*: {min: 2}, '**/kept/*': {min: 1}}}}"
    found = told(parse("x", text), "WL209")
    assert {path: message.partition(";")[0] for path, (_, message) in found.items()} == {
        PLACES[0]: "too few deliverables: found 1, expected at least 3",
        PLACES[1]: "too few deliverables: found 1, expected at least 2",
    }


def test_a_rule_that_is_off_can_be_on_at_some_paths() -> None:
    text = "rules: {deliverable-owner-missing: {severity: off, per-path: {'**/kept/**': on}}}"
    config = parse("x", text)
    assert set(told(config, "WL302")) == {PLACES[2]}
    assert not registry.load(config, Path()).settled(config)["WL302"].on


def test_what_a_file_says_of_a_path_outlasts_what_a_later_one_says_of_all() -> None:
    reader = files(team="rules: {WL302: {per-path: {draft-roadmap/old/**: off}}}")
    later = parse("x", "extends: ./team.yaml\nrules: {WL302: warning}", reader)
    assert {path: severity for path, (severity, _) in told(later, "WL302").items()} == {PLACES[0]: Severity.WARNING}
    lifted = parse("x", "extends: ./team.yaml\nrules: {WL302: {per-path: {'**': on}}}", reader)
    assert set(told(lifted, "WL302")) == set(PLACES)


def test_a_rule_that_is_selected_stays_off_where_a_path_says_so() -> None:
    config = parse("x", "rules: {WL302: {severity: off, per-path: {draft-roadmap/old/**: off}}}")
    rule = registry.load(config, Path()).active(config, select=["WL302"])["WL302"]
    assert rule.at("draft-roadmap/new.md").on
    assert not rule.at("draft-roadmap/old/a.md").on


def test_an_option_of_a_path_keeps_the_others() -> None:
    config = parse("x", "rules: {WL213: {max: 4, per-path: {'a/**': {headings: [later]}}}}")
    rule = registry.load(config, Path()).settled(config)["WL213"]
    assert rule.at("b/x.md").options["max"] == rule.at("a/x.md").options["max"] == 4
    assert rule.at("a/x.md").options["headings"] == ["later"]
    assert {name: str(where) for name, where in rule.at("a/x.md").origins.items()} == {
        "max": "x:1:22",
        "headings": "x:1:55",
        "severity": "x:1:36",
    }
