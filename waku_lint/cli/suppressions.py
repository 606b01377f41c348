"""`waku-lint suppressions`."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from waku_lint.cli.console import say
from waku_lint.cli.exit_status import CLEAN, INTERNAL, crashed
from waku_lint.cli.options import PATH, dated, located, ruled
from waku_lint.cli.runs import open_session, project, run, warn


@click.command()
@click.argument("paths", nargs=-1, type=PATH)
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", help="How to list them.")
@located
@ruled
@dated
def suppressions(
    paths: tuple[Path, ...],
    form: str,
    config: Path | None,
    root: Path | None,
    local_rules: bool,
    today: datetime,
) -> None:
    """List the comments that hide findings: where, which, why, and since when.

    PATHS are the files and folders to look at, by default the current folder.
    """
    from waku_lint.reporters.suppressions import FORMATS
    from waku_lint.session import session

    given = paths or (root or Path(),)
    top = project(root, given[0])
    day = today.date()
    opened = open_session(session.Request(top, given, config, today=day, local_rules=local_rules))
    result = run(opened, form)
    warn(opened)
    ages = session.ages(top, result.suppressions, day)
    say(FORMATS[form](result.suppressions, ages), nl=False, exact=form != "text")
    sys.exit(INTERNAL if crashed(result) else CLEAN)
