"""Find the root of the project around a path."""

from __future__ import annotations

from pathlib import Path

from waku_lint.config.config import FILE_NAME
from waku_lint.files import git


def find_root(start: Path) -> Path:
    """The project around `start`: its git work tree's top level.

    Without git it is the nearest folder with a configuration, else the current folder if `start` is
    in it, else the folder of `start`.
    """
    folder = start if start.is_dir() else start.parent
    while not folder.is_dir() and folder != folder.parent:
        folder = folder.parent  # of a file that is deleted with its folder
    top = git.top_level(folder)
    if top is not None:
        return top
    folder = folder.resolve()
    for above in (folder, *folder.parents):
        if (above / FILE_NAME).is_file():
            return above
    here = Path.cwd()
    return here if folder.is_relative_to(here) else folder
