"""Store of cached entries by key: one SQLite file that is private to the user.

A key is the digest of everything that its entry depends on (`key_of`), so entries are never invalidated. The cache is
optional: an unreadable entry counts as missing, an entry that cannot be written is dropped, and neither is an error.
Reading an entry runs no code.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Final, TypeVar

import msgspec

T = TypeVar("T")

VARIABLE: Final = "WAKU_LINT_CACHE_DIR"
MAX_BYTES: Final = 500_000_000
FILE: Final = "entries.sqlite3"
_FOLDER: Final = "v2"  # a folder below the given one, which may be writable for other users
_TAG: Final = "Signature: 8a477f597d28d172789f06886806bc55\n# This folder is a cache of waku-lint.\n"
_BUSY: Final = 2.0  # seconds to wait for another process that is writing
_MUCH: Final = 20_000_000  # bytes to collect before writing
_FRESH: Final = 3600  # seconds before a used entry is marked as used again
_TABLE: Final = "CREATE TABLE IF NOT EXISTS entries (key TEXT PRIMARY KEY, used INTEGER NOT NULL, body BLOB NOT NULL)"
_PRUNE: Final = """
DELETE FROM entries WHERE rowid IN (
  SELECT rowid FROM (SELECT rowid, sum(length(body)) OVER (ORDER BY used DESC, rowid DESC) AS total FROM entries)
  WHERE total > ?)
"""


def key_of(parts: Iterable[str], content: bytes = b"") -> str:
    """The key of the entry that depends on all of `parts` and on `content`."""
    found = blake2b(digest_size=20)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        found.update(b"%d:" % len(data))
        found.update(data)
    found.update(b"=" + content)
    return found.hexdigest()


def encoded(entry: object) -> bytes | None:
    """Encode a record as the body of an entry; None for a lone surrogate, which has no encoding."""
    try:
        return msgspec.msgpack.encode(entry)
    except UnicodeEncodeError:
        return None


def decoded(body: bytes | None, kind: type[T]) -> T | None:
    """Decode a record; None for invalid data."""
    if body is None:
        return None
    try:
        return msgspec.msgpack.decode(body, type=kind)
    except (msgspec.MsgspecError, ValueError):
        return None


class Cache:
    """Entries by key; `flush` writes stored entries in one transaction."""

    def __init__(self, path: Path, limit: int = MAX_BYTES) -> None:
        """`limit` is the size of the file in bytes. Raises sqlite3.Error if the cache cannot be opened."""
        self._path = path
        self._limit = limit
        self._stored: dict[str, bytes] = {}  # not written yet
        self._size = 0  # bytes of the entries not written yet
        self._used: set[str] = set()  # entries to be marked as used
        self._corrupt = False
        self._database = sqlite3.connect(path, timeout=_BUSY, isolation_level=None)

    def __del__(self) -> None:
        self._database.close()

    def load(self, key: str) -> bytes | None:
        """The entry of this key; None if it is missing or damaged."""
        if key in self._stored:
            return self._stored[key]
        try:
            row = self._database.execute("SELECT used, body FROM entries WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error as error:
            self._note(error)
            return None
        if row is None or not isinstance(row[1], bytes):
            return None
        if not isinstance(row[0], int) or time.time() - row[0] > _FRESH:
            self._used.add(key)
        body = row[1][16:]
        return body if row[1][:16] == _checksum(key, body) else None

    def holds(self, key: str) -> bool:
        """Whether an entry of this key exists, without reading it."""
        if key in self._stored:
            return True
        try:
            return self._database.execute("SELECT 1 FROM entries WHERE key = ?", (key,)).fetchone() is not None
        except sqlite3.Error as error:
            self._note(error)
            return False

    def store(self, key: str, body: bytes) -> None:
        """Store an entry."""
        self._stored[key] = body
        self._size += len(body)
        if self._size > _MUCH:
            self.flush()

    def flush(self) -> None:
        """Write stored entries; above the limit remove the least recently used entries."""
        try:
            if self._stored or self._used:
                self._write()
        except sqlite3.Error as error:
            self._note(error)
        self._stored.clear()
        self._used.clear()
        self._size = 0
        if self._corrupt:
            with suppress(OSError):
                self._path.unlink()  # the next run creates a new one

    def _write(self) -> None:
        now = int(time.time())
        database = self._database
        # Do not wait for the disk: a file that is damaged by a crash of the machine is replaced.
        database.execute("PRAGMA synchronous=OFF")
        database.execute("BEGIN IMMEDIATE")
        try:
            database.execute(_TABLE)
            rows = ((key, now, _checksum(key, body) + body) for key, body in self._stored.items())
            database.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?, ?)", rows)
            database.executemany("UPDATE entries SET used = ? WHERE key = ?", ((now, key) for key in self._used))
            pages, free, size = (
                database.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("page_count", "freelist_count", "page_size")
            )
            if (pages - free) * size > self._limit:
                database.execute(_PRUNE, (self._limit * 3 // 4,))
            database.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                database.execute("ROLLBACK")
            raise

    def _note(self, error: sqlite3.Error) -> None:
        """Record an error: OperationalError means busy, full or empty; any other means not a database."""
        self._corrupt |= isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError)


def open_cache() -> Cache | None:
    """Open the user's cache, or create it; None if that fails, or if other users can write to it."""
    folder = _home() / _FOLDER
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not (_is_private(folder, stat.S_ISDIR) and _is_private(folder / FILE, stat.S_ISREG)):
            return None
        if not (folder / FILE).exists():
            (folder / "CACHEDIR.TAG").write_text(_TAG, encoding="utf-8")
        return Cache(folder / FILE)
    except (OSError, sqlite3.Error):
        return None


def _is_private(path: Path, is_kind: Callable[[int], bool]) -> bool:
    """Whether only the user can write to `path`; on Windows, folders of a user are private by default."""
    try:
        info = path.lstat()
    except FileNotFoundError:
        return True
    if sys.platform == "win32":
        return is_kind(info.st_mode)
    shared = stat.S_IMODE(info.st_mode) & (0o077 if stat.S_ISDIR(info.st_mode) else 0o022)
    return is_kind(info.st_mode) and info.st_uid == os.geteuid() and not shared


def _home() -> Path:
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "waku-lint" / "cache"
    xdg = Path(os.environ.get("XDG_CACHE_HOME", ""))
    if xdg.is_absolute():
        return xdg / "waku-lint"
    return Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "waku-lint"


def _checksum(key: str, body: bytes) -> bytes:
    """The checksum before a stored body, which detects damaged and exchanged bodies."""
    return blake2b(body, digest_size=16, key=key.encode()).digest()
