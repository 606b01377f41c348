"""Judge data by schemas of ours, without jsonschema: that takes longer to import than a page takes to check.

Only the keywords that our schemas use are known here; they find what jsonschema finds, in its order, and it reads the
same to people, which a test compares. A schema that uses any other is jsonschema's to judge.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, Protocol

from waku_lint.schema.annotation import KEYWORD, Schema


class Mistake(Protocol):
    """What breaks a schema, as jsonschema has it."""

    @property
    def message(self) -> str: ...
    @property
    def validator(self) -> Any: ...
    @property
    def validator_value(self) -> Any: ...
    @property
    def instance(self) -> Any: ...
    @property
    def schema(self) -> Any: ...
    @property
    def cause(self) -> Exception | None: ...
    @property
    def context(self) -> Sequence[Any] | None: ...
    @property
    def path(self) -> Sequence[str | int]: ...
    @property
    def absolute_path(self) -> Sequence[str | int]: ...
    @property
    def absolute_schema_path(self) -> Sequence[str | int]: ...


class Validator(Protocol):
    """Whatever judges by a schema."""

    def iter_errors(self, instance: Any) -> Iterator[Any]: ...
    def is_valid(self, instance: Any) -> bool: ...


class _Mistake:
    """A keyword (`validator`) of a node (`schema`) that a value breaks; `detail` is what is wrong with it.

    The paths grow at their beginning, on the way out; they count from `parent`, where there is one.
    """

    cause = None

    def __init__(
        self, keyword: str, node: Any, value: Any, detail: str = "", context: Sequence[_Mistake] | None = None
    ) -> None:
        self.validator = keyword
        self.validator_value = node[keyword]
        self.schema = node
        self.instance = value
        self.context = context
        self.path: list[str | int] = []
        self.schema_path: list[str | int] = [keyword]
        self.parent: _Mistake | None = None
        self._detail = detail
        for each in context or ():
            each.parent = self

    @property
    def message(self) -> str:
        words = _WORDS.get(self.validator, "{value!r} is not as {keyword!r} wants it")
        return words.format(
            value=self.instance, given=self.validator_value, keyword=self.validator, detail=self._detail
        )

    @property
    def absolute_path(self) -> list[str | int]:
        return self.path if self.parent is None else [*self.parent.absolute_path, *self.path]

    @property
    def absolute_schema_path(self) -> list[str | int]:
        return self.schema_path if self.parent is None else [*self.parent.absolute_schema_path, *self.schema_path]


_WORDS: Final = {
    "anyOf": "{value!r} is not valid under any of the given schemas",
    "maximum": "{value!r} is greater than the maximum of {given!r}",
    "minimum": "{value!r} is less than the minimum of {given!r}",
    "not": "{value!r} should not be valid under {given!r}",
    "required": "{detail!r} is a required property",
}


class Judge:
    """Judges by one schema, which `knows` has to be true of."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema

    def iter_errors(self, instance: Any) -> Iterator[_Mistake]:
        return iter(self.mistakes(self._schema, instance))

    def is_valid(self, instance: Any) -> bool:
        return not self.mistakes(self._schema, instance)

    def mistakes(self, node: Any, value: Any) -> list[_Mistake]:
        """All mistakes of a value by a node of the schema."""
        found: list[_Mistake] = []
        for key, given in node.items():
            if key in _KEPT:
                if not _KEPT[key](given, value):
                    found.append(_Mistake(key, node, value))
            elif key in _MISTAKES:
                found += _MISTAKES[key](self, node, value)
        return found

    def below(self, node: Any, value: Any, at: str | int | None, *there: str | int) -> list[_Mistake]:
        """The mistakes of the value that stands at the key `at`, None for the whole, by the node that is `there`."""
        found = self.mistakes(node, value)
        for each in found:
            each.schema_path[:0] = there
            if at is not None:
                each.path.insert(0, at)
        return found

    def target(self, reference: str) -> Any:
        """What a reference within the schema leads to; None where it leads nowhere."""
        node: Any = self._schema
        for part in reference.removeprefix("#/").split("/"):
            node = node.get(part) if isinstance(node, dict) else None
        return node


# What says nothing of the data by itself.
_SILENT: Final = frozenset({"$schema", "$id", "$defs", "title", "description", "default", "examples", "then", KEYWORD})


def knows(schema: Schema) -> bool:
    """Whether all that a schema uses is known here."""
    waiting: list[Any] = [schema, *schema.get("$defs", {}).values()]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, dict) or not node.keys() <= _KEPT.keys() | _MISTAKES.keys() | _SILENT:
            return False
        reference = node.get("$ref", "#/$defs/")
        if not reference.startswith("#/$defs/") or ("$ref" in node and Judge(schema).target(reference) is None):
            return False
        waiting += node.get("properties", {}).values()
        waiting += [*node.get("allOf", ()), *node.get("anyOf", ())]
        waiting += [node[key] for key in ("items", "contains", "not", "if", "then", "propertyNames") if key in node]
        if not isinstance(node.get("additionalProperties", False), bool):
            waiting.append(node["additionalProperties"])
    return True


