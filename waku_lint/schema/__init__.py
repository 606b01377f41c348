"""JSON Schemas over the model: data with positions, and violations that know their rule."""

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
