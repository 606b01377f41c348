"""The command line: the group of commands, and the exit status of what goes wrong."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from waku_lint import __version__
from waku_lint.commands import COMMANDS
from waku_lint.commands.status import CANNOT_RUN, INTERNAL
from waku_lint.errors import CannotRun


class _Commands(click.Group):
    """A group that imports a command when it is called for: no command pays for another's imports."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command = getattr(import_module(f"waku_lint.commands.{name}"), name)
        return command if isinstance(command, click.Command) else None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="waku-lint %(version)s")
def cli() -> None:
    """Check the documents of a roadmap repository: milestones, deliverables, FURPS, issue templates."""


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
