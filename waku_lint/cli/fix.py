"""`waku-lint fix`."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from waku_lint.cli.console import say
from waku_lint.cli.exit_status import CLEAN, FINDINGS, INTERNAL, crashed, finish
from waku_lint.cli.options import PATH, dated, located, narrowed, piped, ruled
from waku_lint.cli.output import Output
from waku_lint.cli.output import write as report
from waku_lint.cli.runs import open_session, project, split, tell_nothing, unsaved, warn
from waku_lint.errors import CannotRun


@click.command()
@click.argument("paths", nargs=-1, type=PATH)
@click.option("--unsafe", is_flag=True, help="Apply fixes that a person should look at, too.")
@click.option("--diff", "as_diff", is_flag=True, help="Print what would change, and write nothing.")
@click.option("--check", "only_check", is_flag=True, help="Write nothing, and exit 1 if something would be fixed.")
@click.option("--no-baseline", "everything", is_flag=True, help="Fix what the baseline keeps quiet, too.")
@narrowed
@located
@ruled
@dated
@piped
def fix(
    paths: tuple[Path, ...],
    unsafe: bool,
    as_diff: bool,
    only_check: bool,
    everything: bool,
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
    strict: bool,
    today: datetime,
    stdin_filename: Path | None,
) -> None:
    """Fix what can be fixed mechanically, and report what is left.

    PATHS are files and folders to fix, by default the current folder; no other file is written. With `-` the text of
    one file is read from the standard input, and written fixed to the standard output.
    """
    from waku_lint.engine.workers import allowed
    from waku_lint.files.writer import write
    from waku_lint.reporters.fixes import diff, summary
    from waku_lint.session import runner, session

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
        unsaved=unsaved(paths, stdin_filename, top),
        baseline=not everything,
        today=today.date(),
        local_rules=local_rules,
        cache=not no_cache,
        jobs=allowed(jobs),
    )
    current = open_session(request)
    current.active  # noqa: B018 - errors of rules come before warnings
    warn(current)
    given_text = request.unsaved.data if request.unsaved is not None else None
    if given_text is not None and len(given_text) > current.config.limits.file_size:
        raise CannotRun(
            f"{stdin_filename}: more than the limit of {current.config.limits.file_size:,} bytes; nothing is written"
        )
    outcome = runner.fix(request, current, unsafe=unsafe)
    dry = as_diff or only_check
    if as_diff:
        click.echo(diff(outcome).encode(), nl=False)
    elif request.unsaved is None and not dry:
        write(top, outcome.changes)
    elif request.unsaved is not None and not dry:
        after = next((change.after for change in outcome.changes), request.unsaved.data)
        click.echo(after or b"", nl=False)
    aside = form not in (None, "text") or as_diff or request.unsaved is not None
    if outcome.result.checked:
        say(summary(outcome, "would fix" if dry else "fixed"), nl=not dry and not aside, err=aside)
    else:
        tell_nothing(given if stdin_filename else paths, current)
    if dry:
        failed = crashed(outcome.result)
        sys.exit(INTERNAL if failed else FINDINGS if only_check and outcome.changes else CLEAN)
    piped_through = request.unsaved is not None
    report(outcome.result, current, output, strict=strict, silent=not outcome.result.checked, aside=piped_through)
    finish(outcome.result, strict)
