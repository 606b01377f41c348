"""What others wrote, in what we print: nothing of it is an order to a terminal or to GitHub's runner."""

from __future__ import annotations

from typing import Final

from waku_lint.regexes import lazy

# The runner compares words as people do, and so passes over what nobody sees.
_UNSEEN: Final = (
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)
# A line that begins with `::`, or has `##[` anywhere, may be a command: github.com/actions/runner, ActionCommand.cs.
_COMMAND: Final = lazy(rf"(?:^|(?<=[\r\n]))(?:[^\S\r\n]|{_UNSEEN})*:(?={_UNSEEN}*:)")
_OLDER_COMMAND: Final = lazy(rf"(#{_UNSEEN}*#{_UNSEEN}*)\[")


def harmless(text: str, *, colon: str = "?", bracket: str = "?") -> str:
    """A text of which no line is a command to GitHub's runner: of what would be one a character is replaced."""
    text = _COMMAND.sub(lambda match: match[0][:-1] + colon, text)
    return _OLDER_COMMAND.sub(lambda match: match[1] + bracket, text)
