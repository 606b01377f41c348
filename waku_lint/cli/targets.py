"""A file or a statement as it is named on the command line."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from waku_lint.errors import CannotRun

if TYPE_CHECKING:
    from waku_lint.editing.references import Files


def all_files(top: Path, config: Path | None) -> Files:
    """The files of the project at `top`, on disk."""
    from waku_lint.config.config import load
    from waku_lint.editing.references import Files
    from waku_lint.files import snapshot

    settings = load(top, config)
    names = snapshot.paths_below(top)
    limit = settings.limits.file_size
    sources = {name: snapshot.read(top, name, limit) for name in names if Files.wanted(name, settings)}
    links = {name: _relative(str((top / name).resolve()), top) for name in names if (top / name).is_symlink()}
    return Files(names, sources, settings, links)


def file_and_id(top: Path, given: str, files: Files) -> tuple[str, str | None]:
    """A path below the root, and the id after `#`, if there is one."""
    for path in (below(top, given, Path.cwd()), given):
        if path in files.names:
            return path, None
    place, sign, identifier = given.rpartition("#")
    if not sign:
        return given, None
    return file_and_id(top, place, files)[0], identifier


def below(top: PurePath, given: str, folder: PurePath) -> str:
    """A path that is given from `folder`, relative to the root."""
    path = _relative(os.path.normpath(folder / given), top)
    return f"{path}/" if given.endswith(("/", os.sep)) else path


def _relative(path: str, top: PurePath) -> str:
    with suppress(ValueError):  # it may be on another drive
        path = os.path.relpath(path, top)
    return path.replace(os.sep, "/")


def statement_id(top: Path, given: str, path: str, files: Files) -> str:
    """The id in `given`, alone or after the statement's own file."""
    place, sign, identifier = given.rpartition("#")
    if sign and file_and_id(top, place, files)[0] != path:
        raise CannotRun(f"{given}: a statement stays in its file, {path}")
    return identifier
