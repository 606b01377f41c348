"""The compact deliverable, `name: FURPS they deliver (owners)`, read from the right.

Names contain colons, parentheses, links and code, so only the last colon and the last parentheses
can be structure. `name (owners): FURPS` is read as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from waku_lint.extract.ids import is_reference
from waku_lint.extract.owners import split_owners
from waku_lint.model import CompactLine
from waku_lint.parse.markdown import Flat
from waku_lint.source import Span, Text

# Remarks that stand in parentheses after a name and are no team.
_REMARKS: Final = frozenset({"poc", "mvp", "wip", "tbd", "optional", "draft", "phase 1", "phase 2"})
_WORD: Final = re.compile(r"[^\s,;&]+")
_FILLER: Final = frozenset({"for", "and"})
_ID_LIKE: Final = re.compile(r"(?:[FURPS]|\+)\d+(?:[-\u2010-\u2015][FURPS+]?\d+)?|[A-Z]\d{1,2}")


@dataclass(frozen=True, slots=True)
class Compact:
    """A compact line's parts, and its owners."""

    line: CompactLine
    owners: tuple[Text, ...]
    owners_text: Text | None


def looks_compact(flat: Flat) -> bool:
    """Whether a heading is meant as a compact deliverable: ids stand where the form has them."""
    mask = _without_decoration(flat.mask)
    body, group = _last_group(mask)
    tail = mask[body.rfind(":") + 1 : len(body)] if ":" in body else ""
    words = _ids_and_fillers(tail)
    if words and all(_ID_LIKE.fullmatch(word) or word.casefold() in ("all", "for") for word in words):
        return any(_ID_LIKE.fullmatch(word) for word in words) or group is not None
    # Without a colon only an unmistakable list of ids, before owners, is taken for one.
    if ":" not in body and group is not None:
        run = re.search(r"(?:(?:[FURPS]|\+)\d+(?:-\d+)?[\s,]+)+\Z", f"{body} ")
        return run is not None and run.start() > 0
    return False


def read_compact(flat: Flat) -> Compact:
    """Read the parts that are there; what is missing is None or empty."""
    mask = _without_decoration(flat.mask)
    whole = flat.whole
    span = whole.span if whole else Span(0, 0)
    body, group = _last_group(mask)
    colon = _separator(body)
    rest: Text | None = None
    if group is None:
        # `name: F1 (owners) trailing`: the parentheses are not last, so what follows them is too much.
        inner = _group_then_text(mask, colon)
        if inner is not None:
            group, rest_start = inner
            rest = flat.part(rest_start, len(mask))
            body = mask[: group[0]]
            colon = _separator(body)
    tail_start = colon + 1 if colon >= 0 else len(body)
    if group is not None and group[0] < colon:
        group = None  # the parentheses belong to the name
    name_end = colon if colon >= 0 else len(body)
    if colon < 0:
        tail_start, name_end = _ids_without_colon(body)
    ids = _ids(flat, mask, tail_start, len(body))
    if group is None and colon >= 0:
        before, head = _last_group(mask[:colon])
        if head is not None and mask[head[0] + 1 : head[1] - 1].strip().casefold() not in _REMARKS:
            group, name_end = head, len(before)
    owners: tuple[Text, ...] = ()
    owners_text: Text | None = None
    if group is not None:
        close = group[1] - 1 if mask[group[1] - 1] == ")" else group[1]
        owners = split_owners(flat, group[0] + 1, close)
        owners_text = flat.part(*group)
    name = flat.part(len(mask) - len(mask.lstrip(" \0")), name_end)
    colon_text = flat.part(colon, colon + 1) if colon >= 0 else None
    line = CompactLine(name, colon_text, ids, rest, span, name.span if name else span)
    return Compact(line, owners, owners_text)


def _without_decoration(mask: str) -> str:
    """The construction sign that marks planned work is not part of the name."""
    return re.sub(r"^[\s🏗\ufe0f]+", lambda match: "\0" * len(match.group()), mask)


def _last_group(mask: str) -> tuple[str, tuple[int, int] | None]:
    """What precedes the parentheses that end `mask`, and where these stand (nested ones as a whole).

    An opening parenthesis that is never closed makes a group up to the end.
    """
    text = mask.rstrip(" .\t")
    if text.endswith(")"):
        depth = 0
        for index in range(len(text) - 1, -1, -1):
            depth += {")": 1, "(": -1}.get(text[index], 0)
            if depth == 0:
                return text[:index], (index, len(text))
        start = text.find("(")
        return (text, None) if start < 0 else (text[:start], (start, len(text)))
    open_at = text.rfind("(")
    if open_at >= 0 and ")" not in text[open_at:]:
        return text[:open_at], (open_at, len(text))
    return text, None


def _group_then_text(mask: str, colon: int) -> tuple[tuple[int, int], int] | None:
    """Parentheses after the ids that are followed by more text."""
    match = re.search(r"\(([^()]*)\)", mask[colon + 1 :]) if colon >= 0 else None
    if match is None:
        return None
    before = _ids_and_fillers(mask[colon + 1 : colon + 1 + match.start()])
    if not before or not all(is_reference(word) or word.casefold() in _FILLER for word in before):
        return None
    start, end = colon + 1 + match.start(), colon + 1 + match.end()
    return (start, end), end


def _separator(body: str) -> int:
    """The last colon outside parentheses; -1 for none."""
    depth = 0
    for index in range(len(body) - 1, -1, -1):
        char = body[index]
        depth += {")": 1, "(": -1}.get(char, 0)
        if char == ":" and depth <= 0:
            return index
    return -1


def _ids_without_colon(body: str) -> tuple[int, int]:
    """Where the ids at the end of a colon-less line begin, and where the name before them ends."""
    start = len(body)
    for match in reversed(list(_WORD.finditer(body))):
        if not is_reference(match.group().strip(".")) or match.group().casefold() == "all":
            break
        start = match.start()
    return start, len(body[:start].rstrip()) if start < len(body) else len(body)


def _ids_and_fillers(tail: str) -> list[str]:
    return [word.strip(".") for word in _WORD.findall(tail) if word.strip(".")]


def _ids(flat: Flat, mask: str, start: int, end: int) -> tuple[Text, ...]:
    """The words of the FURPS part, fillers left out; a word that is no id is kept for a rule to name."""
    ids: list[Text] = []
    for match in _WORD.finditer(mask, start, end):
        if match.group().casefold() in _FILLER:
            continue
        word = flat.part(match.start(), match.start() + len(match.group().rstrip(".")))
        if word is not None:
            ids.append(word)
    return tuple(ids)
