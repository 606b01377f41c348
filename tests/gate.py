"""All checks of a change, one after the other; the first that fails ends the run.

`python tests/gate.py` in an environment with `pip install -e '.[dev]'`. On Python 3.12 and later it measures the lines
that the tests run; `python tests/gate.py --coverage` measures branches too, on any Python, and takes 3 times as long.
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
# Where every test is run, every branch is; some tests need documents that are not part of this repository.
COMPLETE: Final = ("--cov-fail-under=100",) if (CHECKOUT.parent / "shared" / "corpus").is_dir() else ()
BRANCHES: Final = ("--cov", "--cov-branch", "--cov-report=term", *COMPLETE)
LINES: Final = ("--cov", "--cov-report=term") if sys.version_info >= (3, 12) else ()

CHECKS: Final[tuple[tuple[str, list[str]], ...]] = (
    ("format", ["ruff", "format", "--check", "."]),
    ("lint", ["ruff", "check", "."]),
    ("types", ["mypy"]),
    ("layers", ["lint-imports"]),
    ("docs", [sys.executable, "docs/generate.py"]),
    ("site", [sys.executable, "-m", "mkdocs", "build", "--strict"]),
    ("tests", [sys.executable, "-m", "pytest", "-n", "auto", "--dist", "loadfile"]),
)
GENERATED: Final = (
    "docs/rules.md", "docs/process.md", "docs/configuration.md", "docs/commands.md", "docs/terminal.svg", "README.md",
)  # fmt: skip


def main(arguments: list[str]) -> int:
    """0 if every check passes, else 1."""
    if arguments not in ([], ["--coverage"]):
        print(f"usage: {Path(__file__).name} [--coverage]", file=sys.stderr)
        return 2
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # or each process that a test starts compiles everything
    if not arguments:
        environment["COVERAGE_CORE"] = "sysmon"
    for name, command in CHECKS:
        options = (BRANCHES if arguments else LINES) if name == "tests" else ()
        if not passed(name, [*command, *options], environment):
            return 1
    return 0


def passed(name: str, command: list[str], environment: dict[str, str]) -> bool:
    """Run a check, and print whether it has passed and how long it took."""
    words = (Path(command[0]).name if part == command[0] else part for part in command)
    print(f"\n=== {name}: {' '.join(words)}", flush=True)
    started = time.monotonic()
    before = {path: (CHECKOUT / path).read_bytes() for path in GENERATED}
    program = command[0] if Path(command[0]).is_absolute() else str(BIN / command[0])
    done = subprocess.run([program, *command[1:]], cwd=CHECKOUT, check=False, env=environment)
    if done.returncode:
        print(f"=== {name} failed")
        return False
    stale = [path for path in GENERATED if (CHECKOUT / path).read_bytes() != before[path]]
    if stale:
        print(f"=== {name} failed: {', '.join(stale)} was not up to date; it is now, commit it")
        return False
    print(f"=== {name} passed in {time.monotonic() - started:.0f} s", flush=True)
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
