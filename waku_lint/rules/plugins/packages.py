"""Rules of installed packages, which name them as entry points of the group `waku_lint.rules`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from importlib.machinery import PathFinder
from pathlib import Path
from typing import TYPE_CHECKING, Final

from waku_lint.errors import CannotRun
from waku_lint.rules.base import Rule
from waku_lint.rules.plugins.contract import ContractError, rules_of

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP: Final = "waku_lint.rules"


def package_rules() -> Iterator[tuple[Rule, str]]:
    """Each rule with its package, in the order of their names. Raises CannotRun for an entry that is no rules."""
    if not possible():
        return
    from importlib.metadata import entry_points

    for entry in sorted(entry_points(group=GROUP), key=lambda each: (called(each), each.name)):
        try:
            value = entry.load()
        except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever it raises is told with its name
            raise CannotRun(f"{called(entry)}: cannot be loaded: {type(error).__name__}: {error}") from None
        try:
            rules = rules_of(value)
        except ContractError as error:
            raise CannotRun(f"{called(entry)}: {error}") from None
        for rule in rules:
            yield rule, called(entry)


@cache
def possible() -> bool:
    """Whether any package may have rules; `importlib.metadata` knows, but takes long to import."""
    # Another finder than Python's may know of packages that are in no folder.
    if any(hasattr(each, "find_distributions") and each is not PathFinder for each in sys.meta_path):
        return True
    for folder in map(Path, sys.path):
        try:
            names = [each.name for each in folder.iterdir()]
        except FileNotFoundError:
            continue
        except OSError:
            return True  # such as an archive
        infos = [name for name in names if name.lower().endswith((".dist-info", ".egg-info"))]
        if folder.name.lower().endswith(".egg") or any(_named(folder / name / "entry_points.txt") for name in infos):
            return True
    return False


def _named(path: Path) -> bool:
    """Whether our group stands in a file."""
    try:
        return GROUP.encode() in path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True


def called(entry: EntryPoint) -> str:
    """How an entry is named to people: its distribution and version."""
    owner = f"package {entry.dist.name} {entry.dist.version}" if entry.dist is not None else f"entry point {entry.name}"
    return f"{owner} ({entry.value})"
