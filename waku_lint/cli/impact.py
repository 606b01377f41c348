"""`waku-lint impact`."""

from __future__ import annotations

from pathlib import Path

import click

from waku_lint.cli.console import say
from waku_lint.cli.options import located
from waku_lint.cli.runs import project
from waku_lint.cli.targets import all_files, file_and_id


@click.command()
@click.argument("target", metavar="TARGET")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", help="How to report.")
@located
def impact(target: str, form: str, config: Path | None, root: Path | None) -> None:
    """Tell who refers to a file or a statement.

    TARGET is the path of a file, such as FURPS/core/relay.md, or a statement in it: FURPS/core/relay.md#F3.
    """
    from waku_lint.cli.impact_report import IMPACT_REPORTERS
    from waku_lint.editing.impact import impact as find
    from waku_lint.editing.references import unclear

    top = project(root, Path())
    files = all_files(top, config)
    path, identifier = file_and_id(top, target, files)
    say(IMPACT_REPORTERS[form](find(files, path, identifier)), nl=False, exact=form != "text")
    for place, named in unclear(files, path, {identifier} if identifier else ()):
        click.echo(
            f"warning: {place}: {named} may be of this file: its deliverable names no feature that is found", err=True
        )
