"""Bytes as a page and its feature file, fixed: what is left is sound and has nothing more to fix."""

from __future__ import annotations

from collections.abc import Mapping

from fuzz.run import PAGE, RunResult, fixes, fuzz, lint

FEATURE = "FURPS/core/relay.md"


def target(data: bytes) -> None:
    """The two are what stands before and behind the first NUL; the first byte says whether unsafe fixes are taken."""
    page, _, feature = data[1:].partition(b"\x00")
    files = {PAGE: page, FEATURE: feature}
    unsafe = data[:1] < b"\x80"
    outcome = _fix(files, unsafe=unsafe)
    after = {**files, **{change.path: change.after or b"" for change in outcome.changes}}
    assert not _fix(after, unsafe=unsafe).changes, (files, outcome.applied)


def _fix(files: Mapping[str, bytes], *, unsafe: bool) -> fixes.Outcome:
    def check(changed: Mapping[str, bytes]) -> RunResult:
        return lint({**files, **changed})

    outcome = fixes.fix(check, files.__getitem__, lambda _each: True, unsafe=unsafe)
    for crash in outcome.result.crashes:
        raise crash.error
    return outcome


if __name__ == "__main__":
    fuzz(target)
