"""A change: what it touches, and which findings elsewhere it has caused."""

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
    """What a hook is to check, and against what."""

    source: str
    report: Report
    since: str | None


def from_environment(root: Path, environment: Mapping[str, str]) -> Situation:
    """The situation a hook is in, by what git and pre-commit tell their hooks.

    Git names the index it commits from; pre-commit names both ends of what is pushed, or of `--from-ref` and
    `--to-ref`, and of a branch with which a history begins only its name. Without any, as for `--all-files`, all of the
    work tree is meant. Raises CannotRun where what is compared is not in a shallow clone.
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
    """What the source changes. Raises CannotRun without a repository, or where a revision is missing."""
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
    """The new paths of files that the baseline knows by their old ones, as far as git can tell."""
    names = set(session.state.names)
    known = session.baseline.entries if session.baseline else ()
    if all(each.path in names for each in known) or git.top_level(request.root) is None:
        return {}
    return change_of(request).renamed


def caused(
    request: Request, session: Session, change: git.Change, others: Sequence[Diagnostic], scope: Callable[[str], bool]
) -> list[Diagnostic]:
    """Those of the findings in documents that the change does not touch which it has brought about, with their cause.

    They are the ones that the state before did not have. Where that cannot be checked, they are those that
    a part of the change is named in. What a file outside of `scope` has caused is left out.
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
    """The file that is changed, renamed or deleted and that a finding elsewhere comes from; None if nothing tells."""
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
    """What the change does that brought a finding about."""
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
    """The ids of statements that a feature file had, and has no more."""
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
    """Whether a change can bring findings about: by a document, by the configuration, or by what is gone."""
    settings = _settings(config)
    return bool(change.gone) or any(path in settings or config.kind_of(path) is not None for path in change.touched)


def _settings(config: Config) -> set[str]:
    return {FILE_NAME, *config.layers, *config.local_rules, *(path for kind in config.kinds for path in kind.schemas)}
