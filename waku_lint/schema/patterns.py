"""Search for a user's pattern with a timeout; the only importer of regex.

`re` takes exponential time for `(a|aa)+$`, and cannot be stopped. Built-in patterns cannot take so long; a test checks
this.
"""

from __future__ import annotations

from typing import Final

from waku_lint.errors import CannotRun

SECONDS: Final = 0.5  # hundreds of times as long as a pattern that comes to an end takes


class PatternError(ValueError):
    """An invalid pattern."""


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
