"""Fixes to a fixed point: which of them go together, and which rules would never come to an end.

A finding carries its only fix, and a fix is applied wholly or not at all. After each pass everything is checked anew,
since what one fix brings about can matter to another, in other files, too.
"""

from __future__ import annotations

from bisect import bisect, insort
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from waku_lint.diagnostics import Diagnostic, Fix
from waku_lint.engine.result import Crash, RunResult
from waku_lint.files.writer import Change, apply
from waku_lint.positions import Span

MAX_PASSES: Final = 10

Check = Callable[[Mapping[str, bytes]], RunResult]  # the project's findings, with some contents in place of its files'


class Fight(Exception):
    """Fixes of a file that undo each other, or have no end."""


class Outcome(Struct, frozen=True):
    """What fixing comes to.

    `applied` counts the fixes by path and by the rule's code and name. `result` is what a check says of the new
    contents, with a crash for each file whose fixes fight; `withheld` counts the fixes
    that it still has and that are not safe, which were not asked for.
    """

    changes: tuple[Change, ...]
    applied: Mapping[tuple[str, str], int]
    result: RunResult
    withheld: int


class _File(Struct):
    """A file on its way: its texts, oldest first, and what was applied to each to come to the next."""

    texts: list[str]
    applied: list[list[Diagnostic]] = []
    fighters: tuple[str, ...] = ()

    def advance(self, found: list[Diagnostic]) -> None:
        text = apply(self.texts[-1], (edit for each in found for edit in _fix(each).edits))
        self.applied.append(found)
        if text in self.texts:
            self.give_up(self.texts.index(text))
        else:
            self.texts.append(text)

    def give_up(self, since: int) -> None:
        """Those who fixed from that pass on fight: go back to the text before the first fix of any of them."""
        self.fighters = tuple(sorted({_rule(each) for found in self.applied[since:] for each in found}))
        start = next(at for at, found in enumerate(self.applied) if any(_rule(each) in self.fighters for each in found))
        del self.texts[start + 1 :], self.applied[start:]


def fix(
    check: Check, content: Callable[[str], bytes], wanted: Callable[[Diagnostic], bool], *, unsafe: bool
) -> Outcome:
    """Apply fixes until there are none, or for `MAX_PASSES` passes.

    `content` gives a file as it is before, which is UTF-8 where anything can be fixed; only findings that are `wanted`
    are fixed. A file whose fixes fight is left as it was before the fight.
    """
    files: dict[str, _File] = {}

    def contents() -> dict[str, bytes]:
        return {path: file.texts[-1].encode() for path, file in sorted(files.items()) if len(file.texts) > 1}

    def fixable(result: RunResult) -> dict[str, list[Diagnostic]]:
        found: dict[str, list[Diagnostic]] = {}
        for each in result.diagnostics:
            fighting = each.path in files and files[each.path].fighters
            if each.fix is not None and each.fix.edits and (each.fix.safe or unsafe) and wanted(each) and not fighting:
                found.setdefault(each.path, []).append(each)
        return found

    result = check({})
    for _ in range(MAX_PASSES):
        found = fixable(result)
        if not found:
            break
        for path, diagnostics in found.items():
            if path not in files:
                files[path] = _File([content(path).decode("utf-8")])
            files[path].advance(choose(diagnostics))
        result = check(contents())
    else:
        endless = [path for path in fixable(result) if path in files]
        for path in endless:
            files[path].give_up(len(files[path].applied) // 2)  # who still fixes in the second half has no end
        if endless:
            result = check(contents())
    changed = contents()
    return Outcome(
        tuple(Change(path, content(path), data) for path, data in changed.items()),
        Counter((path, _rule(each)) for path in changed for found in files[path].applied for each in found),
        replace(result, crashes=(*result.crashes, *_fights(files))),
        0
        if unsafe
        else sum(each.fix is not None and not each.fix.safe and wanted(each) for each in result.diagnostics),
    )


def choose(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Those whose fixes can be applied together: what begins first is taken, then what has the lower code.

    Edits that only touch are kept apart as well: of two insertions at one place, which comes first is not said.
    """
    chosen: list[Diagnostic] = []
    taken: list[Span] = []
    for each in sorted(diagnostics, key=lambda each: (min(edit.span.start for edit in _fix(each).edits), each.code)):
        spans = [edit.span for edit in _fix(each).edits]
        if all(_is_free(span, taken) for span in spans):
            chosen.append(each)
            for span in spans:
                insort(taken, span)
    return chosen


def _is_free(span: Span, taken: list[Span]) -> bool:
    """Whether no span of `taken`, which are sorted and apart, overlaps or touches it."""
    at = bisect(taken, span)
    return all(other.end < span.start or span.end < other.start for other in taken[max(at - 1, 0) : at + 1])


def _fix(each: Diagnostic) -> Fix:
    assert each.fix is not None  # noqa: S101 - only what has a fix gets here
    return each.fix


def _rule(each: Diagnostic) -> str:
    return f"{each.code} {each.name}"


def _fights(files: Mapping[str, _File]) -> Iterator[Crash]:
    for path, file in sorted(files.items()):
        if file.fighters:
            yield Crash(
                " and ".join(file.fighters), path, Fight("fixes have no end; the file is left as it was before")
            )
