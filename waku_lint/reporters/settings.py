"""The output of `waku-lint config`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from waku_lint.config.config import Where
from waku_lint.parsing.yaml import written
from waku_lint.reporters.json_text import dumped
from waku_lint.schema import pointer
from waku_lint.session.settings import Settings, source

VERSION: Final = 1


COLUMN: Final = 60  # column of comments


def text(settings: Settings) -> str:
    """Show settings as a configuration file, with their sources as comments."""
    lines = [f"# made of: {', '.join(settings.layers)}", *_lines(settings, settings.values, (), 0)]
    return "\n".join(lines) + "\n"


def _lines(settings: Settings, values: Mapping[str, Any], path: tuple[str, ...], depth: int) -> Iterator[str]:
    indent = "  " * depth
    for key, value in values.items():
        here = (*path, key)
        where = settings.origins.get(pointer(here), ...)
        head = f"{indent}{written(key)}:"
        if where is not ...:
            yield _annotated(f"{head} {written(value)}", where)
        elif isinstance(value, dict) and value:
            yield head
            yield from _lines(settings, value, here, depth + 1)
        elif isinstance(value, list) and value:
            yield head
            for at, item in enumerate(value):
                yield _annotated(f"{indent}  - {written(item)}", settings.origins.get(pointer([*here, at])))
        else:
            yield f"{head} {written(value)}"


def _annotated(line: str, where: Where | None) -> str:
    return f"{line:<{COLUMN}}  # {source(where)}"


def as_json(settings: Settings) -> str:
    """Settings as JSON: `config` as in a configuration file, and the origin of each value by JSON pointer."""
    origins = {
        where: {"source": source(origin), "line": None if origin is None else origin.line}
        for where, origin in settings.origins.items()
    }
    report = {"version": VERSION, "layers": settings.layers, "config": settings.values, "origins": origins}
    return dumped(report)
