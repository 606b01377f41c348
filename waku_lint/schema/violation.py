"""Violations of a schema: which rule's, where, and said in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from msgspec import Struct

from waku_lint.errors import did_you_mean
from waku_lint.positions import Span
from waku_lint.schema.instance import Instance, pointer
from waku_lint.schema.patterns import found
from waku_lint.schema.validate import Mistake, Validator

UNNAMED: Final = "WL100"
SURPLUS: Final = "surplus"

_TYPE_NAMES: Final = {
    "string": "text", "array": "a list", "object": "a mapping", "boolean": "true or false", "integer": "a whole number",
    "number": "a number", "null": "nothing",
}  # fmt: skip


class Violation(Struct, frozen=True):
    """One violation. `code` is the rule of the nearest annotation, WL100 for none."""

    code: str
    span: Span
    message: str


def violations(validator: Validator, instance: Instance) -> Iterator[Violation]:
    """All violations of a schema by `instance`. Raises ConfigError for a reference it cannot follow."""
    for error in validator.iter_errors(instance.data):
        yield _violation(instance, error)


def _violation(instance: Instance, error: Mistake) -> Violation:
    rule = error.rule
    best = error if rule and "{problem}" not in rule["message"] else _best(error)
    path = list(best.path)
    span = instance.span(path)
    if best.keyword == "additionalProperties":
        unknown = _unknown_keys(best)
        span = instance.keys.get(pointer([*path, unknown[0]]), span) if unknown else span
    elif best.keyword == "required":
        # The label may be there, and nothing behind it.
        span = instance.keys.get(pointer([*path, best.missing or ""]), span)
    if rule is None:
        return Violation(UNNAMED, span, describe(best))
    at = rule.get("at")
    items: Any = error.value
    if at == SURPLUS and isinstance(items, list) and isinstance(error.expected, int):
        surplus = range(error.expected, len(items))
        span = Span.cover(instance.span([*path, index]) for index in surplus) or span
    elif at is not None:
        above = (instance.spans.get(pointer([*path[:end], *at.split("/")])) for end in range(len(path), -1, -1))
        span = next((found for found in above if found is not None), span)
    return Violation(rule["code"], span, _message(rule["message"], error))


def _best(error: Mistake) -> Mistake:
    """Of the branches of an `anyOf`, the error that was deepest, so nearest to what was meant.

    Where all branches only want another type, the whole is what is wrong.
    """
    while error.context and not _types_only(error):
        error = max(error.context, key=lambda each: (len(each.path), each.keyword != "type"))
    return error


def _types_only(error: Mistake) -> bool:
    return all(each.keyword == "type" and each.path == error.path for each in error.context)


def _message(template: str, error: Mistake) -> str:
    value: Any = error.value
    key = next((str(part) for part in reversed(error.path) if isinstance(part, str)), "")
    message = template
    if "{problem}" in message:
        best = _best(error)
        key = "" if best.keyword == "required" else key
        message = message.replace("{problem}", f"`{key}` {describe(best)}" if key else describe(best))
    message = message.replace("{count}", str(len(value)) if isinstance(value, (list, dict, str)) else "")
    message = message.replace("{limit}", str(error.expected) if isinstance(error.expected, int) else "")
    return message.replace("{value}", value if isinstance(value, str) else "")


def describe(error: Mistake) -> str:
    """A violation in plain words; never a whole instance."""
    expected: Any = error.expected
    value: Any = error.value
    if error.keyword == "type" or (error.context and _types_only(error)):
        branches: list[Any] = [each.expected for each in error.context] or [expected]
        kinds = [kind for each in branches for kind in ([each] if isinstance(each, str) else each)]
        return f"expected {' or '.join(_TYPE_NAMES.get(kind, kind) for kind in kinds)}, found {_kind(value)}"
    if error.keyword == "required":
        return f"{'a property' if error.missing is None else repr(error.missing)} is missing"
    if error.keyword == "additionalProperties" and (unknown := _unknown_keys(error)):
        return f"unknown key {unknown[0]!r}; {did_you_mean(unknown[0], _known_keys(error))}"
    if error.keyword == "enum":
        words = [each for each in expected if isinstance(each, str)]  # YAML's true and false stand for words
        near = did_you_mean(value, words) if isinstance(value, str) else ""
        hint = f"; {near}" if near.startswith("did") else ""
        return f"{_shown(value)} is none of {', '.join(words)}{hint}"
    if error.keyword == "const":
        return f"expected {_shown(expected)}, found {_shown(value)}"
    if error.keyword == "pattern":
        form = error.node.get("title") if isinstance(error.node, Mapping) else None
        return f"{_shown(value)} is not of the form {form}" if form else f"{_shown(value)} does not match {expected!r}"
    if error.keyword == "format" and error.cause is not None:
        return f"{_shown(value)} is not a regular expression: {error.cause}"
    if error.keyword in ("minItems", "minProperties"):
        return f"expected at least {expected}, found {len(value)}"
    if error.keyword in ("maxItems", "maxProperties"):
        return f"expected at most {expected}, found {len(value)}"
    if error.keyword == "minLength":
        return "is empty" if not value else f"is shorter than {expected} characters"
    if isinstance(value, (dict, list)):
        return f"{_kind(value)} is not as {error.keyword!r} wants it"  # never a whole instance
    return _short(error.message)


def _unknown_keys(error: Mistake) -> list[str]:
    instance: Any = error.value
    patterns = error.node.get("patternProperties", {}) if isinstance(error.node, Mapping) else {}
    known = set(_known_keys(error))
    return [key for key in instance if key not in known and not any(found(each, key) for each in patterns)]


def _known_keys(error: Mistake) -> list[str]:
    return list(error.node.get("properties", {})) if isinstance(error.node, Mapping) else []


def _kind(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, (dict, list)):
        return "a mapping" if isinstance(value, dict) else "a list"
    return f"the number {value}" if isinstance(value, (int, float)) else f"the text {_shown(value)}"


def _shown(value: object) -> str:
    return _short(repr(value)) if not isinstance(value, (dict, list)) else _kind(value)


def _short(text: str) -> str:
    return text if len(text) <= 100 else f"{text[:97]}..."
