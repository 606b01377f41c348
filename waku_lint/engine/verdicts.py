"""What was told of documents before, and whether it still holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from waku_lint.config.kinds import Kind
from waku_lint.diagnostics import Diagnostic
from waku_lint.documents.model import Suppression
from waku_lint.engine.memory import Memory, Told, Verdict, encode
from waku_lint.files.source import SourceFile
from waku_lint.project.facts import Facts
from waku_lint.project.queries import BY_FILES, FILES, Answers, Question

BESIDE: Final = 2  # states of the project: a hook looks at the one before the change and at the one after it
_HELD: Final = 500  # documents, since what is told of one is asked for a little before it is told


class Verdicts:
    """What is kept of the documents' verdicts; of a run with rules of others, or without a memory, nothing is."""

    def __init__(
        self,
        memory: Memory | None,
        sources: Mapping[str, tuple[SourceFile, Kind]],
        rules_at: Callable[[str], str],
        answers: Answers,
    ) -> None:
        """`rules_at` gives all that a verdict depends on beside the document and what was asked."""
        self._memory = memory
        self._sources = sources
        self._rules_at = rules_at
        self._answers = answers
        self._held: dict[str, Told | None] = {}

    def facts(self, path: str) -> Facts | None:
        """What others ask of a document, if that is kept."""
        told = self._told(path)
        return told.facts if told is not None else None

    def holds(self, path: str) -> bool:
        """Whether something is kept of a document, still true or not."""
        return self._memory is not None and self._memory.holds("told", self._sources[path][0], self._rules_at(path))

    def true_of(self, path: str) -> Verdict | None:
        """What was told of a document when all was as it is now."""
        told = self._told(path)
        verdicts = told.verdicts if told is not None else ()
        return next((each for each in verdicts if self._is_true(each)), None)

    def add(
        self,
        path: str,
        facts: Facts,
        asked: Iterable[Question],
        found: Iterable[Diagnostic],
        hidden: Iterable[Diagnostic],
        suppressions: Iterable[Suppression],
    ) -> None:
        """Keep what is told of a document, beside what was told in another state of the project."""
        if self._memory is None:
            return
        answers = tuple((question, self._answers.digest(question)) for question in sorted(asked))
        verdict = Verdict(self._answers.digest(FILES), answers, tuple(found), tuple(hidden), tuple(suppressions))
        self.keep(path, facts, verdict)

    def keep(self, path: str, facts: Facts, *verdicts: Verdict) -> None:
        """Keep what others ask of a document, and what is told of it, if anything."""
        if self._memory is None:
            return
        told = self._told(path)
        others = told.verdicts if told is not None else ()
        kept = Told(facts, (*verdicts, *others)[:BESIDE])
        self._memory.keep("told", self._sources[path][0], self._rules_at(path), encode(kept))
        self._held[path] = kept

    def _told(self, path: str) -> Told | None:
        if self._memory is None:
            return None
        if path not in self._held:
            if len(self._held) >= _HELD:
                self._held.clear()
            self._held[path] = self._memory.told(self._sources[path][0], self._rules_at(path))
        return self._held[path]

    def _is_true(self, verdict: Verdict) -> bool:
        digest = self._answers.digest
        try:
            unchanged = digest(FILES) == verdict.files
            return all(
                (unchanged and question[0] in BY_FILES) or digest(question) == answer
                for question, answer in verdict.asked
            )
        except (LookupError, TypeError, ValueError):
            return False  # nothing that was asked of us
