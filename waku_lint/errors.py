"""Errors that stop a run; a bad document never raises one of these."""

from __future__ import annotations

from typing import Final

from waku_lint.regexes import lazy


class CannotRun(Exception):
    """The run cannot start: exit status 2. The message names the place and the fix on one line."""

    def __str__(self) -> str:
        return plain(super().__str__())


class ConfigError(CannotRun):
    """A configuration, preset or schema cannot be used.

    `path` is the file as the user named it; `line` and `column` are 1-based, or 0 for the whole file.
    """

    def __init__(self, path: str, message: str, line: int = 0, column: int = 0) -> None:
        where = f"{path}:{line}:{column}" if line else path
        super().__init__(f"{where}: {message}")
        self.path = path
        self.line = line
        self.column = column


class BreachError(Exception):
    """A third-party rule has done something that rules must not do."""


def did_you_mean(word: str, known: list[str]) -> str:
    """A hint with the closest known word, or with all known words if none is close."""
    from difflib import get_close_matches

    near = get_close_matches(word.casefold(), [name.casefold() for name in known], n=1)
    if near:
        match = next(name for name in known if name.casefold() == near[0])
        return f"did you mean {match!r}?"
    if len(known) > 15:
        return "none is like it"
    return f"known: {', '.join(sorted(known))}" if known else "none is known"


def one_edit_apart(one: str, other: str) -> bool:
    """Whether one inserted, deleted or replaced letter, or two swapped letters, turn one word into the other."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    left, right = one[start:], other[start:]
    swapped = left[:2] == right[1::-1] and left[2:] == right[2:]
    return swapped or left[1:] == right[1:] or left[1:] == right or left == right[1:]


_CONTROL: Final = lazy(r"[\x00-\x1f\x7f-\x9f]")


def plain(text: str) -> str:
    """Make a string safe for one line of a terminal: replace each control character by `?`."""
    return _CONTROL.sub("?", text)


class Stopped(BaseException):
    """The run was stopped by a signal; `signal` is its number.

    It is not an `Exception`, so that it is never handled as the failure of a rule.
    """

    def __init__(self, signal: int) -> None:
        super().__init__(signal)
        self.signal = signal
