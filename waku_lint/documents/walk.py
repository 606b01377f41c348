"""The records of a document, one by one and by type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from waku_lint.positions import Span


class Records:
    """Records by type, so that a rule sees those that it applies to and passes over none."""

    def __init__(self, records: Iterable[object]) -> None:
        self._by_type: dict[type, list[tuple[int, object]]] = {}
        for at, record in enumerate(records):
            self._by_type.setdefault(type(record), []).append((at, record))
        self._found: dict[type | tuple[type, ...], list[object]] = {}

    def of(self, types: type | tuple[type, ...]) -> list[object]:
        """The records of a type, or of one of several, in their order."""
        if types not in self._found:
            found = [each for kind, records in self._by_type.items() if issubclass(kind, types) for each in records]
            self._found[types] = [record for _, record in sorted(found, key=lambda each: each[0])]
        return self._found[types]


def records_of(value: object) -> Iterator[object]:
    """A record and all records in it, in the order of their fields. Spans are places, and no records."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, tuple):
            waiting.extend(reversed(each))
            continue
        kind: Any = type(each)
        names = _fields(kind)
        if names is not None:
            yield each
            waiting.extend([getattr(each, name) for name in names])


@cache
def _fields(kind: Any) -> tuple[str, ...] | None:
    """The names of a record's fields, the last first; None for what is no record."""
    names = getattr(kind, "__struct_fields__", None) if kind is not Span else None
    return None if names is None else names[::-1]
