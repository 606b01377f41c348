"""A deliverable that says when its work starts says when it is due, not before that; and the other way round.

One of the two alone does not show whether the work fits. The dates are mostly set in the deliverable's issue: where
the page gives neither, there is nothing to tell.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from waku_lint.documents.extract.dates import WrittenDate, lacks_year, leading_date
from waku_lint.documents.model import Deliverable, Labelled
from waku_lint.regexes import lazy
from waku_lint.rules.base import Examples, Finding, Rule, RuleContext, Severity
from waku_lint.rules.wording import is_placeholder, shortened

_PROSE: Final = lazy(r"(?:\S+\s+){3}\S")  # four words or more
_EXPECTED: Final = "expected one such as `30 Sep 2025`"


def check(deliverable: Deliverable, _ctx: RuleContext) -> Iterator[Finding]:
    start, due = _dated(deliverable.start), _dated(deliverable.due)
    if start is not None and due is None:
        yield Finding(start.label.span, "deliverable has a planned start, but no due date")
    if due is not None and start is None:
        yield Finding(due.label.span, "deliverable has a due date, but no planned start")
    for field in (start, due):
        problem = _problem(field) if field else None
        if field is not None and problem:
            yield Finding(field.anchor, problem)
    first, last = _written(start), _written(due)
    if due and first and first.calendar_day and last and last.calendar_day and last.calendar_day < first.calendar_day:
        yield Finding(due.anchor, f"deliverable is due on `{last.text}`, before its planned start on `{first.text}`")


def _dated(field: Labelled | None) -> Labelled | None:
    """The field, unless it only looks like one: `Start: run the node on a fresh machine`."""
    if field is None or field.value is None or leading_date(field.value.value):
        return field
    bare = field.label.value.casefold() in ("start", "due")
    return None if bare and _PROSE.match(field.value.value) else field


def _problem(field: Labelled) -> str | None:
    if field.value is None:
        return f"`{field.label.value}` has no date; {_EXPECTED}"
    value = field.value.value
    written = _written(field)
    if written is not None:
        return None if written.calendar_day else f"there is no day `{written.text}`"
    if is_placeholder(value):
        return None  # WL103 reports a placeholder
    short = shortened(value)
    return f"`{short}` has no year; {_EXPECTED}" if lacks_year(value) else f"`{short}` is not a date; {_EXPECTED}"


def _written(field: Labelled | None) -> WrittenDate | None:
    return leading_date(field.value.value) if field and field.value else None


_PAGE = "# Relay\n\n## Deliverables\n\n### Relay metrics\n\n**Owner**: nwaku\n\n"
_EXAMPLES = Examples(preset="waku-classic")

RULE = Rule(
    code="WL317",
    name="deliverable-dates",
    doc=__doc__ or "",
    source="MUST have a `Planned Start` and `Due Date` set",
    remedy="Give both: `**Planned Start**: 1 Sep 2025` and `**Due Date**: 30 Sep 2025`.",
    severity=Severity.WARNING,
    applies_to=Deliverable,
    check=check,
    examples=(
        _EXAMPLES.clean(f"{_PAGE}**Planned Start**: 1 Sep 2025\n**Due Date**: 30 Sep 2025\n"),
        _EXAMPLES.clean(f"{_PAGE}- Start: 2025-09-01\n- Due: 2025-09-30, with the release\n"),
        _EXAMPLES.clean(f"{_PAGE}Start: run the node on a fresh machine.\n"),
        _EXAMPLES.reports(f"{_PAGE}**Planned Start**: 1 Sep 2025\n", "Planned Start"),
        _EXAMPLES.reports(f"{_PAGE}**Planned Start**: 1 Sep 2025\n\n**Due Date**: 30 Aug 2025\n", "30 Aug 2025"),
        _EXAMPLES.reports(f"{_PAGE}**Start**: TBD\n**Due**: 30 Sep\n", "TBD", "30 Sep"),
    ),
)
