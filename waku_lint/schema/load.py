"""Our schemas, from the package."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from waku_lint.schema.annotation import Schema


@cache
def builtin(name: str) -> Schema:
    """One of our own schemas, by file name without `.schema.json`."""
    package = Path(__file__).parent.parent
    wheel, checkout = (above / "schemas" / f"{name}.schema.json" for above in (package, package.parent))
    return _object(json.loads((wheel if wheel.is_file() else checkout).read_text(encoding="utf-8")))


@cache
def kinds() -> tuple[str, ...]:
    """The kinds of documents that we know; a project can have others of its own."""
    return tuple(builtin("config")["properties"]["kinds"]["properties"])


def of_kind(name: str) -> Schema:
    """Our schema of a kind; those of a project's own have one in common."""
    return builtin(name if name in kinds() else "page")


def _object(value: object) -> Schema:
    if not isinstance(value, dict):  # pragma: no cover - ours are objects; a test reads them all
        raise TypeError("a schema is an object")
    return value
