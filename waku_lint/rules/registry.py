"""All rules by code and name, from wherever they are: ours, and those of the three tiers of others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from waku_lint import schema
from waku_lint.config.config import Config, Reader, RuleSetting, from_disk
from waku_lint.config.patterns import Patterns
from waku_lint.errors import CannotRun, did_you_mean, one_edit_apart
from waku_lint.rules import meaning_rules
from waku_lint.rules.active_rule import ActiveRule
from waku_lint.rules.base import Rule
from waku_lint.rules.catalogue import Store, listed
from waku_lint.rules.plugins import schema_rules
from waku_lint.rules.plugins.contract import OURS as OURS_PREFIX
from waku_lint.rules.plugins.packages import package_rules

_OURS: Final = "waku_lint.rules."


class Source(Struct, frozen=True):
    """Whence a rule is: `name` is the path of its schema or file from the root, or says which package has it."""

    tier: Literal["ours", "schema", "file", "package"]
    name: str = ""

    @property
    def foreign(self) -> bool:
        """Whether it is code that is not ours."""
        return self.tier in ("file", "package")

    def __str__(self) -> str:
        return self.name if self.tier == "package" else f"{self.tier} {self.name}".strip()


OURS: Final = Source("ours")


class Registry(Struct, frozen=True):
    """Every rule there is, in the order of codes, and by kind the schemas that are in force.

    `sources` tell whence each rule is, by code; one that is not there is ours. `left_out` are the files whose rules
    are not known here, since nobody has allowed to run them.
    """

    rules: tuple[Rule, ...]
    overlays: Mapping[str, tuple[schema.Schema, ...]]
    sources: Mapping[str, Source] = {}
    left_out: tuple[str, ...] = ()

    def source(self, code: str) -> Source:
        return self.sources.get(code, OURS)

    def is_ours(self, rule: Rule) -> bool:
        """Whether it is the edition of waku-lint that tells what a rule does; of any other nothing is kept."""
        here = rule.check is None or str(rule.check.__module__).startswith(_OURS)
        return here and not self.source(rule.code).foreign

    @property
    def is_all_ours(self) -> bool:
        return all(map(self.is_ours, self.rules))

    def find(self, name: str) -> Rule | None:
        """The rule of that code or name, in any case."""
        wanted = name.casefold()
        return next((rule for rule in self.rules if wanted in (rule.code.casefold(), rule.name)), None)

    def judges(self, code: str) -> bool:
        """Whether the rule of a code is known here, or is no more; another one may be of a package that is missing."""
        return code.startswith(OURS_PREFIX) or any(rule.code == code for rule in self.rules)

    def may_be_left_out(self, name: str) -> bool:
        """Whether a name that is unknown may be that of a rule that is left out: not one of ours with a slip in it."""
        ours = (word for rule in self.rules if rule.code.startswith(OURS_PREFIX) for word in (rule.code, rule.name))
        slip = name.upper().startswith(OURS_PREFIX) or any(one_edit_apart(name.casefold(), word) for word in ours)
        return bool(self.left_out) and not slip

    def hint(self, name: str) -> str:
        hint = did_you_mean(name, [word for rule in self.rules for word in (rule.code, rule.name)])
        if self.left_out:
            return f"{hint} (the rules of {', '.join(self.left_out)} are left out; --allow-local-rules runs them)"
        if hint.startswith("did") or name.upper().startswith(OURS_PREFIX):
            return hint
        return f"{hint}; the package that has it, if one does, is not installed"

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
        named: dict[tuple[int, str], str] = {}
        for name, setting in config.rules:
            rule = self.find(name)
            if rule is None and self.may_be_left_out(name):
                continue
            if rule is None:
                prefix = any(code.startswith(name.upper()) for code in found)
                hint = "rules are named one by one here" if prefix else self.hint(name)
                raise setting.where.error(f"unknown rule {name!r}; {hint}")
            other = named.setdefault((id(setting.file), rule.code), name)
            if other != name:
                raise setting.where.error(f"{name!r} is the rule {other!r}, which is set already")
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
            for error in schema.SettingsValidator(option.schema).iter_errors(value):
                where = setting.value(name, *error.path)
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


Installed = Callable[[], Iterable[tuple[Rule, str]]]  # rules, each with what its package is called


def load(
    config: Config,
    root: Path,
    reader: Reader | None = None,
    *,
    allow_local: bool = False,
    installed: Installed | None = None,
    cache: Store | None = None,
) -> Registry:
    """The rules of a project: ours, those of its schemas and files, and those of installed packages.

    Schemas and files are read from disk, or with `reader` from where the project's other files are. The files are run
    only with `allow_local`; else they are `left_out`. `installed` gives the packages' rules. With a `cache` our own
    rules are those of the catalogue. Raises CannotRun for rules that cannot be used.
    """
    read = reader or from_disk(root)
    found = _Found()
    for rule in listed(cache, builtin_rules):
        found.add(rule, OURS)
    overlays: dict[str, tuple[schema.Schema, ...]] = {}
    for kind, overlay in schema_rules.overlays(config, read):
        overlays[kind] = (*overlays.get(kind, ()), overlay.schema)
        for annotation in schema.named_rules(overlay.schema):
            rule = schema_rules.shape_rule(annotation)
            if found.taken(rule):
                raise overlay.error(annotation, found.taken(rule))
            if rule.code.startswith(OURS_PREFIX):
                raise overlay.error(annotation, f"codes that begin with {OURS_PREFIX} are ours")
            found.add(rule, Source("schema", overlay.path))
    if allow_local:
        from waku_lint.rules.plugins.local_rules import local_rules

        for rule, path, where in local_rules(config, read):
            if found.taken(rule):
                raise where.error(f"{path}: rule {rule.code} {rule.name}: {found.taken(rule)}")
            found.add(rule, Source("file", path))
    for rule, package in installed() if installed is not None else package_rules(cache):
        if found.taken(rule):
            raise CannotRun(f"{package}: rule {rule.code} {rule.name}: {found.taken(rule)}")
        found.add(rule, Source("package", package))
    left_out = () if allow_local else config.local_rules
    rules = tuple(sorted(found.rules, key=lambda rule: rule.code))
    return Registry(rules, MappingProxyType(overlays), MappingProxyType(found.sources), left_out)


class _Found:
    """Rules while they are brought together, and whence each is."""

    def __init__(self) -> None:
        self.rules: list[Rule] = []
        self.sources: dict[str, Source] = {}
        self._taken: dict[str, str] = {}

    def taken(self, rule: Rule) -> str:
        """Why there can be no such rule; empty if there can."""
        word = next((word for word in (rule.code, rule.name) if word in self._taken), None)
        return "" if word is None else f"{word} is taken by {self._taken[word]}"

    def add(self, rule: Rule, source: Source) -> None:
        self.rules.append(rule)
        self.sources[rule.code] = source
        for word in (rule.code, rule.name):
            self._taken[word] = f"{rule.code} {rule.name}" + ("" if source == OURS else f" of {source}")


@cache
def builtin_rules() -> tuple[Rule, ...]:
    """Our own rules of both kinds, in the order of their codes."""
    return tuple(sorted((*meaning_rules(), *schema_rules.builtin_shapes()), key=lambda rule: rule.code))
