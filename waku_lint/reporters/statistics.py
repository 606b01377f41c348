"""Counts of findings by rule."""

from __future__ import annotations

from collections import Counter

from waku_lint.engine.result import RunResult


def statistics(result: RunResult) -> list[str]:
    """Show the count, code, name and number of fixes for each rule, the most frequent first."""
    counts = Counter((each.code, each.name) for each in result.diagnostics)
    fixable = Counter(each.code for each in result.diagnostics if each.fix is not None)
    digits = len(str(max(counts.values(), default=0)))
    width = max((len(name) for _, name in counts), default=0)
    lines = []
    for (code, name), number in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        mark = f"{fixable[code]} fixable" if fixable[code] else ""
        lines.append(f"{number:>{digits}}  {code}  {name:<{width}}  {mark}".rstrip())
    return lines
