"""All rules by code and name: the built-in ones, and those of schemas that are laid over ours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from waku_lint import schema
from waku_lint.config import Config
from waku_lint.diagnostic import Severity
from waku_lint.errors import CannotRun, ConfigError, did_you_mean
from waku_lint.extract import KINDS
from waku_lint.rules import RULES
from waku_lint.rules.base import Example, Option, Rule


@dataclass(frozen=True, slots=True)
class ActiveRule:
    """A rule as it is in force: with the configured severity, and its options filled in."""

    rule: Rule
    severity: Severity
    options: Mapping[str, Any]


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
        """The rules in force by code. `select` and `ignore` are codes, names or prefixes of codes.

        Raises ConfigError for a name or an option that there is not, CannotRun for one of `select`
        and `ignore`.
        """
        settings: dict[str, ActiveRule] = {
            rule.code: ActiveRule(rule, rule.severity, {option.name: option.default for option in rule.options})
            for rule in self.rules
        }
        off: set[str] = set()
        for name, setting in config.rules:
            rule = self.find(name)
            if rule is None:
                raise setting.where.error(f"unknown rule {name!r}; {self.hint(name)}")
            _check_options(rule, setting.options, setting.where)
            known = settings[rule.code]
            settings[rule.code] = ActiveRule(
                rule, setting.severity or known.severity, {**known.options, **setting.options}
            )
            if setting.on is not None:
                (off.discard if setting.on else off.add)(rule.code)
        if select:
            chosen = self.codes(select)
            off = set(settings) - chosen
        off |= self.codes(ignore)
        return {code: active for code, active in settings.items() if code not in off}

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


def _check_options(rule: Rule, options: Mapping[str, Any], where: Any) -> None:
    known = {option.name: option for option in rule.options}
    for name, value in options.items():
        option = known.get(name)
        if option is None:
            raise where.error(f"{rule.name} has no option {name!r}; {did_you_mean(name, ['severity', *known])}")
        validator = schema.compile_schema(option.schema)
        for error in validator.iter_errors(value):
            raise where.error(f"option {name!r} of {rule.name}: {schema.describe(error)}")


def load(config: Config, root: Path) -> Registry:
    """The rules of a project. Raises ConfigError for an overlay that cannot be used."""
    overlays: dict[str, tuple[schema.Schema, ...]] = {}
    rules = list(builtin_rules())
    for kind in config.kinds:
        if kind.schema is None:
            continue
        path = root / kind.schema
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
            message = f"schema {kind.schema!r} cannot be read: {reason}"
            raise kind.where.error(message) if kind.where else ConfigError(kind.schema, message) from None
        overlay = schema.parse_schema(kind.schema, text)
        schema.check_fields(kind.schema, overlay, schema.builtin(kind.name))
        overlays[kind.name] = (overlay,)
        for annotation in schema.named_rules(overlay):
            rule = _shape_rule(annotation)
            if any(rule.code == known.code or rule.name == known.name for known in rules):
                raise ConfigError(kind.schema, f"rule {rule.code} {rule.name}: the code or name is taken")
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
