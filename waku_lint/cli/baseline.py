"""`waku-lint baseline`."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from waku_lint.cli.console import say
from waku_lint.cli.exit_status import INTERNAL, crashed
from waku_lint.cli.options import dated, located, ruled
from waku_lint.cli.runs import project
from waku_lint.errors import CannotRun


@click.command()
@click.option("--prune", is_flag=True, help="Only remove the entries of what is mended.")
@click.option("--force", is_flag=True, help="Add findings to a baseline that is there already, too.")
@located
@ruled
@dated
def baseline(
    prune: bool, force: bool, config: Path | None, root: Path | None, local_rules: bool, today: datetime
) -> None:
    """Write what is found now to the baseline, whose findings `check` and `hook` do not tell.

    A baseline that is there gets no new findings, unless you ask for it.
    """
    from waku_lint.session import baseline_update

    if prune and force:
        raise CannotRun("--prune adds nothing and --force adds findings; give one of them")
    top = project(root, Path())
    adopted = baseline_update.adopt(top, config, prune=prune, force=force, today=today.date(), local_rules=local_rules)
    if crashed(adopted.result):
        sys.exit(INTERNAL)
    baseline_update.write(top, adopted)
    size = len(adopted.baseline.entries)
    entries = f"{size} {'entry' if size == 1 else 'entries'}"
    say(f"{adopted.path}: {entries}, {adopted.added} added, {adopted.removed} removed")
