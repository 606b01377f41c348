"""The result of a run."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

from waku_lint.diagnostics import Diagnostic, Severity
from waku_lint.documents.model import Suppression
from waku_lint.errors import BreachError


class Crash(Struct, frozen=True):
    """A rule, or the extraction, that failed on a file: a bug of waku-lint or a plugin, not of the file."""

    rule: str
    path: str
    error: Exception

    @property
    def reason(self) -> str:
        """The error and its place in the code."""
        import traceback

        if isinstance(self.error, BreachError):
            return str(self.error)
        frames = traceback.extract_tb(self.error.__traceback__)
        where = f" ({frames[-1].filename}:{frames[-1].lineno})" if frames else ""
        return f"{type(self.error).__name__}: {self.error}{where}"


class RunResult(Struct, frozen=True):
    """The diagnostics of a run; `documents` are the paths of the reported documents, not of all documents read.

    `held_back` counts findings that are not reported because the requested change does not cause them. `texts` has the
    content of each document with a diagnostic or a related place: edits are offsets into it. `in_baseline` are the
    findings in the baseline file `baseline`, `stale` counts its entries without a finding. `suppressions` are those of
    the reported documents, in the order of paths and places; `hidden` are the suppressed findings. `beside` has the
    paths that were looked up on disk, and whether they exist.
    """

    diagnostics: tuple[Diagnostic, ...]
    crashes: tuple[Crash, ...]
    documents: tuple[str, ...]
    held_back: int = 0
    suppressions: tuple[Suppression, ...] = ()
    texts: Mapping[str, str] = {}
    baseline: str = ""
    in_baseline: tuple[Diagnostic, ...] = ()
    stale: int = 0
    hidden: tuple[Diagnostic, ...] = ()
    beside: tuple[tuple[str, bool], ...] = ()

    @property
    def baselined(self) -> int:
        return len(self.in_baseline)

    @property
    def checked(self) -> int:
        return len(self.documents)

    def count(self, severity: Severity) -> int:
        return sum(each.severity is severity for each in self.diagnostics)


Progress = Callable[[int, int], None]  # called with the numbers of checked and of all documents


def silent(_done: int, _total: int) -> None:
    """Show no progress."""
