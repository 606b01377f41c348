"""All checks of a change, one after the other; the first that fails ends the run.

`python tests/gate.py` in an environment with `pip install -e '.[dev]'`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

CHECKOUT: Final = Path(__file__).parent.parent
BIN: Final = Path(sys.executable).parent

CHECKS: Final[tuple[tuple[str, list[str]], ...]] = (
    ("format", ["ruff", "format", "--check", "."]),
    ("lint", ["ruff", "check", "."]),
    ("types", ["mypy"]),
    ("layers", ["lint-imports"]),
    ("docs", [sys.executable, "docs/generate.py"]),
    ("site", [sys.executable, "-m", "mkdocs", "build", "--strict"]),
    ("tests", [sys.executable, "-m", "pytest", "-n", "auto", "--dist", "loadfile", "--cov", "--cov-report=term"]),
)
GENERATED: Final = ("docs/rules.md", "docs/process.md", "docs/configuration.md", "docs/commands.md", "README.md")


def main() -> int:
    """0 if every check passes, else 1."""
    for name, command in CHECKS:
        print(
            f"\n=== {name}: {' '.join(Path(command[0]).name if part == command[0] else part for part in command)}",
            flush=True,
        )
        started = time.monotonic()
        before = {path: (CHECKOUT / path).read_bytes() for path in GENERATED}
        program = command[0] if Path(command[0]).is_absolute() else str(BIN / command[0])
        environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "NO_MKDOCS_2_WARNING": "1"}
        done = subprocess.run([program, *command[1:]], cwd=CHECKOUT, check=False, env=environment)
        if done.returncode:
            print(f"=== {name} failed")
            return 1
        stale = [path for path in GENERATED if (CHECKOUT / path).read_bytes() != before[path]]
        if stale:
            print(f"=== {name} failed: {', '.join(stale)} was not up to date; it is now, commit it")
            return 1
        print(f"=== {name} passed in {time.monotonic() - started:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
