"""Our schemas from the package, and validators of any."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from waku_lint.errors import ConfigError
from waku_lint.schema.annotation import Schema
from waku_lint.schema.patterns import PatternError, compile_pattern, found
from waku_lint.schema.validate import Judge, Validator, knows

if TYPE_CHECKING:
    from jsonschema import FormatChecker
    from jsonschema.exceptions import ValidationError
    from referencing.exceptions import Unresolvable


@cache
def builtin(name: str) -> Schema:
    """One of our own schemas, by file name without `.schema.json`."""
    package = Path(__file__).parent.parent
    wheel, checkout = (above / "schemas" / f"{name}.schema.json" for above in (package, package.parent))
    return _object(json.loads((wheel if wheel.is_file() else checkout).read_text(encoding="utf-8")))


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


def compile_schema(schema: Schema, *, ours: bool = True) -> Validator:
    """A validator that fetches nothing: a reference to another document is an error when it is met.

    Where a schema is not `ours` its patterns are searched for in a way that comes to an end, or raises CannotRun.
    """
    return Judge(schema) if ours and knows(schema) else Foreign(schema, bounded=not ours)


class Foreign:
    """A schema that jsonschema judges by; `bounded` are the searches for its patterns."""

    def __init__(self, schema: Schema, *, bounded: bool) -> None:
        from jsonschema import Draft202012Validator
        from jsonschema.validators import extend
        from referencing import Registry

        kind = extend(Draft202012Validator, _BOUNDED) if bounded else Draft202012Validator  # type: ignore[no-untyped-call]
        self.validator: Any = kind(schema, registry=Registry(), format_checker=formats())

    def iter_errors(self, instance: Any) -> Iterator[ValidationError]:
        """Raises ConfigError for a reference that it cannot follow."""
        from referencing.exceptions import Unresolvable

        try:
            yield from self.validator.iter_errors(instance)
        except Unresolvable as error:
            raise ConfigError("schema", unfollowed(error)) from None

    def is_valid(self, instance: Any) -> bool:
        return next(self.iter_errors(instance), None) is None


def unfollowed(error: Unresolvable) -> str:
    """What is said of a reference that leads nowhere; as it is written, of which `ref` is a part."""
    from referencing.exceptions import InvalidAnchor, NoSuchAnchor, PointerToNowhere, Unresolvable

    # What jsonschema raises is another around it.
    inner = error.__cause__ if isinstance(error.__cause__, Unresolvable) else error
    reference = inner.ref
    if isinstance(inner, PointerToNowhere):
        reference = f"#{inner.ref}"
    elif isinstance(inner, (InvalidAnchor, NoSuchAnchor)):
        reference = f"#{inner.anchor}"
    return f"cannot follow the reference {reference!r}: one within the schema starts with `#/`"


def _pattern(validator: Any, pattern: str, value: Any, _schema: object) -> Iterator[ValidationError]:
    from jsonschema.exceptions import ValidationError

    if validator.is_type(value, "string") and not found(pattern, str(value)):
        yield ValidationError(f"{value!r} does not match {pattern!r}")


def _pattern_properties(
    validator: Any, patterns: Mapping[str, Any], value: Any, _schema: object
) -> Iterator[ValidationError]:
    if validator.is_type(value, "object"):
        for pattern, schema in patterns.items():
            for key, child in value.items():
                if found(pattern, key):
                    yield from validator.descend(child, schema, path=key, schema_path=pattern)


def _additional_properties(
    validator: Any, extra: Any, value: Any, schema: Mapping[str, Any]
) -> Iterator[ValidationError]:
    from jsonschema.exceptions import ValidationError

    if not validator.is_type(value, "object"):
        return
    known, patterns = schema.get("properties", {}), schema.get("patternProperties", {})
    for key, child in value.items():
        if key in known or any(found(pattern, key) for pattern in patterns):
            continue
        if validator.is_type(extra, "object"):
            yield from validator.descend(child, extra, path=key)
        elif not extra:
            yield ValidationError(f"additional property {key!r}")
            return


_BOUNDED: Final = {
    "pattern": _pattern,
    "patternProperties": _pattern_properties,
    "additionalProperties": _additional_properties,
}


@cache
def formats() -> FormatChecker:
    """The one format that is asserted: what is to be a regular expression must be one."""
    from jsonschema import FormatChecker

    checker = FormatChecker(formats=())

    @checker.checks("regex", raises=PatternError)
    def compiles(value: object) -> bool:
        if isinstance(value, str):
            compile_pattern(value)
        return True

    return checker
