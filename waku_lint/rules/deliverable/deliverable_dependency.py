"""A deliverable does not wait for another one of the same milestone.

The two then are one piece of work for the plan: neither can be estimated, started or closed alone. A dependency on
another milestone or team is fine, and worth writing down.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from waku_lint.documents.model import Deliverable, Milestone
from waku_lint.regexes import lazy
from waku_lint.rules.base import Example, Finding, Related, Rule, RuleContext, Severity, Span
from waku_lint.rules.wording import words

MIN_LETTERS: Final = 6  # a title as short as `API` is a word of other things
_NONE: Final = lazy(r"\W*(?:no|none|nothing|not)\b", re.IGNORECASE)


def check(milestone: Milestone, ctx: RuleContext) -> Iterator[Finding]:
    for deliverable in milestone.deliverables:
        for text in deliverable.dependencies:
            if _NONE.match(text.value):
                continue
            line = _line(ctx.document.text, text.span)
            others = (each for each in milestone.deliverables if each is not deliverable)
            other = next((each for each in others if _names(each, text.value, line)), None)
            if other is not None:
                message = f"depends on `{other.title.value}`, a deliverable of the same milestone"
                related = Related(ctx.document.path, other.anchor, other.title.value)
                yield Finding(text.span, message, related=(related,))


def _line(text: str, span: Span) -> str:
    """The source from a place to the end of its line."""
    end = re.compile(r"[^\r\n]*").match(text, span.start)
    return end.group() if end else ""


def _names(deliverable: Deliverable, text: str, line: str) -> bool:
    """Whether a dependency names a deliverable, by its title or by its issue."""
    title = words(deliverable.title.value)
    if len("".join(title)) >= MIN_LETTERS and f" {' '.join(title)} " in f" {' '.join(words(text))} ":
        return True
    number = re.search(r"/issues/(\d+)", deliverable.issue.value) if deliverable.issue else None
    return number is not None and re.search(rf"(?:/issues/|(?<![\w/])#){number[1]}(?!\d)", line) is not None


_PAGE = (
    "# Relay\n\n## Deliverables\n\n### [Relay metrics](https://github.com/waku-org/pm/issues/101)\n\n"
    "**Owner**: nwaku\n\n### [Relay limits](https://github.com/waku-org/pm/issues/102)\n\n**Owner**: nwaku\n\n"
)

RULE = Rule(
    code="WL314",
    name="deliverable-dependency",
    doc=__doc__ or "",
    source="SHOULD NOT have a dependency on another deliverable in the **same** milestone.",
    remedy="Make the two one deliverable, or move one of them to another milestone.",
    severity=Severity.WARNING,
    applies_to=Milestone,
    check=check,
    examples=(
        Example(f"{_PAGE}**Dependencies**: the Store milestone\n"),
        Example(f"{_PAGE}**Dependency**: metrics of the DST team\n"),
        Example(f"{_PAGE}It shows what Relay metrics found.\n"),
        Example(f"{_PAGE}**Dependencies**: none; Relay metrics can go on beside it\n"),
        Example(f"{_PAGE}**Dependencies**: [this](https://github.com/waku-org/pm/issues/101)\n", reports=("this",)),
        Example(f"{_PAGE}**Dependencies**: Relay metrics\n", reports=("Relay metrics",)),
        Example(f"{_PAGE}**Depends on Relay-Metrics**\n", reports=("Relay-Metrics",)),
        Example(f"{_PAGE}**Dependencies**:\n- DST\n- [Relay metrics](#relay-metrics)\n", reports=("Relay metrics",)),
    ),
)
