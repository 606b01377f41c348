"""The effective configuration, and the source of each value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import asdict

from waku_lint.config.config import Config, Where
from waku_lint.config.kinds import Kind
from waku_lint.documents.words import NAMINGS
from waku_lint.rules.active_rule import ActiveRule
from waku_lint.rules.registry import Registry
from waku_lint.schema import pointer

BUILT_IN: Final = "built in"


class Settings(Struct, frozen=True):
    """Effective settings; `values` has the form of a configuration file.

    `origins` maps the JSON pointers of values to their sources; None is the default of a rule.
    """

    layers: tuple[str, ...]
    values: Mapping[str, Any]
    origins: Mapping[str, Where | None]


def settings_of(config: Config, registry: Registry) -> Settings:
    """All effective settings. Raises ConfigError for an unknown rule or option."""
    origins: dict[str, Where | None] = {pointer(path): where for path, where in config.origins.items()}
    rules: dict[str, Any] = {}
    for rule in registry.settled(config).values():
        name = rule.rule.name
        said, places = _rule(rule)
        plain = set(said) == {"severity"}
        rules[name] = said["severity"] if plain else said
        for key in said:
            if key != "per-path":
                origins[pointer(["rules", name] if plain else ["rules", name, key])] = rule.origins.get(key)
        for pattern, where in places.items():
            origins[pointer(["rules", name, "per-path", pattern])] = where
    kinds = {kind.name: _kind(kind) for kind in config.kinds}
    values: dict[str, Any] = {
        "kinds": kinds,
        "teams": {team: list(aliases) for team, aliases in config.teams.items()},
        "repositories": {"issues": list(config.repositories)},
        "sites": list(config.sites),
        "exclude": list(config.exclude),
        "baseline": config.baseline,
        "limits": {name.replace("_", "-"): value for name, value in asdict(config.limits).items()},
        "rules": rules,
    }
    origins[pointer(["baseline"])] = config.origins.get(("baseline",))
    for name in values["limits"]:
        origins[pointer(["limits", name])] = config.origins.get(("limits", name))
    return Settings(config.layers, values, origins)


def _kind(kind: Kind) -> dict[str, Any]:
    """The settings of a kind."""
    said: dict[str, Any] = {"paths": list(kind.paths), "schema": list(kind.schemas)}
    for key, naming in zip(NAMINGS, kind.words.namings, strict=True):
        said[key] = {name: list(words) for name, words in naming}
    return {key: value for key, value in said.items() if value or key == "paths"}


def _rule(rule: ActiveRule) -> tuple[dict[str, Any], dict[str, Where | None]]:
    """The settings of a rule, and the places of its settings for some paths."""
    said: dict[str, Any] = {"severity": _severity(rule)}
    if rule.on or rule.places:
        said.update(rule.options)
    places: dict[str, Any] = {}
    origins: dict[str, Where | None] = {}
    for patterns, there in rule.places:
        (pattern,) = patterns.texts
        changed = {name: value for name, value in there.options.items() if value != rule.options[name]}
        places.pop(pattern, None)  # the last of two settings counts
        places[pattern] = {"severity": _severity(there), **changed} if changed else _severity(there)
        origins[pattern] = next(
            (where for name, where in there.origins.items() if rule.origins.get(name) != where), None
        )
    if places:
        said["per-path"] = places
    return said, origins


def _severity(rule: ActiveRule) -> str:
    return rule.severity.value if rule.on else "off"


def source(where: Where | None) -> str:
    """The source of a value: a preset, a file and line, or the rule."""
    return where.source if where is not None else BUILT_IN
