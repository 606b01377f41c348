"""Runs that are known from before: what they asked of the world outside, and what they said then.

`check` and `hook` are functions of their arguments, of a part of the environment, of the day and of what they ask
outside. Where all of that is the same, they say the same again, and nothing of what they are made of is imported.
"""

from __future__ import annotations

import os
import sys
import time

from waku_lint import outside
from waku_lint.files.cache import Cache, name_of, open_cache, packed, unpacked
from waku_lint.files.installation import edition

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Final

COMMANDS: Final = ("check", "hook")
OFF: Final = "--no-cache"
_STATUSES: Final = (0, 1)  # what goes wrong otherwise is gone through again, to be told as it is then
# What of the environment can matter to a run, or to the git that it asks.
_VARIABLES: Final = ("CI", "GITHUB_ACTIONS", "NO_COLOR", "TERM")
_FAMILIES: Final = ("GIT_", "PRE_COMMIT_")
# Where these are set there is more to a run than what it says.
_MORE: Final = ("GITHUB_STEP_SUMMARY", "_WAKU_LINT_COMPLETE")


class Replay:
    """A run that may be known. Between `begin` and `keep` it is made; what it says goes through `say`."""

    def __init__(self, cache: Cache, name: str) -> None:
        self._cache = cache
        self._name = name
        self._said: list[tuple[bool, str]] = []
        self._witness: outside.Witness | None = None
        self._status: int | None = None

    def again(self) -> int | None:
        """Say what was said before, and give the exit status; None where it may be another today."""
        data = self._cache.load(self._name)
        if data is None:
            return None
        try:
            known = unpacked(data)
            said = [(bool(err), str(text)) for err, text in known["said"]]
            asked = [[str(part) for part in each] for each in known["asked"]]
            status = _STATUSES.index(known["status"])
            "".join(text for _, text in said).encode()
            if not outside.same(asked):
                return None
        except (ValueError, TypeError, LookupError, RecursionError):
            return None  # what is kept there is nothing of ours
        for err, text in said:
            stream = sys.stderr if err else sys.stdout
            stream.write(text)
            stream.flush()
        return status

    def begin(self) -> None:
        """Note from now on what is asked, and what is said."""
        self._witness = outside.watch()
        _Said.by = self

    def say(self, text: str, err: bool) -> None:
        self._said.append((err, text))

    def end(self, status: int) -> None:
        self._status = status

    def keep(self) -> None:
        """The run is over: it is known from now on, if it came to its end and can be repeated."""
        outside.unwatch()
        _Said.by = None
        status = self._status
        if self._witness is None or not self._witness.repeatable or status not in _STATUSES:
            return
        asked = [[*question, answer] for question, answer in self._witness.answers.items()]
        known = {"status": status, "said": self._said, "asked": asked}
        self._cache.store(self._name, packed(known))
        self._cache.tidy()


class _Said:
    by: Replay | None = None


def ended(status: int) -> None:
    """Tell that the run has said all that it has to say, and what its exit status is."""
    if _Said.by is not None:
        _Said.by.end(status)


def said(text: str, err: bool) -> None:
    """Tell that the run has said something."""
    if _Said.by is not None:
        _Said.by.say(text, err)


def look(arguments: Sequence[str]) -> Replay | None:
    """The run of these arguments, known or not; None for one that is always to be made."""
    if not arguments or arguments[0] not in COMMANDS or OFF in arguments or any(name in os.environ for name in _MORE):
        return None
    streams = (sys.stdout, sys.stderr)
    if any(stream is None or stream.encoding.lower() != "utf-8" for stream in streams):
        return None
    cache = open_cache()
    if cache is None:
        return None
    variables = [f"{name}={value}" for name, value in sorted(os.environ.items())
                 if name in _VARIABLES or name.startswith(_FAMILIES)]  # fmt: skip
    terminals = [str(stream.isatty()) for stream in streams]
    # The same day as that of `commands.options.dated`.
    day = time.strftime("%Y-%m-%d")
    parts = [edition(), os.getcwd(), day, *terminals, str(len(variables)), *variables, *arguments]
    return Replay(cache, name_of(["run", *parts]))
