"""What a hook does. Its usual command line needs no parser, and click takes as long to import as git to answer."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

from waku_lint import replay
from waku_lint.cli.exit_status import CLEAN, finish, status_of
from waku_lint.cli.output import Output, write
from waku_lint.cli.runs import check_kinds, now, project, run, scope
from waku_lint.engine.workers import possible
from waku_lint.session import changes, session


def usual(kinds: tuple[str, ...]) -> int:
    """Run a hook whose command line names nothing but kinds, and give its exit status."""
    return status_of(lambda: hook(kinds=kinds))


def hook(
    *,
    paths: tuple[Path, ...] = (),
    output: Output | None = None,
    cache: bool = True,
    jobs: int | None = None,
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
    kinds: tuple[str, ...] = (),
    config: Path | None = None,
    root: Path | None = None,
    local_rules: bool = False,
    today: date | None = None,
    strict: bool = False,
    source: str | None = None,
    report: str | None = None,
) -> None:
    """Check what a commit or push changes, tell it, and exit. Raises CannotRun."""
    output = output or Output()
    output.check()
    top = project(root, paths[0] if paths else Path())
    found = changes.from_environment(top, os.environ)
    request = session.Request(
        root=top,
        paths=paths,
        config=config,
        select=select,
        ignore=ignore,
        kinds=kinds,
        source=source or found.source,
        report=scope(report or found.report),
        since=found.since,
        today=today or now().date(),
        local_rules=local_rules,
        cache=cache,
        jobs=jobs or possible(),
    )
    on = session.ground(request)
    check_kinds(request, on.config)
    if config is None and cache:
        changes.learn(on, top)
    what = changes.change_of(request) if request.report != "all" else None
    if what is not None and not changes.matters(what, on.config) and output == Output():
        replay.ended(CLEAN)
        sys.exit(CLEAN)
    opened, result = run(request, output.form or "text", on, what)
    silent = not (result.diagnostics or result.held_back or result.stale)
    write(result, opened, output, strict=strict, silent=silent)
    finish(result, strict)
