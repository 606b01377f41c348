"""The command line: the group of commands, and the exit status of what goes wrong."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any, Final

import click

from waku_lint import __version__
from waku_lint.commands import COMMANDS
from waku_lint.commands.status import CANNOT_RUN, CLEAN, INTERNAL, STOPPED
from waku_lint.errors import CannotRun, Stopped

PIPE: Final = 13  # the signal of a pipe that nobody reads, which not all systems have


class _Commands(click.Group):
    """A group that imports a command when it is called for: no command pays for another's imports."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command = getattr(import_module(f"waku_lint.commands.{name}"), name)
        return command if isinstance(command, click.Command) else None

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command. A pipe that nobody reads is told apart from what click makes of it: exit 1, as for errors."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise Stopped(PIPE) from error


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="waku-lint %(version)s")
def cli() -> None:
    """Check the documents of a roadmap repository: milestones, deliverables, FURPS, issue templates."""


def main() -> None:
    """Run the command line. Exit 0 clean, 1 findings, 2 cannot run, 3 internal error, 128 and more stopped."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # it is closed, and what is opened next would take its place
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    try:
        status = _run()
        _flush()
    except Stopped as stopped:
        status = _stopped(stopped)
    sys.exit(status)


def _stop(number: int, _frame: FrameType | None) -> None:
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_IGN)  # what has begun is taken back in peace
    raise Stopped(number)


def _run() -> int:
    try:
        # What a command returns is nothing; that it has ended early, click gives as a number.
        return cli(prog_name="waku-lint", standalone_mode=False) or CLEAN
    except SystemExit as error:
        return error.code if isinstance(error.code, int) else INTERNAL
    except click.Abort:
        return _stopped(Stopped(signal.SIGINT))  # at the end of an input that was asked for
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except CannotRun as error:
        click.echo(f"error: {error}", err=True)
        return CANNOT_RUN
    except Exception as error:  # noqa: BLE001  # pragma: no cover - nothing is known to get here
        click.echo(f"internal error: {type(error).__name__}: {error}", err=True)
        return INTERNAL


def _flush() -> None:
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise Stopped(PIPE) from None


def _stopped(stopped: Stopped) -> int:
    """Say in a line that the run has not come to its end; of a pipe that nobody reads there is nothing to say."""
    if stopped.signal == PIPE:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what is not written yet would fail once more at exit
    else:
        words = "interrupted" if stopped.signal == signal.SIGINT else "terminated"
        with suppress(OSError):
            click.echo(f"{words}: the run has not come to its end", err=True)
    return STOPPED + stopped.signal
