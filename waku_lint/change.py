"""A change: what it touches, and which findings elsewhere it has caused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from waku_lint import git, idle, snapshot
from waku_lint.config import FILE_NAME, PRESETS, Config
from waku_lint.diagnostic import Diagnostic
from waku_lint.errors import CannotRun
from waku_lint.session import Ground, Report, Request, Session, open_session

if TYPE_CHECKING:
    from waku_lint.baseline import Baseline


@dataclass(frozen=True, slots=True)
class Situation:
    """What a hook is to check, and against what."""

    source: str
    report: Report
    since: str | None


def from_environment(root: Path, environment: Mapping[str, str]) -> Situation:
    """The situation a hook is in, by what git and pre-commit tell their hooks.

    Git names the index it commits from; pre-commit names both ends of what is pushed, or of `--from-ref` and
    `--to-ref`. Without either, as for `--all-files`, all of the work tree is meant.
    """
    start, end = environment.get("PRE_COMMIT_FROM_REF"), environment.get("PRE_COMMIT_TO_REF")
    if start and end:
        git.resolve(root, end)
        git.resolve(root, start)
        return Situation(end, "caused", git.merge_base(root, start, end) or start)
    if "GIT_INDEX_FILE" in environment:
        return Situation(snapshot.INDEX, "caused", None)
    return Situation(snapshot.WORK_TREE, "all", None)


def change_of(request: Request) -> git.Change:
    """What the source changes. Raises CannotRun without a repository, or where a revision is missing."""
    root, source = request.root, request.source
    if git.top_level(root) is None:
        raise CannotRun(f"{root}: no git repository; --report={request.report} tells of a change")
    since = _before(request)
    if source == snapshot.WORK_TREE:
        return git.changes(root, since, None)
    if source == snapshot.INDEX:
        return git.changes(root, since, None, staged=True)
    return git.changes(root, since, source)


def renamed(request: Request, session: Session) -> Mapping[str, str]:
    """The new paths of files that the baseline knows by their old ones, as far as git can tell."""
    names = set(session.state.names)
    known = session.baseline.entries if session.baseline else ()
    if all(each.path in names for each in known) or git.top_level(request.root) is None:
        return {}
    return change_of(request).renamed


def new(request: Request, possible: Sequence[tuple[Diagnostic, str]], known: Baseline | None) -> list[Diagnostic]:
    """Those that were not there before the change, but for what the baseline takes for known."""
    if not possible:
        return []
    from waku_lint import baseline

    places = {each.path for each, _ in possible}
    try:
        earlier = open_session(replace(request, baseline=False), _before(request))
        before = earlier.run(places.__contains__).diagnostics
        names = earlier.state.names
    except CannotRun:
        before, names = (), ()  # what was could not be checked: then everything is new
    if known is not None:
        before = baseline.match(known.entries, before, names, {}).new
    older = Counter(map(_key, before))
    found = []
    for each, cause in possible:
        if older[_key(each)]:
            older[_key(each)] -= 1
        else:
            found.append(replace(each, cause=cause))
    return found


def _before(request: Request) -> str:
    """What the change is compared with. Raises CannotRun for a revision that is not here."""
    if request.since is not None:
        git.resolve(request.root, request.since)
        return request.since
    parent = "HEAD" if request.source in (snapshot.WORK_TREE, snapshot.INDEX) else f"{request.source}^"
    return parent if git.exists(request.root, parent) else git.empty_tree(request.root)


def _key(each: Diagnostic) -> tuple[str, str, str, str]:
    """A finding wherever it stands in its file."""
    return each.path, each.code, each.message, each.source_line.strip()


def cause_of(each: Diagnostic, change: git.Change, scope: Callable[[str], bool]) -> str | None:
    """Which part of the change can have caused a finding in a file that is not touched."""
    for path in dict.fromkeys((*([each.about] if each.about else ()), *(place.path for place in each.related))):
        if not scope(path):
            continue
        if path in change.renamed:
            return f"`{path}` is now `{change.renamed[path]}`"
        if path in change.gone:
            return f"`{path}` is deleted"
        if path in change.touched and path != each.path:
            return f"`{path}` is changed"
    return None


def matters(change: git.Change, config: Config) -> bool:
    """Whether a change can bring findings about: by a document, by the configuration, or by what is gone."""
    settings = _settings(config)
    return bool(change.gone) or any(path in settings or config.kind_of(path) is not None for path in change.touched)


def learn(ground: Ground, root: Path) -> None:
    """Keep which files matter to this configuration, for hooks that have nothing to do."""
    state, config = ground.state, ground.config
    files = {FILE_NAME, FILE_NAME.replace(".yaml", ".yml"), *config.layers} - set(map("preset {}".format, PRESETS))
    from waku_lint.extract import KINDS

    entries = state.entries(sorted(files)) if isinstance(state, snapshot.Stored) else None
    if entries is not None:
        regular = all(entry is None or entry.mode not in (git.LINK, git.MODULE) for entry in entries.values())
        patterns = [pattern for kind in config.kinds for pattern in kind.patterns.expressions]
        settings = {path: entry.line if entry else "" for path, entry in entries.items()}
        if regular:
            idle.learn(str(root), settings, sorted(_settings(config)), patterns, KINDS)


def _settings(config: Config) -> set[str]:
    return {FILE_NAME, *config.layers, *(path for kind in config.kinds for path in kind.schemas)}
