"""When a deliverable is planned, and whether it is done.

Its labels are read apart from a deliverable's own fields: a date does not make a section of a reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from waku_lint.documents.extract.fields import Field, Labels, Line, read_fields
from waku_lint.documents.model import Checklist
from waku_lint.parsing.inline import flatten
from waku_lint.parsing.markdown import Block
from waku_lint.regexes import lazy

_LABELS: Final = Labels(
    {
        "status": "status",
        "start": "start",
        "start date": "start",
        "planned start": "start",
        "planned start date": "start",
        "due": "due",
        "due by": "due",
        "due date": "due",
        "planned due date": "due",
    }
)
_TICK: Final = lazy("[\u2705\u2611\u2714]")
_DONE: Final = lazy(r"(?:done|completed?|closed|delivered|finished|shipped|handed over)\b", re.IGNORECASE)


def planning_fields(blocks: Iterable[Block]) -> tuple[Field, ...]:
    """The fields `start`, `due` and `status` below a deliverable's heading."""
    return read_fields(blocks, _LABELS)


def is_done(title: Line, planned: Sequence[Field], checklist: Checklist | None) -> bool:
    """Whether its title, its status or its checklist says so."""
    status = next((field.value.text for field in planned if field.key == "status"), "")
    if _TICK.search(flatten(title).text) or _TICK.search(status) or _DONE.match(status.strip()):
        return True
    return checklist is not None and bool(checklist.items) and all(item.checked for item in checklist.items)
