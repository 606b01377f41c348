"""Apply fixes until nothing is left to fix, and detect rules that undo each other.

A finding has at most one fix, and all edits of a fix are applied, or none. Each pass is followed by a check of
everything, because a fix can affect findings in other files.
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

Check = Callable[[Mapping[str, bytes]], RunResult]  # check the project with new contents for some files


class Fight(Exception):
    """Fixes of a file that undo each other, or never end."""


class Outcome(Struct, frozen=True):
    """The result of fixing.

    `applied` counts the fixes by path and by the rule's code and name. `result` is the check of the new contents, with
    a crash for each file whose fixes conflict. `withheld` counts the remaining unsafe fixes, if they were not
    requested.
    """

    changes: tuple[Change, ...]
    applied: Mapping[tuple[str, str], int]
    result: RunResult
    withheld: int


class _File(Struct):
    """A file during fixing: its versions, oldest first, and the fixes applied to each version."""

    texts: list[str]
    applied: list[list[Diagnostic]] = []
    conflicting: tuple[str, ...] = ()

    def advance(self, found: list[Diagnostic]) -> None:
        text = apply(self.texts[-1], (edit for each in found for edit in _fix(each).edits))
        self.applied.append(found)
        if text in self.texts:
            self.give_up(self.texts.index(text))
        else:
            self.texts.append(text)

    def give_up(self, since: int) -> None:
        """Restore the version before the first fix of any rule that applied fixes in pass `since` or later."""
        self.conflicting = tuple(sorted({_rule(each) for found in self.applied[since:] for each in found}))
        start = next(
            at for at, found in enumerate(self.applied) if any(_rule(each) in self.conflicting for each in found)
        )
        del self.texts[start + 1 :], self.applied[start:]


def fix(
    check: Check, content: Callable[[str], bytes], wanted: Callable[[Diagnostic], bool], *, unsafe: bool
) -> Outcome:
    """Apply fixes until none are left, for at most `MAX_PASSES` passes.

    `content` returns the original bytes of a file, which are UTF-8 if the file has fixes. Only findings that are
    `wanted` are fixed. A file with conflicting fixes is restored to the version before the conflict.
    """
    files: dict[str, _File] = {}

    def contents() -> dict[str, bytes]:
        return {path: file.texts[-1].encode() for path, file in sorted(files.items()) if len(file.texts) > 1}

    def fixable(result: RunResult) -> dict[str, list[Diagnostic]]:
        found: dict[str, list[Diagnostic]] = {}
        for each in result.diagnostics:
            conflict = each.path in files and files[each.path].conflicting
            if each.fix is not None and each.fix.edits and (each.fix.safe or unsafe) and wanted(each) and not conflict:
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
            files[path].give_up(len(files[path].applied) // 2)  # rules that still fix in the second half never end
        if endless:
            result = check(contents())
    changed = contents()
    return Outcome(
        tuple(Change(path, content(path), data) for path, data in changed.items()),
        Counter((path, _rule(each)) for path in changed for found in files[path].applied for each in found),
        replace(result, crashes=(*result.crashes, *_conflicts(files))),
        0
        if unsafe
        else sum(each.fix is not None and not each.fix.safe and wanted(each) for each in result.diagnostics),
    )


def choose(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Choose diagnostics whose fixes can be applied together: the first in the file, then the one with the lower code.

    Edits that only touch are not applied together either, because the order of two insertions at one offset is
    undefined.
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
    """Whether `span` neither overlaps nor touches any span of `taken`; these are sorted and separate."""
    at = bisect(taken, span)
    return all(other.end < span.start or span.end < other.start for other in taken[max(at - 1, 0) : at + 1])


def _fix(each: Diagnostic) -> Fix:
    assert each.fix is not None  # noqa: S101 - the callers pass diagnostics with a fix
    return each.fix


def _rule(each: Diagnostic) -> str:
    return f"{each.code} {each.name}"


def _conflicts(files: Mapping[str, _File]) -> Iterator[Crash]:
    for path, file in sorted(files.items()):
        if file.conflicting:
            yield Crash(
                " and ".join(file.conflicting), path, Fight("fixes have no end; the file is left as it was before")
            )
