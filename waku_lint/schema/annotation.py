"""`x-rule`: what a schema says about the named rules it holds.

A schema node may carry the annotation. A violation at that node or below it belongs to that rule; one
with no annotation above it belongs to the rule `schema` (WL100).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from msgspec import Struct

from waku_lint.schema.instance import pointer

KEYWORD: Final = "x-rule"

_DATA: Final = frozenset({KEYWORD, "const", "default", "enum", "examples"})  # what holds no schema
# What holds schemas by names, which are no keywords.
NAMES: Final = frozenset({"$defs", "definitions", "dependentSchemas", "patternProperties", "properties"})

Schema = Mapping[str, Any]


class Annotation(Struct, frozen=True):
    """What a schema says about one of its rules; `node` is the annotated schema node."""

    code: str
    name: str
    fields: Mapping[str, Any]
    node: Schema


def named_rules(schema: Schema) -> Iterator[Annotation]:
    """All annotated rules of a schema, in document order."""
    for _, node in _nodes(schema):
        given = node.get(KEYWORD)
        if isinstance(given, dict):
            yield Annotation(given["code"], given["name"], given, node)


def with_options(schema: Schema, options: Mapping[str, Mapping[str, object]]) -> Schema:
    """`schema` with the keywords that its rules' options set; `options` are by rule code."""

    def apply(node: Any) -> Any:
        if isinstance(node, list):
            return [apply(item) for item in node]
        if not isinstance(node, dict):
            return node
        result: dict[str, Any] = {key: child if key == KEYWORD else apply(child) for key, child in node.items()}
        given = node.get(KEYWORD)
        if isinstance(given, dict):
            chosen = options.get(given["code"], {})
            for option, where in given.get("options", {}).items():
                if option in chosen:
                    _set(result, where["keyword"].split("/"), chosen[option])
        return result

    applied = apply(schema)
    return applied if isinstance(applied, dict) else schema


def _set(node: Any, path: list[str], value: object) -> None:
    for part in path[:-1]:
        node = node[part]
    node[path[-1]] = value


def raw_annotations(schema: Schema) -> Iterator[tuple[str, object]]:
    """Every annotation as it is written, complete or not, and the pointer to its node."""
    for where, node in _nodes(schema):
        if KEYWORD in node:
            yield where, node[KEYWORD]


def references(schema: Schema) -> Iterator[tuple[str, str, str]]:
    """The pointer to each node with a reference, the keyword, and its value."""
    for where, node in _nodes(schema):
        for keyword in ("$ref", "$dynamicRef"):
            if isinstance(node.get(keyword), str):
                yield where, keyword, node[keyword]


def _nodes(schema: Schema) -> Iterator[tuple[str, dict[str, Any]]]:
    """Everything in a schema that can be one, and the pointer to it, in document order."""
    stack: list[tuple[str, object, bool]] = [("", schema, False)]
    while stack:
        where, node, names = stack.pop()
        if isinstance(node, dict):
            if not names:
                yield where, node
            children = [
                (f"{where}{pointer([key])}", child, not names and key in NAMES)
                for key, child in node.items()
                if names or key not in _DATA
            ]
            stack.extend(reversed(children))
        elif isinstance(node, list):
            stack.extend((f"{where}/{at}", item, False) for at, item in reversed([*enumerate(node)]))
