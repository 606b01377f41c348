"""`waku-lint hook`."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path

import click

from waku_lint.cli.exit_status import CLEAN, finish
from waku_lint.cli.options import PATH, dated, located, narrowed, ruled
from waku_lint.cli.output import Output, write
from waku_lint.cli.runs import SCOPES, open_session, project, run, scope, split, warn
from waku_lint.engine.workers import allowed


@click.command()
@click.argument("paths", nargs=-1, type=PATH)
@narrowed
@located
@ruled
@dated
@click.option(
    "--source", metavar="SOURCE", help="In place of what git and pre-commit say: worktree, index, a revision."
)
@click.option("--report", type=click.Choice(SCOPES), help="In place of what the change touches or has caused.")
def hook(
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
    source: str | None,
    report: str | None,
) -> None:
    """Check what a commit or push changes, as a hook of git or pre-commit.

    At a commit git's index is checked, at a push the revision that is pushed, otherwise the work tree. What the
    change touches is reported, and what it has caused elsewhere; PATHS narrow that.
    """
    from waku_lint.session import changes, session

    output = Output(form, output_file, statistics)
    output.check()
    top = project(root, paths[0] if paths else Path())
    found = changes.from_environment(top, os.environ)
    request = session.Request(
        root=top,
        paths=paths,
        config=config,
        select=split(select),
        ignore=split(ignore),
        kinds=kinds,
        source=source or found.source,
        report=scope(report or found.report),
        since=found.since,
        today=today.date(),
        local_rules=local_rules,
        cache=not no_cache,
        jobs=allowed(jobs),
    )
    opened = open_session(request)
    change = changes.change_of(request) if request.report != "all" else None
    if change is not None and not changes.matters(change, opened.config) and output == Output():
        sys.exit(CLEAN)
    result = run(opened, output.form or "text", change)
    warn(opened)
    write(result, opened, output, strict=strict, silent=not (result.diagnostics or result.held_back or result.stale))
    finish(result, strict)
