"""Snapshots of files: the worktree, git's index, a revision, or a plain folder."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from hashlib import sha1
from pathlib import Path, PurePosixPath
from posixpath import dirname, join, normpath
from typing import Final, Protocol

from waku_lint.errors import CannotRun
from waku_lint.files import git
from waku_lint.files.source import SourceFile
from waku_lint.parsing.limits import DEFAULTS

WORK_TREE: Final = "worktree"
INDEX: Final = "index"


class Snapshot(Protocol):
    """All files of a project in one state; paths are relative to `root`, use `/`, and are sorted."""

    root: Path
    on_disk: bool  # whether this is the worktree

    @property
    def names(self) -> tuple[str, ...]: ...

    def read(self, paths: Iterable[str], limit: int = DEFAULTS.file_size) -> Iterator[SourceFile]:
        """Read the files at `paths`; a file that cannot be read, or has more bytes than `limit`, has an `error`."""
        ...

    def digests(self, paths: Iterable[str], limit: int = DEFAULTS.file_size) -> Mapping[str, str] | None:
        """The git digests of the contents at `paths`; None if they are unknown."""
        ...


class WorkTree:
    """The files on disk, except those that git ignores."""

    on_disk = True

    def __init__(self, root: Path) -> None:
        self.root = root
        self._read: dict[tuple[str, int], SourceFile] = {}  # the digest of exactly the content that is checked

    @cached_property
    def names(self) -> tuple[str, ...]:
        return paths_below(self.root)

    def read(self, paths: Iterable[str], limit: int = DEFAULTS.file_size) -> Iterator[SourceFile]:
        for path in paths:
            key = path, limit
            if key not in self._read:
                self._read[key] = read(self.root, path, limit)
            yield self._read[key]

    def digests(self, paths: Iterable[str], limit: int = DEFAULTS.file_size) -> Mapping[str, str]:
        return {file.path: _digest(file) for file in self.read(paths, limit)}


class Stored:
    """The files of git's index or of a revision."""

    on_disk = False

    def __init__(self, root: Path, entries: Mapping[str, git.Entry]) -> None:
        self.root = root
        self._entries = entries
        self.names = tuple(sorted(entries))
        self._missing = False  # whether a requested content is missing in this clone

    def read(self, paths: Iterable[str], limit: int = DEFAULTS.file_size) -> Iterator[SourceFile]:
        wanted = list(paths)
        targets = self._followed(wanted)
        contents = git.contents(self.root, [target.object for target in targets if isinstance(target, git.Entry)])
        for path, target in zip(wanted, targets, strict=True):
            if isinstance(target, str):
                yield SourceFile(path, None, target)
                continue
            data = next(contents)
            if data is None:
                self._missing = True
                yield SourceFile(path, None, "its content is not in this clone")
            else:
                yield held(SourceFile(path, data), limit)

    def digests(self, paths: Iterable[str], _limit: int = DEFAULTS.file_size) -> Mapping[str, str] | None:
        wanted = list(paths)
        targets = zip(wanted, self._followed(wanted), strict=True)
        found = {path: target.object if isinstance(target, git.Entry) else target for path, target in targets}
        return None if self._missing else found

    def _followed(self, paths: list[str]) -> list[git.Entry | str]:
        """Resolve the symbolic links of each path, or explain why a link is broken."""
        current = dict.fromkeys(paths, "")
        found: dict[str, git.Entry | str] = {}
        places = {path: path for path in current}
        for _ in range(10):
            links = []
            for path, place in places.items():
                entry = self._entries.get(place)
                if entry is None:
                    found[path] = "no such file" if place == path else "symbolic link that leads nowhere"
                elif entry.mode == git.MODULE:
                    found[path] = "not a regular file"
                elif entry.mode == git.LINK:
                    links.append((path, place, entry.object))
                else:
                    found[path] = entry
            places = {}
            for (path, place, _), target in zip(
                links, git.contents(self.root, [each[2] for each in links]), strict=True
            ):
                to = normpath(join(dirname(place), os.fsdecode(target or b"")))
                if to.startswith(("/", "../")) or to == "..":
                    found[path] = "symbolic link that leads out of the project"
                else:
                    places[path] = to
            if not places:
                break
        found.update(dict.fromkeys(places, "symbolic link that leads to itself"))
        return [found[path] for path in paths]


