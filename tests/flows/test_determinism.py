"""The same tree gives the same bytes: whatever the hash seed, the processes, the cache and the order of the files.

`WAKU_LINT_SEEDS=20 pytest tests/flows/test_determinism.py` pairs every seed with all others.
"""

from __future__ import annotations

import itertools
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest

from benchmarks.mistakes import plant
from waku_lint.cli.options import FORMATS
from waku_lint.files import cache

SEEDS: Final = int(os.environ.get("WAKU_LINT_SEEDS", "0"))
JOBS: Final = (1, 2, 3, 4)
CACHES: Final = ("none", "cold", "warm")
TREES: Final = ("plain", "git")
# Lists folders in an order of its own, as another file system might; the command line comes after the seed.
SHUFFLED: Final = """
import os, random, sys
chance = random.Random(sys.argv.pop(1))
listdir, scandir = os.listdir, os.scandir
class Entries:
    def __init__(self, *arguments):
        with scandir(*arguments) as found:
            self.entries = list(found)
        chance.shuffle(self.entries)
    def __iter__(self):
        return self
    def __next__(self):
        if not self.entries:
            raise StopIteration
        return self.entries.pop()
    def __enter__(self):
        return self
    def __exit__(self, *_):
        pass
    close = __exit__
def shuffled(*arguments):
    names = listdir(*arguments)
    chance.shuffle(names)
    return names
os.listdir, os.scandir = shuffled, Entries
from waku_lint.engine import incremental
incremental.LITTLE = 1  # else a project of this size is for one process
from waku_lint.__main__ import main
sys.exit(main())
"""


def checked(root: Path, seed: int, jobs: int, kept: Path | None, *arguments: str) -> tuple[int, bytes, bytes]:
    """Status, output and errors of a run that finds the files in the order of `seed`."""
    options = ["--jobs", str(jobs), *([] if kept else ["--no-cache"]), *arguments]
    command = [sys.executable, "-c", SHUFFLED, str(seed), "check", "--today", "2026-01-01", *options]
    environment = {**os.environ, "PYTHONHASHSEED": str(seed), cache.VARIABLE: str(kept or root / "nowhere")}
    done = subprocess.run(command, cwd=root, capture_output=True, check=False, timeout=120, env=environment)
    return done.returncode, done.stdout, done.stderr


@pytest.fixture(scope="module")
def trees(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One project, large enough for several processes, written in two orders; git has staged half of the second.

    What git has staged it lists before what it has not.
    """
    files, _ = plant(38, 30)
    roots = {}
    for name in TREES:
        roots[name] = tmp_path_factory.mktemp(name)
        paths = sorted(files)
        random.Random(name).shuffle(paths)
        for path in paths:
            (roots[name] / path).parent.mkdir(parents=True, exist_ok=True)
            (roots[name] / path).write_bytes(files[path].encode())
        if name == "git":
            for arguments in (["init", "-q"], ["add", "--", *paths[::2]]):
                subprocess.run(["git", *arguments], cwd=roots[name], check=True)
    return roots


def runs() -> Sequence[tuple[int, int, str, str]]:
    """Seed, processes, cache and tree: every number of processes meets each cache, and both trees meet all of these."""
    if SEEDS:
        every = itertools.product(range(SEEDS), JOBS, CACHES)
        return [(seed, jobs, state, TREES[(seed + jobs) % 2]) for seed, jobs, state in every]
    return [(seed, JOBS[seed % 4], CACHES[seed % 3], TREES[seed // 4 % 2]) for seed in range(12)]


def test_the_same_bytes_whatever_the_seed_the_processes_the_cache_and_the_order(
    trees: dict[str, Path], tmp_path: Path
) -> None:
    warm = tmp_path / "warm"
    said = {checked(trees["plain"], 0, 1, warm, "--format", "json")}
    for number, (seed, jobs, state, tree) in enumerate(runs()):
        kept = {"none": None, "warm": warm, "cold": tmp_path / f"cold {number}"}[state]
        said.add(checked(trees[tree], seed, jobs, kept, "--format", "json"))
        assert len(said) == 1, (seed, jobs, state, tree)
        if state == "cold":
            shutil.rmtree(tmp_path / f"cold {number}")
    ((status, output, errors),) = said
    assert (status, errors) == (1, b"")
    assert output.count(b'"code"') > 10


@pytest.mark.parametrize("name", [name for name in FORMATS if SEEDS or name == "sarif"])
def test_each_format_has_the_same_bytes(trees: dict[str, Path], tmp_path: Path, name: str) -> None:
    one = checked(trees["plain"], 0, 1, None, "--format", name)
    assert checked(trees["git"], 1, 3, tmp_path, "--format", name) == one
    assert one[1]


def test_the_order_of_folders_is_another_one(tmp_path: Path) -> None:
    """Or all this would show nothing."""
    for number in range(20):
        (tmp_path / str(number)).write_text("")
    script = SHUFFLED.replace(
        "from waku_lint.__main__ import main\nsys.exit(main())", "print(*os.listdir(), next(os.walk('.'))[2])"
    )
    command = [sys.executable, "-c", script]
    said = {subprocess.run([*command, seed], cwd=tmp_path, capture_output=True, check=True).stdout for seed in "12"}
    assert len(said) == 2
