"""Write the baseline: take in what is found, or let go of what is mended."""

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
    """A baseline to be written to `path`, and what of it is `added` and `removed`.

    Where a rule has failed in `result`, not everything is known and nothing may be written.
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
    """The baseline of the work tree at `root` as it is to be.

    A first one has all findings. One that is there loses its stale entries, and its other entries get the paths that
    files have now; it gets new ones with `force` only. With `prune` findings that it does not have stay out of it.
    What is suppressed, and `today` still is, is none of it. Raises CannotRun where there is nothing to prune, or
    where it would have to get new entries, or where rules are left out: what they find is not to get lost.
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
    kept = [entry_of(each, entry.comments) for entry, each in found.known]
    kept += [each for each in found.stale if not opened.registry.judges(each.code)]
    removed = len(before.entries) - len(kept)
    return Adoption(path, Baseline((*kept, *added), before.comments), len(added), removed, result)


def write(root: Path, adoption: Adoption) -> None:
    """Write it to disk. Raises CannotRun."""
    path = root / adoption.path
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotRun(f"{adoption.path}: cannot be written: {error.strerror}") from None
    writing.replace(path, baseline.dump(adoption.baseline).encode("utf-8", "surrogateescape"))
