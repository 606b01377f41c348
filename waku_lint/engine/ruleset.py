"""The rules that are in force for some documents."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from waku_lint import schema
from waku_lint.config.config import Config
from waku_lint.config.kinds import Kind
from waku_lint.files.cache import name_of
from waku_lint.rules.active_rule import ActiveRule
from waku_lint.rules.registry import Registry


class InForce:
    """The rules as they are for some documents, and by kind the schemas with their options."""

    def __init__(self, active: Mapping[str, ActiveRule], overlays: Mapping[str, tuple[schema.Schema, ...]]) -> None:
        self.active = active
        self.meaning = [each for each in active.values() if each.rule.check is not None]
        self._overlays = overlays
        self._described: str | None = None
        self._validators: dict[str, list[tuple[schema.Validator, schema.Schema]]] = {}

    def description(self, config: Config) -> str:
        """All that a finding depends on beside its document and the project."""
        if self._described is None:
            options = sorted((code, _plain(each.options)) for code, each in self.active.items())
            overlays = sorted((kind, list(each)) for kind, each in self._overlays.items())
            self._described = json.dumps([options, overlays, _plain(config.teams), config.repositories])
        return self._described

    def validators(self, kind: str) -> list[tuple[schema.Validator, schema.Schema]]:
        if kind not in self._validators:
            options = {code: each.options for code, each in self.active.items()}
            schemas = (schema.of_kind(kind), *self._overlays.get(kind, ()))
            applied = [schema.with_options(each, options) for each in schemas]
            self._validators[kind] = [
                (schema.compile_schema(each, ours=number == 0), each) for number, each in enumerate(applied)
            ]
        return self._validators[kind]


class ByPlace:
    """The rules as they are at each document's path."""

    def __init__(
        self, config: Config, registry: Registry, active: Mapping[str, ActiveRule], kinds: Mapping[str, Kind]
    ) -> None:
        """`kinds` are those of the documents, by path."""
        self._config = config
        self._registry = registry
        self._active = active
        self._kinds = kinds
        self._placed = [each for each in active.values() if each.places]
        self._found: dict[tuple[int, ...], InForce] = {}
        self._keys: dict[tuple[int, str], tuple[str, str]] = {}

    def at(self, path: str) -> InForce:
        """The rules at `path`; worked out once for all paths at which they are the same."""
        key = tuple(each.place(path) for each in self._placed)
        if key not in self._found:
            there = {code: each.at(path) for code, each in self._active.items()}
            on = {code: each for code, each in there.items() if each.on}
            self._found[key] = InForce(on, self._registry.overlays)
        return self._found[key]

    def alone(self, path: str) -> str:
        """All that what a document says for itself depends on beside the file, as a digest."""
        return self._key(path)[0]

    def told(self, path: str) -> str:
        """All that what is told of a document depends on beside the file and what is asked of the project."""
        return self._key(path)[1]

    def _key(self, path: str) -> tuple[str, str]:
        rules, kind = self.at(path), self._kinds[path]
        key = id(rules), kind.name
        if key not in self._keys:
            config = self._config
            own = [rules.description(config), kind.name, str(kind.words), str(config.limits)]
            severities = str([(code, each.severity.value) for code, each in rules.active.items()])
            kinds = str([(each.name, each.words) for each in config.kinds])
            self._keys[key] = (
                name_of(own),
                name_of([*own, severities, kinds, str(config.sites), *self._registry.left_out]),
            )
        return self._keys[key]


def _plain(value: object) -> Any:
    """Options and the like, as JSON has them; the order of a mapping is part of what is told."""
    if isinstance(value, Mapping):
        return [[str(key), _plain(each)] for key, each in value.items()]
    return [_plain(each) for each in value] if isinstance(value, (list, tuple)) else value
