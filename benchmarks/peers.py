"""Other linters, as far as they are installed: none of them is needed."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Final

# Arguments before the files or folder; what these print is not looked at.
_COMMANDS: Final = {
    "rumdl": ("rumdl", "check"),
    "mdsmith": ("mdsmith", "check"),
    "pymarkdown": ("pymarkdown", "scan", "-r"),
    "markdownlint-cli2": ("markdownlint-cli2",),
}


def command(name: str, target: Path) -> list[str] | None:
    """How a peer checks a file or a folder; None where it is not installed (`PEERS` is a path to look in first)."""
    program, *arguments = _COMMANDS[name]
    found = shutil.which(program, path=os.pathsep.join((os.environ.get("PEERS", ""), os.environ.get("PATH", ""))))
    if found is None:
        return None
    if name == "markdownlint-cli2" and target.is_dir():
        return [found, f"{target}/**/*.md"]
    return [found, *arguments, str(target)]
