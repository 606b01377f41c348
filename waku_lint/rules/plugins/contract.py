"""What a rule that is not ours must be, so that it can be listed, explained, configured and run as ours are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from msgspec import Struct

from waku_lint import schema
from waku_lint.config.config import PRESETS
from waku_lint.diagnostics import Severity
from waku_lint.regexes import lazy
from waku_lint.rules.base import Example, Option, Rule

OURS: Final = "WL"
CODE: Final = lazy(rf"(?!{OURS})[A-Z]{{2,8}}[0-9]{{3}}")
NAME: Final = lazy(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


class ContractError(Exception):
    """What claims to be rules is none."""


def rules_of(value: object) -> tuple[Rule, ...]:
    """The rules that `RULES` holds. Raises ContractError."""
    if not isinstance(value, (tuple, list)):
        raise ContractError(f"RULES is {_a(value)}; expected a tuple of rules: `RULES = (RULE,)`")
    for at, each in enumerate(value):
        if not isinstance(each, Rule):
            raise ContractError(f"RULES[{at}] is {_a(each)}; expected a Rule")
        for problem in problems(each):
            raise ContractError(f"rule {each.code!r}: {problem}")
    return tuple(value)


def problems(rule: Any) -> Iterator[str]:
    """What is wrong with a rule, the first thing first: nobody has checked the types of what others write."""
    if not isinstance(rule.code, str) or not CODE.fullmatch(rule.code):
        yield f"a code is two to eight capital letters and three digits, as ACME001; {OURS} at its beginning is ours"
    if not isinstance(rule.name, str) or not NAME.fullmatch(rule.name):
        yield f"the name {rule.name!r} is not of the form `risk-owner-missing`"
    if not isinstance(rule.doc, str) or not rule.doc.strip():
        yield "`doc` is empty; expected a sentence, and below a blank line why"
    if not isinstance(rule.remedy, str) or not isinstance(rule.source, str):
        yield "`remedy` and `source` are texts"
    if not isinstance(rule.severity, Severity):
        yield f"`severity` is {rule.severity!r}; expected Severity.ERROR or Severity.WARNING"
    if not callable(rule.check):
        yield "`check` is missing; expected a function of a record and a RuleContext"
    types = rule.applies_to if isinstance(rule.applies_to, tuple) else (rule.applies_to,)
    if not types or not all(isinstance(each, type) and issubclass(each, Struct) for each in types):
        yield (
            "`applies_to` is no record of waku_lint.documents.model, such as Milestone or Deliverable, "
            "nor a tuple of some"
        )
    if not isinstance(rule.examples, tuple) or not all(isinstance(each, Example) for each in rule.examples):
        yield "`examples` is no tuple of Example"
    if not isinstance(rule.options, tuple) or not all(isinstance(each, Option) for each in rule.options):
        yield "`options` is no tuple of Option"
    else:
        yield from _option_problems(rule.options)
    if isinstance(rule.examples, tuple):
        presets = (each.preset for each in rule.examples if isinstance(each, Example) and each.preset not in PRESETS)
        yield from (f"an example names the preset {each!r}; known: {', '.join(PRESETS)}" for each in presets)


def _option_problems(options: Iterable[Any]) -> Iterator[str]:
    seen = {"severity", "per-path"}
    for each in options:
        if each.name in seen:
            yield f"the option {each.name!r} is there twice, or taken by every rule"
        seen.add(each.name)
        problem = schema.problem_of(each.schema)
        if problem is not None:
            yield f"option {each.name!r}: {problem}"
        elif any(schema.SettingsValidator(each.schema).iter_errors(each.default)):
            yield f"option {each.name!r}: its default is not what its schema wants"


def _a(value: object) -> str:
    name = type(value).__name__
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
