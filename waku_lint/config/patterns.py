"""Match paths with gitignore patterns that start at the root; the only importer of pathspec.

Importing pathspec takes longer than checking a commit, so common patterns are converted to regular expressions here.
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

_FOLDER: Final = "(?P<ps_d>"  # the group with which pathspec marks a matched folder; group names are unique
# Common: names with `*`, `?` and sets of letters, and `**` for folders, but not after the last `/`.
_NAME: Final = r"(?:[\w.-]|\*(?!\*)|\?|\[[A-Za-z]+\])+"
_USUAL: Final = lazy(rf"!?/?(?:(?:\*\*|{_NAME})/)*{_NAME}")
_SIGNS: Final = {"*": "[^/]*", "?": "[^/]", "[": "[", "]": "]"}

MAX_STARS: Final = 6  # each `*` can multiply the time of a match by the length of the path
MAX_STARS_BETWEEN: Final = 4


class Patterns(Struct, frozen=True, dict=True):
    """Gitignore patterns: the last one that matches a path counts, and `!` excludes the path."""

    texts: tuple[str, ...]

    @cached_property
    def _usual(self) -> tuple[tuple[str, re.Pattern[str]], ...] | None:
        """For each pattern the fixed beginning of a path, and the expression, which is compiled on first use.

        None if a pattern is not common, and pathspec is needed.
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
        """The index of the pattern that decides about `path`; None if no pattern matches."""
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
                folder = at  # a match of a folder counts if no pattern matches the file itself
        return folder


def problem_of(text: str) -> str | None:
    """Describe the error in a pattern; None if it is valid."""
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
            warnings.simplefilter("error", FutureWarning)  # pathspec misreads `[[:alpha:]]` and similar classes
            sound = all(each.include is not None for each in Patterns((text,))._spec.patterns)  # noqa: SLF001
    except (re.error, ValueError, FutureWarning):
        sound = False
    return None if sound else f"the pattern {text!r} matches nothing; `[a-z]` wants its end, `\\` a character after it"


def _stars(text: str) -> int:
    return len(re.findall(r"\*+", text))


def _anchored(pattern: str) -> str:
    """Anchor a pattern at the root; in gitignore, a bare name matches in any folder."""
    sign, rest = ("!", pattern[1:]) if pattern.startswith("!") else ("", pattern)
    return f"{sign}/{rest.removeprefix('/')}"


def _beginning(text: str) -> str:
    """The fixed beginning of all paths that a common pattern matches."""
    return re.split(r"[*?\[]", text.removeprefix("!").removeprefix("/"), maxsplit=1)[0]


def _expression(text: str) -> str:
    """The regular expression of a common pattern, equal to that of pathspec."""
    plain = re.sub(r"(?:\*\*/)+", "**/", text.removeprefix("!").removeprefix("/"))
    top = plain.startswith("**/")
    names = plain.removeprefix("**/").split("/")
    found = "/".join(_name(each) for each in names).replace("/**", "(?:/.+)?")
    return f"^{'(?:.+/)?' if top else ''}{found}(?:{_FOLDER}/)|$)"


def _name(text: str) -> str:
    """The expression of a part between two `/`; `**` is unchanged."""
    if text in ("*", "**"):
        return "[^/]+" if text == "*" else text
    return "".join(_SIGNS.get(each) or re.escape(each) for each in text)
