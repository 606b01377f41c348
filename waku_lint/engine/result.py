"""What comes of a run."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

from waku_lint.diagnostics import Diagnostic, Severity
from waku_lint.documents.model import Suppression
from waku_lint.errors import BreachError


class Crash(Struct, frozen=True):
    """A rule (or `extract`) that failed on a file: a defect of ours or of a plugin, not of the file."""

    rule: str
    path: str
    error: Exception

    @property
    def reason(self) -> str:
        """What went wrong, and where in the code."""
        import traceback

        if isinstance(self.error, BreachError):
            return str(self.error)
        frames = traceback.extract_tb(self.error.__traceback__)
        where = f" ({frames[-1].filename}:{frames[-1].lineno})" if frames else ""
        return f"{type(self.error).__name__}: {self.error}{where}"


class RunResult(Struct, frozen=True):
    """`documents` are the paths of those that are reported, not of all that were read.

    `held_back` counts findings that are not told, since the change that was asked about is not their cause. `texts`
    has the text of each document that a diagnostic stands in or is related to: edits are offsets into it. Of the
    file `baseline`, `known` are the findings that it keeps quiet, `stale` counts the entries without a finding.
    `suppressions` are those of the documents that are reported, in the order of paths and text, `hidden` the findings
    that they keep quiet. `beside` are the paths that were looked for on disk, and whether they were there.
    """

    diagnostics: tuple[Diagnostic, ...]
    crashes: tuple[Crash, ...]
    documents: tuple[str, ...]
    held_back: int = 0
    suppressions: tuple[Suppression, ...] = ()
    texts: Mapping[str, str] = {}
    baseline: str = ""
    known: tuple[Diagnostic, ...] = ()
    stale: int = 0
    hidden: tuple[Diagnostic, ...] = ()
    beside: tuple[tuple[str, bool], ...] = ()

    @property
    def baselined(self) -> int:
        return len(self.known)

    @property
    def checked(self) -> int:
        return len(self.documents)

    def count(self, severity: Severity) -> int:
        return sum(each.severity is severity for each in self.diagnostics)


Progress = Callable[[int, int], None]  # is told, of how many documents, how many are checked


def silent(_done: int, _total: int) -> None:
    """Progress that nobody watches."""
