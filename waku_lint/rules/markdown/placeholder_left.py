"""A page that is committed has its template's placeholders filled in.

`{Enter date}` or a `[Risk]` row reads like a plan and is none. A checklist item that still says
`link to specs` is left alone: it is filled in when the work is done.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Final

from waku_lint.documents.model import Prose
from waku_lint.regexes import lazy
from waku_lint.rules.base import Document, Example, Finding, Rule, RuleContext, Severity
from waku_lint.rules.wording import TEMPLATES, is_target_placeholder, placeholders

_WORDS: Final = frozenset({"risk", "risks", "mitigation", "owner", "name", "description", "tbd", "todo"})
_LETTERS: Final = lazy(r"(?<![\w/.-])xxx+(?![\w/.-])")
_NUMBER: Final = lazy(r"\s*(X{2,}[.)])\s+\w")
_CELL: Final = lazy(r"\[(?P<inside>[A-Za-z][^\[\]|]{1,80})\]")


def check(document: Document, _ctx: RuleContext) -> Iterator[Finding]:
    if document.kind in TEMPLATES:
        return  # an issue template consists of placeholders
    for prose in document.prose:
        for match in chain(placeholders(prose.value), _LETTERS.finditer(prose.value)):
            yield _left(prose, *match.span())
        number = _NUMBER.match(prose.value) if prose.where == "paragraph" else None
        if number:
            message = f"`{number.group(1)}` stands for a number that is still missing"
            yield Finding(prose.span.part(*number.span(1)), message, severity=Severity.WARNING)
        if prose.where == "row":
            yield from _cells(prose)
    for link in document.links:
        if link.text.value[:1] in ("{", "<"):
            continue  # told for the text
        if link.target.span.start < link.target.span.end and is_target_placeholder(link.target.value):
            yield Finding(link.target.span, f"link target `{link.target.value}` is a placeholder")


def _cells(row: Prose) -> Iterator[Finding]:
    """One finding for all the placeholder cells of a row."""
    spans: list[tuple[int, int]] = []
    at = 0
    for cell in row.value.split("|"):
        match = _CELL.fullmatch(cell.strip())
        if match and (" " in match["inside"] or match["inside"].casefold() in _WORDS):
            start = at + len(cell) - len(cell.lstrip())
            spans.append((start, start + len(cell.strip())))
        at += len(cell) + 1
    if spans:
        yield _left(row, spans[0][0], spans[0][1])


def _left(prose: Prose, start: int, end: int) -> Finding:
    return Finding(prose.span.part(start, end), f"placeholder `{prose.value[start:end]}` is left from the template")


RULE = Rule(
    code="WL103",
    name="placeholder-left",
    doc=__doc__ or "",
    remedy="Fill the placeholder in, or delete the line or table row if there is nothing to say.",
    applies_to=Document,
    check=check,
    examples=(
        Example("# Relay metrics\n\n**Estimated date of completion**: 30 Sep 2025\n"),
        Example("# Relay metrics\n\nCosts $\\frac{1}{q_S}$ for `a`, a set {a, b}, and /users/{userId}/x.\n"),
        Example("# Relay metrics\n\nUse <br/> or <b>bold</b>, and if x < y and z > w.\n"),
        Example("# Relay metrics\n\n<Enter date>\n", reports=("<Enter date>",)),
        Example("# Relay metrics\n\n**Owner**: <TODO>\n", reports=("<TODO>",)),
        Example("# Relay metrics\n\nAnnotate it with `{.ffi.}` or `<name>`, as in `Vec<u8>`.\n"),
        Example("# Relay metrics\n\n**Estimated date of completion**: {Enter date}\n", reports=("{Enter date}",)),
        Example(
            "# Relay metrics\n\n## Functionality\n\nXX. Drops duplicates.\n", reports=("XX.",), path="FURPS/relay.md"
        ),
        Example("# Relay metrics\n\n**Owner**: <one subteam>\n", reports=("<one subteam>",)),
        Example(
            "# Relay metrics\n\n## Risks\n\n| Risk   | Mitigation     |\n|--------|----------------|\n"
            "| [Risk] | [how to address it] |\n",
            reports=("[Risk]",),
        ),
    ),
)
