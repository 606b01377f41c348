"""`waku-lint hook`."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path

import click

from waku_lint import replay
from waku_lint.commands.check import check_kinds, run
from waku_lint.commands.options import PATH, SCOPES, dated, located, narrowed, project, ruled, scope, split
from waku_lint.commands.output import Output, write
from waku_lint.commands.status import CLEAN, finish


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
    from waku_lint import change, session
    from waku_lint.jobs import possible

    output = Output(form, output_file, statistics)
    output.check()
    top = project(root, paths[0] if paths else Path())
    found = change.from_environment(top, os.environ)
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
        jobs=jobs or possible(),
    )
    on = session.ground(request)
    check_kinds(request, on.config)
    if config is None and not no_cache:
        change.learn(on, top)
    what = change.change_of(request) if request.report != "all" else None
    if what is not None and not change.matters(what, on.config) and output == Output():
        replay.ended(CLEAN)
        sys.exit(CLEAN)
    opened, result = run(request, output.form or "text", on, what)
    silent = not (result.diagnostics or result.held_back or result.stale)
    write(result, opened, output, strict=strict, silent=silent)
    finish(result, strict)
