"""Our schemas from the package, and validators of any."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING

from waku_lint.schema.annotation import Schema

if TYPE_CHECKING:
    from jsonschema import FormatChecker
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


@cache
def kinds() -> tuple[str, ...]:
    """The kinds of documents that we know; a project can have others of its own."""
    return tuple(builtin("config")["properties"]["kinds"]["properties"])


def of_kind(name: str) -> Schema:
    """Our schema of a kind; those of a project's own have one in common."""
    return builtin(name if name in kinds() else "page")


def _object(value: object) -> Schema:
    if not isinstance(value, dict):  # pragma: no cover - ours are objects; a test reads them all
        raise TypeError("a schema is an object")
    return value


def compile_schema(schema: Schema) -> Validator:
    """A validator that fetches nothing: a reference to another document is an error when it is met."""
    from jsonschema import Draft202012Validator
    from referencing import Registry

    return Draft202012Validator(schema, registry=Registry(), format_checker=formats())


@cache
def formats() -> FormatChecker:
    """The one format that is asserted: what is to be a regular expression must be one."""
    from jsonschema import FormatChecker

    checker = FormatChecker(formats=())

    @checker.checks("regex", raises=(re.error, OverflowError, RecursionError))
    def compiles(value: object) -> bool:
        return not isinstance(value, str) or bool(re.compile(value))

    return checker
