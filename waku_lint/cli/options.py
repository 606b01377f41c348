"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from waku_lint.cli.runs import now, project
from waku_lint.errors import CannotRun

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


PATH: Final = click.Path(path_type=Path)
FORMATS: Final = ("text", "json", "jsonl", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson")

Command = Callable[..., None]


def rule_names(_ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Codes and names of our rules; of `WL305,WL4` the last is completed."""
    from click.shell_completion import CompletionItem

    from waku_lint.files.cache import open_cache
    from waku_lint.rules.catalogue import listed
    from waku_lint.rules.registry import builtin_rules

    others, comma, word = incomplete.rpartition(",")
    rules = ((name, rule.summary) for rule in listed(open_cache(), builtin_rules) for name in (rule.code, rule.name))
    return [CompletionItem(f"{others}{comma}{each.value}", help=each.help) for each in _beginning(word, rules)]


def kind_names(_ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The kinds of documents."""
    from waku_lint.documents.extract import KINDS

    return _beginning(incomplete, ((kind, "") for kind in KINDS))


def team_names(ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The teams of the project; none where its configuration cannot be read."""
    from waku_lint.config.config import load

    try:
        root = project(ctx.params.get("root"), Path())
        return _beginning(incomplete, ((team, "") for team in load(root, ctx.params.get("config")).teams))
    except CannotRun:
        return []


def _beginning(word: str, known: Iterable[tuple[str, str]]) -> list[CompletionItem]:
    """Those that begin so, in any case."""
    from click.shell_completion import CompletionItem

    start = word.casefold()
    return [CompletionItem(name, help=text or None) for name, text in known if name.casefold().startswith(start)]


def located(command: Command) -> Command:
    """`--config` and `--root`."""
    config = "The configuration file, in place of .waku-lint.yaml at the root."
    command = click.option("--root", type=PATH, help="The project's root, in place of git's top level.")(command)
    return click.option("--config", type=PATH, help=config)(command)


def ruled(command: Command) -> Command:
    """`--allow-local-rules`, for commands that know all rules."""
    text = "Run the rules in Python files of the project (`local-rules`), which is code of whoever wrote them."
    return click.option("--allow-local-rules", "local_rules", is_flag=True, help=text)(command)


def dated(command: Command) -> Command:
    """`--today`."""
    return click.option(
        "--today",
        type=click.DateTime(["%Y-%m-%d"]),
        default=now,
        metavar="YYYY-MM-DD",
        help="The day by which suppressions have expired, in place of today.",
    )(command)


def narrowed(command: Command) -> Command:
    """What a run reports, and how."""
    for option in (
        click.option("--strict", is_flag=True, help="Fail on warnings and stale baseline entries, too."),
        click.option(
            "--kind",
            "kinds",
            multiple=True,
            metavar="KIND",
            shell_complete=kind_names,
            help="Report only documents of this kind.",
        ),
        click.option("--ignore", multiple=True, metavar="RULE", shell_complete=rule_names, help="Not these rules."),
        click.option(
            "--select",
            multiple=True,
            metavar="RULE",
            shell_complete=rule_names,
            help="Only these rules: codes, names or prefixes (WL3).",
        ),
        click.option("--statistics", is_flag=True, help="How often each rule is broken, in place of the findings."),
        click.option(
            "--output-file",
            type=PATH,
            metavar="FILE",
            help="Write the report to this file; the terminal gets the text.",
        ),
        click.option(
            "--jobs", type=click.IntRange(min=1), metavar="N", help="How many processes to use: by default one a core."
        ),
        click.option("--no-cache", is_flag=True, help="Neither use nor keep what is known from other runs."),
        click.option("--format", "form", type=click.Choice(FORMATS), help="How to report: by default as text."),
    ):
        command = option(command)
    return command


def piped(command: Command) -> Command:
    """`--stdin-filename`."""
    text = "With `-`: check the text of the standard input as if it stood at this path."
    return click.option("--stdin-filename", type=PATH, metavar="PATH", help=text)(command)
