"""What is asked of the world outside: git, files and places.

A run is a function of its arguments, the environment and these answers. So what it says is known before it is made,
where all that it asked when it was made before is answered the same again. This is among the first things that run,
so it imports next to nothing.
"""

from __future__ import annotations

import os
import stat

from waku_lint.digest import blake2b

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import ClassVar, Final

MAX_BYTES: Final = 1_000_000  # of a file that is read
ABSENT: Final = "-"
# No program of the repository is run, nothing is fetched, and no lock is taken.
_SAFE: Final = (
    "-c", "core.quotepath=off", "-c", "core.fsmonitor=false", "-c", "diff.external=", "-c", "core.hooksPath=/dev/null",
)  # fmt: skip
# What goes by a name has the content that had it then, whatever is to replace it.
_ENVIRONMENT: Final = {
    "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_REPLACE_OBJECTS": "1",
}  # fmt: skip
LISTED: Final = ("ls-files", "-z", "--cached", "--others", "--exclude-standard")


class Witness:
    """What a run has asked, and the digest of each answer.

    A question is `git` with a folder and arguments, `names` of a folder, `file` or `place` of a path. The run is
    `repeatable` unless it has asked for something that cannot be asked again, or was answered twice in two ways.
    """

    def __init__(self) -> None:
        self.answers: dict[tuple[str, ...], str] = {}
        self.repeatable = True

    def note(self, question: tuple[str, ...], answer: str) -> None:
        if self.answers.setdefault(question, answer) != answer:
            self.repeatable = False


class _Watch:
    """Who takes notes of what this process asks; nobody, unless a run is to be known again."""

    witness: Witness | None = None


def watch() -> Witness:
    """From now on all questions are noted, by a new witness."""
    _Watch.witness = Witness()
    return _Watch.witness


def unwatch() -> None:
    """From now on nothing is noted, and all that is asked is asked anew."""
    _Watch.witness = None
    _Fresh.answers.clear()


def unrepeatable() -> None:
    """Tell that something is asked that nobody can ask again: this run is not to be known by its questions."""
    if _Watch.witness is not None:
        _Watch.witness.repeatable = False


def noted(question: tuple[str, ...], answer: bytes | None) -> None:
    """Note an answer; None tells that there is none."""
    if _Watch.witness is not None:
        _Watch.witness.note(question, digest(answer))


def placed(path: str | os.PathLike[str]) -> None:
    """Note what is at `path`, and where its links lead."""
    if _Watch.witness is not None:
        full = os.path.abspath(path)
        _Watch.witness.note(("place", full), _place(full))


def digest(data: bytes | None) -> str:
    return ABSENT if data is None else blake2b(data, digest_size=16).hexdigest()


def command(root: str, *arguments: str) -> list[str]:
    """A call of git that is safe in any repository."""
    return ["git", "-C", root, *_SAFE, *arguments]


def environment() -> dict[str, str]:
    """The environment of such a call."""
    return {**os.environ, **_ENVIRONMENT}


def names(root: str, listed: bytes | None) -> tuple[str, ...]:
    """All files of the project, relative to `root` with `/`, sorted.

    `listed` is what git's `LISTED` prints, so what git ignores is left out; None without git.
    """
    if listed is None:
        found = tuple(sorted(_walk(root)))
    else:
        # git lists what is deleted but not yet staged, too; a broken link is there nevertheless.
        every = {os.fsdecode(name) for name in listed.split(b"\0") if name}
        found = tuple(sorted(name for name in every if os.path.lexists(f"{root}/{name}")))
    noted(("names", root), _joined(found))
    return found


def ask(root: str, *arguments: str, given: bytes | None = None) -> bytes | None:
    """What git prints, `given` what it reads; None without git, or where it fails."""
    return _Child(command(root, *arguments), given).output()


def answered(question: tuple[str, ...]) -> tuple[bytes | None] | None:
    """What `same` was answered to a question a moment ago, once; None if it has not asked that."""
    return _Fresh.answers.pop(question, None)


