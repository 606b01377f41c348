"""The catalogue says of our rules what they say themselves."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from msgspec.structs import replace

from waku_lint.config.config import preset
from waku_lint.engine import pipeline
from waku_lint.files.cache import Cache, key_of, open_cache
from waku_lint.files.installation import installation_key
from waku_lint.files.source import SourceFile
from waku_lint.rules import registry
from waku_lint.rules.base import Rule
from waku_lint.rules.catalogue import LateCheck, listed, whole

RULES = registry.builtin_rules()


@pytest.fixture
def cache() -> Cache:
    found = open_cache()
    assert found is not None
    return found


def unread() -> tuple[Rule, ...]:
    raise AssertionError("the rules are read")


def name() -> str:
    return key_of(["catalogue", installation_key()])


def test_a_rule_of_the_catalogue_is_the_rule_but_for_its_check_and_examples(cache: Cache) -> None:
    assert listed(cache, lambda: RULES) == RULES
    kept = listed(cache, unread)
    for rule, known in zip(RULES, kept, strict=True):
        if rule.check is None:
            assert known == rule
        else:
            assert known == replace(rule, check=known.check, examples=())
            assert isinstance(known.check, LateCheck)
            assert known.check.__module__ == rule.check.__module__


def test_the_module_of_a_check_has_its_rule() -> None:
    for rule in RULES:
        assert rule.check is None or import_module(rule.check.__module__).RULE is rule


def test_the_whole_rule_has_its_examples(cache: Cache) -> None:
    listed(cache, lambda: RULES)
    assert tuple(map(whole, listed(cache, unread))) == RULES
    assert tuple(map(whole, RULES)) == RULES


def test_without_a_cache_the_rules_are_read() -> None:
    assert listed(None, lambda: RULES) is RULES


@pytest.mark.parametrize("data", [b"", b"null", b"1", b"[1]", b"[{}]", b'[{"code": "WL201"}]', b"\xff"])
def test_what_is_no_catalogue_is_replaced(cache: Cache, data: bytes) -> None:
    cache.store(name(), data)
    assert listed(cache, lambda: RULES) is RULES
    assert tuple(map(whole, listed(cache, unread))) == RULES


def test_a_type_that_is_no_more_makes_another_catalogue(cache: Cache) -> None:
    listed(cache, lambda: RULES)
    data = cache.load(name())
    assert data is not None
    for gone in (b"model.milestone:Gonestone", b"model.gonestone:Milestone"):
        cache.store(name(), data.replace(b"model.milestone:Milestone", gone))
        assert listed(cache, lambda: RULES) is RULES


def test_findings_are_the_same_with_and_without_the_catalogue(cache: Cache) -> None:
    settings = preset("waku")
    file = SourceFile("draft-roadmap/relay.md", b"# Relay\n\n## Deliverables\n\n### Export\n\n**Owner**: a, b\n")
    found = []
    for _ in range(2):
        rules = registry.load(settings, Path(), cache=cache)
        found.append(pipeline.run([file], settings, rules, rules.active(settings)).diagnostics)
        assert rules.is_all_ours
    assert found[0] == found[1] != ()
