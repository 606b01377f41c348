"""Hooks that have nothing to do: the commit touches no document and no setting.

Which files matter is the configuration's to say. A hook that has read it keeps the answer, as regular expressions, for
the next one: as long as the configuration in git's index is the same, that need not read it again. What these match is
looked at by the hook itself, which then may find that nothing matters nevertheless.
"""

from __future__ import annotations

import os
import re

from waku_lint import outside
from waku_lint.files.cache import name_of, open_cache, packed, unpacked
from waku_lint.files.installation import edition

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any, Final

_OTHERS: Final = (
    "PRE_COMMIT_FROM_REF", "PRE_COMMIT_TO_REF", "PRE_COMMIT_LOCAL_BRANCH", "_WAKU_LINT_COMPLETE", "GIT_DIR",
    "GIT_WORK_TREE",
)  # fmt: skip
_KEEPING: Final = frozenset({"A", "M", "T"})  # what a commit can do to a file without removing one


def idle(arguments: Sequence[str]) -> bool:
    """Whether a command line is that of a hook at a commit that is known to have nothing to do, and so says nothing."""
    kinds = kinds_of(arguments)
    if kinds is None or "GIT_INDEX_FILE" not in os.environ or any(name in os.environ for name in _OTHERS):
        return False
    cache = open_cache()
    top = outside.ask(".", "rev-parse", "--show-toplevel") if cache is not None else None
    if cache is None or not top:
        return False
    root = os.path.realpath(os.fsdecode(top).removesuffix("\n"))
    try:
        return _nothing(unpacked(cache.load(name_for(root)) or b"null"), root, kinds)
    except (ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError, re.error):
        return False  # what is kept there is nothing of ours


def kinds_of(arguments: Sequence[str]) -> tuple[str, ...] | None:
    """The kinds that the command line of a hook names, if it says nothing else; None for any other."""
    name, *given = arguments or ("",)
    if name != "hook" or len(given) % 2 or any(each != "--kind" for each in given[::2]):
        return None
    return tuple(given[1::2])


def _nothing(plan: Any, root: str, kinds: Sequence[str]) -> bool:
    if plan is None or not all(kind in plan["kinds"] for kind in kinds):
        return False
    settings = plan["settings"]
    head, changed, listed = outside.ask_all(
        root,
        ("rev-parse", "--verify", "--quiet", "--end-of-options", "HEAD^{tree}"),
        ("diff", "-z", "--name-status", "-M", "--no-ext-diff", "--relative", "--cached", "HEAD", "--"),
        ("ls-files", "-z", "--stage", "--", *(f":(top,literal){path}" for path in settings)),
    )
    if head is None or changed is None or listed is None:
        return False
    if _entries(listed) != {path: what for path, what in settings.items() if what}:
        return False
    words = os.fsdecode(changed).split("\0")[:-1]
    matter = re.compile("|".join(f"(?:{each})" for each in plan["patterns"]))
    return all(status in _KEEPING for status in words[::2]) and not any(
        path in settings or path in plan["files"] or matter.match(path) for path in words[1::2]
    )


def learn(
    root: str, settings: Mapping[str, str], files: Sequence[str], patterns: Sequence[str], kinds: Sequence[str]
) -> None:
    """Keep which files matter.

    `settings` has, of each file that the configuration is read from, mode and content as git's index has them, empty
    for one that is not there. `files` matter as well; so do the paths that one of `patterns` matches.
    """
    cache = open_cache()
    if cache is not None and patterns:
        plan = {"settings": settings, "files": files, "patterns": patterns, "kinds": kinds}
        data = packed(plan)
        if cache.load(name_for(root)) != data:
            cache.store(name_for(root), data)


def name_for(root: str) -> str:
    return name_of(["relevant", edition(), root])


def _entries(listed: bytes) -> dict[str, str]:
    found = {}
    for line in os.fsdecode(listed).split("\0")[:-1]:
        what, _, path = line.partition("\t")
        found[path] = what
    return found
