"""Load documents from the cache or from their files."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from waku_lint.config.config import Config
from waku_lint.config.kinds import Kind
from waku_lint.documents.model import Document
from waku_lint.documents.reader import empty_document, read_document
from waku_lint.documents.words import Words
from waku_lint.engine.checker import OwnFindings
from waku_lint.engine.document_cache import DocumentCache
from waku_lint.engine.result import Crash
from waku_lint.files.source import SourceFile
from waku_lint.parsing.limits import Limits
from waku_lint.rules.plugins import sandbox

Parse = Callable[[SourceFile, str, Words, Limits], Document]  # called with a file, its kind, its words and limits


class Loader:
    """Loads the documents of a project, with own findings from the cache."""

    def __init__(
        self,
        sources: Mapping[str, SourceFile],
        kinds: Mapping[str, Kind],
        config: Config,
        crashes: list[Crash],
        cache: DocumentCache | None,
        parse: Parse | None = None,
    ) -> None:
        self.cache = cache
        self._sources = sources
        self._kinds = kinds
        self._limits = config.limits
        self._crashes = crashes
        self._parse = parse or read_document
        self._own: dict[str, OwnFindings] = {}

    def load(self, path: str) -> Document:
        """Load the document at `path`; an empty one, and a crash, if reading fails."""
        kind = self._kinds[path]
        try:
            with sandbox.unwatched():
                cached = self.cache.read(path) if self.cache is not None else None
                if cached is None:
                    return self._parse(self._sources[path], kind.name, kind.words, self._limits)
        except Exception as error:  # noqa: BLE001 - one document must not stop the check of the others
            self._crashes.append(Crash("extract", path, error))
            return empty_document(path, kind.name)
        self._own[path] = cached.own
        return cached.document

    def take_own(self, path: str) -> OwnFindings | None:
        """Remove and return the cached own findings of a document, which are needed once."""
        return self._own.pop(path, None)
