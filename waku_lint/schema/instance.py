"""The model as JSON data with positions: what a schema validates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

from msgspec import Struct

from waku_lint.documents.model import Named
from waku_lint.parsing.nodes import YamlList, YamlMapping, YamlScalar
from waku_lint.positions import Span, Text

_PLACES: Final = frozenset({"span", "anchor"})


class Instance(Struct, frozen=True):
    """What a schema validates: plain data, and where each JSON pointer of it stands.

    `spans` are values; an object stands at its anchor, a mapping at its first key. `keys` are the keys
    of mappings, among them labels without a value. A pointer that is missing stands where its parent does.
    """

    data: Any
    spans: Mapping[str, Span]
    keys: Mapping[str, Span]

    def span(self, path: Sequence[str | int]) -> Span:
        """The span of the value at `path`, else of the nearest ancestor that has one."""
        for end in range(len(path), -1, -1):
            found = self.spans.get(pointer(path[:end]))
            if found is not None:
                return found
        return Span(0, 0)


def pointer(path: Sequence[str | int]) -> str:
    """The JSON pointer (RFC 6901) of a path."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def instance_of(root: object) -> Instance:
    """Project a record of the model, or YAML, to JSON data."""
    spans: dict[str, Span] = {}
    keys: dict[str, Span] = {}
    data = _project(root, "", spans, keys)
    return Instance(data, spans, keys)


def _project(value: object, here: str, spans: dict[str, Span], keys: dict[str, Span]) -> Any:
    if isinstance(value, (Text, YamlScalar)):
        spans[here] = value.span
        return value.value
    if isinstance(value, YamlMapping):
        spans[here] = value.entries[0][0].span if value.entries else value.span
        mapping = {}
        for key, node in value.entries:
            below = here + pointer((key.value,))
            keys[below] = key.span
            mapping[key.value] = _project(node, below, spans, keys)
        return mapping
    if isinstance(value, Named):
        named = {}
        for key, child in value.entries:
            below = here + pointer((key.value,))
            keys[below] = key.span
            if child is not None:
                named[key.value] = _project(child, below, spans, keys)
        return named
    if isinstance(value, YamlList):
        spans[here] = value.span
        return [_project(item, f"{here}/{index}", spans, keys) for index, item in enumerate(value.items)]
    if isinstance(value, tuple):
        items = [_project(item, f"{here}/{index}", spans, keys) for index, item in enumerate(value)]
        cover = Span.cover(spans[f"{here}/{index}"] for index in range(len(value)))
        if cover is not None:
            spans[here] = cover
        return items
    if isinstance(value, Struct):
        spans[here] = getattr(value, "anchor", None) or Span(0, 0)
        result = {}
        for name in _fields(type(value)):
            child = getattr(value, name)
            if child is not None:
                result[name] = _project(child, f"{here}/{name}", spans, keys)
        return result
    return value


@cache
def _fields(kind: type[Struct]) -> tuple[str, ...]:
    """The names of the fields that are data."""
    return tuple(name for name in kind.__struct_fields__ if name not in _PLACES)
