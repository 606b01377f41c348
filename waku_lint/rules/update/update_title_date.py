"""The date in a weekly update's title is the day its file is named after.

Last week's title is easily copied along. In a list of updates, on the site or in a feed, the title is all
that tells one week from another. A title without a date, or with a span of days, is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from waku_lint.documents.extract.dates import date_in_name, written_dates
from waku_lint.documents.model import Update
from waku_lint.regexes import lazy
from waku_lint.rules.base import Edit, Examples, Finding, Fix, Rule, RuleContext, Span

_SIGN: Final = r"\s*(?:[-\u2013\u2014]|to|until|till)\s*"
_MONTH: Final = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_FROM: Final = lazy(rf"[0-9](?:st|nd|rd|th)?(?:\s+{_MONTH})?{_SIGN}\Z", re.IGNORECASE)
_TO: Final = lazy(rf"{_SIGN}(?:{_MONTH}\s+)?[0-9]", re.IGNORECASE)


def check(update: Update, ctx: RuleContext) -> Iterator[Finding]:
    named = date_in_name(ctx.document.path)
    if named is None or update.title is None:
        return
    text, place = ctx.document.text, update.title.span
    found = written_dates(text, place)
    if len(found) != 1 or found[0].is_of(named) or _is_span_of_days(text, place, found[0].span):
        return
    dates = written_dates(text, update.date.span) if update.date else ()
    if any(date.day == found[0].day for date in dates):
        return  # WL701 reports both
    confirmed = any(date.is_of(named) for date in dates)
    fix = Fix((Edit(found[0].span, found[0].rewritten(named)),), safe=confirmed)
    yield Finding(found[0].span, f"title says {found[0].text}, the file is named {named}", fix)


def _is_span_of_days(text: str, title: Span, date: Span) -> bool:
    return bool(_FROM.search(text[title.start : date.start]) or _TO.match(text[date.end : title.end]))


_EXAMPLES = Examples(path="content/waku/updates/2025-03-03.md")

RULE = Rule(
    code="WL702",
    name="update-title-date",
    doc=__doc__ or "",
    remedy="Write the day of the file's name in the title, or rename the file if its name is wrong.",
    applies_to=Update,
    check=check,
    examples=(
        _EXAMPLES.clean("---\ntitle: 2025-03-03 Waku weekly\ndate: 2025-03-03\n---\n"),
        _EXAMPLES.clean("---\ntitle: Waku weekly, 3rd of March 2025\ndate: 2025-03-03\n---\n"),
        _EXAMPLES.clean("---\ntitle: Waku weekly, 24 Feb - 2 Mar 2025\ndate: 2025-03-03\n---\n"),
        _EXAMPLES.reports(
            "---\ntitle: 2025-02-24 Waku weekly\ndate: 2025-03-03\n---\n",
            "2025-02-24",
            fixed="---\ntitle: 2025-03-03 Waku weekly\ndate: 2025-03-03\n---\n",
        ),
        _EXAMPLES.reports(
            '---\ntitle: "Waku weekly, 24th February 2025"\ndate: 2025-03-03\n---\n',
            "24th February 2025",
            fixed='---\ntitle: "Waku weekly, 3rd March 2025"\ndate: 2025-03-03\n---\n',
        ),
        _EXAMPLES.reports(
            "# Waku weekly 2025/2/24\n\nThe release is out.\n",
            "2025/2/24",
            fixed="# Waku weekly 2025/3/3\n\nThe release is out.\n",
        ),
    ),
)
