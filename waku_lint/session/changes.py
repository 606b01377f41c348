"""Changes: the files that a change touches, and the findings that it causes in other files."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from waku_lint.config.config import FILE_NAME, Config
from waku_lint.diagnostics import Diagnostic
from waku_lint.errors import CannotRun
from waku_lint.files import git, snapshot
from waku_lint.project.links import Tree
from waku_lint.session.previous_state import PreviousState, key, revision
from waku_lint.session.session import Report, Request, Session

BROKEN_LINK: Final = "WL107"


class Situation(Struct, frozen=True):
    """What a hook checks, and the revision to compare with."""

    source: str
    report: Report
    since: str | None


def from_environment(root: Path, environment: Mapping[str, str]) -> Situation:
    """Find out from the environment variables of git and pre-commit what a hook checks.

    Git names the index of a commit. pre-commit names both ends of a push, or of `--from-ref` and `--to-ref`; for the
    first push of a branch only the branch. Without these variables, as with `--all-files`, the hook checks the whole
    worktree. Raises CannotRun if a shallow clone lacks a revision to compare.
    """
    start, end = environment.get("PRE_COMMIT_FROM_REF"), environment.get("PRE_COMMIT_TO_REF")
    if start and end:
        git.resolve(root, end)
        git.resolve(root, start)
        base = git.merge_base(root, start, end)
        if base is None and git.is_shallow(root):
            raise CannotRun(f"where {start!r} and {end!r} parted is not in this repository{git.SHALLOW}")
        return Situation(end, "caused", base or start)
    branch = environment.get("PRE_COMMIT_LOCAL_BRANCH")
    if branch and git.exists(root, branch):
        return Situation(branch, "all", None)
    if "GIT_INDEX_FILE" in environment:
        return Situation(snapshot.INDEX, "caused", None)
    return Situation(snapshot.WORK_TREE, "all", None)


def change_of(request: Request) -> git.Change:
    """The change of the request's source. Raises CannotRun without a repository, or if a revision is missing."""
    root, source = request.root, request.source
    if git.top_level(root) is None:
        raise CannotRun(f"{root}: no git repository; --report={request.report} tells of a change")
    since = revision(request)
    if source == snapshot.WORK_TREE:
        return git.changes(root, since, None)
    if source == snapshot.INDEX:
        return git.changes(root, since, None, staged=True)
    return git.changes(root, since, source)


def renamed(request: Request, session: Session) -> Mapping[str, str]:
    """New paths of moved files that have baseline entries, by old path, as far as git detects them."""
    names = set(session.state.names)
    entries = session.baseline.entries if session.baseline else ()
    if all(each.path in names for each in entries) or git.top_level(request.root) is None:
        return {}
    return change_of(request).renamed


def caused(
    request: Request, session: Session, change: git.Change, others: Sequence[Diagnostic], scope: Callable[[str], bool]
) -> list[Diagnostic]:
    """Select the findings in untouched documents that the change causes, and add their cause.

    These are the findings that the state before the change does not have. If that state cannot be checked, these are
    the findings that refer to a changed file. Findings caused by a file outside `scope` are skipped.
    """
    if not others:
        return []
    earlier = PreviousState(request, session.cache)
    older = earlier.findings({each.path for each in others}, session.baseline)
    found = []
    for each in others:
        same = key(each)
        if older[same]:
            older[same] -= 1
            continue
        path = _culprit(each, change, earlier.session)
        if path is None and earlier.session is None:
            continue
        if path is None or scope(path):
            found.append(replace(each, cause=_cause(each, path, change, session, earlier.session)))
    return found


def _culprit(each: Diagnostic, change: git.Change, earlier: Session | None) -> str | None:
    """The changed, renamed or deleted file that causes a finding in another file; None if it is unknown."""
    named = [each.about] if each.about else []
    for path in (*named, *(place.path for place in each.related)):
        if path in change.gone or (path in change.touched and path != each.path):
            return path
    if each.code == BROKEN_LINK and earlier is not None:
        led = Tree(earlier.state.names, earlier.config.sites).locate(each.text, each.path)
        if led is not None:
            return next((path for path in sorted(change.gone) if path == led or path.startswith(f"{led}/")), None)
    return None


def _cause(each: Diagnostic, path: str | None, change: git.Change, session: Session, earlier: Session | None) -> str:
    """Describe the part of the change that causes a finding."""
    if path is None:
        settings = sorted(_settings(session.config) & (change.touched | change.gone))
        files = settings or sorted(change.touched | change.gone)
        if len(files) > 1 and not settings:
            return f"one of the {len(files)} files is changed, renamed or deleted"
        path = files[0]
    if path in change.renamed:
        return f"`{path}` is now `{change.renamed[path]}`"
    if path in change.gone:
        return f"`{path}` is deleted"
    lost = [
        one for one in _lost(path, session, earlier) if re.search(rf"(?<![\w+]){re.escape(one)}(?!\w)", each.message)
    ]
    return f"{', '.join(lost)} is gone from `{path}`" if lost else f"`{path}` is changed"


def _lost(path: str, session: Session, earlier: Session | None) -> list[str]:
    """The ids of statements that a change removes from a feature file."""
    if earlier is None or path not in earlier.kinds:
        return []
    before, after = (_ids(path, each) for each in (earlier, session))
    return [each for each in before if each not in after]


def _ids(path: str, session: Session) -> list[str]:
    kind = session.kinds.get(path)
    if kind is None or kind.name != "furps":
        return []
    from waku_lint.documents.model import FurpsSet

    root = session.document(path, kind).root
    lists = (each for category in root.categories for each in category.lists) if isinstance(root, FurpsSet) else ()
    return [statement.id for each in lists for statement in each.statements]


def matters(change: git.Change, config: Config) -> bool:
    """Whether a change can cause findings: it touches a document or the configuration, or deletes files."""
    settings = _settings(config)
    return bool(change.gone) or any(path in settings or config.kind_of(path) is not None for path in change.touched)


def _settings(config: Config) -> set[str]:
    return {FILE_NAME, *config.layers, *config.local_rules, *(path for kind in config.kinds for path in kind.schemas)}
