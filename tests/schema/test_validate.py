"""jsonschema-rs finds in documents what jsonschema finds, and reads the same to people."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.conftest import CHECKOUT
from tests.flows.test_any_input import CASES
from waku_lint import schema
from waku_lint.config.config import preset
from waku_lint.documents.reader import read_document
from waku_lint.errors import ConfigError
from waku_lint.files.snapshot import paths_below
from waku_lint.files.source import SourceFile
from waku_lint.parsing import yaml
from waku_lint.rules.registry import builtin_rules
from waku_lint.schema.validate import Mistake, PythonValidator, RustValidator, SettingsValidator

RULES = builtin_rules()
KINDS = (*schema.kinds(), "page")
VALUES: list[Any] = [
    None, True, False, 0, 1, 5, -1, 2.0, 2.5, 1e308, "", "a", "Specs", [], ["a"], [1, True], {}, {"a": 1},
]  # fmt: skip


def seen(mistake: Mistake) -> str:
    """All that is looked at in a mistake; messages of the libraries differ, and their order."""
    alone = replace(mistake, message="", context=())
    return repr((alone, id(mistake.node), schema.describe(alone), sorted(map(seen, mistake.context))))


def assert_same(shape: schema.Schema, data: Any) -> None:
    rust, python = RustValidator(shape), PythonValidator(shape)
    assert sorted(map(seen, rust.iter_errors(data))) == sorted(map(seen, python.iter_errors(data)))
    instance = schema.Instance(data, {}, {})
    assert sorted(schema.violations(rust, instance), key=str) == sorted(schema.violations(python, instance), key=str)


def assert_same_settings(shape: schema.Schema, data: Any) -> None:
    ours, python = SettingsValidator(shape), PythonValidator(shape)
    assert list(map(seen, ours.iter_errors(data))) == list(map(seen, python.iter_errors(data)))


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
    for path in sorted(Path(CHECKOUT / "waku_lint" / "config" / "presets").glob("*.yaml")):
        root = yaml.parse(path.read_text(encoding="utf-8")).root
        yield "config", schema.instance_of(root).data
    for name in KINDS:
        for rule in schema.named_rules(schema.builtin(name)):
            yield "x-rule", dict(rule.fields)


def checked(name: str) -> Callable[[schema.Schema, Any], None]:
    return assert_same if name in KINDS else assert_same_settings


SAMPLES = [*documents(), *configurations()]


def test_every_kind_has_a_sample() -> None:
    assert {name for name, _ in SAMPLES} >= {*schema.kinds(), "config", "x-rule"}


@pytest.mark.parametrize("name", sorted({name for name, _ in SAMPLES}))
def test_the_same_is_found_in_data(name: str) -> None:
    for kind, data in SAMPLES:
        if kind == name:
            checked(kind)(schema.builtin(name), data)


def places(data: Any) -> list[tuple[Any, Any]]:
    """Each container in the data with each of its keys."""
    below = list(data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ())
    return [*((data, key) for key, _ in below), *(place for _, value in below for place in places(value))]


@settings(max_examples=CASES, deadline=None)
@given(st.data())
def test_the_same_is_found_in_data_that_is_changed_at_will(draw: st.DataObject) -> None:
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
    checked(name)(schema.with_options(schema.builtin(name), options), data["whole"])


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_the_same_is_found_in_options_of_rules(value: object) -> None:
    for rule in RULES:
        for option in rule.options:
            for data in (value, [value], [value, "a"], {"a": value}):
                assert_same_settings(option.schema, data)


@pytest.mark.parametrize("shape", [
    {"type": "string", "pattern": r"^a\Z"}, {"type": "string", "format": "regex"}, {"format": "date"},
    {"propertyNames": {"pattern": "^b"}}, {"patternProperties": {"(?P<x>a)": {"const": 1}}},
    {"additionalProperties": False},
])  # fmt: skip
@pytest.mark.parametrize(
    "value", [*VALUES, "(?<a>b)", "(", "a\n", "\ud800", "2020-13-13", float("nan"), {"b": 1}], ids=repr
)
def test_settings_are_read_as_python_does(shape: schema.Schema, value: object) -> None:
    assert_same_settings(shape, value)


def test_a_lone_surrogate_is_a_text() -> None:
    assert_same(schema.builtin("page"), {"front_matter": {"title": "\ud800", "tags": ["\ud800"]}, "\ud800": 1})


def test_a_reference_is_never_fetched() -> None:
    shape = {"$ref": "https://example.org/schema"}
    with pytest.raises(ConfigError, match=r"cannot follow the reference 'https://example\.org/schema'"):
        list(SettingsValidator(shape).iter_errors(1))
