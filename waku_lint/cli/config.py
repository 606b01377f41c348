"""`waku-lint config`."""

from __future__ import annotations

from pathlib import Path

import click

from waku_lint.cli.console import say
from waku_lint.cli.options import located, ruled
from waku_lint.cli.runs import project, warn_of_local_rules


@click.command("config")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", help="How to tell it.")
@located
@ruled
def config(form: str, config: Path | None, root: Path | None, local_rules: bool) -> None:
    """Show the configuration that is in effect, each value with where it comes from."""
    from waku_lint.config.config import load
    from waku_lint.reporters import settings as settings_report
    from waku_lint.rules import registry
    from waku_lint.session import settings

    top = project(root, Path())
    chosen = load(top, config)
    known = registry.load(chosen, top, allow_local=local_rules)
    warn_of_local_rules(chosen, local_rules)
    found = settings.settings_of(chosen, known)
    text = settings_report.text(found) if form == "text" else settings_report.as_json(found)
    say(text, nl=False, exact=form != "text")
