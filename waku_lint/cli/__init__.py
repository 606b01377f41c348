"""The commands of the command line, one a module, each imported when it is called for."""

from __future__ import annotations

from typing import Final

# The module of each, in the order of `--help`.
COMMANDS: Final = (
    "check", "fix", "hook", "baseline", "suppressions", "rules", "explain", "rule", "init", "config", "why", "new",
    "impact", "rename", "completion",
)  # fmt: skip
