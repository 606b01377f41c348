"""JSON Schemas over the model: data with positions, and violations that know their rule."""

from __future__ import annotations

from waku_lint.schema.annotation import Annotation, Schema, named_rules, with_options
from waku_lint.schema.instance import Instance, instance_of, pointer
from waku_lint.schema.load import builtin, check_fields, compile_schema, parse_schema
from waku_lint.schema.violation import UNNAMED, Violation, describe, violations

__all__ = [
    "UNNAMED",
    "Annotation",
    "Instance",
    "Schema",
    "Violation",
    "builtin",
    "check_fields",
    "compile_schema",
    "describe",
    "instance_of",
    "named_rules",
    "parse_schema",
    "pointer",
    "violations",
    "with_options",
]
