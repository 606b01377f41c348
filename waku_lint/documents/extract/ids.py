"""FURPS ids as they are written: `F1`, `+2`, a range `F1-3` or `F1 to F3`, `all`."""

from __future__ import annotations

import re
from typing import Final

from waku_lint.regexes import lazy

ID: Final = lazy(r"(?:[FURPS]|\+)[1-9][0-9]{0,3}")
# What stands between the ends of a range; a word or dots only before a whole id: `F1 to 3 nodes` is prose.
JOIN: Final = r"(?:\s*[-\u2010-\u2015]\s*|(?:\s+(?i:to|through)\s+|\s*(?:\.{2,3}|\u2026)\s*)(?=[FURPS+]))"
RANGE: Final = lazy(
    rf"(?P<letter>[FURPS]|\+)(?P<first>[1-9][0-9]{{0,3}}){JOIN}(?P<again>[FURPS+]?)(?P<last>[1-9][0-9]{{0,3}})"
)
ALL: Final = "all"


def is_reference(token: str) -> bool:
    """Whether `token` names statements: an id, a range that runs upwards in one category, or `all`."""
    if token.casefold() == ALL or ID.fullmatch(token):
        return True
    match = RANGE.fullmatch(token)
    if match is None or match["again"] not in ("", match["letter"]):
        return False
    return int(match["first"]) < int(match["last"])


def span_of_ids(token: str) -> tuple[str, ...]:
    """The ids of a range, one by one; none for anything else."""
    match = RANGE.fullmatch(token)
    if match is None or not is_reference(token):
        return ()
    return tuple(f"{match['letter']}{number}" for number in range(int(match["first"]), int(match["last"]) + 1))


# What was meant as an id though it is none: `F.`, `+PRIV1.`, `f1.`, `F 1.`, `F0.`, `F1.2.`, `F1a.`, `F1/F2`, `G3`.
# Prose may follow, so the forms that could start prose want a stop after them, or nothing.
_STOP: Final = r"(?=[.:,;)](?:\s|\Z)|\s*\Z)"
_MALFORMED: Final = lazy(
    rf"(?:\+[A-Za-z]+\d*(?=[.:?,;\s]|\Z)"
    rf"|[FURPS]\d+[.]\d+(?![\d%])(?=[.:,;]?(?:\s|\Z))"
    rf"|(?:[FURPS]|\+)\d+(?:/(?:[FURPS]|\+)?\d+)+"
    rf"|[FURPS]\d+[a-z]{_STOP}"
    rf"|[FURPS+](?=[.:?](?:\s|\Z))"
    rf"|[A-Z]\d{{1,3}}{_STOP}"
    rf"|[furps]\d{{1,3}}{_STOP}"
    rf"|(?:[FURPS]|\+)\s+\d+{_STOP}"
    rf"|[FURPS+]0\d*(?=[.:,;\s]|\Z))"
)
_LEADING: Final = lazy(rf"(?:{RANGE.pattern}|{ID.pattern})(?![\w/-]|\.\d)|(?i:all)(?=\s*(?:[.:,]\s*)?\Z)")


def leading_id(text: str) -> re.Match[str] | None:
    """The id, range or malformed id that `text` starts with; None where it starts with prose."""
    return _LEADING.match(text) or _MALFORMED.match(text)
