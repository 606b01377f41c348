"""Reporters: a run's result as text for people or for programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from waku_lint.engine import RunResult
from waku_lint.report.json import report_json
from waku_lint.report.text import report_text


@dataclass(frozen=True, slots=True)
class Style:
    """How a report looks; reporters for programs ignore it."""

    colour: bool = False


Reporter = Callable[[RunResult, Style], str]

# The keys are also the choices of `--format`.
REPORTERS: Final[Mapping[str, Reporter]] = {
    "text": lambda result, style: report_text(result, colour=style.colour),
    "json": lambda result, _style: report_json(result),
}
