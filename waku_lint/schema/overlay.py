"""Read an additional schema of a project, and report its errors with positions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from waku_lint.errors import ConfigError, did_you_mean
from waku_lint.parsing import yaml
from waku_lint.positions import Lines
from waku_lint.schema.annotation import KEYWORD, Annotation, Schema, named_rules, raw_annotations, references
from waku_lint.schema.instance import Instance, instance_of, pointer
from waku_lint.schema.load import builtin
from waku_lint.schema.validate import PythonValidator, SettingsValidator, formats, mistake, unfollowed
from waku_lint.schema.violation import describe, violations


class _Problem(Exception):
    """What is wrong at a JSON pointer of a schema: with its value, or with its `key`."""

    def __init__(self, where: str, message: str, *, key: bool = False) -> None:
        super().__init__(message)
        self.where = where
        self.key = key


class Overlay:
    """A schema, and the places of what it says. `path` is the file's, from the root."""

    def __init__(self, path: str, text: str, ours: Schema) -> None:
        """Raises ConfigError for invalid JSON, an invalid schema, or fields that the built-in schema does not have."""
        self.path = path
        self._text = text
        try:
            self.schema: Schema = json.loads(text)
        except json.JSONDecodeError as error:
            raise ConfigError(path, f"not valid JSON: {error.msg}", error.lineno, error.colno) from None
        except RecursionError:
            raise ConfigError(path, "nested too deep") from None
        try:
            _check(self.schema)
            _check_annotations(self.schema)
            _check_fields(self.schema, ours)
        except _Problem as problem:
            raise self._error(problem.where, str(problem), key=problem.key) from None

    def error(self, rule: Annotation, message: str) -> ConfigError:
        """The error that something is wrong with a rule of the schema."""
        where = next(where for where, given in raw_annotations(self.schema) if given is rule.fields)
        return self._error(f"{where}/{KEYWORD}", f"rule {rule.code} {rule.name}: {message}")

    def _error(self, where: str, message: str, *, key: bool = False) -> ConfigError:
        # JSON is YAML, but for tabs; these stand between values only.
        root = yaml.parse(self._text.replace("\t", " ")).root
        instance = instance_of(root) if root is not None else Instance(None, {}, {})
        spans = instance.keys if key else instance.spans
        near = where
        while near and near not in spans:
            near = near.rpartition("/")[0]
        if near not in spans:
            return ConfigError(self.path, message)
        position = Lines(self._text).position(spans[near].start)
        return ConfigError(self.path, message, position.line, position.column)


def problem_of(schema: Schema) -> str | None:
    """What keeps a schema from being one; None for a sound one."""
    try:
        _check(schema)
    except _Problem as problem:
        return str(problem)
    return None


def _check(schema: object) -> None:
    """A schema by its own schema, whose references lead somewhere."""
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import best_match
    from referencing import Registry
    from referencing.exceptions import Unresolvable
    from referencing.jsonschema import DRAFT202012

    from waku_lint.schema.keywords import slips

    meta: Any = Draft202012Validator.META_SCHEMA
    error = best_match(Draft202012Validator(meta, format_checker=formats()).iter_errors(schema))
    if error is not None:
        where = pointer(list(error.absolute_path))
        raise _Problem(where, f"not a JSON Schema: {where or 'the schema'}: {describe(mistake(meta, error))}")
    if not isinstance(schema, dict):
        raise _Problem("", "not a JSON Schema: expected an object")
    for place, word, keyword in slips(schema):
        raise _Problem(place, f"there is no keyword {word!r}; did you mean {keyword!r}?", key=True)
    base = str(schema.get("$id", ""))
    resolver = Registry().with_resource(base, DRAFT202012.create_resource(dict(schema))).resolver(base)
    if _uses(schema, "unevaluatedProperties") and _uses(schema, "patternProperties"):
        message = "`unevaluatedProperties` beside `patternProperties` cannot be checked in a bounded time"
        raise _Problem("", message)
    validator = PythonValidator(schema, bounded=True).validator
    found = [*references(schema)]
    for where, keyword, reference in found:
        try:
            resolver.lookup(reference)
        except Unresolvable as nowhere:
            raise _Problem(f"{where}/{keyword}", unfollowed(nowhere)) from None
    for where, keyword, reference in reversed(found):  # definitions, in which loops are, mostly come last
        try:
            # A loop of references fails for any data.
            list(validator.evolve(schema={keyword: reference}).iter_errors({}))
        except Unresolvable as nowhere:
            raise _Problem(f"{where}/{keyword}", unfollowed(nowhere)) from None
        except RecursionError:
            raise _Problem(f"{where}/{keyword}", f"the reference {reference!r} goes round in circles") from None


def _uses(node: object, keyword: str) -> bool:
    """Whether a schema has a keyword anywhere."""
    if isinstance(node, dict):
        return keyword in node or any(_uses(child, keyword) for child in node.values())
    return isinstance(node, list) and any(_uses(child, keyword) for child in node)


def _check_annotations(schema: Schema) -> None:
    validator = SettingsValidator(builtin("x-rule"))
    for where, node in raw_annotations(schema):
        for found in violations(validator, instance_of(node)):
            raise _Problem(f"{where}/{KEYWORD}", f"{where}/{KEYWORD}: {found.message}")
    places = {id(node): where for where, node in raw_annotations(schema)}
    for each in named_rules(schema):
        for name, option in each.fields.get("options", {}).items():
            where = f"{places[id(each.fields)]}/{KEYWORD}/options/{name}"
            _check_option(where, f"{each.code}, option {name!r}", each.node, option)


def _check_option(where: str, called: str, node: object, option: Mapping[str, Any]) -> None:
    for part in option["keyword"].split("/"):
        if not isinstance(node, dict) or part not in node:
            raise _Problem(where, f"{called}: there is no keyword {option['keyword']!r} at its node")
        node = node[part]
    problem = problem_of(option["schema"])
    if problem is not None:
        raise _Problem(f"{where}/schema", f"{called}: {problem}")


def _check_fields(overlay: Schema, ours: Schema, where: str = "") -> None:
    """Refuse fields that the built-in schema does not have, because they are never present."""
    known = ours.get("properties", {})
    if ours.get("additionalProperties") is False:
        required = enumerate(overlay.get("required", ()))
        named = [(name, f"properties/{name}") for name in overlay.get("properties", {})]
        for name, there in (*named, *((name, f"required/{at}") for at, name in required)):
            if name not in known:
                message = f"{where or '/'}: there is no field {name!r}; {did_you_mean(name, list(known))}"
                raise _Problem(f"{where}/{there}", message)
    for name, node in overlay.get("properties", {}).items():
        if isinstance(node, dict):
            _check_fields(node, known.get(name, {}), f"{where}/properties/{name}")
    items = overlay.get("items")
    if isinstance(items, dict):
        _check_fields(items, ours.get("items", {}), f"{where}/items")
