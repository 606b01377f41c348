"""`waku-lint init`."""

from __future__ import annotations

from pathlib import Path

import click

from waku_lint.cli.options import PATH
from waku_lint.cli.runs import now, project
from waku_lint.errors import CannotRun


@click.command()
@click.option("--yes", is_flag=True, help="Ask nothing.")
@click.option("--force", is_flag=True, help="Overwrite a configuration that is there.")
@click.option("--root", type=PATH, help="The project's root, in place of git's top level.")
def init(yes: bool, force: bool, root: Path | None) -> None:
    """Look at the repository, and write a .waku-lint.yaml to begin with."""
    from waku_lint.config.config import FILE_NAME
    from waku_lint.editing import init
    from waku_lint.files import writer
    from waku_lint.files.snapshot import WorkTree

    top = project(root, Path())
    target = top / FILE_NAME
    if not force and (target.exists() or target.is_symlink()):
        raise CannotRun(f"{target}: is there already; --force overwrites it")
    found = init.survey(WorkTree(top))
    click.echo(init.summary(found))
    other = target.with_suffix(".yml")
    if other.exists():
        click.echo(f"{other.name} is not read, and nothing of it is taken over; remove it")
    if not yes and not _agreed(f"Write {target}?"):
        click.echo("Nothing is written.")
        return
    writer.replace(target, init.configuration(found).encode(), through=False)  # where a link leads is not ours
    click.echo(f"Wrote {target}.\n\nFor .pre-commit-config.yaml:\n\n{init.PRE_COMMIT}")
    begin(top, ask=not yes)


def begin(top: Path, *, ask: bool) -> None:
    """Say how much is found now, and offer to set it aside."""
    from waku_lint.session import baseline_update

    adopted = baseline_update.adopt(top, None, prune=False, force=True, today=now().date())
    if not adopted.added:
        click.echo("`waku-lint check` finds nothing to begin with.")
        return
    findings = "1 finding" if adopted.added == 1 else f"{adopted.added} findings"
    click.echo(f"`waku-lint check` tells {findings}; `waku-lint baseline` sets them aside, to begin with what is new.")
    try:
        agreed = ask and click.confirm(f"Set them aside in {adopted.path}?", default=False)
    except click.Abort:
        agreed = False
    if agreed:
        baseline_update.write(top, adopted)
        click.echo(f"Wrote {top / adopted.path}.")


def _agreed(question: str) -> bool:
    try:
        return click.confirm(question, default=True)
    except click.Abort:
        raise CannotRun("nothing is written: there is nobody to ask; --yes asks nothing") from None
