"""A milestone page says, in a sentence or more, what somebody gets once it is reached.

Without it nobody outside the team can tell why the work is worth its price. Any prose beside the deliverables
counts, an introduction as well as a section *Goal* or *Why*; labels, placeholders, tables, lists of links, and what
stands below *FURPS* or *Risks* do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from waku_lint.documents.model import Milestone
from waku_lint.regexes import lazy
from waku_lint.rules.base import Example, Finding, Rule, RuleContext, Severity
from waku_lint.rules.wording import is_placeholder

_TODO: Final = lazy(r"\W*(?:todo|tbd|tbc|fixme|wip)\b", re.IGNORECASE)
_WORD: Final = lazy(r"[\w'’-]+")
# Where no blanks stand between words, a character is taken for one.
_WORDS: Final = (("\u3040", "\u30ff"), ("\u3400", "\u9fff"), ("\uac00", "\ud7af"))
_STOPS: Final = ".!?:;\u3002\uff01\uff1f\uff1a"
_SENTENCE: Final = 5  # words that make a sentence with a stop at its end; without one it takes two more
_LIST: Final = 12  # words that say something together, in items that are none


def check(milestone: Milestone, _ctx: RuleContext) -> Iterator[Finding]:
    narrative = [text.value for text in milestone.narrative]
    if any(is_placeholder(text) or _TODO.match(text) for text in narrative):
        return  # WL103 reports a placeholder, WL104 a TODO
    counts = [_count(text) for text in narrative]
    least = [_SENTENCE if _is_closed(text) else _SENTENCE + 2 for text in narrative]
    if any(count >= words for count, words in zip(counts, least, strict=True)):
        return
    if sum(counts) < _LIST:
        message = (
            "page does not say what users get from the milestone: no sentence of prose beside the deliverables "
            "(labels, links, tables, FURPS and risks aside)"
        )
        yield Finding(milestone.anchor, message)


def _count(text: str) -> int:
    """How many words there are."""
    count = 0
    for run in _WORD.findall(text):
        alone = [any(first <= char <= last for first, last in _WORDS) for char in run]
        # Of the other characters each run is a word.
        count += sum(alone) + sum(not one and (at == 0 or alone[at - 1]) for at, one in enumerate(alone))
    return count


def _is_closed(text: str) -> bool:
    """Whether a stop follows the last word."""
    for char in reversed(text):
        if char.isalnum() or char in _STOPS:
            return char in _STOPS
    return False


_DATE = "**Estimated date of completion**: 30 Sep 2025\n\n"
_MORE = "## Deliverables\n\n### Panel\n\nThe panel shows relayed messages by topic.\n"

RULE = Rule(
    code="WL208",
    name="milestone-benefit-missing",
    doc=__doc__ or "",
    source="The bundle of features should be cohesive and the benefit to the users should be easy to summarize.",
    remedy="Below the estimates, write a paragraph that says what users can do once this is done.",
    severity=Severity.WARNING,
    applies_to=Milestone,
    check=check,
    examples=(
        Example(f"# Relay metrics\n\n{_DATE}Once done, operators see which topics cost them bandwidth.\n\n{_MORE}"),
        Example(f"# Relay metrics\n\n{_DATE}## Why\n\n- Operators can cap what they relay.\n- Costs drop\n\n{_MORE}"),
        Example(f"# Relay metrics\n\n**Goal**: an operator can prune topics without a restart\n\n{_MORE}"),
        Example(f"# Relay metrics\n\n{_DATE}{_MORE}", reports=("Relay metrics",)),
        Example(
            f"# Relay metrics\n\n{_DATE}See the [forum](https://example.org/1) for background.\n\n"
            f"## Strategic Objective\n\nGrowth: operators\n\n{_MORE}",
            reports=("Relay metrics",),
        ),
        Example(
            f"# Relay metrics\n\n{_DATE}**Resources Required**:\n- one nwaku engineer for the whole of two months\n\n"
            f"## Risks\n\nThe metrics may tell more than operators like.\n\n{_MORE}",
            reports=("Relay metrics",),
        ),
    ),
)
