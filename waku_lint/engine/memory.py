"""What is known of documents from other runs, or from other processes of this one.

All that is found in a document is known as long as the document and the rules are the same, and all that the rules
asked of the project is answered the same (see `asking`): then not even the document's records are read. Otherwise what
a rule says that does not ask for the project is known nevertheless; the other rules are run again, on known records.
"""

# No `from __future__ import annotations`: msgspec builds a decoder from types five times faster than from strings.

import zlib
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Literal, Protocol, TypeVar

from msgspec import DecodeError, Struct, msgpack

from waku_lint.diagnostics import Diagnostic, Finding
from waku_lint.documents.model import Document, Suppression
from waku_lint.files.cache import name_of, open_cache
from waku_lint.files.installation import edition
from waku_lint.files.source import SourceFile
from waku_lint.parsing import yaml
from waku_lint.parsing.nodes import YamlMapping, YamlResult
from waku_lint.project.facts import Facts
from waku_lint.project.queries import Question

What = Literal["known", "told"]  # the two that are kept of a document
T = TypeVar("T", bound=Struct)


class Own(Struct, frozen=True):
    """What is found in a document whatever the others say.

    `shapes` are the violations of its schemas, each with the code of its rule; `rules` has the findings of each rule
    that has not asked for the project, by code.
    """

    shapes: tuple[tuple[str, Finding], ...]
    rules: Mapping[str, tuple[Finding, ...]]


class Known(Struct, frozen=True):
    """A document, and what it says for itself."""

    document: Document
    own: Own


class Verdict(Struct, frozen=True):
    """All that is told of a document, as long as each question of `asked` is answered as it was: by this digest.

    `files` is the digest of the files that there were.
    """

    files: str
    asked: tuple[tuple[Question, str], ...]
    found: tuple[Diagnostic, ...]
    hidden: tuple[Diagnostic, ...] = ()
    suppressions: tuple[Suppression, ...] = ()


class Told(Struct, frozen=True):
    """What others ask of a document, and what is told of it beside different states of the project, the last first."""

    facts: Facts
    verdicts: tuple[Verdict, ...]


class State(Struct, frozen=True):
    """What was found in one state of the project's files: in `places` that much of each finding as `keys` holds."""

    places: frozenset[str]
    keys: tuple[str, ...]


def encode(record: Struct) -> bytes:
    """A record as MessagePack; nothing where it cannot be told so, as half a surrogate pair cannot."""
    try:
        return msgpack.encode(record)
    except UnicodeEncodeError:
        return b""


def decode(kind: type[T], data: bytes | None) -> T | None:
    """The record that was encoded; None for anything else."""
    try:
        record: T = _decoder(kind).decode(data or b"")
    except (DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return record


@cache
def _decoder(kind: Any) -> msgpack.Decoder[Any]:
    return msgpack.Decoder(kind)


class Store(Protocol):
    """Where entries are kept by name, until others need the room."""

    def load(self, name: str) -> bytes | None: ...
    def holds(self, name: str) -> bool: ...
    def store(self, name: str, body: bytes) -> None: ...
    def tidy(self) -> None: ...


class Passing:
    """What is kept for the run alone: compressed, it takes a fiftieth of what the records take."""

    def __init__(self) -> None:
        self._entries: dict[str, bytes] = {}

    def load(self, name: str) -> bytes | None:
        body = self._entries.get(name)
        return None if body is None else zlib.decompress(body)

    def holds(self, name: str) -> bool:
        return name in self._entries

    def store(self, name: str, body: bytes) -> None:
        self._entries[name] = zlib.compress(body, 1)

    def tidy(self) -> None:
        """There is no other run that needs the room."""


class Memory:
    """Known documents, in the user's cache or for this run alone.

    `setting` stands for all that is the same in the whole run; `lasts` tells whether other runs can use it.
    """

    def __init__(self, store: Store, setting: str, *, lasts: bool = True) -> None:
        self._cache = store
        self._setting = setting
        self._kept = False
        self.lasts = lasts

    def known(self, file: SourceFile, rules: str) -> Known | None:
        """The document of a file as it is now, under these rules."""
        known = decode(Known, self._load("known", file, rules))
        return known if known is not None and known.document.path == file.path else None

    def told(self, file: SourceFile, rules: str) -> Told | None:
        """What was told of a file as it is now, under these rules."""
        return decode(Told, self._load("told", file, rules))

    def holds(self, what: What, file: SourceFile, rules: str) -> bool:
        """Whether something of the kind may be kept."""
        return file.data is not None and self._cache.holds(self._name(what, file, rules))

    def keep(self, what: What, file: SourceFile, rules: str, data: bytes) -> None:
        """Keep what `encode` has made, if anything."""
        if data and file.data is not None:
            self._cache.store(self._name(what, file, rules), data)
            self._kept = True

    def state(self, of: Iterable[str]) -> State | None:
        """What was found in the state of the files that all of `of` stands for."""
        return decode(State, self._cache.load(name_of(["state", self._setting, *of])))

    def keep_state(self, of: Iterable[str], state: State) -> None:
        self._cache.store(name_of(["state", self._setting, *of]), encode(state))

    def yaml(self, text: str) -> YamlResult:
        """A text parsed, or known: PyYAML takes longer to import than most texts to parse."""
        name = name_of(["yaml", self._setting], text.encode("utf-8", "surrogatepass"))
        root = decode(YamlMapping, self._cache.load(name))
        if root is not None:
            return YamlResult(root, ())
        result = yaml.parse(text)
        if isinstance(result.root, YamlMapping) and not result.troubles:
            self._cache.store(name, encode(result.root))
        return result

    def close(self) -> None:
        """The run is over."""
        if self._kept:
            self._cache.tidy()

    def _load(self, what: What, file: SourceFile, rules: str) -> bytes | None:
        return self._cache.load(self._name(what, file, rules)) if file.data is not None else None

    def _name(self, what: str, file: SourceFile, rules: str) -> str:
        return name_of([what, self._setting, rules, file.path], file.data or b"")


def passing_memory() -> Memory:
    """A memory that ends with the run."""
    return Memory(Passing(), "", lasts=False)


def open_memory() -> Memory | None:
    """None where there is no cache."""
    cache = open_cache()
    return Memory(cache, edition()) if cache is not None else None
