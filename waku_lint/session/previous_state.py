"""The state before a change, and whether a finding was there already.

The next commit's state before is this one's state after, which a hook has just checked. So what was found in it is
known, as long as the files are the same in git; then that state is not read again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from functools import cached_property

from msgspec.structs import replace

from waku_lint.diagnostics import Diagnostic
from waku_lint.engine.memory import Memory, State
from waku_lint.engine.result import RunResult
from waku_lint.errors import CannotRun
from waku_lint.files import git, snapshot
from waku_lint.files.snapshot import Stored
from waku_lint.outside import digest
from waku_lint.session import baseline
from waku_lint.session.session import Request, Session, open_session


class Earlier:
    """What stood before the change that a request asks about."""

    def __init__(self, request: Request, memory: Memory | None) -> None:
        """`memory` is what is known of states, if anything."""
        self._request = replace(request, baseline=False)
        self._memory = memory

    @cached_property
    def session(self) -> Session | None:
        """None where it cannot be checked."""
        try:
            return open_session(self._request, revision(self._request))
        except CannotRun:
            return None

    def had(self, places: Collection[str], known: baseline.Baseline | None) -> Counter[str]:
        """The keys of the findings in these documents that `known` does not keep quiet."""
        state = self._kept(places) if known is None else None
        if state is None:
            if self.session is None:
                return Counter()
            result = self.session.run(places.__contains__)
            found: Iterable[Diagnostic] = result.diagnostics
            if known is not None:
                found = baseline.match(known.entries, found, self.session.state.names, {}).new
            else:
                _keep(self._request, self.session, places, result)
            state = _state(places, found)
        return Counter(state.keys)

    def _kept(self, places: Collection[str]) -> State | None:
        if self._memory is None or self._request.config is not None:
            return None
        try:
            before = snapshot.open_snapshot(self._request.root, revision(self._request))
        except CannotRun:
            return None
        state = self._memory.state(_of(self._request, before)) if isinstance(before, Stored) else None
        return state if state is not None and state.places.issuperset(places) else None


def revision(request: Request) -> str:
    """What the change is compared with. Raises CannotRun for a revision that is not here."""
    if request.since is not None:
        git.resolve(request.root, request.since)
        return request.since
    parent = "HEAD" if request.source in (snapshot.WORK_TREE, snapshot.INDEX) else f"{request.source}^"
    if git.exists(request.root, parent):
        return parent
    if git.is_cut_off(request.root, parent.removesuffix("^")):
        raise CannotRun(f"what came before {request.source!r} is not in this repository{git.SHALLOW}")
    return git.empty_tree(request.root)


def key(each: Diagnostic) -> str:
    """What makes a finding the same in a document that is as it was; messages tell of other documents, too."""
    place = f"{each.start.line}:{each.start.column}-{each.end.line}:{each.end.column}"
    parts = (each.path, each.code, place, each.about or "", each.text)
    return digest("\0".join(parts).encode("utf-8", "surrogatepass"))


def keep(request: Request, session: Session, result: RunResult) -> None:
    """Keep what is found in all documents of a session, for the change that comes next."""
    _keep(request, session, session.kinds, result)


def _keep(request: Request, session: Session, places: Collection[str], result: RunResult) -> None:
    state, memory = session.state, session.memory
    if memory is None or request.config is not None or not isinstance(state, Stored):
        return
    # Whether rules that are not ours stay as they are nobody can tell; what git lacks may be there the next time.
    if session.registry.is_all_ours and not state.lacking and not result.crashes:
        memory.keep_state(_of(request, state), _state(places, result.diagnostics))


def _state(places: Collection[str], found: Iterable[Diagnostic]) -> State:
    return State(frozenset(places), tuple(map(key, found)))


def _of(request: Request, state: Stored) -> list[str]:
    """All that the findings in a state of git's files depend on: the configuration and schemas are among these."""
    asked = (",".join(request.select), ",".join(request.ignore), str(request.local_rules))
    return [str(request.today), *asked, *state.listed]
