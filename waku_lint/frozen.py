"""Records: what `@dataclass(frozen=True, slots=True)` makes, in a tenth of its time.

`dataclass` compiles six methods for each class, and of most classes a run makes no instance. Here the one method that
has to be compiled, `__init__`, is so when it is first called; the others are made of what is there. `dataclasses` knows
a record as one of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from typing_extensions import dataclass_transform
else:

    def dataclass_transform(**_: object) -> Callable[[Any], Any]:
        return lambda decorator: decorator


T = TypeVar("T")

_UNSET: Final = object()


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[T]) -> type[T]:
    """A class as a record: equal by its fields, hashable, never changed."""
    cls.__doc__ = cls.__doc__ or cls.__name__  # else `dataclass` works its signature out
    made: Any = dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    fields: tuple[Field[Any], ...] = tuple(made.__dataclass_fields__.values())
    compared = [each.name for each in fields if each.compare]
    values = attrgetter(*(compared if len(compared) > 1 else compared * 2))  # of one name it gives no tuple

    def first(self: object, *given: object, **named: object) -> None:
        made.__init__ = _initial(made, fields)
        made.__init__(self, *given, **named)

    def equal(self: object, other: object) -> bool:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: object) -> int:
        return hash(values(self))

    def shown(self: object) -> str:
        parts = (f"{each.name}={getattr(self, each.name)!r}" for each in fields if each.repr)
        return f"{made.__qualname__}({', '.join(parts)})"

    made.__init__, made.__eq__, made.__hash__, made.__repr__ = first, equal, hashed, shown
    made.__setattr__, made.__delattr__ = _unchanged, _undeleted
    return made  # type: ignore[no-any-return]


def _unchanged(_self: object, name: str, _value: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _undeleted(_self: object, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _initial(made: type, fields: tuple[Field[Any], ...]) -> Callable[..., None]:
    """The `__init__` of a record. It puts each value where its slot is, past `__setattr__`."""
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
        (named if each.kw_only else given).append(parameter)
        lines.append(f"  set{at}(self, {value})\n")
    parameters = ", ".join(["self", *given, *(["*"] if named else []), *named])
    exec(f"def __init__({parameters}):\n{''.join(lines)}", names)  # noqa: S102 - all names in it are ours
    names["__init__"].__qualname__ = f"{made.__qualname__}.__init__"
    return names["__init__"]  # type: ignore[no-any-return]
