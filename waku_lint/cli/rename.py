"""`waku-lint rename`."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from waku_lint.cli.console import say
from waku_lint.cli.options import located
from waku_lint.cli.runs import project
from waku_lint.cli.targets import all_files, below, file_and_id, statement_id
from waku_lint.errors import CannotRun


@click.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--renumber", is_flag=True, help="Let other statements get other numbers, too.")
@click.option("--diff", "shown", is_flag=True, help="Print what would change, and change nothing.")
@located
def rename(old: str, new: str, renumber: bool, shown: bool, config: Path | None, root: Path | None) -> None:
    """Give a file another path, or a statement another number, and change all that refers to it.

    OLD and NEW are paths, or OLD is a statement, FURPS/core/relay.md#F3, and NEW its id to be, F5.
    """
    from waku_lint.cli.rename_report import diff, summary
    from waku_lint.editing.rename import changes, plan_move
    from waku_lint.editing.renumber import plan_renumbering
    from waku_lint.files import git, writer

    top = project(root, Path())
    files = all_files(top, config)
    path, identifier = file_and_id(top, old, files)
    if identifier is None:
        plan = plan_move(files, path, below(top, new, Path.cwd() if path != old else top))
    else:
        plan = plan_renumbering(files, path, identifier, statement_id(top, new, path, files), renumber=renumber)
    for warning in plan.warnings:
        say(f"warning: {warning}", err=True)
    if shown:
        say(diff(files, plan), nl=False, exact=True)
        return
    uncommitted = git.uncommitted(top)
    dirty = [each for each in plan.paths if each in uncommitted]
    if dirty:
        raise CannotRun(f"{', '.join(dirty)}: not committed; commit that first, so that nothing can be lost")
    writer.write(top, changes(files, plan))
    say(summary(plan), nl=False)
    if plan.moved and len({path.casefold() for path in plan.moved}) == 1 and git.ignores_case(top):
        say(f"git ignores upper and lower case here; run: git mv {shlex.join(plan.moved)}", err=True)
