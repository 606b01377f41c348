"""Escape printed content, so that it is not a command for a terminal or GitHub's runner."""

from __future__ import annotations

from typing import Final

from waku_lint.regexes import lazy

# The runner ignores invisible characters when it compares words.
_UNSEEN: Final = (
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)
# A line that begins with `::`, or has `##[` anywhere, may be a command: github.com/actions/runner, ActionCommand.cs.
_COMMAND: Final = lazy(rf"(?:^|(?<=[\r\n]))(?:[^\S\r\n]|{_UNSEEN})*:(?={_UNSEEN}*:)")
_OLDER_COMMAND: Final = lazy(rf"(#{_UNSEEN}*#{_UNSEEN}*)\[")


def harmless(text: str, *, colon: str = "?", bracket: str = "?") -> str:
    """Replace a character in each line that GitHub's runner would run as a command."""
    text = _COMMAND.sub(lambda match: match[0][:-1] + colon, text)
    return _OLDER_COMMAND.sub(lambda match: match[1] + bracket, text)
