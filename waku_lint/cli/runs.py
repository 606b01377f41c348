"""What the options of several commands come to: a project, a session of it, a run."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from waku_lint import outside
from waku_lint.cli.console import say
from waku_lint.errors import CannotRun

if TYPE_CHECKING:
    from waku_lint.config.config import Config
    from waku_lint.engine.result import RunResult
    from waku_lint.files.git import Change
    from waku_lint.files.source import SourceFile
    from waku_lint.rules.registry import Registry
    from waku_lint.session.session import Ground, Report, Request, Session

STDIN: Final = Path("-")
SCOPES: Final[tuple[Report, ...]] = ("all", "touched", "caused")


def now() -> datetime:
    """The only time a clock is read."""
    return datetime.now().astimezone()


def project(root: Path | None, start: Path) -> Path:
    """The project's root: `root` as it is given, else the project around `start`."""
    from waku_lint.config.discovery import find_root

    outside.placed(root or start)
    top = (root or find_root(start)).resolve()
    if not top.is_dir():
        raise CannotRun(f"{root}: no such folder")
    return top


def split(names: tuple[str, ...]) -> tuple[str, ...]:
    """`--select WL1,WL2` is `--select WL1 --select WL2`."""
    return tuple(part.strip() for name in names for part in name.split(",") if part.strip())


def scope(report: str) -> Report:
    """The scope of that name."""
    return next(each for each in SCOPES if each == report)


def tell_left_out(registry: Registry) -> None:
    """Say that there are rules nobody has allowed to run: never fewer without a word."""
    if registry.left_out:
        files = ", ".join(registry.left_out)
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
    outside.unrepeatable()
    (path,) = snapshot.relative(root, (filename,), lambda _path: True)
    if (root / path).is_dir():
        raise CannotRun(f"{filename}: is a folder; --stdin-filename names a file")
    return SourceFile(path, sys.stdin.buffer.read())


def run(request: Request, form: str, on: Ground | None = None, what: Change | None = None) -> tuple[Session, RunResult]:
    """Open the session of a request, and run it; `form` is the report's. Raises CannotRun.

    `on` is what the session stands on, and `what` the change, where these are known.
    """
    from waku_lint.cli.progress import progress
    from waku_lint.session import runner

    opened = open_session(request, on)
    with progress(form) as tell:
        return opened, runner.lint(request, opened, tell, what)


def open_session(request: Request, on: Ground | None = None) -> Session:
    """The session of a request; a kind of the configuration that matches no file is told. Raises CannotRun."""
    from waku_lint.session import session

    opened = session.open_session(request, on=on)
    check_kinds(request, opened.config)
    tell_left_out(opened.registry)
    for kind in opened.config.kinds:
        if kind.where is not None and kind not in opened.kinds.values():
            say(f"warning: {kind.where}: no file is of the kind {kind.name}", err=True)
    for at, site in enumerate(opened.config.sites):
        where = opened.config.origins[("sites", at)]
        if not where.preset and not any(name.startswith(f"{site}/") for name in opened.state.names):
            say(f"warning: {where}: there is no folder {site}", err=True)
    return opened


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
