"""The first thing that runs: what can be told at once is told before anything else is imported."""

from __future__ import annotations

import gc
import sys

from waku_lint import errors
from waku_lint.cli import signals

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

COLLECT: Final = 50_000  # objects that are made before the next look; Python's own number is 700


def main() -> None:
    """Run the command line. Exit 0 clean, 1 findings, 2 cannot run, 3 internal error, 128 and more stopped."""
    try:
        signals.heed()
        status = _run(sys.argv[1:])
        sys.stdout.flush()
    except errors.Stopped as stopped:
        status = signals.told(stopped)
    except OSError as error:
        status = signals.unwritten(error)
    sys.exit(status)


def _run(arguments: list[str]) -> int:
    # Whoever stops the run while these are imported is heeded as well.
    from waku_lint import __version__, idle, replay

    if arguments == ["--version"]:
        sys.stdout.write(f"waku-lint {__version__}\n")
        return 0
    if idle.idle(arguments):
        return 0
    known = replay.look(arguments)
    if known is not None:
        status = known.again()
        if status is not None:
            return status
        known.begin()
    # Hardly anything that is made on the way through is garbage; looking for it often takes a tenth of a short run.
    gc.set_threshold(COLLECT)
    try:
        return command(arguments)
    finally:
        if known is not None:
            known.keep()


def command(arguments: list[str]) -> int:
    """Make a run that is not known, and give its exit status."""
    from waku_lint import idle

    kinds = idle.kinds_of(arguments)
    if kinds is not None:
        from waku_lint.commands import hooking

        return hooking.usual(kinds)
    from waku_lint.cli import main

    return main.main()
