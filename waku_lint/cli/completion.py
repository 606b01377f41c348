"""`waku-lint completion`."""

from __future__ import annotations

from typing import Final

import click
from click.shell_completion import get_completion_class

SHELLS: Final = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print a script that completes commands, options and rules in a shell.

    \b
    bash, in ~/.bashrc:  eval "$(waku-lint completion bash)"
    zsh, in ~/.zshrc:    eval "$(waku-lint completion zsh)"
    fish:                waku-lint completion fish > ~/.config/fish/completions/waku-lint.fish
    """
    kind = get_completion_class(shell)
    assert kind is not None  # noqa: S101 - click knows all of SHELLS
    click.echo(kind(ctx.find_root().command, {}, "waku-lint", "_WAKU_LINT_COMPLETE").source())
