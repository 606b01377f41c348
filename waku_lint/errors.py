"""What keeps the tool itself from running; a bad document never raises one of these."""

from __future__ import annotations

from typing import Final

from waku_lint.regexes import lazy


class CannotRun(Exception):
    """The run cannot start: exit status 2. The message names the place and the remedy, on one line."""

    def __str__(self) -> str:
        return plain(super().__str__())


class ConfigError(CannotRun):
    """A configuration, preset or schema cannot be used.

    `path` is the file as the user named it, `line` and `column` are 1-based; 0 when the whole file
    is meant.
    """

    def __init__(self, path: str, message: str, line: int = 0, column: int = 0) -> None:
        where = f"{path}:{line}:{column}" if line else path
        super().__init__(f"{where}: {message}")
        self.path = path
        self.line = line
        self.column = column


class BreachError(Exception):
    """A third-party rule has done what no rule may do."""


def did_you_mean(word: str, known: list[str]) -> str:
    """A hint with the closest known word, or all of them when none is close."""
    from difflib import get_close_matches

    near = get_close_matches(word.casefold(), [name.casefold() for name in known], n=1)
    if near:
        match = next(name for name in known if name.casefold() == near[0])
        return f"did you mean {match!r}?"
    if len(known) > 15:
        return "none is like it"
    return f"known: {', '.join(sorted(known))}" if known else "none is known"


def one_edit_apart(one: str, other: str) -> bool:
    """Whether a letter more, less or changed, or two swapped, makes one word of the other."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    left, right = one[start:], other[start:]
    swapped = left[:2] == right[1::-1] and left[2:] == right[2:]
    return swapped or left[1:] == right[1:] or left[1:] == right or left == right[1:]


_CONTROL: Final = lazy(r"[\x00-\x1f\x7f-\x9f]")


def plain(text: str) -> str:
    """A text on one line that has no word to say to a terminal: for each control character a `?`."""
    return _CONTROL.sub("?", text)


class Stopped(BaseException):
    """Somebody has stopped the run: `signal` is the number of the signal that came, or would have come.

    It is no `Exception`, so that nothing takes it for a rule that has failed.
    """

    def __init__(self, signal: int) -> None:
        super().__init__(signal)
        self.signal = signal
