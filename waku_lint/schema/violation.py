"""Violations of a schema: which rule's, where, and said in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import unquote

from msgspec import Struct

from waku_lint.errors import did_you_mean
from waku_lint.positions import Span
from waku_lint.schema.annotation import KEYWORD, Schema
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


def violations(validator: Validator, schema: Schema, instance: Instance) -> Iterator[Violation]:
    """All violations of `schema` by `instance`. Raises ConfigError for a reference it cannot follow."""
    for error in validator.iter_errors(instance.data):
        yield _violation(schema, instance, error)


def _violation(schema: Schema, instance: Instance, error: Mistake) -> Violation:
    rule = _nearest(schema, error)
    best = error if rule and "{problem}" not in rule["message"] else _best(error)
    path = list(best.absolute_path)
    span = instance.span(path)
    if best.validator == "additionalProperties":
        unknown = _unknown_keys(best)
        span = instance.keys.get(pointer([*path, unknown[0]]), span) if unknown else span
    elif best.validator == "required":
        # The label may be there, and nothing behind it.
        span = next(
            (instance.keys[there] for key in _missing(best) if (there := pointer([*path, key])) in instance.keys), span
        )
    if rule is None:
        return Violation(UNNAMED, span, describe(best))
    at = rule.get("at")
    items: Any = error.instance
    if at == SURPLUS and isinstance(items, list) and isinstance(error.validator_value, int):
        surplus = range(error.validator_value, len(items))
        span = Span.cover(instance.span([*path, index]) for index in surplus) or span
    elif at is not None:
        above = (instance.spans.get(pointer([*path[:end], *at.split("/")])) for end in range(len(path), -1, -1))
        span = next((found for found in above if found is not None), span)
    return Violation(rule["code"], span, _message(rule["message"], error))


def _nearest(schema: Schema, error: Mistake) -> Mapping[str, Any] | None:
    """The annotation nearest above the keyword that failed, which may stand behind references."""
    path = list(error.absolute_schema_path)
    stack: list[tuple[Any, int, Mapping[str, Any] | None, int]] = [(schema, 0, None, 0)]
    while stack:
        node, depth, found, hops = stack.pop()
        if isinstance(node, dict) and isinstance(node.get(KEYWORD), dict):
            found = node[KEYWORD]
        if node is error.schema:
            return found
        # References are no part of the path, so each is tried where the path itself does not lead on.
        if isinstance(node, dict) and isinstance(node.get("$ref"), str) and hops < len(path) + 20:
            stack.append((_resolve(schema, node["$ref"]), depth, found, hops + 1))
        if depth < len(path):
            try:
                stack.append((node[path[depth]], depth + 1, found, hops))
            except (KeyError, IndexError, TypeError):
                continue
    return None


def _resolve(schema: Schema, reference: str) -> Any:
    node: Any = schema
    for part in unquote(reference).removeprefix("#").split("/")[1:]:
        key: Any = part.replace("~1", "/").replace("~0", "~")
        try:
            node = node[int(key)] if isinstance(node, list) else node[key]
        except (KeyError, IndexError, TypeError, ValueError):
            return None
    return node


def _best(error: Mistake) -> Mistake:
    """Of the branches of an `anyOf`, the error that was deepest, so nearest to what was meant.

    Where all branches only want another type, the whole is what is wrong.
    """
    while error.context and not _types_only(error):
        error = max(error.context, key=lambda each: (len(each.absolute_path), each.validator != "type"))
    return error


def _types_only(error: Mistake) -> bool:
    return all(each.validator == "type" and not each.path for each in error.context or ())


def _message(template: str, error: Mistake) -> str:
    value: Any = error.instance
    key = next((str(part) for part in reversed(error.absolute_path) if isinstance(part, str)), "")
    message = template
    if "{problem}" in message:
        best = _best(error)
        key = "" if best.validator == "required" else key
        message = message.replace("{problem}", f"`{key}` {describe(best)}" if key else describe(best))
    message = message.replace("{count}", str(len(value)) if isinstance(value, (list, dict, str)) else "")
    message = message.replace("{limit}", str(error.validator_value) if isinstance(error.validator_value, int) else "")
    return message.replace("{value}", value if isinstance(value, str) else "")


def describe(error: Mistake) -> str:
    """A violation in plain words; never a whole instance."""
    expected: Any = error.validator_value
    value: Any = error.instance
    if error.validator == "type" or (error.context and _types_only(error)):
        branches: list[Any] = [each.validator_value for each in error.context or ()] or [expected]
        kinds = [kind for each in branches for kind in ([each] if isinstance(each, str) else each)]
        return f"expected {' or '.join(_TYPE_NAMES.get(kind, kind) for kind in kinds)}, found {_kind(value)}"
    if error.validator == "required":
        return f"{', '.join(map(repr, _missing(error))) or 'a property'} is missing"
    if error.validator == "additionalProperties" and (unknown := _unknown_keys(error)):
        return f"unknown key {unknown[0]!r}; {did_you_mean(unknown[0], _known_keys(error))}"
    if error.validator == "enum":
        words = [each for each in expected if isinstance(each, str)]  # YAML's true and false stand for words
        near = did_you_mean(value, words) if isinstance(value, str) else ""
        hint = f"; {near}" if near.startswith("did") else ""
        return f"{_shown(value)} is none of {', '.join(words)}{hint}"
    if error.validator == "const":
        return f"expected {_shown(expected)}, found {_shown(value)}"
    if error.validator == "pattern":
        form = error.schema.get("title") if isinstance(error.schema, Mapping) else None
        return f"{_shown(value)} is not of the form {form}" if form else f"{_shown(value)} does not match {expected!r}"
    if error.validator == "format" and error.cause is not None:
        return f"{_shown(value)} is not a regular expression: {error.cause}"
    if error.validator in ("minItems", "minProperties"):
        return f"expected at least {expected}, found {len(value)}"
    if error.validator in ("maxItems", "maxProperties"):
        return f"expected at most {expected}, found {len(value)}"
    if error.validator == "minLength":
        return "is empty" if not value else f"is shorter than {expected} characters"
    if isinstance(value, (dict, list)):
        return f"{_kind(value)} is not as {error.validator!r} wants it"  # never a whole instance
    return _short(error.message)


def _missing(error: Mistake) -> list[str]:
    """The one property that this error is about: jsonschema makes an error for each, and names it first."""
    instance: Any = error.instance
    expected: Any = error.validator_value
    return [key for key in expected if key not in instance and error.message.startswith(repr(key))][:1]


def _unknown_keys(error: Mistake) -> list[str]:
    instance: Any = error.instance
    patterns = error.schema.get("patternProperties", {}) if isinstance(error.schema, Mapping) else {}
    known = set(_known_keys(error))
    return [key for key in instance if key not in known and not any(found(each, key) for each in patterns)]


def _known_keys(error: Mistake) -> list[str]:
    return list(error.schema.get("properties", {})) if isinstance(error.schema, Mapping) else []


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
