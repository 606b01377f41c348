"""The store of the cache: entries as they were stored or not at all, within its limit, written by nobody else."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT, posix
from waku_lint.errors import Stopped
from waku_lint.files import cache, installation


def opened(limit: int = cache.MAX_BYTES) -> cache.Cache:
    found = cache.open_cache()
    assert found is not None
    return cache.Cache(path(), limit)


def path() -> Path:
    return Path(os.environ[cache.VARIABLE]) / "v2" / cache.FILE


def keys() -> list[str]:
    with sqlite3.connect(path()) as database:
        found = sorted(key for (key,) in database.execute("SELECT key FROM entries"))
    database.close()
    return found


def stored(**entries: bytes) -> cache.Cache:
    kept = opened()
    for key, body in entries.items():
        kept.store(key, body)
    kept.flush()
    return kept


def test_an_entry_is_what_was_stored() -> None:
    kept = opened()
    assert kept.load("a") is None
    kept.store("a", b"one")
    kept.store("a", b"two")
    kept.store("b", b"")
    assert (kept.load("a"), kept.load("b"), kept.load("c")) == (b"two", b"", None)
    assert (kept.holds("a"), kept.holds("c")) == (True, False)
    assert opened().load("a") is None  # it is not written yet
    kept.flush()
    assert (opened().load("a"), opened().load("b")) == (b"two", b"")
    assert (opened().holds("a"), opened().holds("c")) == (True, False)
    assert keys() == ["a", "b"]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE entries SET body = body || x'21'",
        "UPDATE entries SET body = substr(body, 1, 17)",
        "UPDATE entries SET body = 'text'",
        "UPDATE entries SET key = 'a'",
        "DELETE FROM entries",
        "DROP TABLE entries",
        "DROP TABLE entries; CREATE TABLE entries (other TEXT)",
        "UPDATE entries SET used = 'long ago', body = NULL WHERE 1 = 0; DELETE FROM entries",
    ],
)
def test_an_entry_that_is_not_as_it_was_stored_is_missing(change: str) -> None:
    stored(b=b"one")
    database = sqlite3.connect(path())
    database.executescript(change)
    database.close()
    again = opened()
    assert (again.load("a"), again.load("b")) == (None, None)
    again.store("b", b"two")
    again.flush()


@pytest.mark.parametrize(
    "break_it",
    [
        lambda file: file.write_bytes(b"no database " * 1000),
        lambda file: file.write_bytes(file.read_bytes()[:5000]),
        lambda file: file.write_bytes(file.read_bytes()[:4096] + b"\xff" * (file.stat().st_size - 4096)),
        lambda file: file.write_bytes(b""),
    ],
    ids=["another file", "cut short", "overwritten", "empty"],
)
def test_a_broken_file_is_replaced(break_it: Callable[[Path], object]) -> None:
    stored(**{f"k{number}": b"x" * 3000 for number in range(20)})
    break_it(path())
    for _ in range(3):  # at the latest the run after the one that has noticed it has a new file
        kept = opened()
        kept.load("k1")
        kept.store("new", b"one")
        kept.flush()
        del kept
    assert opened().load("new") == b"one"


def test_a_file_that_another_process_holds_is_waited_for_and_then_left(monkeypatch: pytest.MonkeyPatch) -> None:
    stored(a=b"one")
    monkeypatch.setattr(cache, "_BUSY", 0.1)
    other = sqlite3.connect(path(), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    kept = opened()
    assert kept.load("a") is None
    kept.store("b", b"two")
    kept.flush()
    other.execute("COMMIT")
    other.close()
    assert opened().load("a") == b"one"
    assert keys() == ["a"]


def test_keys_tell_their_parts_apart() -> None:
    assert cache.key_of(["ab", "c"]) != cache.key_of(["a", "bc"]) != cache.key_of(["a", "b", "c"])
    assert cache.key_of(["a"], b"b") != cache.key_of(["a", "b"])
    assert cache.key_of(["\udc80"]) != cache.key_of(["?"])


def test_above_the_limit_the_entries_that_were_used_longest_ago_go(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(20):
        monkeypatch.setattr(time, "time", lambda number=number: 1000.0 + number * 10_000)
        stored(**{f"{number:02}": b"x" * 4000})
    kept = opened(limit=50_000)
    assert kept.load("03")  # so it is used
    kept.flush()
    left = keys()
    assert "03" in left
    assert left[1:] == [f"{number:02}" for number in range(20 - len(left) + 1, 20)]
    assert 5 < len(left) < 12


def test_an_entry_that_was_used_a_moment_ago_is_not_marked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    stored(a=b"one")

    def used() -> int:
        database = sqlite3.connect(path())
        ((found,),) = database.execute("SELECT used FROM entries")
        database.close()
        return int(found)

    first = used()
    for later, marked in ((3000, False), (4000, True)):
        monkeypatch.setattr(time, "time", lambda later=later: first + later)
        kept = opened()
        assert kept.load("a") == b"one"
        kept.flush()
        assert (used() > first) == marked


def test_much_is_written_before_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_MUCH", 1000)
    kept = opened()
    kept.store("a", b"x" * 600)
    assert opened().load("a") is None
    kept.store("b", b"x" * 600)
    assert opened().load("a") == b"x" * 600


@posix
def test_a_folder_or_file_that_others_can_write_to_is_not_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path))
    (tmp_path / "other").mkdir(mode=0o700)
    (tmp_path / "v2").symlink_to("other")
    assert cache.open_cache() is None
    (tmp_path / "v2").unlink()
    stored(a=b"one")
    assert stat.S_IMODE((tmp_path / "v2").stat().st_mode) == 0o700
    (tmp_path / "v2").chmod(0o750)
    assert cache.open_cache() is None
    (tmp_path / "v2").chmod(0o700)
    path().chmod(0o666)
    assert cache.open_cache() is None
    path().chmod(0o600)
    path().rename(tmp_path / "there")
    path().symlink_to(tmp_path / "there")
    assert cache.open_cache() is None
    path().unlink()
    path().mkdir()
    assert cache.open_cache() is None
    path().rmdir()
    monkeypatch.setattr(os, "geteuid", lambda: 4711)
    assert cache.open_cache() is None


def test_it_is_where_users_have_such_things(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(cache.VARIABLE)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert cache.open_cache() is not None
    assert (tmp_path / "xdg" / "waku-lint" / "v2" / "CACHEDIR.TAG").is_file()
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    for platform, place in (("linux", "home/.cache/waku-lint"), ("darwin", "home/Library/Caches/waku-lint"),
                            ("win32", "local/waku-lint/cache")):  # fmt: skip
        monkeypatch.setattr("sys.platform", platform)
        assert cache.open_cache() is not None
        assert (tmp_path / place / "v2").is_dir()


def test_a_place_where_nothing_can_be_written_is_no_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for place in (os.devnull, str(tmp_path / "file"), str(tmp_path / "file" / "below")):
        monkeypatch.setenv(cache.VARIABLE, place)
        assert cache.open_cache() is None


def test_a_disk_that_is_full_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    stored(a=b"one")
    kept = opened()

    class Full:
        def execute(self, *_arguments: object) -> None:
            raise sqlite3.OperationalError("database or disk is full")

        def close(self) -> None:
            pass

    monkeypatch.setattr(kept, "_database", Full())
    assert kept.load("a") is None
    assert not kept.holds("a")
    kept.store("b", b"two")
    kept.flush()
    assert keys() == ["a"]


def test_a_run_that_is_stopped_while_it_writes_leaves_what_was_there(monkeypatch: pytest.MonkeyPatch) -> None:
    stored(a=b"one")
    kept = opened()
    kept.store("b", b"two")

    def stop(_key: str, _body: bytes) -> bytes:
        raise Stopped(2)

    with monkeypatch.context() as patched:
        patched.setattr(cache, "_checksum", stop)
        with pytest.raises(Stopped):
            kept.flush()
    assert keys() == ["a"]


def test_many_at_once_leave_whole_entries() -> None:
    bodies = [bytes([number]) * 100_000 for number in range(20)]

    def run(body: bytes) -> bytes | None:
        kept = opened()
        kept.store("a", body)
        kept.flush()
        return opened().load("a")

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(run, bodies))
    assert all(each in bodies for each in found)


def test_twenty_runs_at_once_on_one_cache_say_the_same(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "waku_lint", "check", "--root", str(CHECKOUT / "fixtures" / "dirty" / "sections")]
    alone = subprocess.run([*command, "--no-cache"], capture_output=True, check=False)
    assert alone.returncode == 1
    with ThreadPoolExecutor(20) as pool:
        runs = list(pool.map(lambda _: subprocess.run(command, capture_output=True, check=False), range(20)))
    assert {(each.returncode, each.stdout, each.stderr) for each in runs} == {(1, alone.stdout, alone.stderr)}


def test_the_key_of_an_installation_changes_with_its_files(monkeypatch: pytest.MonkeyPatch) -> None:
    before = installation.installation_key()
    assert installation.installation_key.__wrapped__() == before

    def fail(*_arguments: object) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(os, "scandir", fail)
        assert installation.installation_key() == before  # a process asks once
        assert installation.installation_key.__wrapped__() != before
