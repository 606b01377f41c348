"""Kinds of documents in the configuration: their path patterns, labels and headings."""

from __future__ import annotations

from functools import cached_property

from msgspec import Struct

from waku_lint import schema
from waku_lint.config.file import ConfigFile, Origins, Where, entries_of, folded, patterns_of, strings_of, value_of
from waku_lint.config.patterns import Patterns
from waku_lint.documents.words import NAMINGS, NO_WORDS, Naming, Words
from waku_lint.parsing.nodes import YamlNode


class Kind(Struct, frozen=True, dict=True):
    """A kind of documents, with gitignore patterns relative to the root; `!` excludes paths.

    `schemas` are paths from the root of additional JSON Schemas. `own` kinds are defined by the project.
    """

    name: str
    paths: tuple[str, ...]
    schemas: tuple[str, ...] = ()
    words: Words = NO_WORDS
    where: Where | None = None

    @property
    def own(self) -> bool:
        return self.name not in schema.kinds()

    @cached_property
    def patterns(self) -> Patterns:
        return Patterns(self.paths)

    def matches(self, path: str) -> bool:
        return self.patterns.match(path)


def read_kind(file: ConfigFile, known: Kind | None, name: str, node: YamlNode, origins: Origins) -> Kind:
    """Merge the settings of a kind in a file into the `known` kind of lower layers."""
    path = ("kinds", name)
    known = known or Kind(name, ())
    if known.own:
        from difflib import get_close_matches

        near = get_close_matches(name, schema.kinds(), n=1, cutoff=0.8)
        if near:
            raise file.key(path).error(f"unknown kind {name!r}; did you mean {near[0]!r}?")
        if not known.paths and value_of(node, "paths") is None:
            known_kinds = ", ".join(schema.kinds())
            raise file.key(path).error(f"{name!r} is none of our kinds ({known_kinds}); one of your own needs `paths`")
    paths, schemas = (strings_of(value_of(node, key)) for key in ("paths", "schema"))
    patterns_of(file, (*path, "paths"), value_of(node, "paths"))
    if value_of(node, "paths") is not None and not paths:
        raise file.value((*path, "paths")).error(
            "expected at least one pattern; `exclude` takes files out of all kinds"
        )
    for key, values in (("paths", paths), ("schema", schemas)):
        origins.take((*path, key), len(values))
    words = Words(
        *(
            _naming(file, (*path, key), value_of(node, key), origins) or below
            for key, below in zip(NAMINGS, known.words.namings, strict=True)
        )
    )
    where = None if file.trusted else file.key(path)
    return Kind(name, paths or known.paths, schemas or known.schemas, words, where)


def _naming(file: ConfigFile, path: tuple[str, ...], node: YamlNode | None, origins: Origins) -> Naming:
    """Read the words for each key. Raises ConfigError for a word of two keys."""
    naming = tuple((key.value, strings_of(value)) for key, value in entries_of(node))
    if naming:
        origins.drop(path)
        origins.found.update({(*path, key): file.key((*path, key)) for key, _ in naming})
    taken: dict[str, str] = {}
    for key, words in naming:
        for word in words:
            other = taken.setdefault(folded(word), key)
            if other != key:
                raise file.key((*path, key)).error(f"{word!r} stands for {other!r} already")
    return naming
