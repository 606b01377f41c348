"""Our rules without their code: what the registry, messages and suppressions need of them.

It is read from the rules once for each installation, and kept in the cache. A meaning rule of the catalogue has no
examples, and imports its module when it is first called: a run imports the rules that have a record to look at.
Rules of packages and projects are not in it, since they can change while the installation is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from importlib import import_module
from typing import Any, Final, Protocol

from msgspec.structs import asdict

from waku_lint.diagnostics import Finding, Severity
from waku_lint.files.cache import name_of, packed, unpacked
from waku_lint.files.installation import edition
from waku_lint.rules.base import Example, Option, Rule, RuleContext

_PLAIN: Final = ("code", "name", "doc", "remedy", "source", "reaches")  # what is kept as it is


class Store(Protocol):
    """Where the catalogue is kept."""

    def load(self, name: str) -> bytes | None: ...
    def store(self, name: str, body: bytes) -> None: ...


class LateCheck:
    """The check of a rule whose module is imported at the first call."""

    def __init__(self, module: str) -> None:
        self.__module__ = module

    @cached_property
    def rule(self) -> Rule:
        found: Rule = import_module(self.__module__).RULE
        return found

    @cached_property
    def _check(self) -> Callable[[Any, RuleContext], Iterator[Finding]]:
        assert self.rule.check is not None  # noqa: S101 - the catalogue was read from it
        return self.rule.check

    def __call__(self, record: Any, ctx: RuleContext) -> Iterator[Finding]:
        return self._check(record, ctx)


def listed(cache: Store | None, read: Callable[[], tuple[Rule, ...]]) -> tuple[Rule, ...]:
    """The rules that `read` gives: those of the cache, or if it has none, and without one, those with their code."""
    if cache is None:
        return read()
    name = name_of(["catalogue", edition()])
    known = _load(cache.load(name))
    if known is not None:
        return known
    rules = read()
    cache.store(name, packed([_dump(rule) for rule in rules]))
    return rules


def whole(rule: Rule) -> Rule:
    """The rule with its examples; imports its module."""
    return rule.check.rule if isinstance(rule.check, LateCheck) else rule


def _dump(rule: Rule) -> dict[str, Any]:
    """What is kept of a rule; of one without a check also its examples, since it has no module to read them from."""
    types = rule.applies_to if isinstance(rule.applies_to, tuple) else (rule.applies_to,)
    examples = rule.examples if rule.check is None else ()
    return {
        **{name: getattr(rule, name) for name in _PLAIN},
        "severity": rule.severity.value,
        "applies_to": [f"{each.__module__}:{each.__qualname__}" for each in types],
        "check": None if rule.check is None else rule.check.__module__,
        "options": [asdict(each) for each in rule.options],
        "examples": [asdict(each) for each in examples],
    }


def _load(data: bytes | None) -> tuple[Rule, ...] | None:
    """The rules; None for what nobody has kept."""
    try:
        return tuple(map(_rule, unpacked(data))) if data is not None else None
    except (ValueError, TypeError, LookupError, AttributeError, ImportError, RecursionError):
        return None


def _rule(kept: dict[str, Any]) -> Rule:
    types = tuple(map(_type, kept["applies_to"]))
    return Rule(
        **{name: kept[name] for name in _PLAIN},
        severity=Severity(kept["severity"]),
        applies_to=types[0] if len(types) == 1 else types,
        check=None if kept["check"] is None else LateCheck(kept["check"]),
        options=tuple(Option(**each) for each in kept["options"]),
        examples=tuple(
            Example(**{**each, "reports": tuple(each["reports"]), "beside": tuple(each["beside"])})
            for each in kept["examples"]
        ),
    )


def _type(name: str) -> type:
    module, _, within = name.partition(":")
    found: type = getattr(import_module(module), within)
    return found
