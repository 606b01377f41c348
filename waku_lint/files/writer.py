"""Apply edits, and write files: all of them, or none.

All contents are in memory before the first file is touched. Each file is replaced by a complete new file, so that no
program reads a half-written file.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path, PurePath, PurePosixPath
from typing import Final

from msgspec import Struct

from waku_lint.diagnostics import Edit
from waku_lint.errors import CannotRun
from waku_lint.files import snapshot
from waku_lint.regexes import lazy

_STAGED: Final = ".waku-lint-"
_ENDING: Final = ".tmp"
_LEFT: Final = 3600  # seconds after which an unfinished file is not in use any more
_PAUSES: Final = (0.05, 0.1, 0.2, 0.4)  # seconds
_DEVICE: Final = lazy(r"(?:aux|con|conin\$|conout\$|nul|prn|(?:com|lpt)[0-9¹²³])\s*(?:\..*)?", re.IGNORECASE)
_FORBIDDEN: Final = lazy(r'[\x00-\x1f"*:<>?|\\]|[. ]\Z')


class Change(Struct, frozen=True):
    """The change of one file: `before` is replaced by `after`, and the file is renamed to `moved` if that is set.

    Paths are relative to the root. If `before` and `after` are None, the content does not change.
    """

    path: str
    before: bytes | None = None
    after: bytes | None = None
    moved: str | None = None


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Apply all edits to `text`, in any order. Raises ValueError if two edits overlap."""
    parts: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda each: each.span):
        if edit.span.start < at or not edit.span.start <= edit.span.end <= len(text):
            raise ValueError(f"edits overlap, or reach beyond the text, at {edit.span.start}")
        parts += [text[at : edit.span.start], edit.text]
        at = edit.span.end
    return "".join([*parts, text[at:]])


def write(root: Path, changes: Sequence[Change]) -> None:
    """Write all changes. If one of them fails, restores every file and raises CannotRun.

    For a symbolic link, its target is written if it is in the project.
    """
    top = root.resolve()
    places = [(change, *_places(top, change)) for change in changes]
    staged: list[Path] = []
    try:
        for change, place, _ in places:
            if change.after is not None:
                staged.append(_stage(place, change.after))
        with _undisturbed():
            _exchange(places, staged)
    except OSError as error:
        named = error.filename if error.filename2 is None else error.filename2
        where = "a file" if named is None else Path(os.fsdecode(named)).name
        raise CannotRun(f"{where} cannot be written: {_reason(error)}; nothing was changed") from error
    finally:
        for path in staged:
            path.unlink(missing_ok=True)


def _exchange(places: Sequence[tuple[Change, Path, Path | None]], staged: Sequence[Path]) -> None:
    """Replace and rename all files; if one fails, undo everything."""
    waiting = iter(staged)
    done: list[Callable[[], object]] = []
    try:
        for change, place, target in places:
            if target is not None:
                _make_folders(target.parent, done)
                _put(os.rename, place, target)
                done.append(lambda place=place, target=target: os.rename(target, place))  # type: ignore[misc]  # noqa: PTH104
            if change.after is not None:
                _replace(next(waiting), target or place, change.before or b"", done)
    except BaseException:
        for undo in reversed(done):
            undo()
        raise


def create(path: Path, content: bytes) -> None:
    """Create a file and its folders. Raises CannotRun if the file exists or cannot be written."""
    _check_names(path)
    if path.exists() or path.is_symlink():
        raise CannotRun(f"{path}: is there already; nothing is overwritten")
    made = False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            made = True
            file.write(content)
    except BaseException as error:
        if made:
            path.unlink()
        if isinstance(error, OSError):
            raise CannotRun(f"{path}: cannot be written: {_reason(error)}") from None
        raise


def replace(path: Path, content: bytes, *, through: bool = True) -> None:
    """Replace the content of a file atomically: readers get the old content or the new one.

    For a symbolic link, its target is written; without `through`, the link is replaced. Raises CannotRun.
    """
    target = path.resolve() if through else path
    try:
        staged = _stage(target, content)
        try:
            _put(os.replace, staged, target)
        finally:
            staged.unlink(missing_ok=True)
    except OSError as error:
        raise CannotRun(f"{path}: cannot be written: {_reason(error)}") from None


