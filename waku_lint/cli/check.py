"""`waku-lint check`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from waku_lint.cli.exit_status import finish
from waku_lint.cli.options import PATH, dated, located, narrowed, piped, ruled
from waku_lint.cli.output import Output, write
from waku_lint.cli.runs import SCOPES, open_session, project, run, scope, split, tell_nothing, unsaved, warn


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
    from waku_lint.engine.workers import allowed
    from waku_lint.session import session

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
        jobs=allowed(jobs),
    )
    opened = open_session(request)
    result = run(opened, output.form or "text")
    warn(opened)
    nothing = not result.checked and report == "all"
    if nothing:
        tell_nothing((stdin_filename,) if stdin_filename else paths, opened)
    write(result, opened, output, strict=strict, silent=nothing and not result.stale)
    finish(result, strict)
