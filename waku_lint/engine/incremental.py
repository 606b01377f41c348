"""Check only what has changed: results come from the cache where they still hold.

Wraps the checker. A cached result holds if the document is unchanged, and every question that its rules asked of the
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

KEPT: Final = 2  # results of a document: a hook looks at the states before and after a change
# Below either of these, processes take longer to start than to read the documents.
FEW: Final = 12
LITTLE: Final = 400_000  # bytes
NAMES: Final = ("paths",)  # the question which documents and files there are


class Incremental:
    """Checks documents of one project; `finish` stores what others asked of those that were not checked."""

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
        """`results` is None where third-party rules run: these can change unnoticed."""
        self._checker = checker
        self._project = project
        self._loader = loader
        self._results = results
        self._crashes = crashes
        self._today = today
        self._sizes = {path: len(file.data or b"") for path, file in sources.items()}

    def check(self, path: str) -> Findings | Result:
        """What is found in the document at `path`."""
        known = self._results.results(path) if self._results is not None else None
        for each in known.results if known is not None else ():
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
            older = known.results if known is not None else ()
            self._results.keep(path, Results(facts_of(document), (new, *older)[:KEPT]))
        return found

    def read_ahead(self, paths: Iterable[str], processes: int) -> None:
        """Read documents, in several processes if there are enough of them, and find what they say by themselves.

        A large project holds only a part of its records at a time, so that each document is read just once.
        """
        cache = self._loader.cache
        if cache is None:
            return
        waiting = [path for path in paths if not (cache.holds(Results, path) or cache.holds(ReadDocument, path))]
        if len(waiting) < FEW or sum(map(self._sizes.__getitem__, waiting)) < LITTLE:
            return
        # The largest first, so that no process has more to do than the others.
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
        """Whether the project holds only a part of the records at a time."""
        return sum(self._sizes.values()) > HELD

    def _read(self, path: str) -> bytes:
        """A document and its own findings, encoded; empty if that fails: then it is reported where it is checked."""
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
        """Whether all that was asked has the same answer."""
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
            return False  # not a question of ours
