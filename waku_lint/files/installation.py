"""The key of an installation: its own sources, the installed packages, and Python."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from waku_lint.files.cache import key_of


@cache
def installation_key() -> str:
    """Equal for two runs only if they run the same code; a process runs one."""
    return key_of((sys.version, sys.platform, *sys.path, *_packages(), *_sources()))


def _packages() -> Iterator[str]:
    """What is installed, with its version, which is in the folder's name."""
    return (entry.name for entry in _distributions())


def installed_at() -> Iterator[str]:
    """When each package was installed: a package of the same version may have other entry points."""
    return (str(entry.stat().st_mtime_ns) for entry in _distributions())


def _distributions() -> Iterator[os.DirEntry[str]]:
    for folder in sys.path:
        try:
            entries = sorted(os.scandir(folder or "."), key=lambda entry: entry.name)
        except OSError:
            continue
        yield from (each for each in entries if each.name.endswith((".dist-info", ".egg-info", ".egg-link", ".egg")))


def _sources() -> Iterator[str]:
    """Our own files, of a checkout its schemas as well, each with its size and when it was written.

    Of a package that pip has installed its list of digests tells more: the same one installed again has the same key.
    """
    package = Path(__file__).resolve().parent.parent
    try:
        record = next(package.parent.glob("waku_lint-*.dist-info/RECORD"), None)
    except OSError:
        record = None
    if record is not None:
        yield record.read_bytes().decode("utf-8", "replace")
    waiting = [package, package.parent / "schemas"]
    while waiting:
        try:
            entries = sorted(os.scandir(waiting.pop()), key=lambda entry: entry.name)
        except OSError:
            continue
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    waiting.append(Path(entry.path))
            else:
                info = entry.stat()
                yield f"{entry.path}:{info.st_size}:{info.st_mtime_ns if record is None else ''}"
