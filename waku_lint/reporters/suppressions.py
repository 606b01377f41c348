"""The list of suppressions, as a table for people or as JSON for programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from waku_lint.documents.model import SuppressedRule, Suppression
from waku_lint.errors import plain
from waku_lint.reporters.json_text import dumped

VERSION: Final = 1
_HEADER: Final = ("where", "what", "used", "days", "until", "reason")

Ages = Sequence[int | None]  # days since the commit of each suppression; None if unknown


def table(suppressions: Sequence[Suppression], ages: Ages) -> str:
    """Show a table of suppressions with a header, and the count."""
    rows = [_HEADER, *(_row(each, age) for each, age in zip(suppressions, ages, strict=True))]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADER))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    count = f"{len(suppressions)} suppression{'' if len(suppressions) == 1 else 's'}"
    return "\n".join([*lines, "", count]) + "\n" if suppressions else f"{count}\n"


def as_json(suppressions: Sequence[Suppression], ages: Ages) -> str:
    """List suppressions as JSON.

    `used` is null if the rule did not run, `scope` if the comment is malformed. Lines are 1-based; ages are in days, or
    null for uncommitted lines.
    """
    listed = [
        {
            "path": each.path,
            "line": each.line,
            "scope": each.scope,
            "rules": [{"code": rule.code, "written": rule.name.value, "used": rule.used} for rule in each.rules],
            "problems": [trouble.message for trouble in each.troubles],
            "reason": each.reason,
            "until": each.until.isoformat() if each.until else None,
            "expired": each.expired,
            "age": age,
        }
        for each, age in zip(suppressions, ages, strict=True)
    ]
    return dumped({"version": VERSION, "suppressions": listed})


# The keys are also the choices of `--format`.
FORMATS: Final[Mapping[str, Callable[[Sequence[Suppression], Ages], str]]] = {"text": table, "json": as_json}


def _row(each: Suppression, age: int | None) -> tuple[str, ...]:
    names = ",".join(name.value for name in each.names)
    until = f"{each.until}{', over' if each.expired else ''}" if each.until else "-"
    return (
        plain(f"{each.path}:{each.line}"),
        f"{each.scope}={names}" if each.scope else "not understood",
        ", ".join(dict.fromkeys(map(_use, each.rules))) or "no",
        "-" if age is None else str(age),
        until,
        plain(" ".join(each.reason.split())) if each.reason else "-",
    )


def _use(rule: SuppressedRule) -> str:
    return "rule is off" if rule.used is None else "yes" if rule.used else "no"
