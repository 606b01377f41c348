"""A weekly update's `date` is the day its file is named after.

The site sorts updates by `date`, links and people find them by the file's name. Where the title agrees with
`date`, it may be the file that has the wrong name, so nothing is mended then.
"""

from __future__ import annotations

from collections.abc import Iterator

from waku_lint.documents.extract.dates import date_in_name, written_dates
from waku_lint.documents.model import Update
from waku_lint.rules.base import Edit, Examples, Finding, Fix, Rule, RuleContext


def check(update: Update, ctx: RuleContext) -> Iterator[Finding]:
    named = date_in_name(ctx.document.path)
    dates = written_dates(ctx.document.text, update.date.span) if update.date else ()
    if named is None or len(dates) != 1 or dates[0].is_of(named):
        return
    titles = written_dates(ctx.document.text, update.title.span) if update.title else ()
    message = f"`date` is {dates[0].text}, the file is named {named}"
    if any(title.day == dates[0].day for title in titles):
        yield Finding(dates[0].span, f"{message}, and the title agrees with `date`: rename the file, or change both")
        return
    confirmed = any(title.is_of(named) for title in titles)
    yield Finding(dates[0].span, message, Fix((Edit(dates[0].span, dates[0].rewritten(named)),), safe=confirmed))


_EXAMPLES = Examples(path="content/waku/updates/2025-03-03.md")

RULE = Rule(
    code="WL701",
    name="update-date",
    doc=__doc__ or "",
    remedy="Give `date` the day of the file's name, or rename the file if its name is wrong.",
    applies_to=Update,
    check=check,
    examples=(
        _EXAMPLES.clean("---\ntitle: 2025-03-03 Waku weekly\ndate: 2025-03-03\n---\n"),
        _EXAMPLES.clean('---\ntitle: "2025-03-03 Waku weekly"\ndate: "2025-03-03T09:30:00Z"\n---\n'),
        _EXAMPLES.clean(
            "---\ntitle: Notes of the offsite\ndate: 2025-03-05\n---\n", path="content/waku/updates/offsite.md"
        ),
        _EXAMPLES.reports(
            "---\ntitle: 2025-03-03 Waku weekly\ndate: 2025-02-03\n---\n",
            "2025-02-03",
            fixed="---\ntitle: 2025-03-03 Waku weekly\ndate: 2025-03-03\n---\n",
        ),
        _EXAMPLES.reports(
            '---\ntitle: Waku weekly\ndate: "2025-03-05 09:30"\n---\n',
            "2025-03-05",
            fixed='---\ntitle: Waku weekly\ndate: "2025-03-03 09:30"\n---\n',
        ),
        _EXAMPLES.reports("---\ntitle: 2025-03-10 Waku weekly\ndate: 2025-03-10\n---\n", "2025-03-10"),
    ),
)
