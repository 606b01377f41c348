"""A milestone's estimate is a date, with a year and nothing after it.

Readers and tools compare it with the day the work was done. `31 Aug` is of no year, `TBD` of no day,
and a remark after the date is not seen by whoever sorts by it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from waku_lint.documents.extract.dates import lacks_year, leading_date
from waku_lint.documents.model import Labelled, Milestone
from waku_lint.rules.base import Example, Finding, Option, Rule, RuleContext, Span
from waku_lint.rules.wording import is_placeholder, shortened
from waku_lint.schema.patterns import found

_EXPECTED: Final = "expected a date such as `30 Sep 2025`"


def check(milestone: Milestone, ctx: RuleContext) -> Iterator[Finding]:
    estimate = milestone.estimate
    if estimate is None or estimate.value is None:
        return  # WL201 reports a missing estimate
    value = estimate.value.value
    if is_placeholder(value):
        return  # WL103 reports a placeholder
    if any(found(pattern, value, whole=True) for pattern in ctx.options["accept"]):
        return
    written = leading_date(value)
    if written is None:
        if lacks_year(value):
            yield Finding(estimate.value.span, f"estimate `{value}` has no year; {_EXPECTED}")
        else:
            yield Finding(estimate.value.span, f"estimate `{shortened(value)}` is not a date; {_EXPECTED}")
        return
    end = len(written.text)
    if written.calendar_day is None:
        yield Finding(_part(estimate, 0, end), f"there is no day `{written.text}`")
    rest = value[end:].strip()
    if rest.strip("."):
        start = value.index(rest, end)
        message = f"text after the date: `{shortened(rest)}`; say it in the narrative"
        yield Finding(_part(estimate, start, len(value)), message)


def _part(estimate: Labelled, start: int, end: int) -> Span:
    """The place of a part of the value, to whole words where markup stands within one."""
    value = estimate.value
    assert value is not None  # noqa: S101 - the caller has returned for None
    if value.span.end - value.span.start == len(value.value):
        return value.part(start, end)
    before, within = len(value.value[:start].split()), len(value.value[start:end].split())
    return Span.cover(word.span for word in estimate.words[before : before + within]) or value.span


RULE = Rule(
    code="WL203",
    name="milestone-estimate-format",
    doc=__doc__ or "",
    source="MUST have an *estimated date of completion*",
    remedy="Write day, month and year, such as `30 Sep 2025` or `2025-09-30`, and nothing else.",
    applies_to=Milestone,
    check=check,
    options=(
        Option(
            "accept",
            [],
            "Regular expressions of values that are as good as a date: `Testnet v[0-9.]+ launch`.",
            {"type": "array", "items": {"type": "string", "format": "regex"}},
        ),
    ),
    examples=(
        Example("# Relay metrics\n\n**Estimated date of completion**: 30 Sep 2025\n"),
        Example("# Relay metrics\n\nEstimated Date of Completion: 2025-09-30\n"),
        Example("# Relay metrics\n\n**Estimated date of completion**: 30th September 2025\n"),
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