def ask_all(root: str, *calls: Sequence[str]) -> list[bytes | None]:
    """What git prints on each of several calls, all of them at the same time."""
    return [child.output() for child in [_Child(command(root, *each)) for each in calls]]


def same(asked: Iterable[Sequence[str]]) -> bool:
    """Whether questions, each followed by the digest of its answer, are answered the same again."""
    _Fresh.answers.clear()
    git = []
    others = []
    for *question, answer in asked:
        kind = question[0]
        if kind == "git":
            git.append((_Child(command(*question[1:])), question, answer))
        elif kind == "names":
            git.append((_Child(command(question[1], *LISTED)), question, answer))
        else:
            others.append((question, answer))
    # Meanwhile git is at work; all of its processes are waited for, whatever comes out.
    equal = all(_again(question) == answer for question, answer in others)
    for child, question, answer in git:
        output = child.output()
        if question[0] == "git":
            _Fresh.answers[tuple(question)] = (output,)
        if equal:
            found = _joined(names(question[1], output)) if question[0] == "names" else output
            equal = digest(found) == answer
    if equal:
        _Fresh.answers.clear()  # there is nothing left to run
    return equal


class _Fresh:
    """What git has answered before the run that is not known begins: that has the same to ask, and need not."""

    answers: ClassVar[dict[tuple[str, ...], tuple[bytes | None]]] = {}


class _Child:
    """A process of git that is under way. `subprocess` would do, and takes longer to import than git to answer."""

    def __init__(self, arguments: list[str], given: bytes | None = None) -> None:
        self._pid: int | None = None
        reading, writing = os.pipe()
        nowhere = os.open(os.devnull, os.O_RDWR)
        read = nowhere if given is None else _holding(given)
        actions = [(os.POSIX_SPAWN_DUP2, read, 0), (os.POSIX_SPAWN_DUP2, writing, 1),
                   (os.POSIX_SPAWN_DUP2, nowhere, 2)]  # fmt: skip
        self._reading = reading
        try:
            self._pid = os.posix_spawnp(arguments[0], arguments, environment(), file_actions=actions)
        except OSError:
            pass  # there is no git
        finally:
            for each in {writing, nowhere, read}:
                os.close(each)

    def output(self) -> bytes | None:
        """What it prints; None where it fails, or there is no git."""
        parts = []
        while part := os.read(self._reading, 1 << 16):
            parts.append(part)
        os.close(self._reading)
        if self._pid is None:
            return None
        _, status = os.waitpid(self._pid, 0)
        return b"".join(parts) if status == 0 else None


def _holding(given: bytes) -> int:
    """A descriptor to read this from, however much it is: a pipe would have to be written to meanwhile."""
    file = os.memfd_create("given")
    with open(os.dup(file), "wb") as opened:
        opened.write(given)
    os.lseek(file, 0, os.SEEK_SET)
    return file


def _again(question: Sequence[str]) -> str:
    kind, path = question
    if kind == "place":
        return _place(path)
    if kind != "file":
        return ""
    try:
        info = os.lstat(path)
        if not stat.S_ISREG(info.st_mode) or info.st_size > MAX_BYTES:
            return ""  # no answer that is ever noted
        with open(path, "rb") as file:
            return digest(file.read())
    except FileNotFoundError:
        return ABSENT
    except OSError:
        return ""


def _place(path: str) -> str:
    try:
        mode = stat.S_IFMT(os.stat(path).st_mode)
    except OSError:
        mode = 0
    return f"{mode:o} {os.path.realpath(path)}"


def _joined(names: Iterable[str]) -> bytes:
    return b"\0".join(map(os.fsencode, names))


def _walk(root: str) -> Iterator[str]:
    for folder, names, files in os.walk(root):
        names[:] = sorted(name for name in names if name not in (".git", ".hg", "node_modules"))
        base = os.path.relpath(folder, root).replace(os.sep, "/")
        prefix = "" if base == "." else f"{base}/"
        # A link to a folder is listed by os.walk among the folders, and not followed.
        links = [name for name in names if os.path.islink(f"{folder}/{name}")]
        for name in (*files, *links):
            yield prefix + name