class Overlay:
    """Another snapshot with replaced or added files, such as unsaved documents of an editor."""

    def __init__(self, base: Snapshot, *files: SourceFile) -> None:
        self.root = base.root
        self.on_disk = base.on_disk
        self._base = base
        self._files = {file.path: file for file in files}
        self.names = tuple(sorted({*base.names, *self._files}))

    def read(self, paths: Iterable[str], limit: int = DEFAULTS.file_size) -> Iterator[SourceFile]:
        wanted = list(paths)
        others = iter(self._base.read([path for path in wanted if path not in self._files], limit))
        return (held(self._files[path], limit) if path in self._files else next(others) for path in wanted)

    def digests(self, _paths: Iterable[str], _limit: int = DEFAULTS.file_size) -> None:
        return None


def open_snapshot(root: Path, source: str) -> Snapshot:
    """Open the snapshot that `source` names: `worktree`, `index` or a revision. Raises CannotRun."""
    if source == WORK_TREE:
        return WorkTree(root)
    return Stored(root, git.index(root) if source == INDEX else git.tree(root, source))


def paths_below(root: Path) -> tuple[str, ...]:
    """All files of the project except those that git ignores: relative to `root`, with `/`, sorted."""
    return git.work_tree(root)


def read(root: Path, path: str, limit: int = DEFAULTS.file_size) -> SourceFile:
    """Read one file; `error` says why it cannot be read."""
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
        if info.st_size > limit:
            return SourceFile(path, None, _too_large(info.st_size, limit))
        data = full.read_bytes()
        return held(SourceFile(path, data), limit)
    except RuntimeError:
        return SourceFile(path, None, "symbolic link that leads to itself")
    except OSError as error:
        loop = error.errno is not None and "symbolic" in os.strerror(error.errno)
        reason = "symbolic link that leads to itself" if loop else (error.strerror or str(error))
        return SourceFile(path, None, f"cannot be read: {reason}" if not loop else reason)


def resolved(path: Path) -> Path:
    """The path without links, and on Windows without the prefix by which it may be longer than usual."""
    full = str(path.resolve())
    full = f"\\\\{full[8:]}" if full.startswith("\\\\?\\UNC\\") else full.removeprefix("\\\\?\\")
    return Path(full)


def spelled(root: Path, path: str) -> str:
    """`path` below `root` as it is spelled on disk: some systems find a file in other upper and lower case, too."""
    folder, found = root, []
    for part in PurePosixPath(path).parts:
        try:
            names = os.listdir(folder)  # noqa: PTH208
        except OSError:
            names = []
        same = (name for name in names if name.casefold() == part.casefold())
        found.append(part if part in names else next(same, part))
        folder /= found[-1]
    return "/".join(found) or "."


def relative(root: Path, given: Iterable[Path], known: Callable[[str], bool] = lambda _path: False) -> tuple[str, ...]:
    """`given` relative to `root`, with `/`.

    Raises CannotRun for a path outside, and for a file that is neither on disk nor in `known`.
    """
    top = resolved(root)
    result = []
    for path in given:
        # Only the folder is resolved, because the file may be a symbolic link.
        full = resolved(path) if path.is_dir() else resolved(path.parent) / path.name
        if not full.is_relative_to(top):
            raise CannotRun(f"{path}: is outside the project {top}")
        name = full.relative_to(top).as_posix()
        if not path.exists() and not path.is_symlink() and not known(name):
            raise CannotRun(f"{path}: no such file or folder")
        result.append(name if known(name) else spelled(top, name))
    return tuple(result)


def distinct(root: Path, paths: Iterable[str]) -> frozenset[str]:
    """`paths` with one path for each file: the file itself, or one of the links to it."""
    places: dict[Path, str] = {}
    for path in sorted(paths, key=lambda path: ((root / path).is_symlink(), path)):
        with suppress(OSError, RuntimeError):  # a link to itself is not a file
            places.setdefault((root / path).resolve(), path)
    return frozenset(places.values())


def within(scope: Iterable[str]) -> Callable[[str], bool]:
    """Whether a path is in `scope` or below it."""
    places = set(scope)
    if "." in places:
        return lambda _path: True

    def inside(path: str) -> bool:
        return path in places or any(path.startswith(f"{place}/") for place in places)

    return inside


def _digest(file: SourceFile) -> str:
    """The git digest of a file's content, or the error of a file that cannot be read."""
    if file.data is None:
        return file.error or ""
    return sha1(b"blob %d\0" % len(file.data) + file.data, usedforsecurity=False).hexdigest()


def held(file: SourceFile, limit: int) -> SourceFile:
    """The file, or an error instead of its content if it has more bytes than `limit`."""
    if file.data is None or len(file.data) <= limit:
        return file
    return SourceFile(file.path, None, _too_large(len(file.data), limit))


def _too_large(size: int, limit: int) -> str:
    return f"{size:,} bytes, more than the limit of {limit:,} (`limits.file-size`)"
