"""`waku-lint check`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from waku_lint.commands.console import say
from waku_lint.commands.options import (
    PATH,
    SCOPES,
    dated,
    located,
    narrowed,
    piped,
    project,
    ruled,
    scope,
    split,
    tell_left_out,
    unsaved,
)
from waku_lint.commands.output import Output, write
from waku_lint.commands.status import finish
from waku_lint.errors import CannotRun

if TYPE_CHECKING:
    from waku_lint.config import Config
    from waku_lint.git import Change
    from waku_lint.result import RunResult
    from waku_lint.session import Ground, Request, Session


@click.command()
@click.argument("paths", nargs=-1, type=PATH)
@narrowed
@located
@ruled
@dated
@click.option(
    "--source",
    default="worktree",
    metavar="SOURCE",
    help="What to check: worktree (the default), index, or a revision.",
)
@click.option(
    "--report", type=click.Choice(SCOPES), default="all", help="Everything, or what a change touches, or has caused."
)
@click.option("--no-baseline", "everything", is_flag=True, help="Tell what the baseline keeps quiet, too.")
@piped
@click.option("--since", metavar="REVISION", help="What the change is compared with: by default HEAD, or the parent.")
def check(
    paths: tuple[Path, ...],
    form: str | None,
    output_file: Path | None,
    statistics: bool,
    no_cache: bool,
    jobs: int | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    kinds: tuple[str, ...],
    config: Path | None,
    root: Path | None,
    local_rules: bool,
    today: datetime,
    strict: bool,
    source: str,
    report: str,
    since: str | None,
    stdin_filename: Path | None,
    everything: bool,
) -> None:
    """Check documents and report what is wrong with them.

    PATHS are files and folders to report on, by default the current folder. The project around them
    is read as a whole. With `-` the text of one file is read from the standard input.
    """
    from waku_lint import session
    from waku_lint.jobs import possible

    output = Output(form, output_file, statistics)
    output.check()
    given = (stdin_filename,) if stdin_filename else paths or (root or Path(),)
    top = project(root, given[0])
    request = session.Request(
        root=top,
        paths=given,
        config=config,
        select=split(select),
        ignore=split(ignore),
        kinds=kinds,
        source=source,
        report=scope(report),
        since=since,
        unsaved=unsaved(paths, stdin_filename, top),
        baseline=not everything,
        today=today.date(),
        local_rules=local_rules,
        cache=not no_cache,
        jobs=jobs or possible(),
    )
    opened, result = run(request, output.form or "text")
    nothing = not result.checked and report == "all"
    if nothing:
        tell_nothing((stdin_filename,) if stdin_filename else paths, opened)
    write(result, opened, output, strict=strict, silent=nothing and not result.stale)
    finish(result, strict)


def run(request: Request, form: str, on: Ground | None = None, what: Change | None = None) -> tuple[Session, RunResult]:
    """Open the session of a request, and run it; `form` is the report's. Raises CannotRun.

    `on` is what the session stands on, and `what` the change, where these are known.
    """
    from waku_lint import linting
    from waku_lint.commands.progress import progress

    opened = open_session(request, on)
    with progress(form) as tell:
        return opened, linting.lint(request, opened, tell, what)


def open_session(request: Request, on: Ground | None = None) -> Session:
    """The session of a request; a kind of the configuration that matches no file is told. Raises CannotRun."""
    from waku_lint import session

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
    from waku_lint.extract import KINDS

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
