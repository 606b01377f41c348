"""A page that is committed has its template's placeholders filled in.

`{Enter date}` or a `[Risk]` row reads like a plan and is none. A checklist item that still says
`link to specs` is left alone: it is filled in when the work is done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from waku_lint.documents.model import Prose
from waku_lint.regexes import lazy
from waku_lint.rules.base import Document, Example, Finding, Rule, RuleContext, Severity, Span

# Not in TeX, paths or sets: `\\frac{1}{q}`, `/users/{id}`, `{a, b}`.
_BRACES: Final = lazy(r"(?<![\\${}\w/=:])\{\s?[A-Za-z][^{}\n|\\]{2,100}\}(?![\w/{}])")
_SET: Final = lazy(r"\{\s*\w+(?:\s*,\s*\w+)+\s*\}|\{\s*\w+\s*[:=]|\{\w+ in [A-Z]\}")
_WORDS: Final = frozenset({"risk", "risks", "mitigation", "owner", "name", "description", "tbd", "todo"})
_ANGLES: Final = lazy(r"(?<![\w<\\=])<[A-Za-z][^<>\n]{1,100}(?<![\s=-])>(?!\s*\d)")
_LETTERS: Final = lazy(r"(?<![\w/.-])xxx+(?![\w/.-])")
_NUMBER: Final = lazy(r"\s*(X{2,}[.)])\s+\w")
_CELL: Final = lazy(r"\[(?P<inside>[A-Za-z][^\[\]|]{1,80})\]")
_TARGET: Final = lazy(r"\{[^{}]*\}|<[^<>]*>|todo|tbd|url|link|github link|xxx+", re.IGNORECASE)
_TEMPLATES: Final = frozenset({"issue-template", "issue-form"})


def check(document: Document, _ctx: RuleContext) -> Iterator[Finding]:
    if document.kind in _TEMPLATES:
        return  # an issue template consists of placeholders
    for prose in document.prose:
        for pattern in (_BRACES, _ANGLES, _LETTERS):
            for match in pattern.finditer(prose.value):
                if not _is_other(match.group()):
                    yield _left(prose, match.start(), match.end())
        number = _NUMBER.match(prose.value) if prose.where == "paragraph" else None
        if number:
            span = Span(prose.span.start + number.start(1), prose.span.start + number.end(1))
            message = f"`{number.group(1)}` stands for a number that is still missing"
            yield Finding(span, message, severity=Severity.WARNING)
        if prose.where == "row":
            yield from _cells(prose)
    for link in document.links:
        if link.text.value[:1] in ("{", "<"):
            continue  # told for the text
        if link.target.span.start < link.target.span.end and is_target_placeholder(link.target.value):
            yield Finding(link.target.span, f"link target `{link.target.value}` is a placeholder")


def is_placeholder(text: str) -> bool:
    """Whether a value starts with a placeholder that this rule reports."""
    return any((match := pattern.match(text)) and not _is_other(match.group()) for pattern in (_BRACES, _ANGLES))


def is_target_placeholder(target: str) -> bool:
    """Whether a link's target is a placeholder that this rule reports."""
    return _TARGET.fullmatch(target) is not None


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
    span = Span(prose.span.start + start, prose.span.start + end)
    return Finding(span, f"placeholder `{prose.value[start:end]}` is left from the template")


def _is_other(text: str) -> bool:
    """Whether it is an address, a set, a label or an object."""
    return "://" in text or "@" in text or _SET.match(text) is not None


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
