"""What is kept between runs: as it was stored or not at all, within its limit, and by nobody else."""

from __future__ import annotations

import os
import stat
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from waku_lint.errors import Stopped
from waku_lint.files import cache


def opened() -> cache.Cache:
    found = cache.open_cache()
    assert found is not None
    return found


def folder() -> Path:
    return Path(os.environ[cache.VARIABLE]) / "v1"


def kept_names() -> list[str]:
    return sorted(each.name for each in folder().iterdir())


def test_an_entry_is_what_was_stored() -> None:
    kept = opened()
    assert kept.load("a") is None
    kept.store("a", b"one")
    kept.store("a", b"two")
    kept.store("b", b"")
    assert (kept.load("a"), kept.load("b")) == (b"two", b"")
    assert kept_names() == ["a", "b"]
    assert opened().load("a") == b"two"
    assert stat.S_IMODE((folder() / "a").stat().st_mode) == 0o600


def test_an_entry_under_another_name_or_with_other_bytes_is_none() -> None:
    kept = opened()
    kept.store("a", b"one")
    (folder() / "b").write_bytes((folder() / "a").read_bytes())
    (folder() / "c").symlink_to("a")
    (folder() / "d").mkdir()
    assert [kept.load(name) for name in "abcd"] == [b"one", None, None, None]
    (folder() / "a").write_bytes((folder() / "a").read_bytes() + b"!")
    assert kept.load("a") is None


def test_what_a_link_leads_to_and_what_is_another_users_is_no_entry(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    kept = opened()
    for name in ("a", "b"):
        kept.store(name, b"one")
    (folder() / "a").rename(tmp_path / "a")
    (folder() / "a").symlink_to(tmp_path / "a")
    assert kept.load("a") is None
    monkeypatch.setattr(os, "geteuid", lambda: 4711)
    assert kept.load("b") is None


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    kept = opened()
    (tmp_path / "other").write_bytes(b"as it was")
    (folder() / f"a.{os.getpid()}.tmp").symlink_to(tmp_path / "other")
    kept.store("a", b"one")
    assert (tmp_path / "other").read_bytes() == b"as it was"
    assert kept.load("a") is None


def test_names_tell_their_parts_apart() -> None:
    assert cache.name_of(["ab", "c"]) != cache.name_of(["a", "bc"]) != cache.name_of(["a", "b", "c"])
    assert cache.name_of(["\udc80"]) != cache.name_of(["?"])


def test_beyond_the_limit_what_was_used_longest_ago_goes() -> None:
    kept = opened()
    for number in range(20):
        kept.store(f"{number:02}", b"x" * 1000)
        os.utime(folder() / f"{number:02}", (number, number))
    assert kept.load("03")  # and so it is used
    kept.shrink(limit=10_500)
    left = kept_names()
    assert left == ["03", "14", "15", "16", "17", "18", "19"]  # as many as three quarters of the limit have room for
    size = sum(each.stat().st_size for each in folder().iterdir())
    (folder() / "link").symlink_to("nowhere")
    kept.shrink(limit=size)
    assert kept_names() == [*left, "link"]
    kept.shrink(limit=size - 1)
    assert kept_names() == ["03", "16", "17", "18", "19", "link"]


def test_what_was_used_a_moment_ago_is_not_marked_again() -> None:
    kept = opened()
    kept.store("a", b"one")
    for ago, marked in ((3000, False), (4000, True)):
        before = time.time() - ago
        os.utime(folder() / "a", (before, before))
        assert kept.load("a") == b"one"
        assert ((folder() / "a").stat().st_mtime > before + 1) == marked


def test_all_entries_are_looked_at_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    monkeypatch.setattr(cache.Cache, "shrink", lambda _self: seen.append(1))
    kept = opened()
    kept.tidy()
    kept.tidy()
    assert len(seen) == 1
    os.utime(folder() / "tidy", (0, 0))
    kept.tidy()
    assert len(seen) == 2
    monkeypatch.setattr(cache, "_MUCH", 1000)
    for name, size, times in (("a", 600, 2), ("b", 400, 2), ("c", 1, 3), ("d", 1000, 3)):
        kept.store(name, b"x" * size)
        kept.tidy()
        assert len(seen) == times
    tomorrow = time.time() + 86_400  # by a clock that was wrong
    os.utime(folder() / "tidy", (tomorrow, tomorrow))
    kept.tidy()
    assert len(seen) == 4


def test_a_folder_that_is_not_the_users_alone_is_not_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path))
    (tmp_path / "other").mkdir(mode=0o700)
    (tmp_path / "v1").symlink_to("other")
    assert cache.open_cache() is None
    (tmp_path / "v1").unlink()
    assert cache.open_cache() is not None
    (tmp_path / "v1").chmod(0o750)
    assert cache.open_cache() is None
    (tmp_path / "v1").chmod(0o700)
    monkeypatch.setattr(os, "geteuid", lambda: 4711)
    assert cache.open_cache() is None


def test_it_is_where_users_have_such_things(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(cache.VARIABLE)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert cache.open_cache() is not None
    assert (tmp_path / "xdg" / "waku-lint" / "v1").is_dir()
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    for platform, place in (("linux", ".cache"), ("darwin", "Library/Caches")):
        monkeypatch.setattr("sys.platform", platform)
        assert cache.open_cache() is not None
        assert (tmp_path / "home" / place / "waku-lint" / "v1").is_dir()
        monkeypatch.delenv("XDG_CACHE_HOME", raising=False)


def test_what_cannot_be_written_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = opened()
    kept.store("a", b"one")

    def full(*_arguments: object, **_keywords: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", full)
        kept.store("a", b"two")
    assert kept.load("a") == b"one"
    assert kept_names() == ["a"]


def test_who_is_stopped_as_an_entry_gets_its_name_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = opened()
    rename = os.replace

    def stopped(*arguments: Any, **keywords: Any) -> None:
        rename(*arguments, **keywords)
        raise Stopped(2)

    monkeypatch.setattr(os, "replace", stopped)
    with pytest.raises(Stopped):
        kept.store("a", b"one")
    assert kept.load("a") == b"one"
    assert kept_names() == ["a"]


def test_what_killed_runs_have_left_is_removed_in_the_end() -> None:
    kept = opened()
    kept.store("a", b"one")
    for name in ("old.1.tmp", "new.2.tmp"):
        (folder() / name).write_bytes(b"half of")
    for name in ("a", "old.1.tmp"):
        os.utime(folder() / name, (0, time.time() - 4000))
    kept.shrink()
    assert kept_names() == ["a", "new.2.tmp"]


def test_many_at_once_leave_whole_entries() -> None:
    kept = opened()
    bodies = [bytes([number]) * 100_000 for number in range(20)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda body: kept.store("a", body), bodies))
        found = list(pool.map(lambda _: kept.load("a"), range(20)))
    assert all(each in bodies for each in found)
