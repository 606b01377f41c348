"""The output of `waku-lint why`."""

from __future__ import annotations

from collections.abc import Iterator

from waku_lint.rules.active_rule import ActiveRule
from waku_lint.session.settings import source
from waku_lint.session.why import Why


def text(found: Why, line: int | None = None, *, verbose: bool = False) -> str:
    """Explain how a file is checked; with `line`, add its findings."""
    return "\n".join((*_of_file(found, verbose), *(_of_line(found, line) if line is not None else ()))) + "\n"


def _of_file(found: Why, verbose: bool) -> Iterator[str]:
    if found.kind is None:
        yield f"{found.path}: no document"
        yield f"  {found.reason}"
        return
    yield f"{found.path}: {found.kind}"
    yield f"  {found.reason}"
    yield f"  {_counted(len(found.ran), 'rule')} looked at it{'' if verbose else ' (-v lists them)'}"
    if verbose:
        yield from map(_rule, found.ran)
    if found.off:
        yield f"  {_counted(len(found.off), 'rule')} would have, and {'is' if len(found.off) == 1 else 'are'} off here"
        yield from map(_rule, found.off)
    unreported = ((found.hidden, "suppressed"), (found.in_baseline, "in the baseline"))
    aside = "".join(f", {len(each)} {where}" for each, where in unreported if each)
    yield f"  {_counted(len(found.findings), 'finding')}{aside}"


def _of_line(found: Why, line: int) -> Iterator[str]:
    """The findings that start on a line, including suppressed findings and those in the baseline."""
    there = [each for each in found.findings if each.start.line == line]
    yield f"line {line}: {_counted(len(there), 'finding')}"
    for each in (each for each in (*there, *found.hidden, *found.in_baseline) if each.start.line == line):
        yield f"  {each.start.column}: {each.severity.value} {each.code} {each.name}: {each.message}"
        if each in found.hidden:
            yield f"    {each.related[-1].message} (line {each.related[-1].start.line})"
        elif each in found.in_baseline:
            yield "    in the baseline"
        else:
            yield f"    more: waku-lint explain {each.code}"


def _rule(each: ActiveRule) -> str:
    state = each.severity.value if each.on else "off"
    return f"    {each.rule.code} {each.rule.name}: {state} ({source(each.origins.get('severity'))})"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
