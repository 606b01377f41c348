"""Reporters: a run's result as text for people or for programs, one module a format, imported when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from waku_lint.engine.result import RunResult
from waku_lint.reporters.context import Context

__all__ = ["Context", "Reporter", "reporter"]

Reporter = Callable[[RunResult, Context], str]


def reporter(form: str) -> Reporter:
    """The reporter of a format, which is one of the choices of `--format`."""
    module: Any = import_module(f"waku_lint.reporters.{form}")
    return getattr(module, f"report_{form}")  # type: ignore[no-any-return]
