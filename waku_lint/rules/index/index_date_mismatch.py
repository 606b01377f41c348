"""An index gives the date that the page estimates.

The table is what is shown around: a date that was moved on the page alone is missed by everybody who reads the table.
"""

from __future__ import annotations

from collections.abc import Iterator

from waku_lint.documents.extract.dates import day_and_month, leading_date
from waku_lint.documents.model import Index
from waku_lint.rules.base import Examples, Finding, Related, Rule, RuleContext, Severity
from waku_lint.rules.index.entries import other_of_title, page_of


def check(index: Index, ctx: RuleContext) -> Iterator[Finding]:
    for entry in index.entries:
        path = page_of(entry, ctx) if entry.date else None
        estimate = ctx.project.estimate(path) if path is not None else None
        if entry.date is None or path is None or estimate is None or not _differ(entry.date.value, estimate.value):
            continue
        if other_of_title(entry, path, ctx) is None:  # WL604 reports a link to the wrong page
            message = f"date is {entry.date.value} here and {estimate.value} in `{path.rpartition('/')[2]}`"
            related = Related(path, estimate.span, "the page's estimate")
            yield Finding(entry.date.span, message, related=(related,), about=path)


def _differ(one: str, other: str) -> bool:
    """Whether two texts are dates, and not the same; a year that one of them leaves out does not count."""
    days = day_and_month(one), day_and_month(other)
    if None in days or any(sign in text for text in (one, other) for sign in ("->", "\u2192", "=>")):
        return False  # no dates, or one that was moved and says so
    written = [found for text in (one, other) if (found := leading_date(text))]
    if any(each.calendar_day is None for each in written):
        return False  # WL203 reports a day that there is not
    years = [each.day[0] for each in written]
    return days[0] != days[1] or len(set(years)) > 1


_PAGE = "# Relay\n\n**Estimated date of completion**: 30 Sep 2025\n"
_FILES = {"draft-roadmap/relay.md": _PAGE, "draft-roadmap/store.md": "# Store\n"}


def _table(date: str, page: str = "relay.md") -> str:
    return f"# Plan\n\n| Milestone | End Date |\n|---|---|\n| [Relay]({page}) | {date} |\n"


_EXAMPLES = Examples(path="draft-roadmap/README.md", files=_FILES)

RULE = Rule(
    code="WL605",
    name="index-date-mismatch",
    doc=__doc__ or "",
    remedy="Correct the date that is out of date.",
    severity=Severity.WARNING,
    applies_to=Index,
    check=check,
    reaches="index",
    examples=(
        _EXAMPLES.clean(_table("30 Sep")),
        _EXAMPLES.clean(_table("2025-09-30")),
        _EXAMPLES.clean(_table("TBD")),
        _EXAMPLES.clean(_table("31 Oct", "store.md")),
        _EXAMPLES.reports(_table("31 Oct"), "31 Oct"),
        _EXAMPLES.reports(_table("30 Sep 2026"), "30 Sep 2026"),
        _EXAMPLES.reports(_table("**2025-10-30**"), "2025-10-30"),
    ),
)
