"""Records are what `dataclass` would make them."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import FrozenInstanceError, dataclass, field, fields, is_dataclass, replace
from functools import cached_property
from typing import Any

import pytest

from waku_lint.frozen import FEW, frozen, names_of
from waku_lint.frozen import replace as replaced


def record(decorator: Callable[[type], type]) -> Any:
    """A record with all that a field can be."""

    class Record:
        first: int
        second: str = "b"
        many: list[int] = field(default_factory=list)
        note: str = field(default="", kw_only=True, compare=False, repr=False)

    return decorator(Record)


OURS = record(frozen)
THEIRS = record(dataclass(frozen=True, slots=True))


@pytest.mark.parametrize("often", [1, FEW + 2])
@pytest.mark.parametrize(
    ("given", "named"), [((1,), {}), ((1, "c"), {}), ((1, "c", [2]), {"note": "n"}), ((), {"second": "d", "first": 2})]
)
def test_a_record_is_made_of_the_same_values(given: tuple[object, ...], named: dict[str, Any], often: int) -> None:
    kind = record(frozen)
    for _ in range(often):
        ours, theirs = kind(*given, **named), THEIRS(*given, **named)
        for name in ("first", "second", "many", "note"):
            assert getattr(ours, name) == getattr(theirs, name)
        assert repr(ours) == repr(theirs)
    assert kind.__match_args__ == THEIRS.__match_args__


@pytest.mark.parametrize("often", [1, FEW + 2])
@pytest.mark.parametrize(
    ("given", "named"), [((), {}), ((1, "b", [], "n"), {}), ((1,), {"third": 1}), ((1,), {"first": 1})]
)
def test_what_is_no_record_is_refused_in_the_same_words(
    given: tuple[object, ...], named: dict[str, Any], often: int
) -> None:
    said = []
    ours = record(frozen)
    for number in range(often):
        ours(number)
    for kind in (ours, THEIRS):
        with pytest.raises(TypeError) as error:
            kind(*given, **named)
        said.append(str(error.value).replace("record.<locals>.", ""))
    assert said[0] == said[1]


def test_what_makes_a_record_is_compiled_once_there_are_many() -> None:
    kind = record(frozen)
    first = kind.__init__
    for number in range(FEW):
        kind(number, note="n")
    assert kind.__init__ is first
    kind(FEW)
    compiled = kind.__init__
    kind(FEW)
    assert first is not kind.__init__ is compiled


def test_equal_by_the_fields_that_count_and_by_the_type() -> None:
    assert OURS(1, note="a") == OURS(1, note="b")
    assert OURS(1) != OURS(2)
    assert OURS(1) != THEIRS(1)
    assert hash(OURS(1, many=())) == hash(THEIRS(1, many=()))


def test_a_list_is_made_for_each() -> None:
    assert OURS(1).many is not OURS(1).many


def test_a_record_is_never_changed_and_has_nothing_else() -> None:
    made = OURS(1)
    for change in (lambda: setattr(made, "first", 2), lambda: delattr(made, "first"), lambda: setattr(made, "x", 1)):
        with pytest.raises(FrozenInstanceError):
            change()  # type: ignore[no-untyped-call]
    assert made.first == 1
    assert not hasattr(made, "__dict__")


def test_what_a_record_keeps_for_itself_is_no_field() -> None:
    @frozen
    class Record:
        first: int

        @cached_property
        def double(self) -> int:
            return self.first * 2

    made = Record(2)
    assert (made.double, made.__dict__) == (4, {"double": 4})
    assert made == Record(2)
    assert replaced(made, first=3).double == 6
    assert names_of(Record) == ("first",)
    assert names_of(int) is None


def test_dataclasses_knows_it() -> None:
    assert [each.name for each in fields(OURS)] == [each.name for each in fields(THEIRS)]
    assert replace(OURS(1), second="z") == OURS(1, "z")
    assert replaced(OURS(1, note="n"), second="z") == replace(OURS(1, note="n"), second="z")
    assert is_dataclass(OURS)


def test_its_signature_is_told() -> None:
    told = [list(inspect.signature(kind).parameters) for kind in (OURS, THEIRS)]
    assert told[0] == told[1]
