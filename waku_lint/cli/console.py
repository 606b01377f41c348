"""Print text for people or programs, with control characters and commands to GitHub escaped."""

from __future__ import annotations

import os
import sys

import click

from waku_lint.reporters.escaping import harmless


def on_github() -> bool:
    """Whether GitHub's runner reads what is said, and obeys what looks like its commands."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


def say(text: str, *, nl: bool = True, err: bool = False, styled: bool = False, exact: bool = False) -> None:
    """Print a text; one that is `styled` keeps its colours wherever it goes.

    One that is `exact` is for a program: it is printed as it is, in UTF-8. In any other there is no command to GitHub,
    and what the terminal's encoding lacks is escaped.
    """
    text = text.encode("utf-8", "backslashreplace").decode()
    if not exact and on_github():
        text = harmless(text)
    stream = sys.stderr if err else sys.stdout
    if "\x1b" in text and not styled and not exact and not stream.isatty():
        text = click.unstyle(text)
    whole = f"{text}\n" if nl else text
    encoding = getattr(stream, "encoding", None) or "utf-8"
    if exact:
        stream.flush()
        stream.buffer.write(whole.encode("utf-8"))
        stream.buffer.flush()
    elif sys.platform == "win32" and stream.isatty():
        click.echo(whole, nl=False, err=err, color=True)  # old terminals there know no colours
    else:
        stream.write(whole.encode(encoding, "backslashreplace").decode(encoding))
        stream.flush()
