"""Patterns of paths as in .gitignore, but that all count from the root; the only importer of pathspec.

That takes longer to import than a commit to look at, so patterns as most are have their expression here.
"""

from __future__ import annotations

import re
import warnings
from functools import cached_property
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from waku_lint.regexes import lazy

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_FOLDER: Final = "(?P<ps_d>"  # by this group pathspec tells that a folder was matched; a name cannot be there twice
# What is usual: names with `*`, `?` and sets of letters, and `**` for folders, but none after the last `/`.
_NAME: Final = r"(?:[\w.-]|\*(?!\*)|\?|\[[A-Za-z]+\])+"
_USUAL: Final = lazy(rf"!?/?(?:(?:\*\*|{_NAME})/)*{_NAME}")
_SIGNS: Final = {"*": "[^/]*", "?": "[^/]", "[": "[", "]": "]"}

MAX_STARS: Final = 6  # each can multiply the time of a match by the length of the path
MAX_STARS_BETWEEN: Final = 4


class Patterns(Struct, frozen=True, dict=True):
    """Of the patterns that match a path the last one counts; one that starts with `!` takes out again."""

    texts: tuple[str, ...]

    @cached_property
    def _usual(self) -> tuple[tuple[str, re.Pattern[str]], ...] | None:
        """Of patterns that are all usual, how a path has to begin, and the expression, which is compiled on first use.

        None leaves the patterns to pathspec, which takes long to import.
        """
        if not all(map(_USUAL.fullmatch, self.texts)):
            return None
        return tuple((_beginning(text), lazy(_expression(text))) for text in self.texts)

    @cached_property
    def _spec(self) -> GitIgnoreSpec:
        from pathspec import GitIgnoreSpec

        return GitIgnoreSpec.from_lines([_anchored(text) for text in self.texts])

    def match(self, path: str) -> bool:
        at = self.deciding(path)
        return at is not None and not self.texts[at].startswith("!")

    def deciding(self, path: str) -> int | None:
        """Which of the patterns decides about `path`; None where none matches it."""
        if not self.texts:
            return None
        if self._usual is None:
            return self._spec.check_file(path).index
        folder = None
        for at in range(len(self._usual) - 1, -1, -1):
            beginning, expression = self._usual[at]
            found = expression.match(path) if path.startswith(beginning) else None
            if found is not None and found.lastgroup is None:
                return at
            if found is not None and folder is None:
                folder = at  # it counts if no pattern matches the file itself
        return folder


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
    if _USUAL.fullmatch(text):
        return None
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


def _beginning(text: str) -> str:
    """What each path that a usual pattern matches begins with."""
    return re.split(r"[*?\[]", text.removeprefix("!").removeprefix("/"), maxsplit=1)[0]


def _expression(text: str) -> str:
    """The regular expression of a usual pattern, as pathspec has it."""
    plain = re.sub(r"(?:\*\*/)+", "**/", text.removeprefix("!").removeprefix("/"))
    top = plain.startswith("**/")
    names = plain.removeprefix("**/").split("/")
    found = "/".join(_name(each) for each in names).replace("/**", "(?:/.+)?")
    return f"^{'(?:.+/)?' if top else ''}{found}(?:{_FOLDER}/)|$)"


def _name(text: str) -> str:
    """The expression of what stands between two `/`; `**` stays as it is."""
    if text in ("*", "**"):
        return "[^/]+" if text == "*" else text
    return "".join(_SIGNS.get(each) or re.escape(each) for each in text)
