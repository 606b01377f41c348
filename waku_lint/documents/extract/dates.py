"""Days as people write them, in text and in the names of files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from msgspec import Struct

from waku_lint.positions import Span
from waku_lint.regexes import lazy

_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_YEAR: Final = r"(?P<year>[0-9]{4})"
_DAY: Final = r"(?P<day>[0-9]{1,2})(?P<ordinal>st|nd|rd|th)?"
_NAME: Final = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
# Day and month in figures only after the year: `05/06/2024` is of two days.
_DATES: Final = tuple(
    lazy(rf"(?<![A-Za-z0-9_./-]){pattern}(?![0-9A-SU-Za-su-z]|[./-][0-9])", re.IGNORECASE)
    for pattern in (
        rf"{_YEAR}(?P<sign>[-/._])(?P<number>[0-9]{{1,2}})(?P=sign)(?P<day>[0-9]{{1,2}})",
        rf"{_DAY}(?:\s+of)?[\s-]+{_NAME},?[\s-]+{_YEAR}",
        rf"{_NAME}\s+{_DAY},?\s+{_YEAR}",
    )
)
_NO_YEAR: Final = lazy(
    rf"(?:{_DAY}(?:\s+of)?\s+{_NAME}|{_NAME.replace('name', 'n')}\s+(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?)(?!\w)",
    re.IGNORECASE,
)
_IN_NAME: Final = lazy(r"(?<![0-9])([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9])")


class WrittenDate(Struct, frozen=True):
    """A date in a text; `day` is year, month and day, which need not exist.

    `parts` are the names of its parts and their places in `text`.
    """

    day: tuple[int, int, int]
    text: str
    span: Span
    parts: tuple[tuple[str, Span], ...]

    @property
    def calendar_day(self) -> date | None:
        """The day; None for one that no calendar has."""
        try:
            return date(*self.day)
        except ValueError:
            return None

    def is_of(self, other: date) -> bool:
        return self.day == (other.year, other.month, other.day)

    def rewritten(self, other: date) -> str:
        """`other`, written as this one is."""
        text = self.text
        values = {"year": f"{other.year:04}", "number": str(other.month), "day": str(other.day)}
        figures = [text[span.start : span.end] for name, span in self.parts if name in ("number", "day")]
        # Two figures are kept where a zero would show: `05 May`, or `2025-10-25`, but not `25 May`.
        padded = figures[-1].startswith("0") or (len(figures) == 2 and all(len(each) == 2 for each in figures))
        for name, span in sorted(self.parts, key=lambda part: part[1], reverse=True):
            old = text[span.start : span.end]
            if name == "name":
                new = _month_like(old, other.month)
            elif name == "ordinal":
                new = _ordinal(other.day).upper() if old.isupper() else _ordinal(other.day)
            else:
                new = values[name].zfill(2) if padded else values[name]
            text = text[: span.start] + new + text[span.end :]
        return text


def written_dates(text: str, within: Span) -> tuple[WrittenDate, ...]:
    """The full dates in a part of `text`, in order; spans are offsets into the whole."""
    found = [_written(match) for pattern in _DATES for match in pattern.finditer(text, within.start, within.end)]
    return tuple(sorted(found, key=lambda each: each.span))


def leading_date(text: str) -> WrittenDate | None:
    """The full date that `text` starts with."""
    return next((each for each in written_dates(text, Span(0, len(text))) if each.span.start == 0), None)


def lacks_year(text: str) -> bool:
    """Whether `text` starts with a day and a month; to be asked where there is no full date."""
    return _NO_YEAR.match(text) is not None


def day_and_month(text: str) -> tuple[int, int] | None:
    """Day and month of the date that `text` starts with, be it without a year."""
    full = leading_date(text)
    if full is not None:
        return full.day[2], full.day[1]
    match = _NO_YEAR.match(text)
    return (int(match["day"] or match["d"]), _month(match["name"] or match["n"])) if match else None


def date_in_name(path: str) -> date | None:
    """The day that a file's name holds, as in `2025-03-03.md`; None for no day or several."""
    days = list(_days(path.rsplit("/", 1)[-1]))
    return days[0] if len(days) == 1 else None


def _days(name: str) -> Iterator[date]:
    for match in _IN_NAME.finditer(name):
        try:
            yield date(*map(int, match.groups()))
        except ValueError:
            continue


def _written(match: re.Match[str]) -> WrittenDate:
    groups = match.groupdict()
    month = int(groups["number"]) if groups.get("number") else _month(groups["name"])
    start = match.start()
    parts = tuple(
        (name, Span(match.start(name) - start, match.end(name) - start))
        for name in ("year", "number", "name", "day", "ordinal")
        if groups.get(name)
    )
    return WrittenDate((int(groups["year"]), month, int(groups["day"])), match.group(), Span(*match.span()), parts)


def _month(name: str) -> int:
    return next(i for i, month in enumerate(_MONTHS, start=1) if month.startswith(name[:3].casefold()))


def _month_like(old: str, month: int) -> str:
    full = old.casefold() in _MONTHS
    new = _MONTHS[month - 1] if full else _MONTHS[month - 1][:3]
    return new.upper() if old.isupper() else new if old.islower() else new.capitalize()


def _ordinal(day: int) -> str:
    return "th" if 11 <= day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
