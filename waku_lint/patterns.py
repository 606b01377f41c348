"""Patterns of paths as in .gitignore, but that all count from the root; the only importer of pathspec."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_FOLDER: Final = "(?P<ps_d>"  # by this group pathspec tells that a folder was matched; a name cannot be there twice


MAX_STARS: Final = 6  # each can multiply the time of a match by the length of the path
MAX_STARS_BETWEEN: Final = 4


@dataclass(frozen=True)
class Patterns:
    """Of the patterns that match a path the last one counts; one that starts with `!` takes out again."""

    texts: tuple[str, ...]

    @cached_property
    def _spec(self) -> GitIgnoreSpec:
        from pathspec import GitIgnoreSpec

        return GitIgnoreSpec.from_lines([_anchored(text) for text in self.texts])

    def match(self, path: str) -> bool:
        return bool(self.texts) and self._spec.match_file(path)

    @property
    def expressions(self) -> tuple[str, ...]:
        """Regular expressions, one of which matches whatever a path must be to be matched by the patterns."""
        found = (str(each.regex.pattern) for each in self._spec.patterns if each.include and each.regex is not None)
        return tuple(each.replace(_FOLDER, "(?:") for each in found)

    def deciding(self, path: str) -> int | None:
        """Which of the patterns decides about `path`; None where none matches it."""
        return self._spec.check_file(path).index


def problem_of(text: str) -> str | None:
    """What is wrong with a pattern; None for a sound one."""
    if not text.removeprefix("!").strip("/ "):
        return f"the pattern {text!r} is empty"
    if _stars(text) > MAX_STARS or any(_stars(part) > MAX_STARS_BETWEEN for part in text.split("/")):
        return f"the pattern {text!r} has too many `*`: {MAX_STARS} are enough, between two `/` {MAX_STARS_BETWEEN}"
    plain = text.removeprefix("!").removeprefix("/")
    if {".", ".."} & set(plain.split("/")):
        near = "/".join(part for part in plain.split("/") if part not in (".", ".."))
        return f"the pattern {text!r} matches nothing: paths count from the root; write {near!r}"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "error", FutureWarning
            )  # `[[:alpha:]]` and the like, which are taken for something else
            sound = all(each.include is not None for each in Patterns((text,))._spec.patterns)  # noqa: SLF001
    except (re.error, ValueError, FutureWarning):
        sound = False
    return None if sound else f"the pattern {text!r} matches nothing; `[a-z]` wants its end, `\\` a character after it"


def _stars(text: str) -> int:
    return len(re.findall(r"\*+", text))


def _anchored(pattern: str) -> str:
    """A pattern of ours counts from the root; gitignore's would match a bare name in any folder."""
    sign, rest = ("!", pattern[1:]) if pattern.startswith("!") else ("", pattern)
    return f"{sign}/{rest.removeprefix('/')}"
