"""The pipeline: files to documents, documents to findings, findings to diagnostics."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from waku_lint.config.config import Config
from waku_lint.diagnostics import Diagnostic
from waku_lint.documents.model import Suppression
from waku_lint.engine.checker import Checker
from waku_lint.engine.document_cache import DocumentCache, RunStore, Store
from waku_lint.engine.incremental import Incremental
from waku_lint.engine.loader import Loader, Parse
from waku_lint.engine.result import Crash, Progress, RunResult, silent
from waku_lint.engine.ruleset import Ruleset
from waku_lint.files.installation import installation_key
from waku_lint.files.source import SourceFile
from waku_lint.project.links import Tree
from waku_lint.project.project import Project
from waku_lint.rules.active_rule import ActiveRule
from waku_lint.rules.registry import Registry


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
    parse: Parse | None = None,
    store: Store | None = None,
    processes: int = 1,
) -> RunResult:
    """Check `files`, all documents of the project, and report those whose path is `reported`.

    `names` are the project's other files, which links may lead to. `beside` returns whether a file outside the project
    exists on disk. Suppressions that end before `today` are expired; with None, no suppression expires. `store` is
    the cache, and `processes` the number of processes that read documents. Neither changes the result.
    """
    crashes: list[Crash] = []
    read = {file.path: (file, kind) for file in files if (kind := config.kind_of(file.path)) is not None}
    sources = {path: file for path, (file, _) in read.items()}
    kinds = {path: kind for path, (_, kind) in read.items()}
    ruleset = Ruleset(config, registry, active, kinds)
    cache = DocumentCache(store, installation_key(), ruleset, sources) if store is not None else None
    results = cache if registry.is_all_ours else None
    loader = Loader(sources, kinds, config, crashes, cache or DocumentCache(RunStore(), "", ruleset, sources), parse)
    project = Project(
        {path: kind.name for path, kind in kinds.items()},
        loader.load,
        Tree((*sources, *names), config.sites, beside),
        lambda path: cached.facts if results is not None and (cached := results.results(path)) is not None else None,
        sources,
    )
    checker = Checker(ruleset, project, today)
    incremental = Incremental(checker, project, loader, sources, results, crashes, today)
    paths = [path for path in project.paths if reported(path)]
    if incremental.is_large or processes > 1:
        incremental.read_ahead(paths, processes)
    diagnostics: list[Diagnostic] = []
    hidden: list[Diagnostic] = []
    suppressions: list[Suppression] = []
    for number, path in enumerate(paths):
        progress(number, len(paths))
        found = incremental.check(path)
        diagnostics += found.diagnostics
        hidden += found.hidden
        suppressions += found.suppressions
    diagnostics += checker.check_about(set(paths), crashes) if paths else ()
    incremental.finish()
    diagnostics.sort(key=lambda each: each.sort_key)
    places = {path for each in diagnostics for path in (each.path, *(place.path for place in each.related))}
    return RunResult(
        tuple(diagnostics),
        tuple(crashes),
        tuple(paths),
        suppressions=tuple(suppressions),
        texts={path: sources[path].text for path in sorted(places) if path in sources},
        hidden=tuple(sorted(hidden, key=lambda each: each.sort_key)),
        beside=project.tree.looked_beside,
    )
