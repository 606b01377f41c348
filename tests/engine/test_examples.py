"""Every rule's examples: they are its tests and its documentation."""

from __future__ import annotations

import ast
import inspect
from importlib import import_module

import pytest
from msgspec.structs import replace

from tests.conftest import CHECKOUT, covered
from waku_lint.engine.examples import run_example
from waku_lint.rules import modules, registry
from waku_lint.rules.base import Example, Rule
from waku_lint.rules.registry import Registry

RULES = registry.builtin_rules()
CASES = [(rule, number) for rule in RULES for number in range(len(rule.examples))]


@pytest.fixture(scope="module")
def known() -> Registry:
    return Registry(RULES, {})


@pytest.mark.parametrize(("rule", "number"), CASES, ids=lambda value: getattr(value, "code", str(value)))
def test_an_example_reports_exactly_the_texts_it_names(rule: Rule, number: int, known: Registry) -> None:
    example = rule.examples[number]
    result = run_example(rule, example, known)
    assert not result.crashes
    text = example.text if isinstance(example.text, str) else example.text.decode("utf-8", errors="replace")
    assert tuple(covered(text, each) for each in result.diagnostics) == example.reports
    assert {each.code for each in result.diagnostics} <= {rule.code}


@pytest.mark.parametrize(
    ("rule", "example"), [(rule, each) for rule in RULES for each in rule.examples if each.fixed is not None]
)
def test_a_fixed_example_is_clean(rule: Rule, example: Example, known: Registry) -> None:
    text = example.text
    assert isinstance(text, str)
    found = run_example(rule, example, known).diagnostics
    edits = [edit for each in found if each.fix for edit in each.fix.edits]
    assert all(each.fix for each in found), "an example that shows a fix has one for each finding"
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert text == example.fixed
    assert not run_example(rule, replace(example, text=text), known).diagnostics


def test_a_finding_with_a_fix_is_shown_fixed_in_an_example(known: Registry) -> None:
    for rule in RULES:
        for example in rule.examples:
            found = run_example(rule, example, known).diagnostics
            assert not any(each.fix for each in found) or example.fixed is not None, (rule.code, example.text)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_is_documented(rule: Rule) -> None:
    assert rule.summary.endswith(".")
    assert rule.why
    assert rule.remedy.endswith(".")
    assert sum(bool(example.reports) for example in rule.examples) >= 3
    assert sum(not example.reports for example in rule.examples) >= 3


def test_codes_and_names_are_unique_and_well_formed() -> None:
    assert len({rule.code for rule in RULES}) == len({rule.name for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule.code.startswith("WL")
        assert len(rule.code) == 5
        assert rule.name == rule.name.casefold().replace(" ", "-")


def test_every_rule_file_is_in_the_tuple_of_its_family() -> None:
    from waku_lint import rules

    for family in rules.FAMILIES:
        listed = import_module(f"waku_lint.rules.{family}").MODULES
        folder = CHECKOUT / "waku_lint" / "rules" / family
        files = {path.stem for path in folder.glob("*.py") if "\nRULE = Rule(" in path.read_text(encoding="utf-8")}
        assert files == set(listed)
        found = [import_module(f"waku_lint.rules.{family}.{name}").RULE for name in listed]
        assert [rule.name.replace("-", "_") for rule in found] == list(listed)
        assert [rule.code for rule in found] == sorted(rule.code for rule in found)


def test_a_rule_imports_no_other_rule() -> None:
    for name in modules():
        found = ast.walk(ast.parse(inspect.getsource(import_module(name))))
        imported = {each.module for each in found if isinstance(each, ast.ImportFrom)}
        assert imported.isdisjoint(modules()), name
