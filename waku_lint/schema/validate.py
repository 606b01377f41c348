"""Validators of JSON Schemas, and the mistakes they find.

jsonschema-rs validates documents by our schemas: importing jsonschema takes longer than checking a page. jsonschema
explains what is wrong with configurations, and validates by users' schemas, whose patterns are written for Python.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Protocol
from urllib.parse import unquote

from msgspec import Struct

from waku_lint.errors import ConfigError
from waku_lint.schema.annotation import KEYWORD, Schema
from waku_lint.schema.patterns import PatternError, compile_pattern, found

if TYPE_CHECKING:
    import jsonschema_rs
    from jsonschema import FormatChecker
    from jsonschema.exceptions import ValidationError
    from referencing.exceptions import Unresolvable

Path = tuple[str | int, ...]


class Mistake(Struct, frozen=True):
    """A value that breaks a keyword of a schema.

    `path` leads to the value, `expected` is the value of the keyword, `node` is the schema with it, and `rule` the
    annotation nearest above. `required` has the `missing` property, `anyOf` the mistakes of its branches as `context`.
    """

    keyword: str
    path: Path
    value: Any
    expected: Any
    node: Any
    rule: Mapping[str, Any] | None
    message: str
    context: tuple[Mistake, ...] = ()
    missing: str | None = None
    cause: Exception | None = None


class Validator(Protocol):
    """Validates data by one schema."""

    def iter_errors(self, instance: Any) -> Iterator[Mistake]: ...


def compile_schema(schema: Schema, *, ours: bool = True) -> Validator:
    """A validator of documents, which fetches no schemas.

    Searches for patterns of a schema that is not built-in have a timeout, and then raise CannotRun.
    """
    return RustValidator(schema) if ours else PythonValidator(schema, bounded=True)


class RustValidator:
    """Validates by a built-in schema with jsonschema-rs."""

    def __init__(self, schema: Schema) -> None:
        from jsonschema_rs import Draft202012Validator

        self._schema = schema
        self._validator = Draft202012Validator(dict(schema), offline=True)

    def iter_errors(self, instance: Any) -> Iterator[Mistake]:
        try:
            errors = self._validator.iter_errors(instance)
        except UnicodeEncodeError:  # a lone surrogate, which Rust has no text for
            return PythonValidator(self._schema).iter_errors(instance)
        return (self._mistake(instance, error) for error in errors)

    def _mistake(self, instance: Any, error: jsonschema_rs.ValidationError) -> Mistake:
        *above, keyword = error.evaluation_path
        node, rule = _node(self._schema, above)
        value = error.instance
        if keyword == "additionalProperties":  # the error may have the property
            value = instance
            for part in error.instance_path:
                value = value[part]
        return Mistake(
            str(keyword), tuple(error.instance_path), value, node[keyword], node, rule, error.message,
            context=tuple(self._mistake(instance, each) for branch in _field(error, "context") for each in branch),
            missing=_field(error, "property") or None,
        )  # fmt: skip


def _field(error: jsonschema_rs.ValidationError, name: str) -> Any:
    return getattr(error.kind, name, ())


class PythonValidator:
    """Any schema, by jsonschema; `bounded` are the searches for its patterns."""

    def __init__(self, schema: Schema, *, bounded: bool = False) -> None:
        from jsonschema import Draft202012Validator
        from jsonschema.validators import extend
        from referencing import Registry

        kind = extend(Draft202012Validator, {"$ref": _reference, **(_BOUNDED if bounded else {})})  # type: ignore[no-untyped-call]
        self._schema = schema
        self.validator: Any = kind(schema, registry=Registry(), format_checker=formats())

    def iter_errors(self, instance: Any) -> Iterator[Mistake]:
        """Raises ConfigError for a reference that it cannot follow."""
        from referencing.exceptions import Unresolvable

        try:
            for error in self.validator.iter_errors(instance):
                yield mistake(self._schema, error)
        except Unresolvable as error:
            raise ConfigError("schema", unfollowed(error)) from None


class SettingsValidator:
    """Validates settings: jsonschema-rs accepts valid settings fast, and jsonschema explains errors."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema

    def iter_errors(self, instance: Any) -> Iterator[Mistake]:
        return iter(()) if self._surely_valid(instance) else PythonValidator(self._schema).iter_errors(instance)

    def _surely_valid(self, instance: Any) -> bool:
        from jsonschema_rs import Draft202012Validator

        try:
            validator = Draft202012Validator(
                dict(self._schema), offline=True, validate_formats=True, formats={"regex": _is_pattern}
            )
            return validator.is_valid(instance)
        except ValueError:  # a lone surrogate, or a pattern that only Python reads
            return False


def mistake(schema: Schema, error: ValidationError) -> Mistake:
    """Convert an error of jsonschema to a mistake."""
    keyword, path = str(error.validator), list(error.absolute_schema_path)
    node, rule = _node(schema, path[:-1] if error.validator else path)  # the schema `false` has no keyword
    cause = error.cause if isinstance(error.cause, Exception) else None
    missing = None
    if keyword == "required":  # an error for each property, which its message names first
        names: Any = error.validator_value
        missing = next((key for key in names if error.message.startswith(repr(key))), None)
    return Mistake(
        keyword, tuple(error.absolute_path), error.instance, error.validator_value, error.schema,
        rule if node is error.schema else None, error.message,
        tuple(mistake(schema, each) for each in error.context or ()), missing, cause,
    )  # fmt: skip


def _node(schema: Schema, path: list[str | int]) -> tuple[Any, Mapping[str, Any] | None]:
    """The node at the end of a path through a schema and its references, and the annotation nearest above it."""
    node: Any = schema
    rule = None
    for part in (*path, None):
        if isinstance(node, dict) and isinstance(node.get(KEYWORD), dict):
            rule = node[KEYWORD]
        if part is not None:
            below = _child(node, part)
            node = _target(schema, below) if part == "$ref" and isinstance(below, str) else below
    return node, rule


def _child(node: Any, part: str | int) -> Any:
    try:
        return node[int(part)] if isinstance(node, list) else node[part]
    except (KeyError, IndexError, TypeError, ValueError):
        return None


def _target(schema: Schema, reference: str) -> Any:
    node: Any = schema
    for part in unquote(reference).removeprefix("#").split("/")[1:]:
        node = _child(node, part.replace("~1", "/").replace("~0", "~"))
    return node


def unfollowed(error: Unresolvable) -> str:
    """Describe a broken reference as it is written; `ref` is a part of it."""
    from referencing.exceptions import InvalidAnchor, NoSuchAnchor, PointerToNowhere, Unresolvable

    # What jsonschema raises is another around it.
    inner = error.__cause__ if isinstance(error.__cause__, Unresolvable) else error
    reference = inner.ref
    if isinstance(inner, PointerToNowhere):
        reference = f"#{inner.ref}"
    elif isinstance(inner, (InvalidAnchor, NoSuchAnchor)):
        reference = f"#{inner.anchor}"
    return f"cannot follow the reference {reference!r}: one within the schema starts with `#/`"


def _reference(validator: Any, reference: Any, value: Any, schema: object) -> Iterator[ValidationError]:
    """As jsonschema does, with `$ref` as a part of the path through the schema."""
    from jsonschema import Draft202012Validator

    for error in Draft202012Validator.VALIDATORS["$ref"](validator, reference, value, schema):
        error.schema_path.appendleft("$ref")
        yield error


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


def _is_pattern(text: str) -> bool:
    try:
        compile_pattern(text)
    except PatternError:
        return False
    return True
