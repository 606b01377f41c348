"""The compact deliverable, `name: FURPS they deliver (owners)`, read from the right.

Names contain colons, parentheses, links and code, so only the last colon and the last parentheses
can be structure. `name (owners): FURPS` is read as well.
"""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

from waku_lint.documents.extract.ids import JOIN, is_reference
from waku_lint.documents.extract.owners import split_owners
from waku_lint.documents.model import CompactLine
from waku_lint.parsing.inline import OPAQUE, Flat
from waku_lint.positions import Span, Text
from waku_lint.regexes import lazy

MAX_LINE: Final = 1000  # characters; the time to match parentheses grows with the square

# What stands in parentheses after a name and is no team.
_REMARK: Final = lazy(
    r"poc|mvp|wip|tbd|todo|optional|draft|beta|alpha|v?\d[\d.]*|(?:phase|part|step|stage) \w+|(?:20\d\d)?-?[hq]\d.*",
    re.IGNORECASE,
)
_DECORATION: Final = lazy(r"[\s\U0001f3d7\ufe0f\0]+")  # 🏗️ marks planned work
_TOKEN: Final = lazy(rf"(?:[FURPS]|\+)\d+{JOIN}[FURPS+]?\d+(?![^\s,;&.])|[FURPS]\s+\d+(?![^\s,;&.])|[^\s,;&\0]+")
# What is meant as an id, though it may be none; `H2`, `Q3`, `v2` and `L1` mean something else.
_ID_LIKE: Final = lazy(r"(?:[FURPS]|\+)\s*\d|[A-GI-KM-PR-UW-Zfurps]\d{1,2}(?![\w-])|\+[A-Z]+\d|[FURPS](?:[\s,.]|\Z)")
_FILLERS: Final = frozenset({"for", "and"})
_NO_ID_YET: Final = frozenset({"tbd", "todo", "all"})


class Compact(Struct, frozen=True):
    """A compact line's parts, and its owners."""

    line: CompactLine
    owners: tuple[Text, ...]
    owners_text: Text | None

    @property
    def complete(self) -> bool:
        """Whether nothing is missing and nothing is left over."""
        line = self.line
        ids = bool(line.ids) and all(is_reference(word.value) for word in line.ids)
        return line.name is not None and line.colon is not None and ids and line.rest is None and bool(self.owners)


def looks_compact(flat: Flat) -> bool:
    """Whether a line is meant as a compact deliverable: what is meant as ids stands where the form has them."""
    if len(flat.mask) > MAX_LINE:
        return False
    mask = _bare(unwrapped(flat).mask)
    if _ids_after_colon(mask):
        return True
    body, group = _last_group(mask)
    colon = _separator(body)
    if colon >= 0:
        tail = body[colon + 1 :].strip()
        return group is not None and (not tail or tail.casefold() in _NO_ID_YET)
    # Without a colon only a list of ids before owners is taken for one.
    run = re.search(r"(?:(?:[FURPS]|\+)\d+(?:-\d+)?[\s,]+)+\Z", f"{body} ")
    return group is not None and run is not None and bool(body[: run.start()].strip(" \0"))


def unwrapped(flat: Flat) -> Flat:
    """A line that is one link as a whole, read by the link's text if that looks compact."""
    inside = flat.mask.strip()
    if inside and not inside.strip(OPAQUE) and _ids_after_colon(_bare(flat.text)):
        return Flat(flat.text, flat.text, flat.starts, flat.ends)
    return flat


def _ids_after_colon(mask: str) -> bool:
    """Whether what follows the last colon, owners aside, begins like an id."""
    body, _ = _last_group(mask)
    colon = _separator(body)
    return colon >= 0 and _ID_LIKE.match(body[colon + 1 :].strip()) is not None


def read_compact(given: Flat) -> Compact:
    """Read the parts that are there; what is missing is None or empty."""
    flat = unwrapped(given.head(MAX_LINE))
    mask = _bare(flat.mask)
    whole = flat.whole
    span = whole.span if whole else Span(0, 0)
    body, group = _last_group(mask)
    colon = _separator(body)
    rest: Text | None = None
    if group is None:
        trailing = _group_then_text(mask, colon)
        if trailing is not None:
            group = trailing
            rest = flat.part(group[1], len(mask))
            body = mask[: group[0]]
    tail_start, name_end = (colon + 1, colon) if colon >= 0 else _ids_without_colon(body)
    ids_end = len(body)
    if group is None and colon >= 0:
        group = _owners_without_parentheses(mask, tail_start, len(body))
        ids_end = group[0] if group else ids_end
    ids = _ids(flat, mask, tail_start, ids_end)
    if group is None and colon >= 0:
        before, head = _last_group(mask[:colon])
        if head is not None and not _REMARK.fullmatch(mask[head[0] + 1 : head[1] - 1].strip()):
            group, name_end = head, len(before)
    owners = _owners(flat, mask, group) if group else ()
    owners_text = flat.part(*group) if group else None
    name = flat.part(len(mask) - len(mask.lstrip(" \0")), name_end)
    colon_text = flat.part(colon, colon + 1) if colon >= 0 else None
    line = CompactLine(name, colon_text, ids, rest, span, name.span if name else span)
    return Compact(line, owners, owners_text)


