"""Reporters: write the result of a run in a format, with one module for each format.

Import `reporter`, which imports the module of a format.

- A reporter is a function from `RunResult` and `Context` to a string. It reads no files: `RunResult.texts` has the
  content of reported documents, so a format can count bytes or show edits.
- Reports have no absolute paths, so the same files give the same bytes on every machine. `identity` gives the stable
  fingerprint of a finding."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from waku_lint.engine.result import RunResult
    from waku_lint.reporters.context import Context

    Reporter = Callable[[RunResult, Context], str]


def reporter(form: str) -> Reporter:
    """Import the reporter of a format, one of the choices of `--format`."""
    module: Any = import_module(f"waku_lint.reporters.{form}")
    return getattr(module, f"report_{form}")  # type: ignore[no-any-return]