def _places(top: Path, change: Change) -> tuple[Path, Path | None]:
    """The old and new places of a file. Raises CannotRun if it has changed, or is outside the project."""
    place = top / change.path
    if change.moved is None:
        place = place.resolve()
    if not place.resolve().is_relative_to(top):
        raise CannotRun(f"{change.path}: leads out of the project")
    if change.before is not None and (not place.is_file() or place.read_bytes() != change.before):
        raise CannotRun(f"{change.path}: has changed in the meantime")
    if change.moved is None:
        return place, None
    target = top / change.moved
    _check_names(PurePath(change.moved))
    if not target.resolve().is_relative_to(top):
        raise CannotRun(f"{change.moved}: leads out of the project")
    if os.path.lexists(target) and not target.samefile(place):
        raise CannotRun(f"{change.moved}: is there already")
    folder = next(each for each in PurePosixPath(change.moved).parents if (top / each).exists())
    if snapshot.spelled(top, str(folder)) != str(folder):
        raise CannotRun(f"{change.moved}: the folder is {snapshot.spelled(top, str(folder))} on disk; write it so")
    return place, target


def name_problem(name: str) -> str | None:
    """Why a file or folder cannot be called so on Windows; None if it can."""
    if _DEVICE.fullmatch(name):
        return "is a device on Windows, not a file"
    odd = _FORBIDDEN.search(name)
    return f"has {odd.group()!r}, which Windows does not allow there" if odd else None


def _check_names(path: PurePath) -> None:
    """Raises CannotRun on Windows for what is not a name of a file there; it might be written to a device."""
    if sys.platform == "win32":
        for name in path.parts[bool(path.anchor) :]:
            problem = name_problem(name)
            if problem is not None:
                raise CannotRun(f"{path}: {name!r} {problem}")


def _stage(place: Path, content: bytes) -> Path:
    """Write the content to a new file beside `place`, with the same mode, and sync it.

    Removes unfinished files of killed runs in this folder.
    """
    for left in place.parent.glob(f"{_STAGED}*{_ENDING}"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > _LEFT:
                left.unlink()
    handle, name = tempfile.mkstemp(prefix=_STAGED, suffix=_ENDING, dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())  # the content must be on disk before its name
        if sys.platform == "win32":
            return Path(name)  # a file there has no mode, and one that is read-only could not be removed
        if place.exists():
            shutil.copymode(place, name)
        else:
            mask = os.umask(0)
            os.umask(mask)
            Path(name).chmod(0o666 & ~mask)
    except BaseException:
        Path(name).unlink()
        raise
    return Path(name)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Delay signals inside the block, so that writing is finished or undone.

    Handlers are replaced, because another thread could receive a signal that is blocked in this one.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # handlers run in the main thread, and this is another one
        return
    waiting: list[int] = []
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, lambda given, _frame: waiting.append(given)) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
        for given in waiting[:1]:
            signal.raise_signal(given)


def _put(move: Callable[[Path, Path], None], source: Path, target: Path) -> None:
    """Move a file. Windows refuses that while another program reads it, such as a virus scanner: then try again."""
    for pause in _PAUSES if sys.platform == "win32" else ():
        try:
            return move(source, target)
        except PermissionError:
            time.sleep(pause)
    return move(source, target)


def _reason(error: OSError) -> str:
    if sys.platform == "win32" and isinstance(error, PermissionError):
        return f"{error.strerror} (is it read-only, or open in another program?)"
    return str(error.strerror)


def _replace(staged: Path, place: Path, before: bytes, done: list[Callable[[], object]]) -> None:
    _put(os.replace, staged, place)
    done.append(lambda: os.replace(_stage(place, before), place))  # noqa: PTH105


def _make_folders(folder: Path, done: list[Callable[[], object]]) -> None:
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir()
        done.append(lambda each=each: _remove(each))  # type: ignore[misc]


def _remove(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()
