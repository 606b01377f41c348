"""What is known of documents from other runs, or from other processes of this one.

What a rule says that does not ask for the project depends on the document, on its own options and on nothing else. So
it is known as long as these are the same; the other rules are run again, on the records that are known as well.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from waku_lint import notation
from waku_lint.cache import Cache, name_of, open_cache
from waku_lint.diagnostic import Finding
from waku_lint.edition import edition
from waku_lint.model import Document
from waku_lint.source import SourceFile


@dataclass(frozen=True, slots=True)
class Known:
    """A document, and what is found in it whatever the others say.

    `shapes` are the violations of its schemas, each with the code of its rule; `own` has the findings of each rule
    that has not asked for the project, by code.
    """

    document: Document
    shapes: tuple[tuple[str, Finding], ...]
    own: Mapping[str, tuple[Finding, ...]]

    def dump(self) -> bytes:
        """As one line."""
        shapes = [[code, notation.noted(finding)] for code, finding in self.shapes]
        own = {code: notation.noted(found) for code, found in self.own.items()}
        return json.dumps([notation.noted(self.document), shapes, own], separators=(",", ":")).encode()

    @classmethod
    def load(cls, data: bytes) -> Known:
        document, shapes, own = json.loads(data)
        return cls(
            notation.read(document),
            tuple((code, notation.read(finding)) for code, finding in shapes),
            {code: notation.read(found) for code, found in own.items()},
        )


class Memory:
    """Known documents in the user's cache. `setting` stands for all that is the same in the whole run."""

    def __init__(self, cache: Cache, setting: str) -> None:
        self._cache = cache
        self._setting = setting
        self._kept = False

    def recall(self, file: SourceFile, kind: str, rules: str) -> Known | None:
        """What is known of a file as it is now, under these rules."""
        data = self._cache.load(self._name(file, kind, rules)) if file.data is not None else None
        return Known.load(data) if data is not None else None

    def keep(self, file: SourceFile, kind: str, rules: str, known: Known) -> None:
        if file.data is not None:
            self._cache.store(self._name(file, kind, rules), known.dump())
            self._kept = True

    def close(self) -> None:
        """The run is over."""
        if self._kept:
            self._cache.shrink()

    def _name(self, file: SourceFile, kind: str, rules: str) -> str:
        return name_of(["document", self._setting, rules, kind, file.path], file.data or b"")


def open_memory() -> Memory | None:
    """None where there is no cache."""
    cache = open_cache()
    return Memory(cache, edition()) if cache is not None else None
