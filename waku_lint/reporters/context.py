"""Context of reports, and findings on one line."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from waku_lint.diagnostics import Diagnostic
from waku_lint.errors import plain

if TYPE_CHECKING:
    from waku_lint.rules.base import Rule


class Context(Struct, frozen=True):
    """Settings of a report.

    `rules` are all rules that can be reported, sorted by code. `prefix` is the path from the top of the repository to
    the project's root, because paths on GitHub start there. It is empty, or ends in `/`.
    """

    statistics: bool = False  # in the text report: a table of rules instead of findings
    strict: bool = False  # whether warnings fail the run
    prefix: str = ""
    rules: Callable[[], tuple[Rule, ...]] = tuple
    colour: bool = False


PLAIN: Final = Context()


def message(each: Diagnostic) -> str:
    """The message of a finding, with its cause in a change."""
    return each.message if each.cause is None else f"{each.message}; caused by this change: {each.cause}"


def line(each: Diagnostic) -> str:
    """A finding on one line: place, severity, rule and message."""
    place = f"{each.path}:{each.start.line}:{each.start.column}"
    return plain(f"{place}: {each.severity.value} {each.code} {each.name}: {message(each)}")
