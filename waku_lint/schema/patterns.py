"""A search for a pattern that a user has written, which comes to an end; the only importer of regex.

`re` can take longer than the age of the universe for `(a|aa)+$`, and nothing can stop it. What is ours is written so
that it cannot; a test holds it to that.
"""

from __future__ import annotations

from typing import Final

from waku_lint.errors import CannotRun

SECONDS: Final = 0.5  # hundreds of times as long as a pattern that comes to an end takes


class PatternError(ValueError):
    """What is to be a pattern is none."""


def found(pattern: str, text: str, *, whole: bool = False) -> bool:
    """Whether the pattern is found in `text`, or is the `whole` of it. Raises CannotRun for one that takes too long."""
    import regex

    try:
        search = regex.fullmatch if whole else regex.search
        return search(pattern, text, timeout=SECONDS) is not None
    except TimeoutError:
        message = f"takes more than {SECONDS:g} s on a text of {len(text):,} characters"
        raise CannotRun(f"pattern {pattern!r}: {message}; a repetition must not match one text in many ways") from None


def compile_pattern(pattern: str) -> None:
    """Raises PatternError for what is no pattern."""
    import re
    import warnings

    import regex

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(pattern)
            regex.compile(pattern)
    except (re.error, regex.error, OverflowError, RecursionError) as error:
        raise PatternError(str(error)) from None
