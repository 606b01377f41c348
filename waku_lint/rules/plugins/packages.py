"""Rules of installed packages, which name them as entry points of the group `waku_lint.rules`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.machinery import PathFinder
from typing import TYPE_CHECKING, Final

from waku_lint.errors import CannotRun
from waku_lint.files.cache import key_of
from waku_lint.files.installation import installation_key, installed_at
from waku_lint.rules.base import Rule
from waku_lint.rules.plugins.contract import ContractError, rules_of

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from waku_lint.rules.catalogue import Store

GROUP: Final = "waku_lint.rules"
_NONE: Final = b"none"  # what is cached where no package has rules


def package_rules(cache: Store | None = None) -> Iterator[tuple[Rule, str]]:
    """Each rule with its package, in the order of their names. Raises CannotRun for an entry that cannot be used.

    `cache` keeps that an installation has no such packages, since `importlib.metadata` takes long to import.
    """
    for entry in _entries(cache):
        try:
            value = entry.load()
        except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever it raises is reported with its name
            raise CannotRun(f"{called(entry)}: cannot be loaded: {type(error).__name__}: {error}") from None
        try:
            rules = rules_of(value)
        except ContractError as error:
            raise CannotRun(f"{called(entry)}: {error}") from None
        for rule in rules:
            yield rule, called(entry)


def _entries(cache: Store | None) -> list[EntryPoint]:
    """The entry points of the group, in the order of their packages."""
    key = key_of(["packages", installation_key(), *installed_at()])
    # Another finder than Python's may find packages that the key of the installation does not cover.
    covered = not any(hasattr(each, "find_distributions") and each is not PathFinder for each in sys.meta_path)
    if cache is not None and covered and cache.load(key) == _NONE:
        return []
    from importlib.metadata import entry_points

    found = sorted(entry_points(group=GROUP), key=lambda each: (called(each), each.name))
    if cache is not None and not found:
        cache.store(key, _NONE)
    return found


def called(entry: EntryPoint) -> str:
    """How an entry is named to people: its distribution and version."""
    owner = f"package {entry.dist.name} {entry.dist.version}" if entry.dist is not None else f"entry point {entry.name}"
    return f"{owner} ({entry.value})"
