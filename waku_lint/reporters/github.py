"""GitHub workflow commands, which annotate a change: https://docs.github.com/actions/reference/workflow-commands."""

from __future__ import annotations

from typing import Final

from waku_lint.diagnostics import Diagnostic, Severity
from waku_lint.engine.result import RunResult
from waku_lint.errors import plain
from waku_lint.regexes import lazy
from waku_lint.reporters.context import PLAIN, Context, line, message
from waku_lint.reporters.escaping import harmless
from waku_lint.reporters.text import count, summary

LIMIT: Final = 10  # GitHub shows at most this many annotations of each severity for one step
_MARKUP: Final = lazy(r"[\\|`<&\[\]*_~]")
ROWS: Final = 500  # limit of the table; GitHub's limit for a summary is one mebibyte


def report_github(result: RunResult, context: Context = PLAIN) -> str:
    """Report as many commands as GitHub shows, and the other findings as lines of the log."""
    rest = [harmless(f"- {line(each)}") for each in _divided(result)[1]]
    return workflow_commands(result, context) + "".join(f"{each}\n" for each in rest)


def workflow_commands(result: RunResult, context: Context = PLAIN) -> str:
    """The commands, errors before warnings, and a notice with the number of other findings."""
    annotated, rest = _divided(result)
    lines = [_command(each, context) for each in annotated]
    if rest:
        number = count(len(rest), "more finding")
        words = f"{number} not annotated: GitHub shows {LIMIT} errors and {LIMIT} warnings of a step; the log has all"
        lines.append(f"::notice title=waku-lint::{words}")
    return "".join(f"{each}\n" for each in lines)


def step_summary(result: RunResult, context: Context = PLAIN) -> str:
    """A Markdown table of the findings, errors first; empty without findings."""
    if not result.diagnostics:
        return ""
    found = sorted(result.diagnostics, key=lambda each: each.severity is not Severity.ERROR)
    rows = [
        f"| {each.severity.value} | {_cell(f'{context.prefix}{each.path}:{each.start.line}:{each.start.column}')} "
        f"| {each.code} {each.name} | {_cell(message(each))} |"
        for each in found[:ROWS]
    ]
    more = ["", count(len(found) - ROWS, "more finding")] if len(found) > ROWS else []
    head = f"### waku-lint: {summary(result)}"
    return "\n".join((head, "", "| | where | rule | what |", "|---|---|---|---|", *rows, *more)) + "\n"


def _divided(result: RunResult) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """Divide findings into annotated ones and others; errors first in both."""
    annotated: list[Diagnostic] = []
    rest: list[Diagnostic] = []
    for severity in Severity:
        found = [each for each in result.diagnostics if each.severity is severity]
        annotated += found[:LIMIT]
        rest += found[LIMIT:]
    return annotated, rest


def _command(each: Diagnostic, context: Context) -> str:
    properties = {"file": context.prefix + each.path, "line": str(each.start.line)}
    if each.start.line == each.end.line:
        # Columns need a single line; the last column is inclusive, because it defaults to the first.
        properties["col"] = str(each.start.column)
        properties["endColumn"] = str(max(each.start.column, each.end.column - 1))
    else:
        properties["endLine"] = str(each.end.line)
    properties["title"] = f"{each.code} {each.name}"
    places = (f"{place.path}:{place.start.line}:{place.start.column}: {place.message}" for place in each.related)
    shown = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{each.severity.value} {shown}::{_data(chr(10).join((message(each), *places)))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _cell(text: str) -> str:
    """Escape text for a cell of a Markdown table."""
    return _MARKUP.sub(r"\\\g<0>", plain(text))
