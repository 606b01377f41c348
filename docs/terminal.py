"""Draw docs/terminal.svg: what a terminal shows when a commit breaks links in a page that it does not touch."""

from __future__ import annotations

import os
import pty
import re
import struct
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from fcntl import ioctl
from html import escape
from pathlib import Path
from termios import TIOCSWINSZ
from typing import Final

from tests.console import Console

PICTURE: Final = Path(__file__).parent / "terminal.svg"
COMMANDS: Final = ("git mv FURPS/note_sync.md FURPS/notes.md", 'git commit --message "Rename the feature file"')
COLUMNS: Final = 112
CHANGING: Final = {"NO_COLOR", "CI", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"}  # variables that change the output
CELL: Final = 7.8  # width of a character, in units of the picture
LINE: Final = 18
MARGIN: Final = 16
# The window has its own background, so the picture is the same on light and dark pages.
BACKGROUND: Final = "#1e2430"
TEXT: Final = "#d7dce5"
FONT: Final = "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace"
COLORS: Final = {  # by SGR code; a colored background is drawn as colored text
    "31": "#ff7b72", "41": "#ff7b72", "32": "#7ee787", "42": "#7ee787", "33": "#e3b341", "34": "#79c0ff",
    "2": "#9aa4b2",
}  # fmt: skip
_SGR: Final = re.compile(r"\x1b\[([\d;]*)m")
_OTHER: Final = re.compile(r"\x1b\[[\d;?]*[A-Za-ln-z]")


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one line in one style; `column` is 0-based."""

    column: int
    text: str
    codes: frozenset[str]


def main() -> None:
    """Write the picture."""
    PICTURE.write_text(picture(), encoding="utf-8")


def picture() -> str:
    """The SVG, from the output of `COMMANDS` in a copy of the example project with the hook installed."""
    with tempfile.TemporaryDirectory() as folder:
        console = Console(Path(folder) / "roadmap")
        console.prepare("fixtures/example", hooked=True)
        lines = [line for command in COMMANDS for line in (f"$ {command}", *_terminal(console, command).splitlines())]
    return svg([[*runs(line)] for line in lines])


def _terminal(console: Console, command: str) -> str:
    """What the command prints on a terminal of `COLUMNS` columns."""
    ours, theirs = pty.openpty()
    ioctl(theirs, TIOCSWINSZ, struct.pack("HHHH", 50, COLUMNS, 0, 0))
    environment = {name: value for name, value in console.environment.items() if name not in CHANGING}
    environment |= {"TERM": "xterm-256color", "WAKU_LINT_CACHE_DIR": str(console.folder.parent / "cache")}
    with subprocess.Popen(
        ["bash", "-c", command], cwd=console.folder, env=environment, stdin=theirs, stdout=theirs, stderr=theirs
    ):
        os.close(theirs)
        printed = b"".join(iter(lambda: _read(ours), b""))
    os.close(ours)
    return _OTHER.sub("", printed.decode()).replace("\r\n", "\n").rstrip("\n")


def _read(descriptor: int) -> bytes:
    """What comes next, or nothing at the end, which Linux reports as an error."""
    try:
        return os.read(descriptor, 65536)
    except OSError:
        return b""


def runs(line: str) -> Iterator[Run]:
    """The parts of a line with escape sequences, one for each style."""
    codes: frozenset[str] = frozenset()
    column = 0
    for at, part in enumerate(_SGR.split(line)):
        if at % 2:
            given = {code.lstrip("0") for code in part.split(";")}
            codes = frozenset() if given <= {""} else codes | given
        elif part:
            yield Run(column, part, codes)
            column += len(part)


def svg(lines: list[list[Run]]) -> str:
    """A window with these lines."""
    width = round(2 * MARGIN + CELL * max(run.column + len(run.text) for line in lines for run in line))
    height = 2 * MARGIN + LINE * len(lines) + LINE
    buttons = zip((22, 40, 58), ("#ff7b72", "#e3b341", "#7ee787"), strict=True)
    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">',
        f'<rect x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="8" fill="{BACKGROUND}" stroke="#555"/>',
        *(f'<circle cx="{x}" cy="18" r="5" fill="{color}"/>' for x, color in buttons),
        f'<g font-family="{FONT}" font-size="13" fill="{TEXT}" xml:space="preserve">',
    ]
    for number, line in enumerate(lines):
        drawn += [_drawn(run, MARGIN + LINE * (number + 2)) for run in line if run.text.strip()]
    return "\n".join([*drawn, "</g>", "</svg>", ""])


def _drawn(run: Run, y: int) -> str:
    spaces = len(run.text) - len(run.text.lstrip())
    text = run.text.strip()
    x = MARGIN + CELL * (run.column + spaces)
    color = next((color for code, color in COLORS.items() if code in run.codes), None)
    style = (f' fill="{color}"' if color else "") + (' font-weight="bold"' if "1" in run.codes else "")
    return f'<text x="{x:.1f}" y="{y}" textLength="{CELL * len(text):.1f}"{style}>{escape(text)}</text>'


if __name__ == "__main__":
    main()
