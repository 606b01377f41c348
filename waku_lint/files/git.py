"""Read a repository with git: files of the index or a revision, and changes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timezone
from functools import cache
from pathlib import Path
from typing import Final

from msgspec import Struct

from waku_lint.errors import CannotRun
from waku_lint.regexes import lazy

LINK: Final = "120000"
MODULE: Final = "160000"
SHALLOW: Final = "; this is a shallow clone: fetch its history (actions/checkout: `fetch-depth: 0`)"
# No program of the repository is run, nothing is fetched, and no lock is taken.
_SAFE: Final = (
    "-c", "core.quotepath=off", "-c", "core.fsmonitor=false", "-c", "diff.external=", "-c", "core.hooksPath=/dev/null",
)  # fmt: skip
# Ignore replacement objects.
_ENVIRONMENT: Final = {
    "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_REPLACE_OBJECTS": "1",
}  # fmt: skip
_BLAMED: Final = lazy(r"(?P<commit>[0-9a-f]{40,64}) \d+ (?P<line>\d+)")


class Entry(Struct, frozen=True):
    """A file in git: `mode` is that of a file, link or submodule, `object` the id of its content."""

    mode: str
    object: str


class Change(Struct, frozen=True):
    """The difference of two states: `touched` are changed or new files, `gone` are deleted files.

    `renamed` maps old to new paths of renamed files; the old path is in `gone`, the new one in `touched`.
    """

    touched: frozenset[str]
    gone: frozenset[str]
    renamed: Mapping[str, str]


def output(root: Path, *arguments: str, given: bytes | None = None) -> bytes | None:
    """Run git with the input `given`, and return its output; None if git is missing or fails."""
    program = _program()
    if program is None:
        return None
    try:
        done = subprocess.run(  # noqa: S603
            [program, "-C", str(root), *_SAFE, *arguments],
            input=given,
            stdin=subprocess.DEVNULL if given is None else None,
            capture_output=True,
            check=False,
            env={**os.environ, **_ENVIRONMENT},
        )
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None


@cache
def _program() -> str | None:
    """The program to run; Windows would first look in the current folder, which may be the project."""
    if sys.platform != "win32":
        return "git"
    folders = (Path(folder) for folder in os.get_exec_path() if Path(folder).is_absolute())
    return next((str(folder / "git.exe") for folder in folders if (folder / "git.exe").is_file()), None)


def top_level(folder: Path) -> Path | None:
    """The top-level folder of the worktree around `folder`."""
    found = output(folder, "rev-parse", "--show-toplevel")
    return Path(os.fsdecode(found).removesuffix("\n")).resolve() if found else None


def work_tree(root: Path) -> tuple[str, ...]:
    """The existing files below `root` that git does not ignore; all files without a repository.

    Paths are relative to `root`, with `/`, and sorted.
    """
    listed = output(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    if listed is None:
        return tuple(sorted(_walk(root)))
    # git also lists files that are deleted but not staged; a broken link does exist.
    return tuple(sorted(name for name in set(_names(listed)) if os.path.lexists(root / name)))


def ignoring(root: Path, path: str) -> str | None:
    """The pattern by which git ignores `path`, with its place; None if git does not ignore it."""
    found = _names(output(root, "check-ignore", "--verbose", "-z", "--stdin", given=os.fsencode(path) + b"\0") or b"")
    return f"`{found[2]}` ({found[0]}:{found[1]})" if len(found) == 4 else None


def ignores_case(root: Path) -> bool:
    """Whether git ignores the case of file names, as on most disks of Windows and macOS."""
    return output(root, "config", "--type=bool", "core.ignorecase") == b"true\n"


def index(root: Path) -> dict[str, Entry]:
    """The files of the next commit below `root`, without files of `git add --intent-to-add`."""
    listed = output(root, "ls-files", "-z", "--stage")
    if listed is None:
        raise CannotRun(f"{root}: no git repository; --source=index reads what is staged")
    intended = set(_names(output(root, "diff-files", "-z", "--name-only", "--diff-filter=A") or b""))
    entries: dict[str, Entry] = {}
    for line in _names(listed):
        what, _, path = line.partition("\t")
        mode, name, _stage = what.split(" ")
        if path not in intended:
            entries.setdefault(path, Entry(mode, name))
    return entries


def tree(root: Path, revision: str) -> dict[str, Entry]:
    """The files of a revision below `root`."""
    listed = output(root, "ls-tree", "-r", "-z", resolve(root, revision))
    entries: dict[str, Entry] = {}
    for line in _names(listed or b""):
        what, _, path = line.partition("\t")
        mode, _type, name = what.split(" ")
        entries[path] = Entry(mode, name)
    return entries


def resolve(root: Path, revision: str) -> str:
    """The id of a revision's tree. Raises CannotRun if the revision is missing."""
    found = output(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{tree}}")
    if found:
        return found.decode().strip()
    hint = SHALLOW if is_shallow(root) else ""
    raise CannotRun(f"revision {revision!r} is not in this repository{hint}")


