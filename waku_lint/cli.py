"""The command line: arguments to a run, a run to a report and an exit status."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from waku_lint import __version__
from waku_lint.errors import CannotRun

if TYPE_CHECKING:
    from waku_lint.engine import RunResult

CLEAN: Final = 0
FINDINGS: Final = 1
CANNOT_RUN: Final = 2
INTERNAL: Final = 3
FORMATS: Final = ("text", "json")

_CONTEXT: Final = {"help_option_names": ["-h", "--help"]}
_PATH: Final = click.Path(path_type=Path)


@click.group(context_settings=_CONTEXT)
@click.version_option(__version__, message="waku-lint %(version)s")
def cli() -> None:
    """Check the documents of a roadmap repository: milestones, deliverables, FURPS, issue templates."""


@cli.command()
@click.argument("paths", nargs=-1, type=_PATH)
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", help="How to report.")
@click.option("--select", multiple=True, metavar="RULE", help="Only these rules: codes, names or prefixes (WL3).")
@click.option("--ignore", multiple=True, metavar="RULE", help="Not these rules.")
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="Report only documents of this kind.")
@click.option("--config", type=_PATH, help="The configuration file, in place of .waku-lint.yaml at the root.")
@click.option("--root", type=_PATH, help="The project's root, in place of git's top level.")
@click.option("--strict", is_flag=True, help="Fail on warnings, too.")
def check(
    paths: tuple[Path, ...],
    form: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    kinds: tuple[str, ...],
    config: Path | None,
    root: Path | None,
    strict: bool,
) -> None:
    """Check documents and report what is wrong with them.

    PATHS are files and folders to report on, by default the current folder. The project around them
    is read as a whole.
    """
    from waku_lint import engine, registry, snapshot
    from waku_lint.config import load
    from waku_lint.extract import KINDS
    from waku_lint.report import REPORTERS, Style

    given = paths or (root or Path(),)
    top = (root or snapshot.find_root(given[0])).resolve()
    if not top.is_dir():
        raise CannotRun(f"{root}: no such folder")
    unknown = next((kind for kind in kinds if kind not in KINDS), None)
    if unknown is not None:
        raise CannotRun(f"unknown kind {unknown!r}; known: {', '.join(KINDS)}")
    scope = snapshot.within(snapshot.relative(top, given))
    settings = load(top, config)
    rules = registry.load(settings, top)
    active = rules.active(settings, _split(select), _split(ignore))

    known = {path: kind for path in snapshot.paths_below(top) if (kind := settings.kind_of(path)) is not None}

    def reported(path: str) -> bool:
        return scope(path) and (not kinds or known[path].name in kinds)

    for kind in settings.kinds:
        if kind.where is not None and kind not in known.values():
            click.echo(f"warning: {kind.where}: no file is of the kind {kind.name}", err=True)
    if any(reported(path) for path in known):
        result = engine.run([snapshot.read(top, path) for path in known], settings, rules, active, reported)
    else:
        result = engine.RunResult((), (), 0)
        click.echo(_nothing(paths, top, settings.preset), err=True)
    if form != "text" or result.checked:
        click.echo(REPORTERS[form](result, Style(_colour())), nl=False, color=True)
    sys.exit(_status(result, strict))


@cli.command()
@click.option("--config", type=_PATH, help="The configuration file, in place of .waku-lint.yaml at the root.")
@click.option("--root", type=_PATH, help="The project's root, in place of git's top level.")
def rules(config: Path | None, root: Path | None) -> None:
    """List all rules, and which are on in this project."""
    from waku_lint import registry, snapshot
    from waku_lint.config import load

    top = (root or snapshot.find_root(Path())).resolve()
    settings = load(top, config)
    known = registry.load(settings, top)
    active = known.active(settings)
    width = max(len(rule.name) for rule in known.rules)
    for rule in known.rules:
        state = active[rule.code].severity.value if rule.code in active else "off"
        click.echo(f"{rule.code}  {rule.name:<{width}}  {state:<7}  {rule.summary}")


@cli.command()
@click.argument("rule", metavar="CODE-OR-NAME")
@click.option("--config", type=_PATH, help="The configuration file, in place of .waku-lint.yaml at the root.")
@click.option("--root", type=_PATH, help="The project's root, in place of git's top level.")
def explain(rule: str, config: Path | None, root: Path | None) -> None:
    """Tell what a rule is about, with an example of what it reports and how to fix it."""
    from waku_lint import explain as explanation
    from waku_lint import registry, snapshot
    from waku_lint.config import load

    top = (root or snapshot.find_root(Path())).resolve()
    known = registry.load(load(top, config), top)
    found = known.find(rule)
    if found is None:
        raise CannotRun(f"unknown rule {rule!r}; {known.hint(rule)}")
    click.echo(explanation.explain(found, known), nl=False)


def _split(names: tuple[str, ...]) -> list[str]:
    """`--select WL1,WL2` is `--select WL1 --select WL2`."""
    return [part.strip() for name in names for part in name.split(",") if part.strip()]


def _nothing(paths: tuple[Path, ...], root: Path, preset: str) -> str:
    where = ", ".join(map(str, paths[:3])) + (", ..." if len(paths) > 3 else "") if paths else "this project"
    return (
        f"nothing to check: no document of a known kind in {where} (root {root}, preset {preset}; "
        "`kinds` in .waku-lint.yaml says which files are documents)"
    )


def _colour() -> bool:
    """Colour only on a terminal, and never where NO_COLOR is set (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _status(result: RunResult, strict: bool) -> int:
    from waku_lint.diagnostic import Severity

    for crash in result.crashes:
        kind = type(crash.error).__name__
        click.echo(f"internal error: {crash.rule} failed on {crash.path}: {kind}: {crash.error}", err=True)
    if result.crashes:
        return INTERNAL
    if result.count(Severity.ERROR) or (strict and result.diagnostics):
        return FINDINGS
    return CLEAN


def main() -> None:
    """Run the command line. Exit 0 clean, 1 findings, 2 cannot run, 3 internal error."""
    try:
        cli(prog_name="waku-lint")
    except CannotRun as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(CANNOT_RUN)
    except Exception as error:  # noqa: BLE001  # pragma: no cover - nothing is known to get here
        click.echo(f"internal error: {type(error).__name__}: {error}", err=True)
        sys.exit(INTERNAL)
