"""What is known of documents from other runs, or from other processes of this one.

All that is found in a document is known as long as the document and the rules are the same, and all that the rules
asked of the project is answered the same (see `asking`): then not even the document's records are read. Otherwise what
a rule says that does not ask for the project is known nevertheless; the other rules are run again, on known records.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from typing import Final, Literal, Protocol, TypeVar

from waku_lint import notation
from waku_lint.asking import Question
from waku_lint.cache import name_of, open_cache, packed, unpacked
from waku_lint.diagnostic import Diagnostic, Finding
from waku_lint.edition import edition
from waku_lint.facts import Facts
from waku_lint.frozen import frozen
from waku_lint.model import Document, Suppression, YamlMapping
from waku_lint.parse import yaml
from waku_lint.parse.yaml import YamlResult
from waku_lint.source import SourceFile

What = Literal["known", "told"]  # the two that are kept of a document
T = TypeVar("T")
_ODD: Final = (ValueError, TypeError, LookupError, AttributeError, RecursionError)


@frozen
class Own:
    """What is found in a document whatever the others say.

    `shapes` are the violations of its schemas, each with the code of its rule; `rules` has the findings of each rule
    that has not asked for the project, by code.
    """

    shapes: tuple[tuple[str, Finding], ...]
    rules: Mapping[str, tuple[Finding, ...]]


@frozen
class Known:
    """A document, and what it says for itself."""

    document: Document
    own: Own

    def dump(self) -> bytes:
        """As one line."""
        shapes = [[code, notation.noted(finding)] for code, finding in self.own.shapes]
        rules = {code: notation.noted(found) for code, found in self.own.rules.items()}
        return packed([notation.noted(self.document), shapes, rules])

    @classmethod
    def load(cls, data: bytes) -> Known | None:
        """None for what no dump has made."""
        try:
            document, shapes, rules = unpacked(data)
            own = Own(
                tuple((code, notation.read(finding)) for code, finding in shapes),
                {code: notation.read(found) for code, found in rules.items()},
            )
            return cls(_a(Document, notation.read(document)), own)
        except _ODD:
            return None


@frozen
class Verdict:
    """All that is told of a document, as long as each question of `asked` is answered as it was: by this digest.

    `files` is the digest of the files that there were.
    """

    files: str
    asked: tuple[tuple[Question, str], ...]
    found: tuple[Diagnostic, ...]
    hidden: tuple[Diagnostic, ...] = ()
    suppressions: tuple[Suppression, ...] = ()


@frozen
class Told:
    """What others ask of a document, and what is told of it beside different states of the project, the last first."""

    facts: Facts
    verdicts: tuple[Verdict, ...]

    def dump(self) -> bytes:
        verdicts = [
            [
                each.files,
                list(each.asked),
                *(notation.noted(part) for part in (each.found, each.hidden, each.suppressions)),
            ]
            for each in self.verdicts
        ]
        return packed([notation.noted(self.facts), verdicts])

    @classmethod
    def load(cls, data: bytes) -> Told | None:
        """None for what no dump has made."""
        try:
            facts, verdicts = unpacked(data)
            return cls(
                _a(Facts, notation.read(facts)),
                tuple(
                    Verdict(
                        files,
                        tuple((tuple(question), answer) for question, answer in asked),
                        *map(notation.read, parts),
                    )
                    for files, asked, *parts in verdicts
                ),
            )
        except _ODD:
            return None


@frozen
class State:
    """What was found in one state of the project's files: in `places` that much of each finding as `keys` holds."""

    places: frozenset[str]
    keys: tuple[str, ...]

    def dump(self) -> bytes:
        return packed([sorted(self.places), self.keys])

    @classmethod
    def load(cls, data: bytes) -> State | None:
        """None for what no dump has made."""
        try:
            places, keys = unpacked(data)
            return cls(frozenset(map(str, places)), tuple(map(str, keys)))
        except _ODD:
            return None


def _yaml(data: bytes) -> YamlResult | None:
    """None for what nobody has kept."""
    try:
        return YamlResult(_a(YamlMapping, notation.read(unpacked(data))), ())
    except _ODD:
        return None


def _a(kind: type[T], value: object) -> T:
    """The value, if it is of that kind. Raises TypeError."""
    if not isinstance(value, kind):
        raise TypeError(value)
    return value


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
        data = self._load("known", file, rules)
        known = Known.load(data) if data is not None else None
        return known if known is not None and known.document.path == file.path else None

    def told(self, file: SourceFile, rules: str) -> Told | None:
        """What was told of a file as it is now, under these rules."""
        data = self._load("told", file, rules)
        return Told.load(data) if data is not None else None

    def holds(self, what: What, file: SourceFile, rules: str) -> bool:
        """Whether something of the kind may be kept."""
        return file.data is not None and self._cache.holds(self._name(what, file, rules))

    def keep(self, what: What, file: SourceFile, rules: str, data: bytes) -> None:
        if file.data is not None:
            self._cache.store(self._name(what, file, rules), data)
            self._kept = True

    def state(self, of: Iterable[str]) -> State | None:
        """What was found in the state of the files that all of `of` stands for."""
        data = self._cache.load(name_of(["state", self._setting, *of]))
        return State.load(data) if data is not None else None

    def keep_state(self, of: Iterable[str], state: State) -> None:
        self._cache.store(name_of(["state", self._setting, *of]), state.dump())

    def yaml(self, text: str) -> YamlResult:
        """A text parsed, or known: PyYAML takes longer to import than most texts to parse."""
        name = name_of(["yaml", self._setting], text.encode("utf-8", "surrogatepass"))
        known = _yaml(self._cache.load(name) or b"")
        if known is None:
            known = yaml.parse(text)
            if not known.troubles:
                self._cache.store(name, packed(notation.noted(known.root)))
        return known

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
