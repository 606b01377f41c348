"""`waku-lint config`."""

from __future__ import annotations

from pathlib import Path

import click

from waku_lint.commands.console import say
from waku_lint.commands.options import located, ruled
from waku_lint.commands.running import project, tell_left_out


@click.command("config")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", help="How to tell it.")
@located
@ruled
def config(form: str, config: Path | None, root: Path | None, local_rules: bool) -> None:
    """Show the configuration that is in effect, each value with where it comes from."""
    from waku_lint import registry, settings
    from waku_lint.config import load

    top = project(root, Path())
    chosen = load(top, config)
    known = registry.load(chosen, top, allow_local=local_rules)
    tell_left_out(known)
    found = settings.settings_of(chosen, known)
    text = settings.text(found) if form == "text" else settings.as_json(found)
    say(text, nl=False, exact=form != "text")
