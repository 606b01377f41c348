"""Run a session: select the findings to report, and apply fixes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from msgspec.structs import replace

from waku_lint.diagnostics import Diagnostic
from waku_lint.engine.result import Progress, RunResult, silent
from waku_lint.errors import CannotRun
from waku_lint.files import snapshot
from waku_lint.files.git import Change
from waku_lint.files.source import SourceFile
from waku_lint.session import changes
from waku_lint.session.session import Request, Session, kind_of, scope_of

if TYPE_CHECKING:
    from waku_lint.session import fixes


def lint(request: Request, session: Session, progress: Progress = silent, what: Change | None = None) -> RunResult:
    """Check, and select the findings that the request asks for; `what` is the change, if computed. Raises CannotRun."""
    if request.report != "all":
        return _of_change(request, session, progress, what or changes.change_of(request))
    scope = scope_of(request, set(session.state.names))

    def wanted(path: str) -> bool:
        return scope(path) and _of_kind(request, session, path)

    asked = any(wanted(path) for path in session.kinds)
    result = session.run(wanted, progress) if asked else RunResult((), (), ())
    result = _without_baseline(result, request, session, changes.renamed(request, session), wanted)
    if request.unsaved is None:
        return result
    # Findings in other files about this one, such as an index without it, cannot be fixed in an editor of this file.
    here = tuple(each for each in result.diagnostics if each.path == request.unsaved.path)
    return replace(result, diagnostics=here)


def _of_change(request: Request, session: Session, progress: Progress, what: Change) -> RunResult:
    """Report findings in touched documents and, with `report` "caused", findings that the change causes elsewhere."""
    if request.unsaved is not None:
        raise CannotRun(f"{request.unsaved.path}: is no part of a change before it is saved; use --report=all")
    if not changes.matters(what, session.config):
        return RunResult((), (), ())
    scope = scope_of(request, {*session.state.names, *what.gone})

    def wanted(path: str) -> bool:
        return scope(path) and _of_kind(request, session, path)

    everything = session.run(lambda _path: True, progress)
    files = what.touched | what.gone
    result = _without_baseline(everything, request, session, what.renamed, lambda path: path in files and wanted(path))
    touched: list[Diagnostic] = []
    others: list[Diagnostic] = []
    for each in result.diagnostics:
        own = [path for path in (each.path, each.about) if path]
        if any(path in what.touched and wanted(path) for path in own):
            touched.append(each)
        elif any(_of_kind(request, session, path) for path in own):
            others.append(each)
    # If two pages share a mistake, the finding in the touched page is enough.
    pairs = {(each.code, each.path, place.path) for each in touched for place in each.related}
    single = [each for each in others if not any((each.code, place.path, each.path) in pairs for place in each.related)]
    caused = changes.caused(request, session, what, single, scope) if request.report == "caused" else []
    return replace(
        result,
        diagnostics=tuple(sorted((*touched, *caused), key=lambda each: each.sort_key)),
        documents=tuple(path for path in result.documents if path in what.touched and wanted(path)),
        held_back=len(others) - len(caused),
    )


def _of_kind(request: Request, session: Session, path: str) -> bool:
    return not request.kinds or kind_of(session, path) in request.kinds


def _without_baseline(
    result: RunResult, request: Request, session: Session, moved: Mapping[str, str], wanted: Callable[[str], bool]
) -> RunResult:
    """Remove the findings in the baseline, and count the stale entries of `wanted` files."""
    if session.baseline is None:
        return result
    from waku_lint.session import baseline

    found = baseline.match(session.baseline.entries, result.diagnostics, session.state.names, moved)
    unasked = session.registry.active(session.config).keys() - session.active.keys()
    stale = sum(
        wanted(each.path) and each.code not in unasked and session.registry.judges(each.code) for each in found.stale
    )
    return replace(
        result,
        diagnostics=found.new,
        baseline=session.config.baseline,
        in_baseline=tuple(each for _, each in found.matched if _of_kind(request, session, each.path)),
        stale=0 if result.crashes else stale,
    )


def fix(request: Request, session: Session, *, unsafe: bool) -> fixes.Outcome:
    """Fix the documents of a request in memory; `unsafe` includes unsafe fixes. Raises CannotRun.

    The outcome's result is the check of the whole request after fixing.
    """
    from waku_lint.documents.reader import read_document
    from waku_lint.session import fixes

    held = snapshot.Overlay(session.state, *session.state.read(session.kinds, session.config.limits.file_size))
    scope = scope_of(request, set(session.state.names))
    asked = [
        path for path in session.kinds if scope(path) and (not request.kinds or kind_of(session, path) in request.kinds)
    ]
    own = {request.unsaved.path} if request.unsaved else snapshot.distinct(request.root, asked)
    parse = cache(read_document)  # unchanged documents are not parsed again

    def check(changed: Mapping[str, bytes]) -> RunResult:
        state = snapshot.Overlay(held, *(SourceFile(path, data) for path, data in changed.items()))
        return lint(request, session.copy(state=state, parse=parse, cache=None, jobs=1))

    def content(path: str) -> bytes:
        return next(iter(held.read([path], session.config.limits.file_size))).data or b""

    return fixes.fix(check, content, lambda each: each.path in own, unsafe=unsafe)
