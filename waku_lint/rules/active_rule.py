"""A rule with its configured severity and options."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from waku_lint.config.config import Where
from waku_lint.config.patterns import Patterns
from waku_lint.diagnostics import Severity
from waku_lint.rules.base import Rule


class ActiveRule(Struct, frozen=True):
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
    origins: Mapping[str, Where] = {}

    def place(self, path: str) -> int:
        """Which of `places` counts at `path`; -1 for none."""
        return next((at for at in range(len(self.places) - 1, -1, -1) if self.places[at][0].match(path)), -1)

    def at(self, path: str) -> ActiveRule:
        """The rule as it is at `path`."""
        place = self.place(path)
        return self if place < 0 else self.places[place][1]
