"""`waku-lint rule`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from waku_lint.cli.exit_status import CLEAN, FINDINGS
from waku_lint.cli.options import located, rule_names, ruled
from waku_lint.cli.runs import project, split, warn_of_local_rules
from waku_lint.errors import CannotRun


@click.group()
def rule() -> None:
    """Write rules of your own, and test them."""


@rule.command()
@click.argument("name")
@click.option(
    "--tier",
    type=click.Choice(("schema", "local", "package")),
    default="schema",
    help="A JSON Schema (the default), a Python file of the project, or a package.",
)
@click.option(
    "--kind",
    default="milestone",
    metavar="KIND",
    help="What it is about: milestone, furps, index, issue-template, update.",
)
@click.option("--code", metavar="CODE", default="OWN001", help="Its code, such as ACME001.")
def new(name: str, tier: str, kind: str, code: str) -> None:
    """Begin a rule called NAME, such as risk-owner-missing: below the project's root, a package in the current folder.

    It comes with an example that it does not report yet.
    """
    from waku_lint.editing import rule_skeletons
    from waku_lint.rules import registry
    from waku_lint.rules.plugins.contract import CODE, NAME

    if not NAME.fullmatch(name):
        raise CannotRun(f"{name!r} is no name of a rule; expected one such as risk-owner-missing")
    if not CODE.fullmatch(code):
        raise CannotRun(
            f"{code!r} is no code: two to eight capital letters and three digits, and not WL, which is ours"
        )
    if any(name == known.name for known in registry.builtin_rules()):
        raise CannotRun(f"{name!r} is taken by a rule of ours")
    if kind not in rule_skeletons.KINDS:
        raise CannotRun(f"no rule is begun for the kind {kind!r}; known: {', '.join(rule_skeletons.KINDS)}")
    chosen = next(each for each in rule_skeletons.TIERS if each == tier)
    # The configuration counts from the root; a package is no part of the project.
    folder = Path() if chosen == "package" else project(None, Path())
    texts = rule_skeletons.files(chosen, kind, name, code)
    there = next((path for path in texts if (folder / path).exists()), None)
    if there is not None:
        raise CannotRun(f"{there}: is there already")
    for path, text in texts.items():
        try:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise CannotRun(f"{path}: cannot be written: {error.strerror}") from None
        click.echo(f"wrote {path}")
    click.echo(rule_skeletons.next_steps(chosen, kind, name))


@rule.command()
@click.argument("names", nargs=-1, metavar="[RULE]...", shell_complete=rule_names)
@located
@ruled
def test(names: tuple[str, ...], config: Path | None, root: Path | None, local_rules: bool) -> None:
    """Run the examples of rules: of those that are named, else of all that are not ours."""
    from waku_lint.config.config import load
    from waku_lint.engine import examples
    from waku_lint.rules import registry

    top = project(root, Path())
    settings = load(top, config)
    known = registry.load(settings, top, allow_local=local_rules)
    warn_of_local_rules(settings, local_rules)
    codes = known.codes(split(names))
    chosen = [each for each in known.rules if (each.code in codes if names else known.source(each.code).tier != "ours")]
    failed = 0
    for each in chosen:
        problems = list(examples.problems(each, known, examples.config_for(each, known, settings)))
        failed += bool(problems)
        state = "failed" if problems else "passed"
        click.echo(f"{each.code} {each.name} ({known.source(each.code)}): {len(each.examples)} examples, {state}")
        for problem in problems:
            click.echo(f"  {problem}")
    if not chosen:
        click.echo("no rules to test: all are ours; `waku-lint rule new` begins one")
    else:
        rules = "1 rule" if len(chosen) == 1 else f"{len(chosen)} rules"
        click.echo(f"{failed} of {rules} failed" if failed else f"{rules} passed")
    sys.exit(FINDINGS if failed else CLEAN)
