"""Load the built-in schemas of the package."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from waku_lint.schema.annotation import Schema


@cache
def builtin(name: str) -> Schema:
    """Load a built-in schema by file name without `.schema.json`."""
    package = Path(__file__).parent.parent
    wheel, checkout = (above / "schemas" / f"{name}.schema.json" for above in (package, package.parent))
    return _object(json.loads((wheel if wheel.is_file() else checkout).read_text(encoding="utf-8")))


@cache
def kinds() -> tuple[str, ...]:
    """The built-in kinds of documents; a project can define others."""
    return tuple(builtin("config")["properties"]["kinds"]["properties"])


def of_kind(name: str) -> Schema:
    """The built-in schema of a kind; all kinds defined by projects share one schema."""
    return builtin(name if name in kinds() else "page")


def _object(value: object) -> Schema:
    if not isinstance(value, dict):  # pragma: no cover - built-in schemas are objects; a test reads them all
        raise TypeError("a schema is an object")
    return value
