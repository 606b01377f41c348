"""What refers to a file or statement, as text and as JSON (schemas/impact.schema.json)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from waku_lint.editing.impact import Impact, Reference
from waku_lint.reporters.json_text import dumped

VERSION: Final = 1
_GROUPS: Final = (("quoted by", ("quote", "range", "summary")), ("linked from", ("entry", "link")))


def impact_text(found: Impact) -> str:
    """A line for each place, grouped by how it refers, and a last line that counts."""
    if not found.references:
        return f"nothing refers to {found.target}\n"
    lines: list[str] = []
    for title, hows in _GROUPS:
        group = [each for each in found.references if each.how in hows]
        if group:
            lines += [f"{title}:", *_table(group), ""]
    places = len({each.path for each in found.references})
    return "\n".join(lines) + f"\n{_count(len(found.references), 'reference')} in {_count(places, 'file')}\n"


def _table(group: Sequence[Reference]) -> list[str]:
    rows = [
        (f"{each.path}:{each.start.line}:{each.start.column}", each.how, each.text, each.deliverable or "")
        for each in group
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return [
        "  " + "  ".join((*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[3])).rstrip()
        for row in rows
    ]


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def impact_json(found: Impact) -> str:
    """A contract: paths relative to the root with `/`, lines and columns 1-based, ends exclusive."""
    report = {
        "version": VERSION,
        "target": found.target,
        "kind": found.kind,
        "references": [
            {
                "path": each.path,
                "line": each.start.line,
                "column": each.start.column,
                "end_line": each.end.line,
                "end_column": each.end.column,
                "how": each.how,
                "text": each.text,
                "deliverable": each.deliverable,
            }
            for each in found.references
        ],
    }
    return dumped(report)


# The keys are also the choices of `--format`.
IMPACT_REPORTERS: Final[Mapping[str, Callable[[Impact], str]]] = {"text": impact_text, "json": impact_json}
