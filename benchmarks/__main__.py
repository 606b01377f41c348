"""What the work costs, as ratios of what is measured side by side: `python -m benchmarks [--rounds N]`."""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks import peers
from benchmarks.roadmap import generate
from waku_lint.config.config import load
from waku_lint.files.snapshot import paths_below

CORPUS: Final = Path(__file__).parent.parent.parent / "shared" / "corpus"
_LINT: Final = str(Path(sys.executable).parent / "waku-lint")
_NOTHING: Final = [sys.executable, "-c", "pass"]
_FLOOR: Final = """
import sys, pathlib, marko
from marko.ext.gfm import GFM
marko.Markdown(extensions=[GFM]).parse(pathlib.Path(sys.argv[1]).read_text(errors="replace"))
"""
_STOCK: Final = """
import sys, pathlib, marko
from marko.ext.gfm import GFM
for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.md")):
    marko.Markdown(extensions=[GFM]).parse(path.read_text(errors="replace"))
"""


@dataclass(frozen=True, slots=True)
class Row:
    """Two pieces of work, and how many times the second the first may cost; None where no goal is set."""

    work: str
    beside: str
    goal: float | None
    ours: Callable[[], float]
    theirs: Callable[[], float]


class Place:
    """A repository and a cache of its own."""

    def __init__(self, folder: Path, files: Path | dict[str, str]) -> None:
        self.root = folder / "plan"
        self.cache = folder / "cache"
        self.root.mkdir(parents=True)
        if isinstance(files, Path):
            files = {
                each.relative_to(files).as_posix(): each.read_text(errors="replace")
                for each in sorted(files.rglob("*"))
                if each.is_file()
            }
        for path, text in files.items():
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            (self.root / path).write_text(text)
        self.count = 0
        for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "start"]):
            self.git(*arguments)

    def git(self, *arguments: str) -> None:
        identity = ["-c", "user.name=b", "-c", "user.email=b@example.org"]
        subprocess.run(["git", "-C", str(self.root), *identity, *arguments], check=True, capture_output=True)

    def lint(self, *arguments: str, **more: str) -> float:
        environment = {**os.environ, "WAKU_LINT_CACHE_DIR": str(self.cache), **more}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # or each run compiles what was edited last
        return run([_LINT, *arguments], self.root, environment)

    def instructions(self, *command: str) -> int:
        """How many instructions a command executes, without its children."""
        environment = {**os.environ, "WAKU_LINT_CACHE_DIR": str(self.cache), "GIT_INDEX_FILE": ".git/index"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        counted = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null", *command]
        done = subprocess.run(counted, cwd=self.root, env=environment, capture_output=True, text=True, check=False)
        (line,) = (line for line in done.stderr.splitlines() if "I" in line and "refs:" in line)
        return int(line.rpartition(":")[2].replace(",", ""))

    def hook(self) -> float:
        return self.lint("hook", GIT_INDEX_FILE=str(self.root / ".git" / "index"))

    def staged(self, path: str) -> None:
        """Another line in a file, staged."""
        self.count += 1
        with (self.root / path).open("a") as file:
            file.write(f"\nLine {self.count}.\n")
        self.git("add", "-A")


def run(command: list[str], folder: Path | None = None, environment: dict[str, str] | None = None) -> float:
    """Seconds that a command takes, whatever it says."""
    started = time.perf_counter()
    subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    return time.perf_counter() - started


def milestone(root: Path) -> str:
    """A milestone page of a project, of usual size."""
    config = load(root)
    kinds = {path: config.kind_of(path) for path in paths_below(root)}
    pages = [path for path, kind in kinds.items() if kind is not None and kind.name == "milestone"]
    return sorted(pages, key=lambda path: (root / path).stat().st_size)[len(pages) // 2]


def nothing() -> float:
    return run(_NOTHING)


def seen(place: Place, path: str) -> None:
    """Another line in a file, staged, and checked once."""
    place.staged(path)
    place.hook()


def stock(root: Path) -> Callable[[], float]:
    return lambda: run([sys.executable, "-c", _STOCK, str(root)])


def after(prepare: Callable[[], None], work: Callable[[], float]) -> Callable[[], float]:
    """Work that is measured once something has been prepared."""

    def both() -> float:
        prepare()
        return work()

    return both


def rows(folder: Path) -> list[Row]:
    """All that is measured; what it needs is laid out in `folder`."""
    found = [Row("`--version`", "`python -c pass`", 3.5, lambda: run([_LINT, "--version"]), nothing)]
    small = Place(folder / "small", CORPUS / "waku-pm" if CORPUS.is_dir() else generate(55))
    large = Place(folder / "large", CORPUS / "logos-roadmap-2024" if CORPUS.is_dir() else generate(230))
    name, other = milestone(small.root), milestone(large.root)
    page = small.root / name
    small.hook()
    check = ["check", "--root", "."]
    found += [
        Row("hook, a file that is no document", "`python -c pass`", 5, after(lambda: small.staged("n.txt"), small.hook),
            nothing),
        Row("hook, a page changed, seen before", "`python -c pass`", 7,
            after(lambda: seen(small, name), small.hook), nothing),
        Row("hook, a page changed, new", "`python -c pass`", 7, after(lambda: small.staged(name), small.hook),
            nothing),
        Row("stock marko, that page alone", "`python -c pass`", None,
            lambda: run([sys.executable, "-c", _FLOOR, str(page)]), nothing),
        Row("check, nothing changed", "`python -c pass`", None, lambda: small.lint(*check), nothing),
        Row("check, a page changed", "`python -c pass`", None, after(lambda: small.staged(name),
            lambda: small.lint(*check)), nothing),
        Row("small, cold", "stock marko, one process", 1.2, lambda: small.lint(*check, "--no-cache"),
            stock(small.root)),
        Row("large, cold", "stock marko, one process", 0.6, lambda: large.lint(*check, "--no-cache"),
            stock(large.root)),
        Row("large, one process", "stock marko, one process", None,
            lambda: large.lint(*check, "--no-cache", "--jobs", "1"), stock(large.root)),
        Row("large, a page changed", "large, cold", None, after(lambda: large.staged(other),
            lambda: large.lint(*check)), lambda: large.lint(*check, "--no-cache")),
    ]  # fmt: skip
    for peer, target, goal, ours in (
        ("pymarkdown", page, 0.5, after(lambda: small.staged(name), small.hook)),
        ("markdownlint-cli2", page, 0.5, after(lambda: small.staged(name), small.hook)),
        ("markdownlint-cli2", large.root, 0.5, lambda: large.lint(*check, "--no-cache")),
        ("mdsmith", large.root, 1.0, lambda: large.lint(*check)),
        ("rumdl", large.root, 3.0, lambda: large.lint(*check)),
    ):
        command = peers.command(peer, target)
        what = {0.5: "hook, a page changed, new" if target == page else "large, cold"}.get(goal, "large, warm")
        if command is None:
            print(f"{peer} is not installed: `{what}` is not held against it", file=sys.stderr)
        else:
            found.append(Row(what, f"`{peer}`", goal, ours, lambda command=command: run(command)))  # type: ignore[misc]
    return found


def growth(folder: Path, sizes: list[int]) -> None:
    """How the time grows with the size, from one doubling to the next, and how much memory the largest takes."""
    print("\n| documents | cold / half the size | warm / half the size | MB |\n|---:|---:|---:|---:|")
    before: tuple[float, float] | None = None
    for size in sizes:
        place = Place(folder / f"of {size}", generate(size))
        cold, warm = place.lint("check"), min(place.lint("check") for _ in range(3))
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        ratios = [f"{now / then:.2f}" for now, then in zip((cold, warm), before, strict=True)] if before else ["", ""]
        print(f"| {size} | {ratios[0]} | {ratios[1]} | {memory} |", flush=True)
        before = cold, warm


def instructions(folder: Path) -> None:
    """The instructions of the main process, which repeat to 0.2 %, over those of `python -c pass`; needs valgrind."""
    if shutil.which("valgrind") is None:
        print("valgrind is not installed: no instructions are counted", file=sys.stderr)
        return
    small = Place(folder / "counted", CORPUS / "waku-pm" if CORPUS.is_dir() else generate(55))
    name = milestone(small.root)
    small.hook()
    small.lint("check")
    nothing_at_all = small.instructions(*_NOTHING)
    print("\n| work | instructions / those of `python -c pass` |\n|---|---:|")
    for work, edited, arguments in (
        ("check, nothing changed", None, ["check"]),
        ("check, a page changed", name, ["check"]),
        ("hook, a page changed, new", name, ["hook"]),
        ("hook, a file that is no document", "n.txt", ["hook"]),
        ("check --no-cache --jobs 1", None, ["check", "--no-cache", "--jobs", "1"]),
    ):
        if edited is not None:
            small.staged(edited)
        print(f"| {work} | {small.instructions(sys.executable, _LINT, *arguments) / nothing_at_all:.1f} |")
        small.hook()
        small.git("commit", "-q", "--allow-empty", "-m", work)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="how often each is measured, one after the other in turn")
    parser.add_argument(
        "--sizes", type=int, nargs="*", default=[250, 500, 1000, 2000], help="documents of generated roadmaps"
    )
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print("| work | beside | ratio | goal |\n|---|---|---:|---:|")
        for row in rows(Path(folder)):
            row.ours(), row.theirs()
            pairs = [(row.ours(), row.theirs()) for _ in range(given.rounds)]
            ours, theirs = (statistics.median(each) for each in zip(*pairs, strict=True))
            goal = "" if row.goal is None else f"<= {row.goal}"
            print(f"| {row.work} | {row.beside} | {ours / theirs:.2f} | {goal} |", flush=True)
        instructions(Path(folder))
        growth(Path(folder), given.sizes)


if __name__ == "__main__":
    main()
