"""A table's rows have as many cells as its header.

Cells beyond the header's are not shown at all, and where one is missing the others stand below the wrong heading.
A `|` separates cells in code as well; written `\\|` it is text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from waku_lint.documents.model import Row
from waku_lint.regexes import lazy
from waku_lint.rules.base import Example, Finding, Rule, RuleContext, Severity

_COMMENT: Final = lazy(r"<!--.*-->[\s|]*")


def check(row: Row, ctx: RuleContext) -> Iterator[Finding]:
    if row.cells == row.columns or (row.surplus and _COMMENT.fullmatch(row.surplus.value)):
        return  # a comment behind the row is not shown, and not meant to be
    written, expected = _count(row.cells), row.columns
    if row.broken:
        yield Finding(row.span, f"delimiter row has {written}, the header {expected}: this is not shown as a table")
    elif "|" not in ctx.document.text[row.span.start : row.span.end]:
        yield Finding(row.span, "text is shown as a row of the table above it; put an empty line between them")
    elif row.surplus is None:
        yield Finding(row.span, f"row has {written}, the header {expected}")
    else:
        yield Finding(row.surplus.span, f"row has {written}, the header {expected}: `{row.surplus.value}` is not shown")


def _count(cells: int) -> str:
    return f"{cells} cell" if cells == 1 else f"{cells} cells"


_TABLE = "# Relay metrics\n\n## Risks\n\n| Risk | Mitigation |\n|------|------------|\n"

RULE = Rule(
    code="WL111",
    name="table-cells",
    doc=__doc__ or "",
    remedy="Give each row a cell for each of the header's, empty ones as well; write a `|` that is text as `\\|`.",
    severity=Severity.WARNING,
    applies_to=Row,
    check=check,
    examples=(
        Example(f"{_TABLE}| Few operators |  |\n"),
        Example(f"{_TABLE}| Few `a \\| b` operators | Ask them |\n"),
        Example(f"{_TABLE}| Few operators | Ask them | <!-- who else? -->\n"),
        Example(f"{_TABLE}| See [[relay|the relay]] | Ask them |\n\nNone else.\n"),
        Example(f"{_TABLE}| Few operators |\n", reports=("| Few operators |",)),
        Example(f"{_TABLE}| Few operators | Ask `a|b` of them |\n", reports=("b` of them",)),
        Example(f"{_TABLE}| Few operators | Ask them |\nNone else.\n", reports=("None else.",)),
        Example(
            "# Relay metrics\n\n| Risk | Mitigation |\n|----|\n| Few operators | Ask them |\n", reports=("|----|",)
        ),
    ),
)
