"""Where files come from: the work tree of a git repository, or a plain folder."""

from __future__ import annotations

import os
import stat
import subprocess
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from waku_lint.config import FILE_NAME
from waku_lint.errors import CannotRun
from waku_lint.source import SourceFile

MAX_BYTES: Final = 1_000_000


def find_root(start: Path) -> Path:
    """The project around `start`: its git work tree's top level.

    Without git it is the nearest folder with a configuration, else the current folder if `start` is
    in it, else the folder of `start`.
    """
    folder = start if start.is_dir() else start.parent
    top = _git(folder, "rev-parse", "--show-toplevel")
    if top:
        return Path(top.removesuffix("\n"))
    folder = folder.resolve()
    for above in (folder, *folder.parents):
        if (above / FILE_NAME).is_file():
            return above
    here = Path.cwd()
    return here if folder.is_relative_to(here) else folder


def paths_below(root: Path) -> tuple[str, ...]:
    """All files of the project, relative to `root` with `/`, sorted; what git ignores is left out."""
    listed = _git(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    if listed is None:
        return tuple(sorted(_walk(root)))
    # git lists what is deleted but not yet staged, too; a broken link is there nevertheless.
    names = {name for name in listed.split("\0") if name and os.path.lexists(root / name)}
    return tuple(sorted(names))


def read(root: Path, path: str) -> SourceFile:
    """Read one file; what keeps it from being read is told in `error`."""
    full = root / path
    try:
        info = full.lstat()
        if stat.S_ISLNK(info.st_mode):
            target = full.resolve(strict=True)
            if not target.is_relative_to(root.resolve()):
                return SourceFile(path, None, "symbolic link that leads out of the project")
            info = target.stat()
        if not stat.S_ISREG(info.st_mode):
            return SourceFile(path, None, "not a regular file")
        if info.st_size > MAX_BYTES:
            return SourceFile(path, None, f"{info.st_size:,} bytes, more than the limit of {MAX_BYTES:,}")
        return SourceFile(path, full.read_bytes())
    except RuntimeError:
        return SourceFile(path, None, "symbolic link that leads to itself")
    except OSError as error:
        loop = error.errno is not None and "symbolic" in os.strerror(error.errno)
        reason = "symbolic link that leads to itself" if loop else (error.strerror or str(error))
        return SourceFile(path, None, f"cannot be read: {reason}" if not loop else reason)


def relative(root: Path, given: Iterable[Path]) -> tuple[str, ...]:
    """`given` relative to `root`, with `/`. Raises CannotRun for one that is not there or outside."""
    top = root.resolve()
    result = []
    for path in given:
        if not path.exists() and not path.is_symlink():
            raise CannotRun(f"{path}: no such file or folder")
        # The folder is resolved, the file itself is not: it may be a symbolic link.
        full = path.resolve() if path.is_dir() else path.parent.resolve() / path.name
        if not full.is_relative_to(top):
            raise CannotRun(f"{path}: is outside the project {top}")
        result.append(full.relative_to(top).as_posix())
    return tuple(result)


def within(scope: Iterable[str]) -> Callable[[str], bool]:
    """Whether a path is one of `scope` or below it."""
    places = set(scope)
    if "." in places:
        return lambda _path: True

    def inside(path: str) -> bool:
        return path in places or any(path.startswith(f"{place}/") for place in places)

    return inside


def _walk(root: Path) -> Iterator[str]:
    for folder, names, files in os.walk(root):
        names[:] = sorted(name for name in names if name not in (".git", ".hg", "node_modules"))
        base = Path(folder)
        # A link to a folder is listed by os.walk among the folders, and not followed.
        links = [name for name in names if (base / name).is_symlink()]
        for name in (*files, *links):
            yield (base / name).relative_to(root).as_posix()


def _git(folder: Path, *arguments: str) -> str | None:
    """What git prints; None without git, or where it fails (no repository here)."""
    try:
        done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=False)  # noqa: S603, S607
    except OSError:
        return None
    return os.fsdecode(done.stdout) if done.returncode == 0 else None
