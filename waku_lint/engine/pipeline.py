"""The way through: files to documents, documents to findings, findings to diagnostics."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from waku_lint.config.config import Config
from waku_lint.diagnostics import Diagnostic
from waku_lint.documents.model import Document
from waku_lint.documents.reader import empty_document, read_document
from waku_lint.documents.words import Words
from waku_lint.engine.checker import Checker
from waku_lint.engine.memory import Memory
from waku_lint.engine.result import Crash, Progress, RunResult, silent
from waku_lint.files.source import SourceFile
from waku_lint.parsing.limits import Limits
from waku_lint.project.links import Tree
from waku_lint.project.project import Project
from waku_lint.rules.active_rule import ActiveRule
from waku_lint.rules.plugins import sandbox
from waku_lint.rules.registry import Registry

Parse = Callable[[SourceFile, str, Words, Limits], Document]  # a file, its kind, and what is named of these


def run(
    files: Iterable[SourceFile],
    config: Config,
    registry: Registry,
    active: Mapping[str, ActiveRule],
    reported: Callable[[str], bool] = lambda _path: True,
    names: Iterable[str] = (),
    beside: Callable[[str], bool] = lambda _path: False,
    progress: Progress = silent,
    today: date | None = None,
    parse: Parse = read_document,
    memory: Memory | None = None,
    processes: int = 1,
) -> RunResult:
    """Check `files`, all of the project's documents; `reported` narrows what is told to some paths.

    `names` are the project's files that are no documents: links may lead there. `beside` tells whether a file
    that is none of the project's is there nevertheless, on disk and not yet added. Suppressions whose last day is
    before `today` hide nothing; without it none has expired. `parse` may remember documents, `memory` does, and what is
    found in them; of many documents several `processes` read their share. Neither changes what is found.
    """
    crashes: list[Crash] = []
    sources = {file.path: (file, kind) for file in files if (kind := config.kind_of(file.path)) is not None}

    def load(path: str) -> Document:
        file, kind = sources[path]
        try:
            with sandbox.unwatched():
                known = checker.recall(path)
                return known if known is not None else parse(file, kind.name, kind.words, config.limits)
        except Exception as error:  # noqa: BLE001 - one document must not keep the others from being checked
            crashes.append(Crash("extract", path, error))
            return empty_document(path, kind.name)

    kinds = {path: kind.name for path, (_, kind) in sources.items()}

    def there(path: str) -> bool:
        checker.asked.add(("beside", path))
        return beside(path)

    tree = Tree((*sources, *names), config.sites, there)
    project = Project(kinds, load, tree, lambda path: checker.facts(path))
    checker = Checker(config, registry, active, project, crashes, today, sources, memory, beside)
    diagnostics: list[Diagnostic] = []
    told = [path for path in project.paths if reported(path)]
    checker.telling = frozenset(told)
    if checker.large or processes > 1:
        checker.read_ahead(told, processes)
    for number, path in enumerate(told):
        progress(number, len(told))
        diagnostics.extend(checker.told(path))
    if told:
        diagnostics.extend(checker.reaching(set(told)))
    if memory is not None:
        memory.close()
    diagnostics.sort(key=lambda each: each.sort_key)
    places = {path for each in diagnostics for path in (each.path, *(place.path for place in each.related))}
    texts = {path: sources[path][0].text for path in sorted(places) if path in sources}
    suppressions = tuple(checker.suppressions)
    hidden = tuple(sorted(checker.hidden, key=lambda each: each.sort_key))
    return RunResult(
        tuple(diagnostics), tuple(crashes), tuple(told), suppressions=suppressions, texts=texts, hidden=hidden
    )