def exists(root: Path, revision: str) -> bool:
    return output(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{tree}}") is not None


def is_shallow(root: Path) -> bool:
    """Whether this is a shallow clone."""
    return output(root, "rev-parse", "--is-shallow-repository") == b"true\n"


def is_cut_off(root: Path, revision: str) -> bool:
    """Whether the parents of a commit are missing in this shallow clone."""
    commit = output(root, "cat-file", "commit", f"{revision}^{{commit}}") or b""
    return is_shallow(root) and re.search(rb"^parent ", commit.partition(b"\n\n")[0], re.MULTILINE) is not None


def merge_base(root: Path, one: str, other: str) -> str | None:
    """The merge base of two revisions; None if it does not exist or is missing in this clone."""
    found = output(root, "merge-base", "--end-of-options", one, other)
    return found.decode().strip() if found else None


def empty_tree(root: Path) -> str:
    """The id of the tree without files."""
    found = output(root, "hash-object", "-t", "tree", "--stdin", given=b"")
    return found.decode().strip() if found else "4b825dc642cb6eb9a060e54bf8d69288fbee4904"


def contents(root: Path, objects: Iterable[str]) -> Iterator[bytes | None]:
    """Read the content of each object with one process; None for a missing object."""
    wanted = list(objects)
    if not wanted:
        return
    found = output(root, "cat-file", "--batch", given="".join(f"{name}\n" for name in wanted).encode()) or b""
    at = 0
    for _ in wanted:
        end = found.find(b"\n", at)
        header = found[at:end].split(b" ")
        at = end + 1
        if end < 0 or len(header) != 3 or not header[2].isdigit():
            yield None
            continue
        size = int(header[2])
        yield found[at : at + size]
        at += size + 1


def changes(root: Path, base: str, target: str | None, *, staged: bool = False) -> Change:
    """The change from `base` (a revision or tree) to `target`, the index, or the worktree."""
    how = ["--cached", base] if staged else [base, target] if target is not None else [base]
    listed = output(root, "diff", "-z", "--name-status", "-M", "--no-ext-diff", "--relative", *how, "--")
    if listed is None:
        raise CannotRun(f"git cannot compare {base!r} with {target or ('the index' if staged else 'the work tree')}")
    touched: set[str] = set()
    gone: set[str] = set()
    renamed: dict[str, str] = {}
    words = iter(_names(listed))
    for status in words:
        path = next(words)
        if status.startswith("R"):
            new = next(words)
            touched.add(new)
            gone.add(path)
            renamed[path] = new
        else:
            (gone if status == "D" else touched).add(path)
    if target is None and not staged:
        touched.update(_names(output(root, "ls-files", "-z", "--others", "--exclude-standard") or b""))
    return Change(frozenset(touched), frozenset(gone), renamed)


def uncommitted(root: Path) -> frozenset[str]:
    """The files below `root` with uncommitted changes, including new files; empty without git."""
    status = output(root, "status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all") or b""
    prefix = os.fsdecode(output(root, "rev-parse", "--show-prefix") or b"").removesuffix("\n")
    names = (entry[3:] for entry in _names(status))
    return frozenset(name.removeprefix(prefix) for name in names if name.startswith(prefix))


def committed(root: Path, path: str, lines: Iterable[int]) -> dict[int, date]:
    """The day of the commit of each of these 1-based lines of a file in the worktree.

    Lines without a commit in this clone are skipped.
    """
    ranges = [f"-L{line},{line}" for line in sorted(set(lines))]
    listed = output(root, "blame", "--line-porcelain", "--no-textconv", *ranges, "--", path) if ranges else None
    days: dict[int, date] = {}
    line, known = 0, False
    for row in (listed or b"").decode("utf-8", errors="replace").split("\n"):
        header = _BLAMED.match(row)
        if header:
            line, known = int(header["line"]), header["commit"].strip("0") != ""
        elif row.startswith("committer-time ") and known:
            days[line] = datetime.fromtimestamp(int(row.split(" ")[1]), timezone.utc).date()
    return days


def _names(listed: bytes) -> tuple[str, ...]:
    return tuple(os.fsdecode(name) for name in listed.split(b"\0") if name)


def _walk(root: Path) -> Iterator[str]:
    for folder, names, files in os.walk(root):
        names[:] = sorted(name for name in names if name not in (".git", ".hg", "node_modules"))
        base = os.path.relpath(folder, root).replace(os.sep, "/")
        prefix = "" if base == "." else f"{base}/"
        # os.walk lists links to folders as folders, and does not follow them.
        links = [name for name in names if (Path(folder) / name).is_symlink()]
        for name in (*files, *links):
            yield prefix + name
