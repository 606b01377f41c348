"""Owners: the teams named after `**Owner**:` or in a compact deliverable's parentheses."""

from __future__ import annotations

import re
from typing import Final

from waku_lint.parsing.inline import Flat
from waku_lint.positions import Text
from waku_lint.regexes import lazy

# `/` is not among them: it is part of a team's name (`App/Chat Dev`).
SEPARATOR: Final = lazy(r"[,;&+](?:\s*(?:and|or)(?=\s))?|(?<=\s)(?:and|or)(?=\s|\Z)", re.IGNORECASE)


def split_owners(flat: Flat, start: int, end: int) -> tuple[Text, ...]:
    """The owners in `flat.text[start:end]`.

    A role in parentheses, as in `X (support)`, is left out, unless there is nothing else.
    """
    text = _without_groups(flat.mask, start, end)
    if not text[start:end].strip(" \0"):
        text = "".join(" " if char in "()" else char for char in flat.mask)
        start, end = _trimmed(text, start, end)
    owners: list[Text] = []
    at = start
    for match in SEPARATOR.finditer(text, start, end):
        owners.extend(_owner(flat, text, at, match.start()))
        at = match.end()
    owners.extend(_owner(flat, text, at, end))
    return tuple(owners)


def _owner(flat: Flat, text: str, start: int, end: int) -> tuple[Text, ...]:
    owner = flat.part(start, start + len(text[start:end].rstrip(" \0")))
    return (owner,) if owner else ()


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    inside = text[start:end]
    return start + len(inside) - len(inside.lstrip()), start + len(inside.rstrip())


def _without_groups(mask: str, start: int, end: int) -> str:
    """`mask` with parenthesised parts blanked by NUL, so that separators in them do not split."""
    out = list(mask)
    depth = 0
    for index in range(start, end):
        if out[index] == "(":
            depth += 1
        elif out[index] == ")" and depth:
            depth -= 1
            out[index] = "\0"
        if depth:
            out[index] = "\0"
    return "".join(out)
