"""Cache of documents and their findings.

Each document has two entries. The key of both is the digest of: the installation, the document's path and content, its
kind, and the rules enabled at its path with their options.

- `ReadDocument`: the records of the document, and the findings that depend on nothing else.
- `Results`: its facts for other documents, and its diagnostics in two states of the project, each with the questions
  that the rules asked and the digests of the answers. Diagnostics are valid while the answers have the same digests.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Final, Protocol, TypeVar

import msgspec

from waku_lint.diagnostics import Diagnostic
from waku_lint.documents.model import Document, Suppression
from waku_lint.engine.checker import OwnFindings
from waku_lint.engine.ruleset import Ruleset
from waku_lint.files.cache import decoded, encoded, key_of
from waku_lint.files.source import SourceFile
from waku_lint.project.facts import Facts
from waku_lint.project.queries import Question

T = TypeVar("T")
HELD: Final = 500  # number of documents whose results stay in memory


class ReadDocument(msgspec.Struct, frozen=True):
    """A document and its own findings."""

    document: Document
    own: OwnFindings


class Result(msgspec.Struct, frozen=True):
    """The diagnostics of a document in one state of its project.

    `files` is the digest of the project's file names and kinds, `answers` the digests of the answers to questions.
    `day` is the day of the run if the document has suppressions, else None.
    """

    files: str
    answers: tuple[tuple[Question, str], ...]
    day: str | None
    diagnostics: tuple[Diagnostic, ...]
    hidden: tuple[Diagnostic, ...]
    suppressions: tuple[Suppression, ...]


class Results(msgspec.Struct, frozen=True):
    """The facts of a document for other documents, and its results, the latest first."""

    facts: Facts
    results: tuple[Result, ...]


class Store(Protocol):
    """Storage of entries by key."""

    def load(self, key: str) -> bytes | None: ...
    def holds(self, key: str) -> bool: ...
    def store(self, key: str, body: bytes) -> None: ...


class RunStore:
    """A store in memory for one run; a compressed entry takes a fiftieth of the memory of its records."""

    def __init__(self) -> None:
        self._entries: dict[str, bytes] = {}

    def load(self, key: str) -> bytes | None:
        body = self._entries.get(key)
        return None if body is None else zlib.decompress(body)

    def holds(self, key: str) -> bool:
        return key in self._entries

    def store(self, key: str, body: bytes) -> None:
        self._entries[key] = zlib.compress(body, 1)


class DocumentCache:
    """The entries of a project's documents, in a store."""

    def __init__(self, store: Store, installation: str, ruleset: Ruleset, sources: Mapping[str, SourceFile]) -> None:
        """`installation` is the key of the running code."""
        self._store = store
        self._installation = installation
        self._ruleset = ruleset
        self._sources = sources
        self._held: dict[str, Results | None] = {}  # results are read soon after facts

    def read(self, path: str) -> ReadDocument | None:
        """The cached document at `path`."""
        found = self._load(ReadDocument, path)
        return found if found is not None and found.document.path == path else None

    def results(self, path: str) -> Results | None:
        """The cached results of the document at `path` in the latest states of the project."""
        if path not in self._held:
            if len(self._held) >= HELD:
                self._held.clear()
            self._held[path] = self._load(Results, path)
        return self._held[path]

    def holds(self, kind: type, path: str) -> bool:
        """Whether an entry of that kind may exist."""
        return self._sources[path].data is not None and self._store.holds(self._key(kind, path))

    def keep(self, path: str, entry: ReadDocument | Results) -> None:
        """Store an entry of the document at `path`."""
        self._held.pop(path, None)
        body = encoded(entry)
        if body is not None:
            self.keep_encoded(path, type(entry), body)

    def keep_encoded(self, path: str, kind: type, body: bytes) -> None:
        """Store an entry that another process has encoded."""
        if self._sources[path].data is not None:
            self._store.store(self._key(kind, path), body)

    def _load(self, kind: type[T], path: str) -> T | None:
        data = self._store.load(self._key(kind, path)) if self._sources[path].data is not None else None
        return None if data is None else decoded(data, kind)

    def _key(self, kind: type, path: str) -> str:
        rules = self._ruleset.document_key(path) if kind is ReadDocument else self._ruleset.result_key(path)
        return key_of([kind.__name__, self._installation, rules, path], self._sources[path].data or b"")
