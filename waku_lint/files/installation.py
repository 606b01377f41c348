"""The key of an installation: sources of waku-lint, installed packages, and Python."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

from waku_lint import __version__
from waku_lint.files.cache import key_of


@cache
def installation_key() -> str:
    """The digest of the code that runs, which is equal for two runs only if their code is."""
    return key_of((sys.version, sys.platform, *sys.path, *_packages(), *_sources()))


def _packages() -> Iterator[str]:
    """The installed packages with versions, as in their folders' names."""
    return (entry.name for entry in _distributions())


def installed_at() -> Iterator[str]:
    """The time when each package was installed, because the same version may have other entry points."""
    return (str(entry.stat().st_mtime_ns) for entry in _distributions())


def _distributions() -> Iterator[os.DirEntry[str]]:
    for folder in sys.path:
        try:
            entries = sorted(os.scandir(folder or "."), key=lambda entry: entry.name)
        except OSError:
            continue
        yield from (each for each in entries if each.name.endswith((".dist-info", ".egg-info", ".egg-link", ".egg")))


def _sources() -> Iterator[str]:
    """The files of waku-lint, including the schemas of a checkout, with size and modification time.

    If pip installed waku-lint, its list of digests is used, so that a new installation of the same files has the same
    key.
    """
    package = Path(__file__).resolve().parent.parent
    record = ""
    with suppress(OSError):
        path = package.with_name(f"{package.name}-{__version__}.dist-info") / "RECORD"
        record = path.read_text(encoding="utf-8", errors="replace")
    yield record
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
                yield f"{entry.path}:{info.st_size}:{'' if record else info.st_mtime_ns}"
