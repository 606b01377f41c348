"""Check only changed documents, and take valid results from the cache.

Wraps the checker. A cached result is valid if the document is unchanged, and every question that its rules asked of the
project has the same answer. Large projects are read in several processes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from waku_lint.engine.checker import Checker, Findings
from waku_lint.engine.document_cache import DocumentCache, ReadDocument, Result, Results
from waku_lint.engine.loader import Loader
from waku_lint.engine.result import Crash
from waku_lint.engine.workers import shared
from waku_lint.files.cache import encoded
from waku_lint.files.source import SourceFile
from waku_lint.project.facts import facts_of
from waku_lint.project.project import HELD, Project

KEPT: Final = 2  # results of a document: a hook checks the states before and after a change
# Below either limit, processes take longer to start than to read the documents.
FEW: Final = 12
LITTLE: Final = 400_000  # bytes
NAMES: Final = ("paths",)  # the question which documents and files exist


class Incremental:
    """Checks documents of one project with a cache."""

    def __init__(
        self,
        checker: Checker,
        project: Project,
        loader: Loader,
        sources: Mapping[str, SourceFile],
        results: DocumentCache | None,
        crashes: list[Crash],
        today: date | None,
    ) -> None:
        """`results` is None if third-party rules run, because these can change unnoticed."""
        self._checker = checker
        self._project = project
        self._loader = loader
        self._results = results
        self._crashes = crashes
        self._today = today
        self._sizes = {path: len(file.data or b"") for path, file in sources.items()}

    def check(self, path: str) -> Findings | Result:
        """Check the document at `path`, or use its cached result."""
        cached = self._results.results(path) if self._results is not None else None
        for each in cached.results if cached is not None else ():
            if self._holds(each):
                return each
        document = self._project.document(path)
        assert document is not None  # noqa: S101 - the paths are those of documents
        own = self._loader.take_own(path)
        found = self._checker.check(document, own)
        self._crashes.extend(found.crashes)
        if own is None and self._loader.cache is not None and not found.crashes:
            self._loader.cache.keep(path, ReadDocument(document, found.own))
        if self._results is not None and not self._crashes:
            answers = tuple((each, self._project.digest(each)) for each in sorted(found.questions))
            day = str(self._today) if document.comments else None
            new = Result(self._project.digest(NAMES), answers, day, found.diagnostics, found.hidden, found.suppressions)
            older = cached.results if cached is not None else ()
            self._results.keep(path, Results(facts_of(document), (new, *older)[:KEPT]))
        return found

    def read_ahead(self, paths: Iterable[str], processes: int) -> None:
        """Read many documents and find their own findings, in several processes if that is faster.

        Each document is read just once, although a large project keeps only some records in memory.
        """
        cache = self._loader.cache
        if cache is None:
            return
        waiting = [path for path in paths if not (cache.holds(Results, path) or cache.holds(ReadDocument, path))]
        if len(waiting) < FEW or sum(map(self._sizes.__getitem__, waiting)) < LITTLE:
            return
        # The largest first, so that the processes finish at about the same time.
        waiting.sort(key=lambda path: (-self._sizes[path], path))
        self._checker.prepare(waiting)
        made = (
            shared(waiting, processes, self._read) if processes > 1 else ((path, self._read(path)) for path in waiting)
        )
        for path, body in made:
            if body:
                cache.keep_encoded(path, ReadDocument, body)

    def finish(self) -> None:
        """Store the facts of documents that were not checked."""
        if self._results is None or self._crashes:
            return
        for path, facts in self._project.facts.items():
            if self._results.results(path) is None:
                self._results.keep(path, Results(facts, ()))

    @property
    def is_large(self) -> bool:
        """Whether the project keeps only some of the records in memory."""
        return sum(self._sizes.values()) > HELD

    def _read(self, path: str) -> bytes:
        """Read a document and its own findings, encoded; empty on failure, which a later check reports."""
        crashes = len(self._crashes)
        document = self._project.document(path)
        assert document is not None  # noqa: S101 - the paths are those of documents
        own = self._checker.check_alone(document)
        failed = len(self._crashes) > crashes
        del self._crashes[crashes:]
        if failed or own is None:
            return b""
        return encoded(ReadDocument(document, own)) or b""

    def _holds(self, result: Result) -> bool:
        """Whether all questions still have the same answers."""
        digest = self._project.digest
        if result.day is not None and result.day != str(self._today):
            return False
        same_names = digest(NAMES) == result.files
        try:
            return all(
                (same_names and self._project.is_of_names(question)) or digest(question) == answer
                for question, answer in result.answers
            )
        except (LookupError, TypeError, ValueError):
            return False  # not a question of this version
