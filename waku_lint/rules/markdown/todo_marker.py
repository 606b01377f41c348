"""What is marked TODO, TBD, TBC, FIXME or XXX is settled before the page is relied on.

Whoever plans by the page cannot tell an open question from a forgotten one; an issue has an owner, a marker has none.
An item of a deliverable's checklist is left alone until it is checked, since it is filled in when the work is done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from waku_lint.documents.model import ChecklistItem, Deliverable, FurpsReference, FurpsSet, Index, Milestone, Prose
from waku_lint.regexes import lazy
from waku_lint.rules.base import Document, Example, Finding, Rule, RuleContext, Severity, Span, Text

# `TODO-12`, `/TODO.md` and `todos` are names.
_MARKER: Final = lazy(
    r"(?<![A-Za-z0-9_/.#=&?-])(?:(?P<open>TBD|TBC|tbd|tbc|XXX(?![.)]\s))|TODO|FIXME|[Tt]odo(?=:))(?![A-Za-z0-9_/-])"
)
_OPENING: Final = frozenset("[(|:-\u2013\u2014")
_NAME: Final = lazy(r"\s+(?:apps?|applications?|lists?)\b")
# `<TODO>` and `[TBD]` in a cell are placeholders, WL103 tells of them; what is struck is settled.
_NOT_OURS: Final = lazy(r"[<{][^<>{}\n]*[>}]|(?<=\|)\s*\[[^\[\]|\n]*\]\s*(?=\|)|(~~?)(?!~)[^~\n]+\1")
_TEMPLATE: Final = "docs.waku.org"  # `docs.waku.org (TBD)` stands in the template
_FIELD: Final = lazy(
    r"[\W_]*(furps|checklist|(?:github )?milestone|(?:(?:github )?milestone and )?deliverables)[\W_]*", re.IGNORECASE
)


def check(document: Document, _ctx: RuleContext) -> Iterator[Finding]:
    root = document.root
    if not isinstance(root, (Milestone, FurpsSet, Index)):
        return  # a template is all to do
    others = _told_elsewhere(document, root) if isinstance(root, Milestone) else ()
    before = ""
    for prose in document.prose:
        match = next(_markers(prose.value), None)
        if match is not None:
            span = prose.span.part(*match.span())
            own = prose.value[: match.start()]
            label = own if re.search(r"\w", own) else before
            told = any(each.start <= span.start < each.end for each in others)
            if not told and not (isinstance(root, Milestone) and _is_missing(root, prose, label)):
                yield Finding(span, f"`{match.group()}` is left here: something is still open")
        before = prose.value


def _markers(line: str) -> Iterator[re.Match[str]]:
    """The words that mark something; a sentence about TODOs marks nothing."""
    bare = _NOT_OURS.sub(lambda match: " " * len(match.group()), line)
    for match in _MARKER.finditer(bare):
        start = match.start()
        while start and not bare[start - 1].isalnum():
            start -= 1
        between = bare[start : match.start()]
        opens = not start or not _OPENING.isdisjoint(between)
        marks = match["open"] or bare.startswith(":", match.end()) or (opens and not _NAME.match(bare, match.end()))
        if marks and not (between.strip() == "(" and bare.endswith(_TEMPLATE, 0, start)):
            yield match


def _told_elsewhere(document: Document, root: Milestone) -> tuple[Span, ...]:
    """What other rules judge, values and quotations and empty links, and what is filled in later."""
    empty = [link.span for link in document.links if link.target.value.casefold() in ("", "tbd", "todo")]
    none: list[Span] = []
    if root.deliverables_heading is not None and not root.deliverables:  # WL209
        none = [each.span for each in document.layout.headings if each.anchor == root.deliverables_heading.span]
    estimate = root.estimate.value if root.estimate else None
    values = [text.span for each in root.deliverables for text in _values(each)]
    return (*empty, *none, *((estimate.span,) if estimate else ()), *values)


def _values(deliverable: Deliverable) -> Iterator[Text | FurpsReference | ChecklistItem]:
    if deliverable.owners_text is not None:
        yield deliverable.owners_text
    if deliverable.compact is not None:
        yield from deliverable.compact.ids
    yield from deliverable.furps
    if deliverable.checklist is not None:
        yield from (item for item in deliverable.checklist.items if not item.checked)


def _is_missing(milestone: Milestone, prose: Prose, label: str) -> bool:
    """Whether the marker stands for what another rule misses: `**FURPS**: TBD`, `### Name (TBD: issue)`."""
    if prose.where == "heading" and "milestone" in prose.value.casefold():
        return not milestone.github
    match = _FIELD.fullmatch(label)
    field = match.group(1).casefold() if match else ""
    if field.endswith(("milestone", "deliverables")):
        return not milestone.github
    for each in milestone.deliverables:
        if each.span.start <= prose.span.start < each.span.end:
            if prose.where == "heading":
                return each.issue is None and "issue" in prose.value.casefold()
            if field == "furps":
                return not each.furps and each.output is None
            return field == "checklist" and each.checklist is None
    return False


_PAGE = "# Relay metrics\n\n"
_DELIVERABLE = f"{_PAGE}## Deliverables\n\n### [Export metrics](https://github.com/waku-org/pm/issues/101)\n\n"

RULE = Rule(
    code="WL104",
    name="todo-marker",
    doc=__doc__ or "",
    remedy="Settle it, or put it into an issue and delete it here.",
    severity=Severity.WARNING,
    applies_to=Document,
    check=check,
    examples=(
        Example(f"{_PAGE}The node counts `TODO` and ~~TBD~~ states.\n\n<!-- TODO: name them -->\n"),
        Example(f"{_PAGE}Operators resolve each TODO in their own time, with the TODO app.\n"),
        Example(f"{_PAGE}**Estimated date of completion**: TBD\n"),
        Example(f"{_DELIVERABLE}**Owner**: TBD\n\n**Checklist**:\n- [ ] Specs: TBD\n- [x] Code\n"),
        Example(f"{_PAGE}## FURPS\n\nTBD\n", reports=("TBD",)),
        Example(f"{_PAGE}- TODO: name the dashboards\n- Dashboards (TBC)\n", reports=("TODO", "TBC")),
        Example(f"{_PAGE}| Risk | Mitigation |\n|------|------------|\n| Few operators | TBD |\n", reports=("TBD",)),
        Example(f"{_DELIVERABLE}**Output**: FIXME\n\n**Checklist**:\n- [x] Specs: TBD\n", reports=("FIXME", "TBD")),
    ),
)
