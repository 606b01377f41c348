"""Schemas from where they are kept: ours in the package, a user's in the project."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from waku_lint.errors import ConfigError, did_you_mean
from waku_lint.schema.annotation import KEYWORD, Schema, named_rules, raw_annotations, references
from waku_lint.schema.instance import instance_of, pointer
from waku_lint.schema.violation import violations

if TYPE_CHECKING:
    from jsonschema.protocols import Validator


@cache
def builtin(name: str) -> Schema:
    """One of our own schemas, by file name without `.schema.json`."""
    from importlib.resources import files
    from pathlib import Path

    wheel = files("waku_lint") / "schemas" / f"{name}.schema.json"
    if wheel.is_file():
        return _object(json.loads(wheel.read_text(encoding="utf-8")))
    checkout = Path(__file__).parent.parent.parent / "schemas" / f"{name}.schema.json"
    return _object(json.loads(checkout.read_text(encoding="utf-8")))


def _object(value: object) -> Schema:
    if not isinstance(value, dict):  # pragma: no cover - ours are objects; a test reads them all
        raise TypeError("a schema is an object")
    return value


def parse_schema(path: str, text: str) -> Schema:
    """A user's schema; raises ConfigError at its line if it is no JSON or no schema."""
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import SchemaError

    try:
        schema = json.loads(text)
    except json.JSONDecodeError as error:
        raise ConfigError(path, f"not valid JSON: {error.msg}", error.lineno, error.colno) from None
    except RecursionError:
        raise ConfigError(path, "nested too deep") from None
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        where = pointer(list(error.absolute_path)) or "the schema"
        raise ConfigError(path, f"not a JSON Schema: {where}: {error.message[:100]}") from None
    if not isinstance(schema, dict):
        raise ConfigError(path, "not a JSON Schema: expected an object")
    annotation = builtin("x-rule")
    validator = compile_schema(annotation)
    for where, node in raw_annotations(schema):
        for found in violations(validator, annotation, instance_of(node)):
            raise ConfigError(path, f"{where}/{KEYWORD}: {found.message}")
    for each in named_rules(schema):
        for name, option in each.fields.get("options", {}).items():
            _check_option(path, f"{each.code}, option {name!r}", each.node, option)
    _check_references(path, schema)
    return schema


def _check_references(path: str, schema: Schema) -> None:
    """Raise ConfigError for a reference that leads nowhere, out of the schema, or in circles."""
    from referencing import Registry
    from referencing.exceptions import Unresolvable
    from referencing.jsonschema import DRAFT202012

    base = str(schema.get("$id", ""))
    resolver = Registry().with_resource(base, DRAFT202012.create_resource(dict(schema))).resolver(base)
    for reference in references(schema):
        try:
            resolver.lookup(reference)
        except Unresolvable:
            message = f"cannot follow the reference {reference!r}: one within the schema starts with `#/`"
            raise ConfigError(path, message) from None
    try:
        # A loop shows at once, whatever is validated.
        next(compile_schema(schema).iter_errors({}), None)
    except RecursionError:
        raise ConfigError(path, "its references go round in circles") from None


def _check_option(path: str, where: str, node: object, option: Mapping[str, Any]) -> None:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import SchemaError

    for part in option["keyword"].split("/"):
        if not isinstance(node, dict) or part not in node:
            raise ConfigError(path, f"{where}: there is no keyword {option['keyword']!r} at its node")
        node = node[part]
    try:
        Draft202012Validator.check_schema(option["schema"])
    except SchemaError as error:
        raise ConfigError(path, f"{where}: not a JSON Schema: {error.message[:100]}") from None


def check_fields(path: str, overlay: Schema, ours: Schema, where: str = "") -> None:
    """Raise ConfigError if `overlay` names a field that `ours` does not have: it would never hold, or always."""
    known = ours.get("properties", {})
    if ours.get("additionalProperties") is False:
        for name in (*overlay.get("properties", {}), *overlay.get("required", ())):
            if name not in known:
                raise ConfigError(
                    path, f"{where or '/'}: there is no field {name!r}; {did_you_mean(name, list(known))}"
                )
    for name, node in overlay.get("properties", {}).items():
        if isinstance(node, dict):
            check_fields(path, node, known.get(name, {}), f"{where}/properties/{name}")
    items = overlay.get("items")
    if isinstance(items, dict):
        check_fields(path, items, ours.get("items", {}), f"{where}/items")


def compile_schema(schema: Schema) -> Validator:
    """A validator that fetches nothing: a reference to another document is an error when it is met."""
    from jsonschema import Draft202012Validator
    from referencing import Registry

    return Draft202012Validator(schema, registry=Registry())
