"""What the options of several commands come to: a project, a session of it, a run."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from waku_lint.cli.console import say
from waku_lint.errors import CannotRun

if TYPE_CHECKING:
    from waku_lint.config.config import Config
    from waku_lint.engine.result import RunResult
    from waku_lint.files.git import Change
    from waku_lint.files.source import SourceFile
    from waku_lint.session.session import Report, Request, Session

STDIN: Final = Path("-")
SCOPES: Final[tuple[Report, ...]] = ("all", "touched", "caused")


def now() -> datetime:
    """The current time; only the default of `--today` and the baseline of `init` use it."""
    return datetime.now().astimezone()


def project(root: Path | None, start: Path) -> Path:
    """The project's root: `root` as it is given, else the project around `start`."""
    from waku_lint.config.discovery import find_root
    from waku_lint.files import snapshot

    top = snapshot.resolved(root or find_root(start))
    if not top.is_dir():
        raise CannotRun(f"{root}: no such folder")
    return top


def split(names: tuple[str, ...]) -> tuple[str, ...]:
    """`--select WL1,WL2` is `--select WL1 --select WL2`."""
    return tuple(part.strip() for name in names for part in name.split(",") if part.strip())


def scope(report: str) -> Report:
    """The scope of that name."""
    return next(each for each in SCOPES if each == report)


def warn_of_local_rules(config: Config, allowed: bool) -> None:
    """Warn of rules in files of the project that nobody has allowed to run."""
    if config.local_rules and not allowed:
        files = ", ".join(config.local_rules)
        say(f"warning: the rules of {files} are left out; --allow-local-rules runs them", err=True)


def unsaved(paths: tuple[Path, ...], filename: Path | None, root: Path) -> SourceFile | None:
    """The file that stands on the standard input, where `-` is given; None without. Raises CannotRun."""
    from waku_lint.files import snapshot
    from waku_lint.files.source import SourceFile

    if STDIN not in paths:
        if filename is not None:
            raise CannotRun("--stdin-filename is for the standard input; give `-` in place of paths")
        return None
    if len(paths) > 1:
        raise CannotRun("`-` is the text of one file; give no other paths with it")
    if filename is None:
        raise CannotRun("`-` needs --stdin-filename: where in the project the text stands")
    (path,) = snapshot.relative(root, (filename,), lambda _path: True)
    if (root / path).is_dir():
        raise CannotRun(f"{filename}: is a folder; --stdin-filename names a file")
    return SourceFile(path, sys.stdin.buffer.read())


def run(session: Session, form: str, what: Change | None = None) -> RunResult:
    """Run a session; `form` is the report's, `what` the change, where it is known. Raises CannotRun."""
    from waku_lint.cli.progress import progress
    from waku_lint.session import runner

    with progress(form) as tell:
        return runner.lint(session.request, session, tell, what)


def open_session(request: Request) -> Session:
    """The session of a request. Raises CannotRun."""
    from waku_lint.session import session

    opened = session.open_session(request)
    check_kinds(request, opened.config)
    return opened


def warn(opened: Session) -> None:
    """Warn of rules that are not run, and of kinds and sites in the configuration that match no file."""
    warn_of_local_rules(opened.config, opened.request.local_rules)
    for kind in opened.config.kinds:
        if kind.where is not None and kind not in opened.kinds.values():
            say(f"warning: {kind.where}: no file is of the kind {kind.name}", err=True)
    for at, site in enumerate(opened.config.sites):
        where = opened.config.origins[("sites", at)]
        if not where.preset and not any(name.startswith(f"{site}/") for name in opened.state.names):
            say(f"warning: {where}: there is no folder {site}", err=True)


def check_kinds(request: Request, config: Config) -> None:
    """Raises CannotRun for a kind that is asked for and is none of ours, nor of the configuration's."""
    from waku_lint.documents.extract import KINDS

    known = dict.fromkeys((*KINDS, *(kind.name for kind in config.kinds)))
    unknown = next((kind for kind in request.kinds if kind not in known), None)
    if unknown is not None:
        raise CannotRun(f"unknown kind {unknown!r}; known: {', '.join(known)}")


def tell_nothing(paths: tuple[Path, ...], session: Session) -> None:
    """Say why nothing was checked."""
    where = ", ".join(map(str, paths[:3])) + (", ..." if len(paths) > 3 else "") if paths else "this project"
    say(
        f"nothing to check: no document of a known kind in {where} (root {session.state.root}, "
        f"preset {session.config.preset}; `kinds` in .waku-lint.yaml says which files are documents)",
        err=True,
    )
