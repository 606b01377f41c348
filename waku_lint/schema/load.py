"""Schemas from where they are kept: ours in the package, a user's in the project."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

from waku_lint.errors import ConfigError
from waku_lint.schema.annotation import KEYWORD, Schema, raw_annotations
from waku_lint.schema.instance import pointer

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
    for node in raw_annotations(schema):
        for key in ("code", "name", "message"):
            if not isinstance(node.get(key), str):
                raise ConfigError(path, f"an {KEYWORD} annotation needs a {key!r}")
    return schema


def compile_schema(schema: Schema) -> Validator:
    """A validator that fetches nothing: a reference to another document is an error when it is met."""
    from jsonschema import Draft202012Validator
    from referencing import Registry

    return Draft202012Validator(schema, registry=Registry())
