"""The state before a change, and its findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from functools import cached_property

from msgspec.structs import replace

from waku_lint.diagnostics import Diagnostic
from waku_lint.errors import CannotRun
from waku_lint.files import git, snapshot
from waku_lint.files.cache import Cache
from waku_lint.session import baseline
from waku_lint.session.session import Request, Session, open_session

Key = tuple[object, ...]


class PreviousState:
    """The state before the change of a request."""

    def __init__(self, request: Request, cache: Cache | None) -> None:
        self._request = replace(request, baseline=False)
        self._cache = cache

    @cached_property
    def session(self) -> Session | None:
        """The session of the state before; None if it cannot be checked."""
        try:
            return open_session(self._request, revision(self._request), self._cache)
        except CannotRun:
            return None

    def findings(self, paths: Collection[str], entries: baseline.Baseline | None) -> Counter[Key]:
        """Count the findings of each key in these documents that are not in the baseline."""
        if self.session is None:
            return Counter()
        try:
            found = self.session.run(paths.__contains__).diagnostics
        except CannotRun:
            self.session = None
            return Counter()
        if entries is not None:
            found = baseline.match(entries.entries, found, self.session.state.names, {}).new
        return Counter(map(key, found))


def revision(request: Request) -> str:
    """The revision that the change is compared with. Raises CannotRun if the revision is missing."""
    if request.since is not None:
        git.resolve(request.root, request.since)
        return request.since
    parent = "HEAD" if request.source in (snapshot.WORK_TREE, snapshot.INDEX) else f"{request.source}^"
    if git.exists(request.root, parent):
        return parent
    if git.is_cut_off(request.root, parent.removesuffix("^")):
        raise CannotRun(f"what came before {request.source!r} is not in this repository{git.SHALLOW}")
    return git.empty_tree(request.root)


def key(each: Diagnostic) -> Key:
    """The identity of a finding in an unchanged document; messages may depend on other documents."""
    return each.path, each.code, each.start, each.end, each.about, each.text
