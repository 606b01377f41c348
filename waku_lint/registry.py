"""All rules by code and name: the built-in ones, and those of schemas that are laid over ours."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from errno import ENOENT
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any

from waku_lint import schema
from waku_lint.config import Config, Reader, RuleSetting, Where, from_disk
from waku_lint.diagnostic import Severity
from waku_lint.errors import CannotRun, ConfigError, did_you_mean
from waku_lint.extract import KINDS
from waku_lint.patterns import Patterns
from waku_lint.rules import RULES
from waku_lint.rules.base import Example, Option, Rule


@dataclass(frozen=True, slots=True)
class ActiveRule:
    """A rule as it is in force: with the configured severity, and its options filled in.

    `places` are patterns and the rule as it is at the paths that match: of these the last counts. So a rule that is not
    `on` can be in force at some paths. `origins` tell where `severity` (with it whether it is on) and each option
    were set; what is missing there is as the rule itself has it.
    """

    rule: Rule
    severity: Severity
    options: Mapping[str, Any]
    on: bool = True
    places: tuple[tuple[Patterns, ActiveRule], ...] = ()
    origins: Mapping[str, Where] = field(default_factory=dict, compare=False)

    def place(self, path: str) -> int:
        """Which of `places` counts at `path`; -1 for none."""
        return next((at for at in range(len(self.places) - 1, -1, -1) if self.places[at][0].match(path)), -1)

    def at(self, path: str) -> ActiveRule:
        """The rule as it is at `path`."""
        place = self.place(path)
        return self if place < 0 else self.places[place][1]


@dataclass(frozen=True, slots=True)
class Registry:
    """Every rule there is, in the order of codes, and by kind the schemas that are in force."""

    rules: tuple[Rule, ...]
    overlays: Mapping[str, tuple[schema.Schema, ...]]

    def find(self, name: str) -> Rule | None:
        """The rule of that code or name, in any case."""
        wanted = name.casefold()
        return next((rule for rule in self.rules if wanted in (rule.code.casefold(), rule.name)), None)

    def hint(self, name: str) -> str:
        return did_you_mean(name, [word for rule in self.rules for word in (rule.code, rule.name)])

    def active(
        self, config: Config, select: Sequence[str] = (), ignore: Sequence[str] = ()
    ) -> Mapping[str, ActiveRule]:
        """The rules that are in force somewhere, by code. `select` and `ignore` are codes, names or prefixes of codes.

        Raises ConfigError for a name or an option that there is not, CannotRun for one of `select`
        and `ignore`.
        """
        settled = self.settled(config)
        chosen = self.codes(select) if select else None
        ignored = self.codes(ignore)
        if chosen is not None:
            settled = {code: replace(each, on=True) for code, each in settled.items() if code in chosen}
        return {
            code: each
            for code, each in settled.items()
            if code not in ignored and (each.on or any(there.on for _, there in each.places))
        }

    def settled(self, config: Config) -> Mapping[str, ActiveRule]:
        """Every rule by code, also those that are off. Raises ConfigError for a name or an option that there is not."""
        found = {
            rule.code: ActiveRule(rule, rule.severity, {option.name: option.default for option in rule.options})
            for rule in self.rules
        }
        places: dict[str, list[tuple[Patterns, RuleSetting]]] = {}
        for name, setting in config.rules:
            rule = self.find(name)
            if rule is None:
                raise setting.where.error(f"unknown rule {name!r}; {self.hint(name)}")
            for each in (setting, *(there for _, there in setting.per_path)):
                self._check(rule, each)
            found[rule.code] = _changed(found[rule.code], setting)
            places.setdefault(rule.code, []).extend(setting.per_path)
        for code, there in places.items():
            general = found[code]
            special = tuple((patterns, _changed(general, setting)) for patterns, setting in there)
            found[code] = replace(general, places=special)
        return found

    def _check(self, rule: Rule, setting: RuleSetting) -> None:
        """Raise ConfigError for an option that the rule does not have, or a value that it cannot have."""
        known = {option.name: option for option in rule.options}
        for name, value in setting.options.items():
            option = known.get(name)
            if option is None:
                hint = did_you_mean(name, ["severity", *known])
                raise setting.key(name).error(f"{rule.name} has no option {name!r}; {hint}")
            for error in schema.compile_schema(option.schema).iter_errors(value):
                where = setting.value(name, *error.absolute_path)
                raise where.error(f"option {name!r} of {rule.name}: {schema.describe(error)}")
            for overlay in self._overlays_with(rule):
                problem = schema.problem_of(schema.with_options(overlay, {rule.code: {name: value}}))
                if problem is not None:
                    raise setting.value(name).error(f"option {name!r} of {rule.name} makes its schema none: {problem}")

    def _overlays_with(self, rule: Rule) -> Iterator[schema.Schema]:
        """The schema laid over ours that holds a rule; none for a rule of ours."""
        for overlay in chain(*self.overlays.values()):
            if any(each.code == rule.code for each in schema.named_rules(overlay)):
                yield overlay

    def codes(self, names: Iterable[str]) -> set[str]:
        """The codes that `names` (codes, names, prefixes such as `WL3`) stand for."""
        found: set[str] = set()
        for name in names:
            rule = self.find(name)
            matching = {rule.code} if rule else {each.code for each in self.rules if _has_prefix(each.code, name)}
            if not matching:
                raise CannotRun(f"unknown rule {name!r}; {self.hint(name)}")
            found |= matching
        return found


def _has_prefix(code: str, prefix: str) -> bool:
    return len(prefix) >= 2 and code.casefold().startswith(prefix.casefold())


def _changed(rule: ActiveRule, setting: RuleSetting) -> ActiveRule:
    """The rule as a setting leaves it; what it says nothing of is as it was."""
    origins = {**rule.origins, **{name: setting.value(name) for name in setting.options}}
    if setting.on is not None:
        origins["severity"] = setting.where
    return replace(
        rule,
        severity=setting.severity or rule.severity,
        options={**rule.options, **setting.options},
        on=rule.on if setting.on is None else setting.on,
        origins=origins,
    )


def load(config: Config, root: Path, reader: Reader | None = None) -> Registry:
    """The rules of a project. Raises ConfigError for an overlay that cannot be used.

    Overlays are read from disk, or with `reader` from where the project's other files are.
    """
    read = reader or from_disk(root)
    overlays: dict[str, tuple[schema.Schema, ...]] = {}
    rules = list(builtin_rules())
    for kind in config.kinds:
        if kind.schema is None:
            continue
        try:
            data = read(kind.schema)
            if data is None:
                raise FileNotFoundError(ENOENT, os.strerror(ENOENT))
            text = data.decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
            message = f"schema {kind.schema!r} cannot be read: {reason}"
            raise kind.where.error(message) if kind.where else ConfigError(kind.schema, message) from None
        overlay = schema.Overlay(kind.schema, text, schema.builtin(kind.name))
        overlays[kind.name] = (overlay.schema,)
        for annotation in schema.named_rules(overlay.schema):
            rule = _shape_rule(annotation)
            if any(rule.code == known.code or rule.name == known.name for known in rules):
                raise overlay.error(annotation, "the code or name is taken")
            rules.append(rule)
    return Registry(tuple(sorted(rules, key=lambda rule: rule.code)), MappingProxyType(overlays))


def builtin_rules() -> tuple[Rule, ...]:
    """Our own rules of both kinds, in the order of their codes."""
    shapes = [_shape_rule(each) for kind in KINDS for each in schema.named_rules(schema.builtin(kind))]
    return tuple(sorted((*RULES, *shapes), key=lambda rule: rule.code))


def _shape_rule(annotation: schema.Annotation) -> Rule:
    """A rule from its annotation; only code, name and message are needed of it."""
    given = annotation.fields
    return Rule(
        code=annotation.code,
        name=annotation.name,
        doc=given.get("doc", given["message"]),
        remedy=given.get("remedy", ""),
        examples=tuple(
            Example(**{**each, "reports": tuple(each.get("reports", ()))}) for each in given.get("examples", ())
        ),
        source=given.get("source", ""),
        severity=Severity(given.get("severity", "error")),
        options=tuple(
            Option(name, _keyword(annotation.node, option["keyword"]), option["description"], option["schema"])
            for name, option in given.get("options", {}).items()
        ),
    )


def _keyword(node: Any, path: str) -> object:
    for part in path.split("/"):
        node = node[part]
    return node