def _number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


_TYPES: Final[dict[str, Callable[[Any], bool]]] = {
    "array": lambda value: isinstance(value, list),
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: _number(value) and value // 1 == value,
    "null": lambda value: value is None,
    "number": _number,
    "object": lambda value: isinstance(value, dict),
    "string": lambda value: isinstance(value, str),
}


def _typed(given: Any, value: Any) -> bool:
    return _TYPES[given](value) if isinstance(given, str) else any(_TYPES[name](value) for name in given)


def _equal(one: Any, other: Any) -> bool:
    """Equal as JSON is: true is not 1."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_equal, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_equal(one[key], other[key]) for key in one)
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)


# Keywords that say all by themselves: whether a value keeps what is given.
_KEPT: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "const": _equal,
    "enum": lambda given, value: any(_equal(each, value) for each in given),
    "maxItems": lambda given, value: not isinstance(value, list) or len(value) <= given,
    "maximum": lambda given, value: not _number(value) or value <= given,
    "minItems": lambda given, value: not isinstance(value, list) or len(value) >= given,
    "minLength": lambda given, value: not isinstance(value, str) or len(value) >= given,
    "minimum": lambda given, value: not _number(value) or value >= given,
    "pattern": lambda given, value: not isinstance(value, str) or re.search(given, value) is not None,
    "type": _typed,
}  # fmt: skip


def _properties(judge: Judge, node: Any, value: Any) -> list[_Mistake]:
    found: list[_Mistake] = []
    if isinstance(value, dict):
        for key, below in node["properties"].items():
            if key in value:
                found += judge.below(below, value[key], key, "properties", key)
    return found


def _additional(judge: Judge, node: Any, value: Any) -> list[_Mistake]:
    word, known = "additionalProperties", node.get("properties", {})
    below = node[word]
    extra = [key for key in value if key not in known] if isinstance(value, dict) else []
    if isinstance(below, dict):
        return [each for key in extra for each in judge.below(below, value[key], key, word)]
    return [_Mistake(word, node, value)] if extra and not below else []


def _required(_: Judge, node: Any, value: Any) -> list[_Mistake]:
    missing = [key for key in node["required"] if key not in value] if isinstance(value, dict) else []
    return [_Mistake("required", node, value, key) for key in missing]


def _items(judge: Judge, node: Any, value: Any) -> list[_Mistake]:
    items = enumerate(value) if isinstance(value, list) else ()
    return [each for at, item in items for each in judge.below(node["items"], item, at, "items")]


def _contains(judge: Judge, node: Any, value: Any) -> list[_Mistake]:
    if not isinstance(value, list) or any(not judge.mistakes(node["contains"], item) for item in value):
        return []
    return [_Mistake("contains", node, value)]


def _all_of(judge: Judge, node: Any, value: Any) -> list[_Mistake]:
    branches = enumerate(node["allOf"])
    return [each for at, branch in branches for each in judge.below(branch, value, None, "allOf", at)]


def _any_of(judge: Judge, node: Any, value: Any) -> list[_Mistake]:
    found: list[_Mistake] = []
    for at, branch in enumerate(node["anyOf"]):
        some = judge.below(branch, value, None, at)
        if not some:
            return []
        found += some
    return [_Mistake("anyOf", node, value, context=found)]


def _not(judge: Judge, node: Any, value: Any) -> list[_Mistake]:
    return [] if judge.mistakes(node["not"], value) else [_Mistake("not", node, value)]


def _if(judge: Judge, node: Any, value: Any) -> list[_Mistake]:
    if "then" not in node or judge.mistakes(node["if"], value):
        return []
    return judge.below(node["then"], value, None, "then")


def _names(judge: Judge, node: Any, value: Any) -> list[_Mistake]:
    names = value if isinstance(value, dict) else ()
    return [each for name in names for each in judge.below(node["propertyNames"], name, None, "propertyNames")]


def _reference(judge: Judge, node: Any, value: Any) -> list[_Mistake]:
    return judge.mistakes(judge.target(node["$ref"]), value)


# Keywords that lead to other nodes, or find more than one mistake.
_MISTAKES: Final[dict[str, Callable[[Judge, Any, Any], list[_Mistake]]]] = {
    "$ref": _reference,
    "additionalProperties": _additional,
    "allOf": _all_of,
    "anyOf": _any_of,
    "contains": _contains,
    "if": _if,
    "items": _items,
    "not": _not,
    "properties": _properties,
    "propertyNames": _names,
    "required": _required,
}
