"""The rules enabled at each document's path, and their cache keys."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from waku_lint import schema
from waku_lint.config.config import Config
from waku_lint.config.kinds import Kind
from waku_lint.files.cache import key_of
from waku_lint.rules.active_rule import ActiveRule
from waku_lint.rules.registry import Registry


class RulesAtPath:
    """The rules enabled at some paths, and the validators of each kind with the rules' options."""

    def __init__(self, active: Mapping[str, ActiveRule], overlays: Mapping[str, tuple[schema.Schema, ...]]) -> None:
        self.active = active
        self.checked = [each for each in active.values() if each.rule.check is not None]
        self._overlays = overlays
        self._validators: dict[str, list[schema.Validator]] = {}

    def validators(self, kind: str) -> list[schema.Validator]:
        """The validators of a kind's schemas, the built-in schema first."""
        if kind not in self._validators:
            options = {code: each.options for code, each in self.active.items()}
            schemas = (schema.of_kind(kind), *self._overlays.get(kind, ()))
            applied = [schema.with_options(each, options) for each in schemas]
            self._validators[kind] = [
                schema.compile_schema(each, ours=number == 0) for number, each in enumerate(applied)
            ]
        return self._validators[kind]

    def description(self, config: Config) -> str:
        """Everything that a finding depends on except its document and the project."""
        options = sorted((code, _plain(each.options)) for code, each in self.active.items())
        overlays = sorted((kind, list(each)) for kind, each in self._overlays.items())
        return json.dumps([options, overlays, _plain(config.teams), config.repositories])


class Ruleset:
    """The rules of a run; `at` returns those enabled at a document's path."""

    def __init__(
        self, config: Config, registry: Registry, active: Mapping[str, ActiveRule], kinds: Mapping[str, Kind]
    ) -> None:
        """`kinds` are the kinds of the documents by path."""
        self.config = config
        self.registry = registry
        self.active = active
        self.kinds = kinds
        self._placed = [each for each in active.values() if each.places]
        self._found: dict[tuple[int, ...], RulesAtPath] = {}
        self._keys: dict[tuple[int, str], tuple[str, str]] = {}

    def at(self, path: str) -> RulesAtPath:
        """The rules at `path`, computed once for all paths with the same rules."""
        key = tuple(each.place(path) for each in self._placed)
        if key not in self._found:
            there = {code: each.at(path) for code, each in self.active.items()}
            on = {code: each for code, each in there.items() if each.on}
            self._found[key] = RulesAtPath(on, self.registry.overlays)
        return self._found[key]

    def document_key(self, path: str) -> str:
        """The digest of everything except the file that a document and its own findings depend on."""
        return self._keys_of(path)[0]

    def result_key(self, path: str) -> str:
        """The digest of everything except the file and the project that a document's diagnostics depend on."""
        return self._keys_of(path)[1]

    def _keys_of(self, path: str) -> tuple[str, str]:
        rules, kind = self.at(path), self.kinds[path]
        key = id(rules), kind.name
        if key not in self._keys:
            config = self.config
            own = [rules.description(config), kind.name, str(kind.words), str(config.limits)]
            severities = str([(code, each.severity.value) for code, each in rules.active.items()])
            kinds = str([(each.name, each.words) for each in config.kinds])
            self._keys[key] = (
                key_of(own),
                key_of([*own, severities, kinds, str(config.sites), *self.registry.left_out]),
            )
        return self._keys[key]


def _plain(value: object) -> Any:
    """Convert options to JSON data; the order of a mapping counts."""
    if isinstance(value, Mapping):
        return [[str(key), _plain(each)] for key, each in value.items()]
    return [_plain(each) for each in value] if isinstance(value, (list, tuple)) else value
