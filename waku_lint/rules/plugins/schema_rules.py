"""Rules that are nodes of a schema: ours, and those of schemas that a project lays over them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from errno import ENOENT
from posixpath import normpath
from typing import Any

from waku_lint import schema
from waku_lint.config.config import Config, Reader
from waku_lint.config.kinds import Kind
from waku_lint.diagnostics import Severity
from waku_lint.documents.words import Naming
from waku_lint.errors import ConfigError
from waku_lint.rules.base import Example, Option, Rule


def builtin_shapes() -> Iterator[Rule]:
    """Our own shape rules."""
    for kind in (*schema.kinds(), "page"):
        yield from map(shape_rule, schema.named_rules(schema.builtin(kind)))


def overlays(config: Config, read: Reader) -> Iterator[tuple[str, schema.Overlay]]:
    """The schemas of a project, each with the kind it is laid over. Raises ConfigError for one that cannot be used."""
    for kind in config.kinds:
        for at, path in enumerate(kind.schemas):
            yield kind.name, schema.Overlay(path, _text(config, kind, at, read), _with_words(kind))


def shape_rule(annotation: schema.Annotation) -> Rule:
    """A rule from its annotation; only code, name and message are needed of it."""
    given = annotation.fields
    return Rule(
        code=annotation.code,
        name=annotation.name,
        doc=given.get("doc", given["message"]),
        remedy=given.get("remedy", ""),
        examples=tuple(
            Example(**{**each, "reports": tuple(each.get("reports", ()))}) for each in given.get("examples", ())
        ),
        source=given.get("source", ""),
        severity=Severity(given.get("severity", "error")),
        options=tuple(
            Option(name, _keyword(annotation.node, option["keyword"]), option["description"], option["schema"])
            for name, option in given.get("options", {}).items()
        ),
    )


def _keyword(node: Any, path: str) -> object:
    for part in path.split("/"):
        node = node[part]
    return node


def _text(config: Config, kind: Kind, at: int, read: Reader) -> str:
    path = kind.schemas[at]
    where = config.origins[("kinds", kind.name, "schema", at)]
    if path.startswith("/") or normpath(path).startswith("../"):
        raise where.error(f"schema {path!r} leads out of the project")
    try:
        data = read(path)
        if data is None:
            raise FileNotFoundError(ENOENT, os.strerror(ENOENT))
        return data.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise where.error(f"schema {path!r} cannot be read: {reason}") from None
    except ConfigError as error:
        raise where.error(f"schema {error}") from None


def _with_words(kind: Kind) -> schema.Schema:
    """Our schema of a kind, with the fields and sections that the configuration names and no others."""
    words = kind.words
    named = {"fields": words.fields, **({"sections": words.sections} if kind.own else {})}
    ours = _narrowed(schema.of_kind(kind.name), named)
    listed = ours.get("properties", {}).get("deliverables")
    if listed is None:
        return ours
    items = _narrowed(listed["items"], {"fields": words.deliverable_fields})
    return {**ours, "properties": {**ours["properties"], "deliverables": {**listed, "items": items}}}


def _narrowed(ours: schema.Schema, named: Mapping[str, Naming]) -> schema.Schema:
    properties = dict(ours.get("properties", {}))
    for name in named.keys() & properties.keys():
        node = properties[name]
        values = {key: node["additionalProperties"] for key, _ in named[name]}
        properties[name] = {**node, "properties": values, "additionalProperties": False}
    return {**ours, "properties": properties}
