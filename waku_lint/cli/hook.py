"""`waku-lint hook`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from waku_lint.cli.options import PATH, dated, located, narrowed, ruled
from waku_lint.cli.output import Output
from waku_lint.cli.runs import SCOPES, split
from waku_lint.commands import hooking


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
    hooking.hook(
        paths=paths,
        output=Output(form, output_file, statistics),
        cache=not no_cache,
        jobs=jobs,
        select=split(select),
        ignore=split(ignore),
        kinds=kinds,
        config=config,
        root=root,
        local_rules=local_rules,
        today=today.date(),
        strict=strict,
        source=source,
        report=report,
    )
