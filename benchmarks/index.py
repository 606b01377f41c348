"""What the questions between files cost, beside parsing the files: `python -m benchmarks.index [DOCUMENTS]`."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from benchmarks.roadmap import generate
from waku_lint.config.config import preset
from waku_lint.documents.reader import read_document
from waku_lint.files.source import SourceFile
from waku_lint.project.links import Tree, is_local
from waku_lint.project.project import Project


def measure(documents: int) -> tuple[float, float]:
    """Seconds to parse a generated roadmap, and to answer every question about it once."""
    files = generate(documents)
    config = preset("waku")
    kinds = {path: kind.name for path in files if (kind := config.kind_of(path)) is not None}
    project = Project(
        kinds, lambda path: read_document(SourceFile(path, files[path].encode()), kinds[path]), Tree(files)
    )
    parsing = _timed(lambda: [project.document(path) for path in project.paths])
    asking = _timed(lambda: ask(project))
    return parsing, asking


def ask(project: Project) -> int:
    """Resolve every link and quotation, and look for what no index lists."""
    answers = 0
    for document in project:
        answers += sum(
            project.tree.locate(link.target.value, document.path) is not None
            for link in document.links
            if is_local(link.target.value)
        )
        answers += sum(len(quote.statements) for quote in project.quotes(document))
    return answers + sum(len(project.unlisted(kind)) for kind in ("milestone", "furps"))


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def main() -> None:
    """Print a row for each size."""
    sizes = [int(each) for each in sys.argv[1:]] or [75, 150, 300]
    print("| documents | parsing | questions | questions / parsing |")
    print("|---:|---:|---:|---:|")
    for size in sizes:
        parsing, asking = min((measure(size) for _ in range(3)), key=lambda each: each[1] / each[0])
        print(f"| {size} | {parsing * 1000:.0f} ms | {asking * 1000:.0f} ms | {asking / parsing:.3f} |")


if __name__ == "__main__":
    main()
