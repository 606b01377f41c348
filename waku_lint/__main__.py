"""Run waku-lint: handle signals, then import and run the command line."""

from __future__ import annotations

import sys

from waku_lint.cli import signals
from waku_lint.errors import Stopped


def main() -> int:
    """Run the command line. 0 no errors, 1 errors, 2 cannot run, 3 internal error, 128 and more stopped."""
    try:
        signals.handle()
        from waku_lint.cli.main import run  # a signal that arrives during this import is handled

        status = run()
        sys.stdout.flush()
    except Stopped as stopped:
        status = signals.report_stopped(stopped)
    except OSError as error:
        status = signals.report_unwritten(error)
    return status


if __name__ == "__main__":
    sys.exit(main())
