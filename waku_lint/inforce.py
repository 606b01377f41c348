"""The rules that are in force for some documents."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from waku_lint import schema
from waku_lint.config import Config
from waku_lint.registry import ActiveRule

if TYPE_CHECKING:
    from jsonschema.protocols import Validator


class InForce:
    """The rules as they are for some documents, and by kind the schemas with their options."""

    def __init__(self, active: Mapping[str, ActiveRule], overlays: Mapping[str, tuple[schema.Schema, ...]]) -> None:
        self.active = active
        self.meaning = [each for each in active.values() if each.rule.check is not None]
        self._overlays = overlays
        self._described: str | None = None
        self._validators: dict[str, list[tuple[Validator, schema.Schema]]] = {}

    def description(self, config: Config) -> str:
        """All that a finding depends on beside its document and the project."""
        if self._described is None:
            options = sorted((code, _plain(each.options)) for code, each in self.active.items())
            overlays = sorted((kind, list(each)) for kind, each in self._overlays.items())
            self._described = json.dumps([options, overlays, _plain(config.teams), config.repositories])
        return self._described

    def validators(self, kind: str) -> list[tuple[Validator, schema.Schema]]:
        if kind not in self._validators:
            options = {code: each.options for code, each in self.active.items()}
            schemas = (schema.of_kind(kind), *self._overlays.get(kind, ()))
            applied = [schema.with_options(each, options) for each in schemas]
            self._validators[kind] = [
                (schema.compile_schema(each, ours=number == 0), each) for number, each in enumerate(applied)
            ]
        return self._validators[kind]


def _plain(value: object) -> Any:
    """Options and the like, as JSON has them."""
    if isinstance(value, Mapping):
        return sorted((str(key), _plain(each)) for key, each in value.items())
    return [_plain(each) for each in value] if isinstance(value, (list, tuple)) else value
