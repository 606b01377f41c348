"""What judges by our schemas finds what jsonschema finds."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import CHECKOUT
from tests.flows.test_any_input import CASES
from waku_lint import schema
from waku_lint.config.config import preset
from waku_lint.documents.reader import read_document
from waku_lint.files.snapshot import paths_below
from waku_lint.files.source import SourceFile
from waku_lint.parsing import yaml
from waku_lint.rules.registry import builtin_rules
from waku_lint.schema.load import Foreign
from waku_lint.schema.validate import Judge, Mistake, knows

RULES = builtin_rules()
KINDS = (*schema.kinds(), "page")
OTHERS = ("config", "x-rule", "report", "impact")
VALUES: list[Any] = [
    None, True, False, 0, 1, 5, -1, 2.0, 2.5, 1e308, "", "a", "Specs", [], ["a"], [1, True], {}, {"a": 1},
]  # fmt: skip


def found(mistakes: Iterator[Mistake]) -> list[Any]:
    """All that is looked at in mistakes; in the order of their places where jsonschema has none."""
    return sorted(
        (
            (
                str(each.validator), list(each.absolute_path), list(each.absolute_schema_path), schema.describe(each),
                [str(word) for word in (each.validator_value, each.instance)], found(iter(each.context or ())),
                id(each.schema),
            )
            for each in mistakes
        ),
        key=str,
    )  # fmt: skip


def assert_same(shape: schema.Schema, data: Any) -> None:
    ours, theirs = Judge(shape), Foreign(shape, bounded=False)
    assert found(ours.iter_errors(data)) == found(theirs.iter_errors(data))
    assert ours.is_valid(data) == theirs.is_valid(data)
    instance = schema.Instance(data, {}, {})
    assert sorted(schema.violations(ours, shape, instance), key=str) == sorted(
        schema.violations(theirs, shape, instance), key=str
    )


def documents() -> Iterator[tuple[str, Any]]:
    """The data of all examples of rules, and of the fixtures, each with its kind."""
    files = [
        (preset(example.preset), SourceFile(example.path, text))
        for rule in RULES
        for example in rule.examples
        if (text := example.text.encode() if isinstance(example.text, str) else example.text)
    ]
    for root in sorted((CHECKOUT / "fixtures").glob("*/*")):
        if root.is_dir():
            name = {"compact": "waku-classic", "units": "logos", "updates": "logos"}.get(root.name, "waku")
            files += [(preset(name), SourceFile(path, (root / path).read_bytes())) for path in paths_below(root)]
    for config, file in files:
        kind = config.kind_of(file.path)
        document = read_document(file, kind.name, kind.words) if kind is not None else None
        if kind is not None and document is not None and document.root is not None:
            yield kind.name if kind.name in KINDS else "page", schema.instance_of(document.root).data


def configurations() -> Iterator[tuple[str, Any]]:
    for path in sorted(Path(CHECKOUT / "waku_lint" / "presets").glob("*.yaml")):
        root = yaml.parse(path.read_text(encoding="utf-8")).root
        yield "config", schema.instance_of(root).data
    for name in KINDS:
        for rule in schema.named_rules(schema.builtin(name)):
            yield "x-rule", dict(rule.fields)


SAMPLES = [*documents(), *configurations()]


@pytest.mark.parametrize("name", [*KINDS, *OTHERS])
def test_our_schemas_use_nothing_else(name: str) -> None:
    assert knows(schema.builtin(name))
    assert isinstance(schema.compile_schema(schema.builtin(name)), Judge)


@pytest.mark.parametrize("shape", [
    {"type": "string", "maxLength": 1}, {"if": {}, "else": {}}, {"$ref": "https://example.org"}, {"$ref": "#/$defs/a"},
    {"items": True}, {"properties": {"a": {"oneOf": []}}}, {"anyOf": [{"format": "regex"}]},
    {"additionalProperties": {"minProperties": 1}}, {"$defs": {"a": {"uniqueItems": True}}}, {"not": {"else": {}}},
])  # fmt: skip
def test_a_schema_that_uses_more_is_left_to_jsonschema(shape: schema.Schema) -> None:
    assert not knows(shape)
    assert isinstance(schema.compile_schema(shape), Foreign)


def test_every_kind_has_a_sample() -> None:
    assert {name for name, _ in SAMPLES} >= {*schema.kinds(), "config", "x-rule"}


@pytest.mark.parametrize("name", sorted({name for name, _ in SAMPLES}))
def test_documents_break_the_same(name: str) -> None:
    for kind, data in SAMPLES:
        if kind == name:
            assert_same(schema.builtin(name), data)


def places(data: Any) -> list[tuple[Any, Any]]:
    """Each container in the data with each of its keys."""
    below = list(data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ())
    return [*((data, key) for key, _ in below), *(place for _, value in below for place in places(value))]


@settings(max_examples=CASES, deadline=None)
@given(st.data())
def test_data_that_is_changed_at_will_breaks_the_same(draw: st.DataObject) -> None:
    name, data = draw.draw(st.sampled_from(SAMPLES))
    data = {"whole": copy.deepcopy(data)}
    for _ in range(draw.draw(st.integers(1, 4))):
        container, key = draw.draw(st.sampled_from(places(data)))
        change = draw.draw(st.sampled_from(["replace", "remove", "add"]))
        value = copy.deepcopy(draw.draw(st.sampled_from(VALUES)))
        if change == "remove" and container is not data:
            del container[key]
        elif change == "add" and isinstance(container, dict) and container is not data:
            container[draw.draw(st.sampled_from(["a", "due", "items", "title"]))] = value
        else:
            container[key] = value
    options = {}
    for rule in RULES:
        if rule.check is None:
            options[rule.code] = {each.name: draw.draw(st.sampled_from([1, 2, 3, 4])) for each in rule.options}
    assert_same(schema.with_options(schema.builtin(name), options), data["whole"])


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_options_of_rules_break_the_same(value: object) -> None:
    for rule in RULES:
        for option in rule.options:
            if knows(option.schema):
                for data in (value, [value], [value, "a"], {"a": value}):
                    assert_same(option.schema, data)


@pytest.mark.parametrize("keyword", ["const", "enum"])
@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_what_is_equal_is_so_as_in_json(keyword: str, value: object) -> None:
    for other in (*VALUES, [True, 1], [1, 1], {"a": True}):
        assert_same({keyword: other if keyword == "const" else [other]}, value)
