"""Records: what `@dataclass(frozen=True, slots=True)` makes, in a fifteenth of its time.

`dataclass` compiles six methods for each class, and of most classes a run makes few instances or none. Here only
`__init__` is compiled, once so many instances were made that it pays. `dataclasses` knows a record as one of its own,
and makes what it knows of it when it is asked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field
from functools import cache, cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from inspect import Signature

    from typing_extensions import dataclass_transform
else:

    def dataclass_transform(**_: object) -> Callable[[Any], Any]:
        return lambda decorator: decorator


T = TypeVar("T")

FEW: Final = 40  # instances that take less time than to compile what makes them
_UNSET: Final = object()


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[T]) -> type[T]:
    """A class as a record: equal by its fields, hashable, never changed. What a base class has is no field of it."""
    fields = [_field(cls, name) for name in cls.__annotations__]
    fields.sort(key=lambda each: each.kw_only is True)
    names = tuple(each.name for each in fields)
    body = {name: value for name, value in vars(cls).items() if name not in (*names, "__dict__", "__weakref__")}
    keeps = any(isinstance(value, cached_property) for value in body.values())
    kind: Any = type(cls)
    made: Any = kind(cls.__name__, cls.__bases__, {**body, "__slots__": (*names, "__dict__") if keeps else names})
    compared = [each.name for each in fields if each.compare]
    values = attrgetter(*(compared if len(compared) > 1 else compared * 2))  # of one name it gives no tuple
    rows = [(each.name, getattr(made, each.name).__set__, each) for each in fields]
    given = sum(each.kw_only is not True for each in fields)  # how many values need no name
    left = FEW

    def first(self: object, *values: object, **named: object) -> None:
        nonlocal left
        left -= 1
        if left < 0 or not _put(self, rows, given, values, named):
            made.__init__ = _initial(made, fields)
            made.__init__(self, *values, **named)

    def equal(self: object, other: object) -> bool:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: object) -> int:
        return hash(values(self))

    def shown(self: object) -> str:
        parts = (f"{each.name}={getattr(self, each.name)!r}" for each in fields if each.repr)
        return f"{made.__qualname__}({', '.join(parts)})"

    made.__qualname__ = cls.__qualname__
    made.__match_args__ = names[:given]  # type: ignore[misc]
    made.__init__, made.__eq__, made.__hash__, made.__repr__ = first, equal, hashed, shown
    made.__setattr__, made.__delattr__ = _unchanged, _undeleted
    made.__record__ = names
    made.__dataclass_fields__ = _Asked(lambda: _as_dataclass(cls).__dataclass_fields__)
    made.__signature__ = _Asked(lambda: _signature(_initial(made, fields)))
    return made  # type: ignore[no-any-return]


def names_of(kind: type) -> tuple[str, ...] | None:
    """The names of a record's fields; None for what is no record."""
    return getattr(kind, "__record__", None)


def replace(record: T, **changes: Any) -> T:
    """The record with other values in these fields."""
    kind: Any = type(record)
    return kind(**{name: getattr(record, name) for name in kind.__record__} | changes)  # type: ignore[no-any-return]


class _Asked:
    """What is worked out of a class once it is asked for."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = cache(make)

    def __get__(self, _instance: object, _kind: type) -> Any:
        return self._make()


def _as_dataclass(cls: type) -> Any:
    return dataclass(init=False, repr=False, eq=False)(cls)


def _signature(init: Callable[..., None]) -> Signature:
    from inspect import signature

    found = signature(init)
    return found.replace(parameters=list(found.parameters.values())[1:])


def _field(cls: type, name: str) -> Field[Any]:
    """The field of this name, as the class describes it."""
    value = vars(cls).get(name, MISSING)
    if isinstance(value, Field):
        value.name = name
        return value
    made: Field[Any] = field() if value is MISSING else field(default=value)
    made.name = name
    return made


def _put(
    record: object,
    rows: list[tuple[str, Callable[[object, object], None], Field[Any]]],
    given: int,
    values: tuple[object, ...],
    named: dict[str, object],
) -> bool:
    """Put each value where its slot is, past `__setattr__`; whether they were the right ones."""
    if len(values) > given:
        return False
    used = 0
    for at, (name, place, one) in enumerate(rows):
        if at < len(values):
            value = values[at]
        elif name in named:
            value = named[name]
            used += 1
        elif one.default is not MISSING:
            value = one.default
        elif one.default_factory is not MISSING:
            value = one.default_factory()
        else:
            return False
        place(record, value)
    return used == len(named)


def _unchanged(_self: object, name: str, _value: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _undeleted(_self: object, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _initial(made: type, fields: list[Field[Any]]) -> Callable[..., None]:
    """The `__init__` of a record, compiled. It puts each value where its slot is as well."""
    names: dict[str, Any] = {"UNSET": _UNSET}
    given: list[str] = []
    named: list[str] = []
    lines: list[str] = []
    for at, each in enumerate(fields):
        names[f"set{at}"] = getattr(made, each.name).__set__
        value = parameter = each.name
        if each.default_factory is not MISSING:
            names[f"default{at}"] = each.default_factory
            parameter = f"{each.name}=UNSET"
            value = f"default{at}() if {each.name} is UNSET else {each.name}"
        elif each.default is not MISSING:
            names[f"default{at}"] = each.default
            parameter = f"{each.name}=default{at}"
        (named if each.kw_only is True else given).append(parameter)
        lines.append(f"  set{at}(self, {value})\n")
    parameters = ", ".join(["self", *given, *(["*"] if named else []), *named])
    exec(f"def __init__({parameters}):\n{''.join(lines)}", names)  # noqa: S102 - all names in it are ours
    names["__init__"].__qualname__ = f"{made.__qualname__}.__init__"
    return names["__init__"]  # type: ignore[no-any-return]
