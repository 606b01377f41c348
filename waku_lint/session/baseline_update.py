"""Update the baseline: add findings, and remove entries that are fixed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from waku_lint.engine.result import RunResult
from waku_lint.errors import CannotRun
from waku_lint.files import writer as writing
from waku_lint.session import baseline, changes, runner, session
from waku_lint.session.baseline import Baseline, entry_of


class Adoption(Struct, frozen=True):
    """A baseline to write to `path`, and the numbers of entries that are `added` and `removed`.

    If `result` has crashes, findings may be missing, and the baseline must not be written.
    """

    path: str
    baseline: Baseline
    added: int
    removed: int
    result: RunResult


def adopt(
    root: Path,
    config: Path | None,
    *,
    prune: bool,
    force: bool,
    today: date | None = None,
    local_rules: bool = False,
) -> Adoption:
    """Compute the new baseline of the worktree at `root`.

    A first baseline has all findings. An existing baseline loses its stale entries, and its other entries get the
    current paths of files. It gets new entries with `force` only; `prune` adds none and accepts new findings. Findings
    that are suppressed on the day `today` are not added. Raises CannotRun if there is nothing to prune, if entries
    would have to be added, or if rules are skipped, because their entries would be lost.
    """
    wanted = session.Request(root, config=config, today=today, local_rules=local_rules)
    opened = session.open_session(wanted)
    if opened.registry.left_out:
        files = ", ".join(opened.registry.left_out)
        raise CannotRun(f"a baseline needs every rule; --allow-local-rules runs those of {files}")
    path, old = opened.config.baseline, opened.baseline
    if old is None and prune:
        raise CannotRun(f"{path}: there is no baseline to prune; `waku-lint baseline` writes one")
    everything = replace(wanted, baseline=False)
    result = runner.lint(everything, opened.copy(baseline=None))
    moved = changes.renamed(everything, opened)
    before = old or Baseline()
    found = baseline.match(before.entries, result.diagnostics, opened.state.names, moved)
    if old is not None and found.new and not (prune or force):
        first = found.new[0]
        raise CannotRun(
            f"{path}: lacks {len(found.new)} of the findings, the first at {first.path}:{first.start.line}: "
            f"{first.code} {first.message}; mend them, or add them with --force"
        )
    added = [] if prune else [entry_of(each) for each in found.new]
    kept = [entry_of(each, entry.comments) for entry, each in found.matched]
    kept += [each for each in found.stale if not opened.registry.judges(each.code)]
    removed = len(before.entries) - len(kept)
    return Adoption(path, Baseline((*kept, *added), before.comments), len(added), removed, result)


def write(root: Path, adoption: Adoption) -> None:
    """Write the baseline to disk. Raises CannotRun."""
    path = root / adoption.path
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotRun(f"{adoption.path}: cannot be written: {error.strerror}") from None
    writing.replace(path, baseline.dump(adoption.baseline).encode("utf-8", "surrogateescape"))
