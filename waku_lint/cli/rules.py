"""`waku-lint rules`."""

from __future__ import annotations

from pathlib import Path

import click

from waku_lint.cli.options import located, ruled
from waku_lint.cli.runs import project, warn_of_local_rules


@click.command()
@located
@ruled
def rules(config: Path | None, root: Path | None, local_rules: bool) -> None:
    """List all rules, and which are on in this project."""
    from waku_lint.config.config import load
    from waku_lint.files.cache import open_cache
    from waku_lint.rules import registry

    top = project(root, Path())
    settings = load(top, config)
    known = registry.load(settings, top, allow_local=local_rules, cache=open_cache())
    warn_of_local_rules(settings, local_rules)
    settled = known.settled(settings)
    codes = max(len(rule.code) for rule in known.rules)
    width = max(len(rule.name) for rule in known.rules)
    for rule in known.rules:
        state = settled[rule.code].severity.value if settled[rule.code].on else "off"
        source = known.source(rule.code)
        whence = f" ({source})" if source.name else ""
        click.echo(f"{rule.code:<{codes}}  {rule.name:<{width}}  {state:<7}  {rule.summary}{whence}")
