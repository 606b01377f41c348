"""Validate records by JSON Schemas, and map violations to rules and positions.

- A schema node with `x-rule` defines a rule. A violation belongs to the nearest `x-rule` above it, or to WL100.
- Built-in schemas are validated by jsonschema-rs, which is fast to import; schemas of users by jsonschema.
- A user's pattern is searched with `regex`, which has a timeout; `re` can take exponential time."""

from __future__ import annotations

from waku_lint.schema.annotation import Annotation, Schema, named_rules, with_options
from waku_lint.schema.instance import Instance, instance_of, pointer
from waku_lint.schema.load import builtin, kinds, of_kind
from waku_lint.schema.overlay import Overlay, problem_of
from waku_lint.schema.validate import SettingsValidator, Validator, compile_schema
from waku_lint.schema.violation import UNNAMED, Violation, describe, violations

__all__ = [
    "UNNAMED",
    "Annotation",
    "Instance",
    "Overlay",
    "Schema",
    "SettingsValidator",
    "Validator",
    "Violation",
    "builtin",
    "compile_schema",
    "describe",
    "instance_of",
    "kinds",
    "named_rules",
    "of_kind",
    "pointer",
    "problem_of",
    "violations",
    "with_options",
]