def _bare(mask: str) -> str:
    """`mask` without decoration in front and without a full stop at the end, at the same length.

    A colon after a line that is complete without it introduces what follows: it is left out, too.
    """
    lead = _DECORATION.match(mask)
    start = lead.end() if lead else 0
    text = "\0" * start + mask[start:].rstrip(" \t.")
    if text.endswith(":") and _ids_after_colon(text[:-1]):
        text = text[:-1]
    return text + " " * (len(mask) - len(text))


def _last_group(mask: str) -> tuple[str, tuple[int, int] | None]:
    """What precedes the parentheses that end `mask`, and where these stand, several pairs as one.

    Nested parentheses are taken as a whole; an opening one that is never closed runs to the end.
    """
    text = mask.rstrip(" \t")
    start, end = len(text), len(text)
    while text[:start].rstrip().endswith(")"):
        opened = _opening(text[:start].rstrip())
        if opened is None:
            break
        start = opened
    if start < end:
        return text[:start], (start, end)
    opened = text.rfind("(")
    if opened >= 0 and ")" not in text[opened:]:
        return text[:opened], (opened, end)
    return text, None


def _opening(text: str) -> int | None:
    """Where the parenthesis opens that the last character of `text` closes."""
    depth = 0
    for index in range(len(text) - 1, -1, -1):
        depth += {")": 1, "(": -1}.get(text[index], 0)
        if depth == 0:
            return index
    return text.find("(") if "(" in text else None


def _group_then_text(mask: str, colon: int) -> tuple[int, int] | None:
    """Parentheses right after valid ids that are followed by more text."""
    match = re.compile(r"\(([^()]*)\)").search(mask, colon + 1) if colon >= 0 else None
    if match is None:
        return None
    words = [word for word in _words(mask, colon + 1, match.start()) if word.casefold() not in _FILLERS]
    return match.span() if words and all(map(is_reference, words)) else None


def _owners_without_parentheses(mask: str, start: int, end: int) -> tuple[int, int] | None:
    """What follows the last valid id and is no id: owners whose parentheses are missing."""
    matches = list(_TOKEN.finditer(mask, start, end))
    valid = [index for index, match in enumerate(matches) if is_reference(match.group().strip("."))]
    if not valid or valid[-1] + 1 >= len(matches):
        return None
    after = matches[valid[-1] + 1 :]
    if any(_ID_LIKE.match(match.group()) or OPAQUE in match.group() for match in after):
        return None
    return after[0].start(), after[-1].end()


def _owners(flat: Flat, mask: str, group: tuple[int, int]) -> tuple[Text, ...]:
    """The owners in one or several pairs of parentheses, or in none."""
    owners: list[Text] = []
    start, end = group
    if mask[start] not in "([{":
        return split_owners(flat, start, end - (mask[end - 1] == ")"))
    depth, inner = 0, start
    for index in range(start, end):
        if mask[index] in "([{":
            inner = index + 1 if depth == 0 else inner
            depth += 1
        elif mask[index] in ")]}":
            depth -= 1
            if depth == 0:
                owners.extend(split_owners(flat, inner, index))
    if depth > 0:
        owners.extend(split_owners(flat, inner, end))
    return tuple(owners)


def _separator(body: str) -> int:
    """The last colon outside parentheses; -1 for none."""
    index = len(body) - 1
    while index >= 0:
        opened = _opening(body[: index + 1]) if body[index] == ")" else None
        if opened is not None:
            index = opened
        elif body[index] in ":\uff1a":
            return index
        index -= 1
    return -1


def _ids_without_colon(body: str) -> tuple[int, int]:
    """Where the ids at the end of a colon-less line begin, and where the name before them ends."""
    start = len(body)
    for match in reversed(list(_TOKEN.finditer(body))):
        word = match.group().strip(".")
        if not is_reference(word) or word.casefold() == "all":
            break
        start = match.start()
    return start, len(body[:start].rstrip())


def _words(mask: str, start: int, end: int) -> list[str]:
    return [word for match in _TOKEN.finditer(mask, start, end) if (word := match.group().strip("."))]


def _ids(flat: Flat, mask: str, start: int, end: int) -> tuple[Text, ...]:
    """The words of the FURPS part, fillers left out; a word that is no id is kept for a rule to name."""
    ids: list[Text] = []
    for match in _TOKEN.finditer(mask, start, end):
        if match.group().casefold() in _FILLERS:
            continue
        word = flat.part(match.start(), match.start() + len(match.group().rstrip(".")))
        if word is not None:
            ids.append(word)
    return tuple(ids)
