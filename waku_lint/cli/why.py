"""`waku-lint why`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from waku_lint.cli.console import say
from waku_lint.cli.options import dated, located, ruled
from waku_lint.cli.runs import project, warn_of_local_rules
from waku_lint.errors import CannotRun


@click.command()
@click.argument("place", metavar="PATH[:LINE]")
@click.option("-v", "--verbose", is_flag=True, help="List the rules that looked at it, too.")
@dated
@located
@ruled
def why(place: str, verbose: bool, today: datetime, config: Path | None, root: Path | None, local_rules: bool) -> None:
    """Tell why a file is checked as it is: its kind, the rules that ran on it, the findings on a line."""
    from waku_lint.config.config import FILE_NAME
    from waku_lint.files import git, snapshot
    from waku_lint.reporters import why
    from waku_lint.session import why as reasons
    from waku_lint.session.session import Request, open_session

    given, line = reasons.place_of(place)
    top = project(root, given)
    here = Path.cwd()
    alone = root is None and git.top_level(top) is None and not (top / FILE_NAME).is_file()
    if not given.resolve().is_relative_to(top) or (alone and not given.resolve().is_relative_to(here)):
        raise CannotRun(f"{given}: is outside the project {here if alone else top}")
    (path,) = snapshot.relative(top, [given])
    request = Request(top, config=config, today=today.date(), local_rules=local_rules)
    opened = open_session(request)
    warn_of_local_rules(opened.config, local_rules)
    found = reasons.why(request, opened, path)
    last = found.lines
    if line is not None and last is not None and not 1 <= line <= last:
        raise CannotRun(f"{path}: has no line {line}; its last one is {last}")
    say(why.text(found, line, verbose=verbose), nl=False)
