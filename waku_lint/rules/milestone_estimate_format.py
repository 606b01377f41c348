"""A milestone's estimate is a date, with a year and nothing after it.

Readers and tools compare it with the day the work was done. `31 Aug` is of no year, `TBD` of no day,
and a remark after the date is not seen by whoever sorts by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from waku_lint.model import Labelled, Milestone
from waku_lint.rules.base import Example, Finding, Rule, RuleContext, Span
from waku_lint.rules.placeholder_left import is_placeholder

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME: Final = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY: Final = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?: of)?"
_DATES: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_DAY}\s+{_NAME},?\s+(?P<year>[0-9]{{4}})\b",
        rf"{_NAME}\s+{_DAY},?\s+(?P<year>[0-9]{{4}})\b",
        r"(?P<year>[0-9]{4})-(?P<number>[0-9]{2})-(?P<day>[0-9]{2})\b",
    )
)
_NO_YEAR: Final = re.compile(
    rf"(?:{_DAY}\s+{_NAME}|{_NAME.replace('month', 'm')}\s+{_DAY.replace('day', 'd')})(?![\w])", re.IGNORECASE
)
_EXPECTED: Final = "expected a date such as `30 Sep 2025`"


def check(milestone: Milestone, _ctx: RuleContext) -> Iterator[Finding]:
    estimate = milestone.estimate
    if estimate is None or estimate.value is None:
        return  # WL201 reports a missing estimate
    value = estimate.value.value
    if is_placeholder(value):
        return  # WL103 reports a placeholder
    match = next((found for pattern in _DATES if (found := pattern.match(value))), None)
    if match is None:
        if _NO_YEAR.match(value):
            yield Finding(estimate.value.span, f"estimate `{value}` has no year; {_EXPECTED}")
        else:
            yield Finding(estimate.value.span, f"estimate `{_short(value)}` is not a date; {_EXPECTED}")
        return
    if not _exists(match):
        yield Finding(_part(estimate, 0, match.end()), f"there is no day `{match.group()}`")
    rest = value[match.end() :].strip()
    if rest.strip("."):
        start = value.index(rest, match.end())
        message = f"text after the date: `{_short(rest)}`; say it in the narrative"
        yield Finding(_part(estimate, start, len(value)), message)


def _exists(match: re.Match[str]) -> bool:
    groups = match.groupdict()
    month = int(groups["number"]) if groups.get("number") else _MONTHS.index(groups["month"][:3].casefold()) + 1
    try:
        date(int(groups["year"]), month, int(groups["day"]))
    except ValueError:
        return False
    return True


def _part(estimate: Labelled, start: int, end: int) -> Span:
    """The place of a part of the value, to whole words where markup stands within one."""
    value = estimate.value
    assert value is not None  # noqa: S101 - the caller has returned for None
    if value.span.end - value.span.start == len(value.value):
        return Span(value.span.start + start, value.span.start + end)
    before, within = len(value.value[:start].split()), len(value.value[start:end].split())
    words = estimate.words[before : before + within]
    return Span(words[0].span.start, words[-1].span.end) if words else value.span


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:37]}..."


RULE = Rule(
    code="WL203",
    name="milestone-estimate-format",
    doc=__doc__ or "",
    source="MUST have an *estimated date of completion*",
    remedy="Write day, month and year, such as `30 Sep 2025` or `2025-09-30`, and nothing else.",
    applies_to=Milestone,
    check=check,
    examples=(
        Example("# Relay metrics\n\n**Estimated date of completion**: 30 Sep 2025\n"),
        Example("# Relay metrics\n\nEstimated Date of Completion: 2025-09-30\n"),
        Example("# Relay metrics\n\n**Estimated date of completion**: 31 Aug\n", reports=("31 Aug",)),
        Example("# Relay metrics\n\n**Estimated date of completion**: TBD\n", reports=("TBD",)),
        Example(
            "# Relay metrics\n\n**Estimated date of completion**: 31 Oct 2025 (clean-up later)\n",
            reports=("(clean-up later)",),
        ),
        Example(
            "# Relay metrics\n\n**Estimated date of completion**: **31 Oct 2025** *(clean-up later)*\n",
            reports=("(clean-up later)",),
        ),
        Example("# Relay metrics\n\n**Estimated date of completion**: 31 June 2025\n", reports=("31 June 2025",)),
    ),
)
