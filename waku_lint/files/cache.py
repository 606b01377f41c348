"""What is kept from one run to the next, in a folder of the user's that nobody else can write to.

Nothing here is needed: what cannot be read is not there, what cannot be written is not kept, and neither is told. An
entry is never changed, only replaced as a whole, so any number of runs can be at it. What is kept is text, and no code
is run to read it.
"""

from __future__ import annotations

import json
import os
import stat
import sys
import time

from waku_lint.digest import blake2b

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, Final

VARIABLE: Final = "WAKU_LINT_CACHE_DIR"
MAX_BYTES: Final = 200_000_000
_OURS: Final = "v1"  # a folder below the one that is named, since that may be open to others
_FRESH: Final = 3600  # seconds in which an entry that is used is not marked as used again
_ENDING: Final = ".tmp"  # of what is not whole yet
_LEFT: Final = 3600  # seconds after which nobody is still writing it
_TIDY: Final = "tidy"  # an entry that is as old as the last look at all of them
_OFTEN: Final = 600  # seconds in which nobody looks again
_MUCH: Final = 10_000_000  # bytes after which somebody does nevertheless


def name_of(parts: Iterable[str], content: bytes = b"") -> str:
    """The name of the entry that stands for all of `parts` and for `content`."""
    found = blake2b(digest_size=20)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        found.update(b"%d:" % len(data))
        found.update(data)
    found.update(b"=" + content)
    return found.hexdigest()


def packed(value: object) -> bytes:
    """A value of lists, texts and the like as one line; half a character stays half a one."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "surrogatepass")


def unpacked(data: bytes) -> Any:
    """The value that was packed. Raises ValueError, or RecursionError, for anything else."""
    return json.loads(data.decode("utf-8", "surrogatepass"))


class Cache:
    """The entries by name; `open_cache` gives one."""

    def __init__(self, folder: int) -> None:
        """`folder` is a descriptor: whatever becomes of its path, it is the folder that was looked at."""
        self._folder = folder
        self._stored = 0  # bytes

    def load(self, name: str) -> bytes | None:
        """The entry of this name; None if it is not there, or not as it was stored."""
        try:
            file = os.open(name, os.O_RDONLY | os.O_NOFOLLOW, dir_fd=self._folder)
        except OSError:
            return None
        try:
            info = os.fstat(file)
            if not stat.S_ISREG(info.st_mode) or info.st_uid != os.geteuid():
                return None
            with open(file, "rb", closefd=False) as opened:
                data = opened.read()
            if time.time() - info.st_mtime > _FRESH:
                os.utime(file)  # what is used is kept
        except OSError:
            return None
        finally:
            os.close(file)
        check, body = data[:32], data[32:]
        return body if check == _check(name, body) else None

    def holds(self, name: str) -> bool:
        """Whether there may be an entry of this name: nobody has looked at it."""
        try:
            os.stat(name, dir_fd=self._folder, follow_symlinks=False)
        except OSError:
            return False
        return True

    def store(self, name: str, body: bytes) -> None:
        """Keep an entry, if that is possible."""
        beside = f"{name}.{os.getpid()}{_ENDING}"
        try:
            file = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600, dir_fd=self._folder)
        except OSError:
            return
        try:
            try:
                with open(file, "wb") as opened:
                    opened.write(_check(name, body) + body)
                os.replace(beside, name, src_dir_fd=self._folder, dst_dir_fd=self._folder)
                self._stored += len(body)
            except BaseException:
                if self.holds(beside):  # who is stopped now may have given it its name
                    os.unlink(beside, dir_fd=self._folder)
                raise
        except OSError:
            return

    def tidy(self) -> None:
        """Keep the cache within its limit, or little above it: to look at many entries takes long."""
        try:
            age = time.time() - os.stat(_TIDY, dir_fd=self._folder, follow_symlinks=False).st_mtime
        except OSError:
            age = -1
        if not 0 <= age < _OFTEN or self._stored > _MUCH:
            self.shrink()
            self.store(_TIDY, b"")
            self._stored = 0

    def shrink(self, limit: int = MAX_BYTES) -> None:
        """Remove what was used longest ago, if there is more than `limit`; then a quarter of that is made free.

        What runs that were killed have left half written is removed in any case.
        """
        try:
            with os.scandir(self._folder) as entries:
                found = [(info.st_mtime_ns, info.st_size, entry.name) for entry in entries
                         if stat.S_ISREG((info := entry.stat(follow_symlinks=False)).st_mode)]  # fmt: skip
            left = (time.time() - _LEFT) * 1_000_000_000
            for each in [each for each in found if each[2].endswith(_ENDING) and each[0] < left]:
                os.unlink(each[2], dir_fd=self._folder)
                found.remove(each)
            total = sum(size for _, size, _ in found)
            if total <= limit:
                return
            for _, size, name in sorted(found):
                if total <= limit * 3 // 4:
                    break
                os.unlink(name, dir_fd=self._folder)
                total -= size
        except OSError:
            return


def open_cache() -> Cache | None:
    """The user's cache, made if it is not there; None where it cannot be had, or is not theirs alone."""
    if os.name != "posix":  # pragma: no cover - there are no tests on Windows
        return None  # who else may write to a folder cannot be told by its mode
    folder = os.path.join(_home(), _OURS)
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return None
    info = os.fstat(opened)
    if info.st_uid != os.geteuid() or stat.S_IMODE(info.st_mode) & 0o077:
        os.close(opened)
        return None
    return Cache(opened)


def _home() -> str:
    named = os.environ.get(VARIABLE)
    if named:
        return named
    above = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(above):
        above = os.path.expanduser("~/Library/Caches" if sys.platform == "darwin" else "~/.cache")
    return os.path.join(above, "waku-lint")


def _check(name: str, body: bytes) -> bytes:
    """What stands before an entry: another one under its name, or a part of it, is none."""
    return blake2b(body, digest_size=16, key=name.encode()).hexdigest().encode()
