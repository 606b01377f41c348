"""`waku-lint new`."""

from __future__ import annotations

from pathlib import Path

import click

from waku_lint.cli.console import say
from waku_lint.cli.options import PATH, Command, located, team_names
from waku_lint.cli.runs import project
from waku_lint.errors import CannotRun


@click.group()
def new() -> None:
    """Write a new document as the project's rules want it, with placeholders for what is yet to be said."""


def _titled(command: Command) -> Command:
    command = click.option("--stdout", is_flag=True, help="Print it; write nothing.")(command)
    return located(click.option("--title", metavar="TEXT", help="Its title or name.")(command))


def _owned(command: Command) -> Command:
    text = "The feature file to link, whose statements are quoted."
    command = click.option("--feature", type=PATH, metavar="PATH", help=text)(command)
    option = click.option("--owner", metavar="TEAM", shell_complete=team_names, help="The team that owns deliverables.")
    return option(command)


@new.command()
@click.argument("path", required=False, type=PATH)
@_owned
@_titled
def milestone(
    path: Path | None,
    owner: str | None,
    feature: Path | None,
    title: str | None,
    stdout: bool,
    config: Path | None,
    root: Path | None,
) -> None:
    """A milestone page, by default in the folder of these, named after the title."""
    _write("milestone", path, stdout, config, root, title, owner, feature)


@new.command()
@click.option("--in", "page", type=PATH, metavar="PAGE", help="The milestone page to append it to.")
@_owned
@_titled
def deliverable(
    page: Path | None,
    owner: str | None,
    feature: Path | None,
    title: str | None,
    stdout: bool,
    config: Path | None,
    root: Path | None,
) -> None:
    """A deliverable, appended to a milestone page; with --stdout alone it is printed.

    It takes the form and the level of the page's last one. With both, --stdout prints the page as it would be.
    """
    if page is None and not stdout:
        raise CannotRun("a deliverable stands in a page: give --in PAGE, or --stdout")
    _write("deliverable", page, stdout, config, root, title, owner, feature)


@new.command()
@click.argument("path", required=False, type=PATH)
@_titled
def furps(path: Path | None, title: str | None, stdout: bool, config: Path | None, root: Path | None) -> None:
    """A feature file, by default in the folder of these, named after the title."""
    _write("furps", path, stdout, config, root, title)


@new.command("issue-template")
@click.argument("path", required=False, type=PATH)
@_titled
def issue_template(path: Path | None, title: str | None, stdout: bool, config: Path | None, root: Path | None) -> None:
    """An issue template: for a deliverable, or what the title names, such as a task, an epic or a bug."""
    _write("issue-template", path, stdout, config, root, title if title or path else "Deliverable")


def _write(
    kind: str,
    path: Path | None,
    stdout: bool,
    config: Path | None,
    root: Path | None,
    title: str | None,
    owner: str | None = None,
    feature: Path | None = None,
) -> None:
    from waku_lint.editing import new as scaffold
    from waku_lint.files import snapshot, writer
    from waku_lint.session import session

    top = project(root, path or Path())
    opened = session.open_session(session.Request(top, config=config))
    given = [each for each in (path, feature) if each is not None]
    names = iter(snapshot.relative(top, given, lambda _path: True))
    place = next(names) if path is not None else None
    wanted = scaffold.Wanted(title, owner, next(names) if feature is not None else None)
    added = kind == scaffold.DELIVERABLE and place is not None
    if added and place is not None:
        text = scaffold.add_deliverable(opened, wanted, place)
    else:
        place, text = scaffold.new(opened, kind, wanted, place)
    if stdout:
        say(text, nl=False, exact=True)
    elif place is None:
        raise CannotRun("where to? give a PATH, a --title to name it after, or --stdout")
    else:
        (writer.replace if added else writer.create)(top / place, text.encode())
        click.echo(f"{'added to' if added else 'wrote'} {place}; `waku-lint check` tells what is to be filled in")
