"""`waku-lint rule`: rules to begin with, and their examples."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from waku_lint.cli.main import cli
from waku_lint.editing.rule_skeletons import KINDS, TIERS, files
from waku_lint.errors import CannotRun


def waku_lint(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_to_begin_with_fails_its_example_until_it_wants_something(here: Path, kind: str) -> None:
    done = waku_lint("rule", "new", "risk-owner-missing", "--kind", kind, "--code", "ACME001")
    schema = here / "lint" / "risk-owner-missing.schema.json"
    assert done.output.startswith("wrote lint/risk-owner-missing.schema.json\n")
    settings = done.output.split("\n\n")[1]
    paths = f"    paths: ['{KINDS[kind][1]}']\n"
    (here / ".waku-lint.yaml").write_text(
        "\n".join(line[4:] for line in settings.splitlines()).replace("    fields", f"{paths}    fields")
    )
    before = waku_lint("rule", "test", "--root", ".")
    assert before.exit_code == 1
    assert f"example 1: is to report `{KINDS[kind][3]}`, and reports nothing" in before.output
    schema.write_text(schema.read_text().replace('"required": []', '"required": ["risk_owner"]'))
    after = waku_lint("rule", "test", "--root", ".")
    assert (after.exit_code, after.output.splitlines()[-1]) == (0, "1 rule passed")


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_to_begin_with_fails_its_example_until_it_finds_something(here: Path, kind: str) -> None:
    done = waku_lint("rule", "new", "owner-odd", "--tier", "local", "--kind", kind)
    assert "    local-rules: [lint/owner_odd.py]" in done.output
    (here / ".waku-lint.yaml").write_text(
        f"local-rules: [lint/owner_odd.py]\nkinds: {{{kind}: {{paths: ['{KINDS[kind][1]}']}}}}\n"
    )
    allowed = ("--root", ".", "--allow-local-rules")
    assert "1 of 1 rule failed" in waku_lint("rule", "test", *allowed).output
    module = here / "lint" / "owner_odd.py"
    variable = kind.replace("-", "_")
    module.write_text(module.read_text().replace("if False:", f"if {variable}.span.end < 26:"))
    passed = waku_lint("rule", "test", "OWN001", *allowed)
    assert passed.output.splitlines()[-1] == "1 rule passed", passed.output


def test_a_package_to_begin_with_is_complete(here: Path) -> None:
    done = waku_lint("rule", "new", "owner-odd", "--tier", "package")
    assert done.output.splitlines() == [
        "wrote waku-lint-owner-odd/pyproject.toml",
        "wrote waku-lint-owner-odd/waku_lint_owner_odd/__init__.py",
        "wrote waku-lint-owner-odd/tests/test_rules.py",
        "Then: pip install -e waku-lint-owner-odd && waku-lint rule test",
    ]
    assert 'owner-odd = "waku_lint_owner_odd:RULES"' in (here / "waku-lint-owner-odd" / "pyproject.toml").read_text()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("Risk",), "'Risk' is no name of a rule; expected one such as risk-owner-missing"),
        (("risk", "--code", "WL001"), "'WL001' is no code"),
        (("risk", "--kind", "adr"), "no rule is begun for the kind 'adr'; known: milestone, furps"),
    ],
)
def test_what_cannot_be_begun_is_told(here: Path, arguments: tuple[str, ...], expected: str) -> None:
    done = waku_lint("rule", "new", *arguments)
    assert isinstance(done.exception, CannotRun)
    assert expected in str(done.exception)
    assert not list(here.iterdir())


def test_nothing_is_overwritten(here: Path) -> None:
    waku_lint("rule", "new", "risk")
    again = waku_lint("rule", "new", "risk")
    assert str(again.exception) == "lint/risk.schema.json: is there already"


def test_the_examples_of_our_rules_run_where_they_are_named(here: Path) -> None:
    done = waku_lint("rule", "test", "WL305,furps-drift", "--root", ".")
    assert (done.exit_code, done.output.splitlines()[-1]) == (0, "2 rules passed")
    assert waku_lint("rule", "test", "--root", ".").output == (
        "no rules to test: all are ours; `waku-lint rule new` begins one\n"
    )


def test_every_tier_has_files_for_every_kind() -> None:
    assert all(files(tier, kind, "a-b", "OWN001") for tier in TIERS for kind in KINDS)
