"""Regular expressions that are compiled on first use."""

from __future__ import annotations

import re
from importlib import import_module
from pkgutil import walk_packages

import pytest

import waku_lint
from waku_lint import regexes
from waku_lint.regexes import lazy


def test_an_expression_is_compiled_when_it_is_first_used() -> None:
    broken = lazy("(")
    assert broken.pattern == "("
    with pytest.raises(re.error):
        broken.match("")


def test_it_is_compiled_once() -> None:
    word = lazy("[a-z]+", re.IGNORECASE)
    assert [match.group() for match in word.finditer("One two")] == ["One", "two"]
    assert word.sub("x", "One two") == "x x"
    assert word.match is word.match  # a bound method that is held, and not made anew


def test_it_does_what_the_compiled_one_does() -> None:
    late, soon = lazy(r"(?P<a>a)|b"), re.compile(r"(?P<a>a)|b")
    text = "xabx"
    for method in ("match", "search", "fullmatch"):
        assert str(getattr(late, method)(text)) == str(getattr(soon, method)(text))
    assert (late.findall(text), late.split(text)) == (soon.findall(text), soon.split(text))
    assert (late.flags, late.groups, late.groupindex) == (soon.flags, soon.groups, soon.groupindex)
    with pytest.raises(AttributeError):
        late.nothing  # type: ignore[attr-defined]  # noqa: B018


def test_every_expression_of_ours_compiles() -> None:
    """An import does not find a mistake in one."""
    found = 0
    for module in walk_packages(waku_lint.__path__, "waku_lint."):
        if module.name != "waku_lint.__main__":
            waiting = list(vars(import_module(module.name)).values())
            while waiting:
                value = waiting.pop()
                if isinstance(value, tuple):
                    waiting.extend(value)
                elif isinstance(value, regexes._Lazy):
                    assert value.groups >= 0
                    found += 1
    assert found > 100
