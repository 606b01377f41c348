"""Report fixes: as counts, and as a diff for `git apply`."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff
from typing import Final

from waku_lint.errors import plain
from waku_lint.files.writer import Change
from waku_lint.regexes import lazy
from waku_lint.reporters.diff import header
from waku_lint.session.fixes import Outcome

_LINES: Final = lazy(r"[^\n]*\n|[^\n]+")


def summary(outcome: Outcome, verb: str = "fixed") -> str:
    """Count fixes by file and rule, and the skipped unsafe fixes; `verb` says whether they were applied."""
    lines = []
    if outcome.applied:
        total, files = sum(outcome.applied.values()), len(outcome.changes)
        lines.append(f"{verb} {_count(total, 'finding')} in {_count(files, 'file')}:")
        for change in outcome.changes:
            rules = sorted((rule, count) for (path, rule), count in outcome.applied.items() if path == change.path)
            lines.append(f"  {plain(change.path)}: {', '.join(f'{count} {rule}' for rule, count in rules)}")
    else:
        lines.append("nothing to fix")
    if outcome.withheld:
        lines.append(f"{outcome.withheld} more can be fixed with --unsafe, which needs a look")
    return "\n".join(lines) + "\n"


def diff(outcome: Outcome) -> str:
    """A unified diff of all changed files."""
    return "".join(line for change in outcome.changes for line in _file(change))


def _file(change: Change) -> Iterator[str]:
    before, after = (_LINES.findall((data or b"").decode("utf-8")) for data in (change.before, change.after))
    for line in unified_diff(before, after, header(f"a/{change.path}"), header(f"b/{change.path}")):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
