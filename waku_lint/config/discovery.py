"""Find the root of the project around a path."""

from __future__ import annotations

from pathlib import Path

from waku_lint.config.config import FILE_NAME
from waku_lint.files import git


def find_root(start: Path) -> Path:
    """The root of the project around `start`: the top level of its git worktree.

    Without git it is the nearest folder with a configuration, else the current folder if it contains `start`, else the
    folder of `start`.
    """
    folder = start if start.is_dir() else start.parent
    while not folder.is_dir() and folder != folder.parent:
        folder = folder.parent  # the folder of a deleted file may be deleted, too
    top = git.top_level(folder)
    if top is not None:
        return top
    folder = folder.resolve()
    for above in (folder, *folder.parents):
        if (above / FILE_NAME).is_file():
            return above
    here = Path.cwd()
    return here if folder.is_relative_to(here) else folder
