"""The command line: the group of commands, and the exit status of what goes wrong."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import click

from waku_lint import __version__
from waku_lint.cli import COMMANDS, signals
from waku_lint.cli.exit_status import status_of
from waku_lint.errors import Stopped


class _Commands(click.Group):
    """A group that imports a command when it is called."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command = getattr(import_module(f"waku_lint.cli.{name}"), name)
        return command if isinstance(command, click.Command) else None

    def make_context(self, *arguments: Any, **more: Any) -> click.Context:
        """Parse the arguments; `--help` and `--version` print here."""
        with _closed_pipes():
            return super().make_context(*arguments, **more)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        with _closed_pipes():
            return super().invoke(ctx)


@contextmanager
def _closed_pipes() -> Iterator[None]:
    """Stop the run at a closed pipe, which click takes for an error."""
    try:
        yield
    except BrokenPipeError as error:
        raise Stopped(signals.PIPE) from error


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="waku-lint %(version)s")
def cli() -> None:
    """Check the documents of a roadmap repository: milestones, deliverables, FURPS, issue templates."""


def run() -> int:
    """Run the command line, and give its exit status."""
    return status_of(_run)


def _run() -> int | None:
    try:
        # Commands return nothing; click returns a number if one ends early.
        return cli(prog_name="waku-lint", standalone_mode=False)  # type: ignore[no-any-return]
    except click.Abort:
        raise Stopped(signal.SIGINT) from None  # the end of the input at a prompt
    except click.ClickException as error:
        error.show()
        return error.exit_code
