"""The first thing that runs: what can be told at once is told before anything else is imported."""

from __future__ import annotations

import gc
import os
import sys

from waku_lint import __version__, idle, replay

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

COLLECT: Final = 50_000  # objects that are made before the next look; Python's own number is 700


def main() -> None:
    """Run the command line. Exit 0 clean, 1 findings, 2 cannot run, 3 internal error."""
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        sys.stdout.write(f"waku-lint {__version__}\n")
        return
    if idle.idle(arguments):
        sys.exit(0)
    known = replay.look(arguments)
    if known is not None:
        try:
            status = known.again()
        except BrokenPipeError:  # whoever read has gone
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(141)
        if status is not None:
            sys.exit(status)
        known.begin()
    # Hardly anything that is made on the way through is garbage; looking for it often takes a tenth of a short run.
    gc.set_threshold(COLLECT)
    from waku_lint import cli

    try:
        cli.main()
    finally:
        if known is not None:
            known.keep()
