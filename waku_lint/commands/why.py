"""`waku-lint why`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from waku_lint.commands.console import say
from waku_lint.commands.options import dated, located, project, ruled, tell_left_out


@click.command()
@click.argument("place", metavar="PATH[:LINE]")
@click.option("-v", "--verbose", is_flag=True, help="List the rules that looked at it, too.")
@dated
@located
@ruled
def why(place: str, verbose: bool, today: datetime, config: Path | None, root: Path | None, local_rules: bool) -> None:
    """Tell why a file is checked as it is: its kind, the rules that ran on it, the findings on a line."""
    from waku_lint import snapshot
    from waku_lint import why as reasons
    from waku_lint.session import Request, open_session

    given, line = reasons.place_of(place)
    top = project(root, given)
    (path,) = snapshot.relative(top, [given])
    request = Request(top, config=config, today=today.date(), local_rules=local_rules)
    opened = open_session(request)
    tell_left_out(opened.registry)
    found = reasons.why(request, opened, path)
    say(reasons.text(found, line, verbose=verbose), nl=False)
