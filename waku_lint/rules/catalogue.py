"""Catalogue of the built-in rules: what the registry, messages and suppressions need of a rule without its code.

It is read from the rule modules once for each installation, and cached. A rule of the catalogue has no examples, and
imports its module when its check is first called. So a run imports the rules that have a record to look at. Third-party
rules are not in it, since they can change while the installation is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from importlib import import_module
from typing import Any, Protocol

import msgspec
from msgspec.structs import asdict

from waku_lint.diagnostics import Finding, Severity
from waku_lint.files.cache import key_of
from waku_lint.files.installation import installation_key
from waku_lint.rules.base import Example, Option, Rule, RuleContext


class Store(Protocol):
    """Where the catalogue is cached."""

    def load(self, key: str) -> bytes | None: ...
    def store(self, key: str, body: bytes) -> None: ...


class LateCheck:
    """The check of a rule whose module is imported at the first call."""

    def __init__(self, module: str) -> None:
        self.__module__ = module

    @cached_property
    def rule(self) -> Rule:
        found: Rule = import_module(self.__module__).RULE
        return found

    def __call__(self, record: Any, ctx: RuleContext) -> Iterator[Finding]:
        assert self.rule.check is not None  # noqa: S101 - the catalogue was read from it
        return self.rule.check(record, ctx)


def listed(cache: Store | None, read: Callable[[], tuple[Rule, ...]]) -> tuple[Rule, ...]:
    """The rules that `read` gives, with their code; those of the cache, if there is one, without it."""
    if cache is None:
        return read()
    key = key_of(["catalogue", installation_key()])
    data = cache.load(key)
    known = _decoded(data) if data is not None else None
    if known is not None:
        return known
    rules = read()
    cache.store(key, msgspec.msgpack.encode([_plain(rule) for rule in rules]))
    return rules


def whole(rule: Rule) -> Rule:
    """The rule with its examples; imports its module."""
    return rule.check.rule if isinstance(rule.check, LateCheck) else rule


def _plain(rule: Rule) -> dict[str, Any]:
    """A rule as data; a rule without a check has no module to read its examples from, so these are kept."""
    types = rule.applies_to if isinstance(rule.applies_to, tuple) else (rule.applies_to,)
    names = [f"{each.__module__}:{each.__qualname__}" for each in types]
    if rule.check is None:
        return {**asdict(rule), "applies_to": names}
    return {**asdict(rule), "applies_to": names, "check": rule.check.__module__, "examples": ()}


def _decoded(data: bytes) -> tuple[Rule, ...] | None:
    """The rules; None for anything that is not a catalogue."""
    try:
        return tuple(map(_rule, msgspec.msgpack.decode(data)))
    except (msgspec.MsgspecError, ValueError, TypeError, LookupError, AttributeError, ImportError):
        return None


def _rule(fields: dict[str, Any]) -> Rule:
    types = tuple(map(_type, fields["applies_to"]))
    module = fields["check"]
    typed = {
        "severity": Severity(fields["severity"]),
        "options": msgspec.convert(fields["options"], tuple[Option, ...]),
        "examples": tuple(
            Example(**{**each, "reports": tuple(each["reports"]), "beside": tuple(each["beside"])})
            for each in fields["examples"]
        ),
        "applies_to": types[0] if len(types) == 1 else types,
        "check": None if module is None else LateCheck(module),
    }
    return Rule(**{**fields, **typed})


def _type(name: str) -> type:
    module, _, within = name.partition(":")
    found: type = getattr(import_module(module), within)
    return found
