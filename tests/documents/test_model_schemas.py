"""The schemas: valid, complete, and the only place that decides a shape rule's code."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from msgspec.structs import fields

from tests.conftest import CHECKOUT, covered
from waku_lint import schema
from waku_lint.config.config import Config, parse
from waku_lint.diagnostics import Diagnostic
from waku_lint.documents import model
from waku_lint.documents.extract import KINDS
from waku_lint.engine import pipeline
from waku_lint.errors import ConfigError
from waku_lint.files.source import SourceFile
from waku_lint.rules import registry
from waku_lint.schema.keywords import SILENT, TELLING

FILES = sorted((CHECKOUT / "schemas").glob("*.schema.json"))

# Where a schema describes a record of the model: a pointer into it, and the record's type.
RECORDS: list[tuple[str, str, type]] = [
    ("milestone", "", model.Milestone),
    ("milestone", "properties/estimate", model.Labelled),
    ("milestone", "properties/resources", model.Resources),
    ("milestone", "properties/sections/items", model.PageSection),
    ("milestone", "properties/deliverables/items", model.Deliverable),
    ("milestone", "properties/deliverables/items/properties/start", model.Labelled),
    ("milestone", "properties/deliverables/items/properties/due", model.Labelled),
    ("milestone", "properties/deliverables/items/properties/features/items", model.FeatureLink),
    ("milestone", "properties/deliverables/items/properties/furps/items", model.FurpsReference),
    ("milestone", "properties/deliverables/items/properties/checklist", model.Checklist),
    ("milestone", "properties/deliverables/items/properties/checklist/properties/items/items", model.ChecklistItem),
    ("milestone", "properties/deliverables/items/properties/compact", model.CompactLine),
    ("furps", "", model.FurpsSet),
    ("furps", "properties/categories/items", model.Category),
    ("furps", "properties/categories/items/properties/lists/items", model.StatementList),
    (
        "furps",
        "properties/categories/items/properties/lists/items/properties/statements/items",
        model.Statement,
    ),
    ("milestone", "properties/features/items", model.FeatureSummary),
    ("milestone", "properties/features/items/properties/feature", model.FeatureLink),
    ("index", "", model.Index),
    ("index", "properties/entries/items", model.IndexEntry),
    ("issue-template", "", model.IssueTemplate),
    ("issue-form", "", model.IssueForm),
    ("update", "", model.Update),
    ("update", "properties/sections/items", model.UpdateSection),
    ("update", "properties/sections/items/properties/deliverables/items", model.ReportedDeliverable),
    ("update", "$defs/status", model.Status),
    ("update", "$defs/status/properties/items/items", model.StatusItem),
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_schema_is_valid_against_its_metaschema(path: Path) -> None:
    content = json.loads(path.read_text())
    assert content["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(content)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_property_has_a_description(path: Path) -> None:
    for name, node in _declared(json.loads(path.read_text())):
        assert node.get("description"), f"{name} in {path.name}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_schema_refers_to_nothing_outside_itself(path: Path) -> None:
    assert '"$ref": "http' not in path.read_text()


@pytest.mark.parametrize(("name", "where", "record"), RECORDS, ids=lambda value: getattr(value, "__name__", str(value)))
def test_properties_are_the_fields_of_the_record(name: str, where: str, record: type) -> None:
    node: Any = schema.builtin(name)
    for part in filter(None, where.split("/")):
        node = node[part]
    assert set(node["properties"]) == {field.name for field in fields(record)} - {"span", "anchor"}


@pytest.mark.parametrize("kind", KINDS)
def test_our_annotations_are_as_their_schema_says(kind: str) -> None:
    validator = Draft202012Validator(schema.builtin("x-rule"))
    for each in schema.named_rules(schema.builtin(kind)):
        validator.validate(each.fields)


def test_every_kind_has_a_schema() -> None:
    for kind in KINDS:
        assert schema.builtin(kind)["title"]


def test_no_code_of_a_shape_rule_is_repeated_in_python() -> None:
    """Comments and docs may name a code; a string that is one may not."""
    codes = {each.code for kind in KINDS for each in schema.named_rules(schema.builtin(kind))}
    assert codes
    for path in (CHECKOUT / "waku_lint").rglob("*.py"):
        text = path.read_text()
        for code in codes:
            assert f'"{code}"' not in text, f"{code} in {path}"


def lint_with_overlay(tmp_path: Path, overlay: object, text: str) -> list[Diagnostic]:
    (tmp_path / "ours.json").write_text(json.dumps(overlay))
    config = parse(".waku-lint.yaml", "kinds: {milestone: {schema: ours.json}}")
    rules = registry.load(config, tmp_path)
    file = SourceFile("draft-roadmap/relay.md", text.encode())
    return [
        each
        for each in pipeline.run([file], config, rules, rules.active(config)).diagnostics
        if each.code == "WL100" or not each.code.startswith("WL")
    ]


PAGE = "---\nowner: nwaku\n---\n\n# Relay\n\n**Estimated date of completion**: 30 Sep 2025\n"


def test_a_schema_laid_over_ours_reports_wl100_at_the_value(tmp_path: Path) -> None:
    overlay = {"properties": {"estimate": {"properties": {"value": {"pattern": "2026$"}}}}}
    found = lint_with_overlay(tmp_path, overlay, PAGE)
    assert [(each.code, covered(PAGE, each), each.message) for each in found] == [
        ("WL100", "30 Sep 2025", "'30 Sep 2025' does not match '2026$'")
    ]


def test_a_schema_laid_over_ours_reports_a_missing_field_at_the_heading(tmp_path: Path) -> None:
    found = lint_with_overlay(tmp_path, {"required": ["resources"]}, PAGE)
    assert [(each.code, covered(PAGE, each), each.message) for each in found] == [
        ("WL100", "Relay", "'resources' is missing")
    ]


def test_a_schema_laid_over_ours_names_an_unknown_key_at_the_key(tmp_path: Path) -> None:
    overlay = {"properties": {"front_matter": {"additionalProperties": False, "properties": {"owners": {}}}}}
    found = lint_with_overlay(tmp_path, overlay, PAGE)
    assert [(covered(PAGE, each), each.message) for each in found] == [
        ("owner", "unknown key 'owner'; did you mean 'owners'?")
    ]


def test_an_annotation_of_a_laid_over_schema_makes_a_rule_of_its_own(tmp_path: Path) -> None:
    overlay = {
        "properties": {"front_matter": {"required": ["risk_owner"]}},
        "x-rule": {"code": "ACME001", "name": "risk-owner-missing", "message": "nobody owns the risks"},
    }
    found = lint_with_overlay(tmp_path, overlay, PAGE)
    assert [(each.code, each.name, covered(PAGE, each)) for each in found] == [
        ("ACME001", "risk-owner-missing", "owner")
    ]


def test_of_several_branches_the_deepest_mistake_is_told(tmp_path: Path) -> None:
    overlay = {
        "properties": {
            "front_matter": {
                "anyOf": [{"type": "string"}, {"type": "object", "properties": {"owner": {"enum": ["js-waku"]}}}]
            }
        }
    }
    found = lint_with_overlay(tmp_path, overlay, PAGE)
    assert [(covered(PAGE, each), each.message) for each in found] == [
        ("nwaku", "'nwaku' is none of js-waku; did you mean 'js-waku'?")
    ]


def test_an_annotation_above_a_local_reference_is_found(tmp_path: Path) -> None:
    overlay = {
        "$defs": {
            "short": {"maxLength": 3, "x-rule": {"code": "ACME002", "name": "title-long", "message": "too long"}},
        },
        "properties": {"title": {"$ref": "#/$defs/short"}},
    }
    assert [each.code for each in lint_with_overlay(tmp_path, overlay, PAGE)] == ["ACME002"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "ours.json:1:2: not valid JSON"),
        ("[]", "ours.json:1:1: not a JSON Schema: the schema: expected a mapping or true or false, found a list"),
        ('{"type": 7}', "ours.json:1:10: not a JSON Schema: /type"),
        ('{"x-rule": {"code": "A001"}}', "ours.json:1:13: /x-rule: 'name' is missing"),
        ('{"x-rule": 7}', "ours.json:1:12: /x-rule: expected a mapping, found the number 7"),
        (
            '{"not": {"x-rule": {"code": "a1", "name": "b", "message": "c"}}}',
            "ours.json:1:21: /not/x-rule: 'a1' is not of the form",
        ),
        (
            '{"x-rule": {"code": "ACME001", "name": "Big", "message": "c"}}',
            "'Big' is not of the form lower-case words joined by hyphens",
        ),
        (
            '{"x-rule": {"code": "ACME001", "name": "b", "message": "c", "severity": "fatal"}}',
            "ours.json:1:13: /x-rule: 'fatal' is none of error, warning",
        ),
        (
            '{"x-rule": {"code": "ACME001", "name": "b", "message": "c", "remdy": "d"}}',
            "unknown key 'remdy'; did you mean 'remedy'?",
        ),
        (
            '{"x-rule": {"code": "ACME001", "name": "b", "message": "c", "options": {"min": "minItems"}}}',
            "ours.json:1:13: /x-rule: expected a mapping, found the text 'minItems'",
        ),
        (
            '{"x-rule": {"code": "ACME001", "name": "b", "message": "c", "examples": "d"}}',
            "ours.json:1:13: /x-rule: expected a list, found the text 'd'",
        ),
        (
            '{"properties": {"title": {"pattern": "("}}}',
            "ours.json:1:38: not a JSON Schema: /properties/title/pattern: '('",
        ),
        ('{"properties": {"title": {"patternProperties": {"[": {}}}}}', "/properties/title/patternProperties: '['"),
        ('{"$ref": "#"}', "ours.json:1:10: the reference '#' goes round in circles"),
        (
            '{"properties": {"title": {"$ref": "#/$defs/a"}}, "$defs": {"a": {"$ref": "#/$defs/a"}}}',
            "ours.json:1:74: the reference '#/$defs/a' goes round in circles",
        ),
        ('{"$ref": "#/$defs/none"}', "ours.json:1:10: cannot follow the reference '#/$defs/none'"),
        (
            '{"properties": {"title": {"$ref": "#/$defs/none"}}}',
            "ours.json:1:35: cannot follow the reference '#/$defs/none'",
        ),
        (
            '{"$defs": {"a": {"$ref": "#/none"}}, "allOf": [{"$ref": "#/$defs/a"}]}',
            "ours.json:1:26: cannot follow the reference '#/none': one within the schema starts with `#/`",
        ),
        (
            '{"allOf": [{"$ref": "#/$defs/a"}], "$defs": {"a": {"$ref": "#/none"}}}',
            "ours.json:1:60: cannot follow the reference '#/none'",
        ),
        ('{"properties": {"title": {"$ref": "#none"}}}', "ours.json:1:35: cannot follow the reference '#none'"),
        ('{"$ref": "#none/a"}', "ours.json:1:10: cannot follow the reference '#none/a'"),
        ('{"$dynamicRef": "#/none"}', "ours.json:1:17: cannot follow the reference '#/none'"),
        (  # a property of that name
            '{"properties": {"front_matter": {"properties": {"default": {"$ref": "#/none"}}}}}',
            "ours.json:1:69: cannot follow the reference '#/none'",
        ),
        ('{"patternProperties": {"a/b": {"$ref": "#/none"}}}', "ours.json:1:40: cannot follow the reference '#/none'"),
        (  # what is data is led to
            '{"default": {"$ref": "#/none"}, "allOf": [{"$ref": "#/default"}]}',
            "ours.json:1:52: cannot follow the reference '#/none'",
        ),
        (
            (
                '{"x-rule": {"code": "ACME001", "name": "b", "message": "c", "options": {"min": {"keyword": "minItems",'
                ' "description": "d", "schema": {}}}}}'
            ),
            "ours.json:1:81: ACME001, option 'min': there is no keyword 'minItems' at its node",
        ),
        (
            (
                '{"minItems": 1, "x-rule": {"code": "ACME001", "name": "b", "message": "c", "options": {"min":'
                ' {"keyword": "minItems", "description": "d", "schema": {"type": "nope"}}}}}'
            ),
            "ours.json:1:150: ACME001, option 'min': not a JSON Schema",
        ),
        ('{"required": ["titel"], "title": "\x7f"}', r"ours.json: /: there is no field 'titel'"),
        ('{"required": ["titel"]}', "ours.json:1:15: /: there is no field 'titel'; did you mean 'title'?"),
        ('{"properties": {"resource": {"minItems": 3}}}', "there is no field 'resource'; did you mean 'resources'?"),
        (
            '{"properties": {"deliverables": {"items": {"required": ["owner"]}}}}',
            "ours.json:1:57: /properties/deliverables/items: there is no field 'owner'; did you mean 'owners'?",
        ),
        (
            '{"x-rule": {"code": "WL302", "name": "mine", "message": "m"}}',
            "rule WL302 mine: WL302 is taken by WL302 deliverable-owner-missing",
        ),
    ],
)
def test_an_overlay_that_cannot_be_used_is_a_configuration_error(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "ours.json").write_text(content)
    config = parse(".waku-lint.yaml", "kinds: {milestone: {schema: ours.json}}")
    with pytest.raises(ConfigError) as caught:
        registry.load(config, tmp_path)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("word", "keyword"),
    [
        ("requird", "required"), ("require", "required"), ("propertys", "properties"),
        ("Pattern", "pattern"), ("patern", "pattern"), ("tpye", "type"), ("enums", "enum"), ("min_items", "minItems"),
        ("maxlength", "maxLength"), ("aditionalPropertes", "additionalProperties"), ("If", "if"), ("allof", "allOf"),
        ("ref", "$ref"), ("$refs", "$ref"), ("defs", "$defs"), ("dependantRequired", "dependentRequired"),
        ("xrule", "x-rule"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", ""),
        ('"properties": {"title": {', "}}"),
        ('"properties": {"required": {', "}}"),  # a field of that name
        ('"$defs": {"a/b": {', "}}"),
        ('"allOf": [{}, {', "}]"),
        ('"items": {', "}"),
        ('"if": {"not": {', "}}"),
        ('"patternProperties": {"^x": {', "}}"),
        ('"dependentSchemas": {"const": {', "}}"),
        ('"additionalProperties": {', "}"),
    ],
)
def test_a_slip_in_a_keyword_is_told_at_its_place(word: str, keyword: str, before: str, after: str) -> None:
    text = f'{{\n{before}"{word}": 1{after}}}\n'
    with pytest.raises(ConfigError) as caught:
        schema.Overlay("ours.json", text, {})
    assert str(caught.value) == (
        f"ours.json:2:{len(before) + 1}: there is no keyword '{word}'; did you mean '{keyword}'?"
    )


@pytest.mark.parametrize(
    "given",
    [
        {word: 1}
        for word in (
            "x-require", "x-rules", "note", "notes", "when", "example", "comment", "id", "errorMessage", "enumNames",
            "nullable", "markdownDescription", "iff", "extends", "$async",
        )
    ]
    + [
        {"properties": {"requird": {}, "typ": True}, "$defs": {"patern": {}}, "patternProperties": {"enums": {}}},
        {"dependentRequired": {"requird": ["enums"]}, "required": ["requird"], "enum": [{"requird": 1}]},
        {"const": {"requird": 1}, "default": {"requird": 1}, "examples": [{"typ": 1}], "x-mine": {"typ": 1}},
        {"dependentSchemas": {"requird": {}}, "mine": {"typ": 1}, "definitions": {"typ": {}}, "else": True},
    ],
)  # fmt: skip
def test_what_is_like_no_keyword_or_stands_where_none_does_is_a_projects_own(given: dict[str, object]) -> None:
    assert schema.problem_of(given) is None


def test_the_keywords_are_those_of_the_drafts_own_schemas() -> None:
    from jsonschema_specifications import REGISTRY  # type: ignore[import-untyped]

    draft = "https://json-schema.org/draft/2020-12"
    parts = ("core", "applicator", "unevaluated", "validation", "meta-data", "format-annotation", "content")
    known: set[str] = set()
    for uri in (f"{draft}/schema", *(f"{draft}/meta/{part}" for part in parts)):
        known |= REGISTRY.contents(uri)["properties"].keys()
    assert known == TELLING | SILENT


def test_a_slip_in_the_schema_of_an_option_is_told() -> None:
    option = {"keyword": "minItems", "description": "d", "schema": {"minimun": 1}}
    rule = {"code": "ACME001", "name": "b", "message": "c", "options": {"min": option}}
    with pytest.raises(ConfigError, match=r"ours\.json:1:150: ACME001, option 'min': there is no keyword 'minimun'"):
        schema.Overlay("ours.json", json.dumps({"minItems": 1, "x-rule": rule}), {})


def test_an_overlay_that_is_not_there_is_told_at_its_line(tmp_path: Path) -> None:
    config = parse(".waku-lint.yaml", "teams: {nwaku: []}\nkinds:\n  milestone:\n    schema: none.json\n")
    with pytest.raises(ConfigError, match=r"\.waku-lint\.yaml:4:13: schema 'none.json' cannot be read"):
        registry.load(config, tmp_path)


def test_a_reference_to_another_document_is_an_error_and_not_a_download(tmp_path: Path) -> None:
    with pytest.raises(
        ConfigError, match=r"ours\.json:1:10: cannot follow the reference 'https://example.org/schema.json'"
    ):
        lint_with_overlay(tmp_path, {"$ref": "https://example.org/schema.json"}, PAGE)


NAMED = {"code": "ACME003", "name": "by-reference", "message": "by reference"}
OTHER = {"code": "ACME004", "name": "beside-it", "message": "beside it"}


@pytest.mark.parametrize(
    "overlay",
    [
        {
            "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"maxLength": 0, "x-rule": NAMED}},
            "properties": {"title": {"$ref": "#/$defs/a"}},
        },
        {"allOf": [{"required": ["resources"], "x-rule": NAMED}], "$ref": "#/allOf/0"},
        {
            "$defs": {"b": {"properties": {"title": {"maxLength": 0, "x-rule": NAMED}}}},
            "$ref": "#/$defs/b",
            "properties": {"title": {"maxLength": 100, "x-rule": OTHER}},
        },
    ],
)
def test_the_rule_of_a_referenced_node_is_found(tmp_path: Path, overlay: object) -> None:
    assert {each.code for each in lint_with_overlay(tmp_path, overlay, PAGE)} == {"ACME003"}


def test_what_looks_like_an_annotation_in_plain_data_is_none(tmp_path: Path) -> None:
    overlay = {"properties": {"front_matter": {"not": {"const": {"x-rule": 3}}}}, "examples": [{"x-rule": 1}]}
    assert lint_with_overlay(tmp_path, overlay, PAGE) == []


def test_no_message_prints_a_whole_record(tmp_path: Path) -> None:
    (found,) = lint_with_overlay(tmp_path, {"not": {"required": ["title"]}}, PAGE)
    assert found.message == "a mapping is not as 'not' wants it"


def test_an_option_sets_its_keyword() -> None:
    config = parse(".waku-lint.yaml", "rules: {WL209: {min: 3}}")
    found = _wl209(config)
    assert [each.message for each in found] == [
        "too few deliverables: found 1, expected at least 3; each is a heading below `## Deliverables`"
    ]
    assert not _wl209(parse(".waku-lint.yaml", "rules: {WL209: {min: 1}}"))


def _wl209(config: Config) -> list[Diagnostic]:
    rules = registry.load(config, Path())
    file = SourceFile("draft-roadmap/relay.md", b"# Relay\n\n## Deliverables\n\n- Metrics: F1 (nwaku)\n")
    active = {"WL209": rules.active(config)["WL209"]}
    return list(pipeline.run([file], config, rules, active).diagnostics)


def _declared(node: object) -> Iterator[tuple[str, dict[str, Any]]]:
    """Properties where they are declared: not in the conditions of rules."""
    if not isinstance(node, dict):
        return
    for name, child in node.get("properties", {}).items():
        yield name, child
        yield from _declared(child)
    for key in ("items", "additionalProperties"):
        yield from _declared(node.get(key))


def test_a_schema_that_refers_by_its_own_address_or_by_an_anchor_reports_wl100(tmp_path: Path) -> None:
    long = {"$anchor": "long", "minLength": 80, "x-rule": NAMED}
    for reference in ("https://example.org/a#/$defs/long", "#long"):
        overlay = {
            "$id": "https://example.org/a",
            "$defs": {"long": long},
            "properties": {"title": {"$ref": reference}, "resources": True},
        }
        assert {each.code for each in lint_with_overlay(tmp_path, overlay, PAGE)} == {"WL100"}


def test_a_schema_of_theirs_may_allow_whatever_is_added() -> None:
    assert not list(schema.compile_schema({"additionalProperties": True}, ours=False).iter_errors({"a": 1}))


def test_what_is_no_text_is_no_regular_expression_that_is_wrong() -> None:
    theirs = schema.compile_schema({"format": "regex"}, ours=False)
    assert not list(theirs.iter_errors(1))
    assert list(theirs.iter_errors("("))


@pytest.mark.parametrize("reference", ["https://example.org/x", "#/nowhere", "#nowhere"])
def test_a_reference_that_is_met_first_in_the_data_is_told_as_it_is_written(reference: str) -> None:
    with pytest.raises(ConfigError, match=f"cannot follow the reference '{reference}'"):
        list(schema.compile_schema({"$ref": reference}, ours=False).iter_errors(1))


def test_a_property_that_is_called_as_a_keyword_has_a_rule_as_others_have(tmp_path: Path) -> None:
    overlay = {"properties": {"front_matter": {"properties": {"default": {"maxLength": 1, "x-rule": NAMED}}}}}
    page = f"---\ndefault: long\n---\n{PAGE}"
    assert {each.code for each in lint_with_overlay(tmp_path, overlay, page)} == {"ACME003"}


def test_an_option_of_their_rule_sets_its_keyword(tmp_path: Path) -> None:
    option = {"keyword": "maxLength", "description": "How long.", "schema": {"type": "integer"}}
    rule = {"code": "ACME005", "name": "title-long", "message": "too long", "options": {"most": option}}
    (tmp_path / "title.json").write_text(json.dumps({"properties": {"title": {"maxLength": 80, "x-rule": rule}}}))
    (tmp_path / "other.json").write_text("{}")
    kinds = "kinds: {milestone: {schema: title.json}, furps: {schema: other.json}}\n"
    file = SourceFile("draft-roadmap/relay.md", PAGE.encode())
    for most, told in ((5, False), (4, True)):
        config = parse(".waku-lint.yaml", f"{kinds}rules: {{title-long: {{most: {most}}}}}\n")
        rules = registry.load(config, tmp_path)
        found = pipeline.run([file], config, rules, rules.active(config)).diagnostics
        assert any(each.code == "ACME005" for each in found) == told
