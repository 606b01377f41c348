"""What git knows of a repository: its files in the index or a revision, and what a change touches."""

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
# An object keeps the content that it had when it was named, whatever is to replace it.
_ENVIRONMENT: Final = {
    "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_REPLACE_OBJECTS": "1",
}  # fmt: skip
_BLAMED: Final = lazy(r"(?P<commit>[0-9a-f]{40,64}) \d+ (?P<line>\d+)")


class Entry(Struct, frozen=True):
    """A file as git keeps it: `mode` is that of a file, link or submodule, `object` the name of its content."""

    mode: str
    object: str


class Change(Struct, frozen=True):
    """What differs between two states. `touched` are files there now, `gone` those no more.

    `renamed` maps a file's old path to its new one: the old one is gone, the new one touched.
    """

    touched: frozenset[str]
    gone: frozenset[str]
    renamed: Mapping[str, str]


def output(root: Path, *arguments: str, given: bytes | None = None) -> bytes | None:
    """What git prints, `given` what it reads; None without git, or where it fails."""
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
    """git as it is started. Windows would look for it in the current folder first, which may be the project."""
    if sys.platform != "win32":
        return "git"
    folders = (Path(folder) for folder in os.get_exec_path() if Path(folder).is_absolute())
    return next((str(folder / "git.exe") for folder in folders if (folder / "git.exe").is_file()), None)


def top_level(folder: Path) -> Path | None:
    """The top of the work tree around `folder`."""
    found = output(folder, "rev-parse", "--show-toplevel")
    return Path(os.fsdecode(found).removesuffix("\n")).resolve() if found else None


def work_tree(root: Path) -> tuple[str, ...]:
    """The files below `root` that exist and that git does not ignore; without a repository all of them.

    Paths are relative to `root`, with `/`, and sorted.
    """
    listed = output(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    if listed is None:
        return tuple(sorted(_walk(root)))
    # git lists what is deleted but not yet staged, too; a broken link is there nevertheless.
    return tuple(sorted(name for name in set(_names(listed)) if os.path.lexists(root / name)))


def ignoring(root: Path, path: str) -> str | None:
    """The pattern by which git ignores `path`, and where it stands; None where it does not."""
    found = _names(output(root, "check-ignore", "--verbose", "-z", "--stdin", given=os.fsencode(path) + b"\0") or b"")
    return f"`{found[2]}` ({found[0]}:{found[1]})" if len(found) == 4 else None


def ignores_case(root: Path) -> bool:
    """Whether git takes names that differ in case for the same, as on most disks of Windows and macOS."""
    return output(root, "config", "--type=bool", "core.ignorecase") == b"true\n"


def index(root: Path) -> dict[str, Entry]:
    """The files of the next commit below `root`. One that is only intended to be added is none of them yet."""
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
    """The tree's name of a revision. Raises CannotRun for one that is not here."""
    found = output(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{tree}}")
    if found:
        return found.decode().strip()
    hint = SHALLOW if is_shallow(root) else ""
    raise CannotRun(f"revision {revision!r} is not in this repository{hint}")


def exists(root: Path, revision: str) -> bool:
    return output(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{tree}}") is not None


def is_shallow(root: Path) -> bool:
    """Whether the history in this clone has been cut off somewhere."""
    return output(root, "rev-parse", "--is-shallow-repository") == b"true\n"


def is_cut_off(root: Path, revision: str) -> bool:
    """Whether a commit has parents that are not in this shallow clone."""
    commit = output(root, "cat-file", "commit", f"{revision}^{{commit}}") or b""
    return is_shallow(root) and re.search(rb"^parent ", commit.partition(b"\n\n")[0], re.MULTILINE) is not None


def merge_base(root: Path, one: str, other: str) -> str | None:
    """Where two revisions parted; None where they have nothing in common, or it is not here."""
    found = output(root, "merge-base", "--end-of-options", one, other)
    return found.decode().strip() if found else None


def empty_tree(root: Path) -> str:
    """The name of the tree without files."""
    found = output(root, "hash-object", "-t", "tree", "--stdin", given=b"")
    return found.decode().strip() if found else "4b825dc642cb6eb9a060e54bf8d69288fbee4904"


def contents(root: Path, objects: Iterable[str]) -> Iterator[bytes | None]:
    """The content of each object, by one process; None for one that is not here."""
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
    """What `target`, or the index, or else the work tree, changes of `base` (a revision or tree)."""
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
    """The files below `root` that differ from what is committed, new ones among them; none without git."""
    status = output(root, "status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all") or b""
    prefix = os.fsdecode(output(root, "rev-parse", "--show-prefix") or b"").removesuffix("\n")
    names = (entry[3:] for entry in _names(status))
    return frozenset(name.removeprefix(prefix) for name in names if name.startswith(prefix))


def committed(root: Path, path: str, lines: Iterable[int]) -> dict[int, date]:
    """The day on which each of the 1-based lines of a file in the work tree was committed.

    A line that is not, or not in this repository, is left out.
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
        # A link to a folder is listed by os.walk among the folders, and not followed.
        links = [name for name in names if (Path(folder) / name).is_symlink()]
        for name in (*files, *links):
            yield prefix + name
