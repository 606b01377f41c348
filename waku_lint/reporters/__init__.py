"""Reporters: a run's result as text for people or for programs, one module a format, imported when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from waku_lint.engine.result import RunResult
    from waku_lint.reporters.context import Context

    Reporter = Callable[[RunResult, Context], str]


def reporter(form: str) -> Reporter:
    """The reporter of a format, which is one of the choices of `--format`."""
    module: Any = import_module(f"waku_lint.reporters.{form}")
    return getattr(module, f"report_{form}")  # type: ignore[no-any-return]
