"""`waku-lint rules`."""

from __future__ import annotations

from pathlib import Path

import click

from waku_lint.commands.options import located, project


@click.command()
@located
def rules(config: Path | None, root: Path | None) -> None:
    """List all rules, and which are on in this project."""
    from waku_lint import registry
    from waku_lint.config import load

    top = project(root, Path())
    settings = load(top, config)
    known = registry.load(settings, top)
    settled = known.settled(settings)
    width = max(len(rule.name) for rule in known.rules)
    for rule in known.rules:
        state = settled[rule.code].severity.value if settled[rule.code].on else "off"
        click.echo(f"{rule.code}  {rule.name:<{width}}  {state:<7}  {rule.summary}")
