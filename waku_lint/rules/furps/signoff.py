"""Statements that a team has to sign off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from waku_lint.documents.model import Category, Statement
from waku_lint.regexes import lazy
from waku_lint.rules.wording import is_placeholder

_NOTHING: Final = lazy(r"(?:none|n/?a|n\.a\.|not applicable|tb[adc]|to-?do|[\W_])*", re.IGNORECASE)


def due(category: Category, text: str) -> Iterator[Statement]:
    """The statements to be signed off: not planned, not struck, and not `None` or `...`."""
    for each in category.lists:
        for statement in each.statements:
            stated = statement.text
            if stated is None or _NOTHING.fullmatch(stated.value) or is_placeholder(stated.value):
                continue
            struck = "~" in text[statement.marker.span.end : stated.span.start]
            if not struck and "🏗" not in text[statement.span.start : statement.span.end]:
                yield statement
