"""What a run says to whoever has started it, so that it is known the next time."""

from __future__ import annotations

import click

from waku_lint import outside, replay


def say(text: str, *, nl: bool = True, err: bool = False, styled: bool = False) -> None:
    """Print a text; one that is `styled` keeps its colours wherever it goes."""
    click.echo(text, nl=nl, err=err, color=True if styled else None)
    if not styled and "\x1b" in text:
        outside.unrepeatable()  # click takes some of it out
    replay.said(f"{text}\n" if nl else text, err)
