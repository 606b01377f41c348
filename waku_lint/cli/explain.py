"""`waku-lint explain`."""

from __future__ import annotations

from pathlib import Path

import click

from waku_lint.cli.options import located, rule_names, ruled
from waku_lint.cli.runs import project
from waku_lint.errors import CannotRun


@click.command()
@click.argument("rule", metavar="CODE-OR-NAME", shell_complete=rule_names)
@located
@ruled
def explain(rule: str, config: Path | None, root: Path | None, local_rules: bool) -> None:
    """Tell what a rule is about, with an example of what it reports and how to fix it."""
    from waku_lint.config.config import load
    from waku_lint.engine import examples
    from waku_lint.files.cache import open_cache
    from waku_lint.reporters import explanation
    from waku_lint.rules import catalogue, registry

    top = project(root, Path())
    settings = load(top, config)
    known = registry.load(settings, top, allow_local=local_rules, cache=open_cache())
    listed = known.find(rule)
    if listed is None:
        raise CannotRun(f"unknown rule {rule!r}; {known.hint(rule)}")
    found = catalogue.whole(listed)
    click.echo(explanation.explain(found, known, examples.config_for(found, known, settings)), nl=False)
