"""Records as plain lists, and back: as JSON can hold them, to be kept or sent to another process.

A list begins with the number of the record's type, and goes on with its fields; TUPLE is no record, but several values.
Numbers are those of one edition of waku-lint, and of no other.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from waku_lint import diagnostic, facts, model
from waku_lint.diagnostic import Severity
from waku_lint.frozen import names_of
from waku_lint.source import Span, Text

TUPLE: Final = -1
_SPAN: Final = 0
_TEXT: Final = 1
_SEVERITY: Final = 2
_DAY: Final = 3
_TYPES: Final[tuple[Any, ...]] = (
    Span,
    Text,
    Severity,
    date.fromisoformat,
    *sorted(
        {kind for module in (model, diagnostic, facts) for kind in vars(module).values()
         if isinstance(kind, type) and names_of(kind) and kind not in (Span, Text)},
        key=lambda kind: kind.__name__,
    ),
)  # fmt: skip
_NUMBERS: Final = {kind: number for number, kind in enumerate(_TYPES)}
_FIELDS: Final = {kind: names_of(kind) or () for kind in _TYPES[_DAY + 1 :]}


def noted(value: object) -> Any:
    """A value as lists, texts, numbers and None. Raises KeyError for what is no record of ours."""
    if value is None or isinstance(value, (int, float)):
        return value
    kind: Any = type(value)
    if kind is str:
        return value
    if kind is Span:
        return [_SPAN, value.start, value.end]  # type: ignore[attr-defined]
    if kind is Text:
        return [_TEXT, value.value, value.span.start, value.span.end]  # type: ignore[attr-defined]
    if kind is tuple:
        return [TUPLE, *[noted(each) for each in value]]  # type: ignore[attr-defined]
    if kind is Severity:
        return [_SEVERITY, value.value]  # type: ignore[attr-defined]
    if kind is date:
        return [_DAY, value.isoformat()]  # type: ignore[attr-defined]
    return [_NUMBERS[kind], *[noted(getattr(value, name)) for name in _FIELDS[kind]]]


def read(note: Any) -> Any:
    """The value that was noted."""
    if type(note) is not list:
        return note
    kind = note[0]
    if kind == _SPAN:
        return Span(note[1], note[2])
    if kind == _TEXT:
        return Text(note[1], Span(note[2], note[3]))
    if kind == TUPLE:
        return tuple([read(each) for each in note[1:]])
    return _TYPES[kind](*[read(each) for each in note[1:]])
