"""What a reporter is told beside the result, and how a finding is put into one line."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from waku_lint.diagnostics import Diagnostic
from waku_lint.errors import plain

if TYPE_CHECKING:
    from waku_lint.rules.base import Rule


class Context(Struct, frozen=True):
    """How a report looks and what it may refer to.

    `rules` are all that can be reported, in the order of codes. `prefix` leads from the top of the repository to the
    project's root: hosts such as GitHub count paths from there. It is empty, or ends in `/`.
    """

    statistics: bool = False  # of people who want a table of rules in place of the findings
    strict: bool = False  # whether warnings fail the run
    prefix: str = ""
    rules: Callable[[], tuple[Rule, ...]] = tuple
    colour: bool = False


PLAIN: Final = Context()


def message(each: Diagnostic) -> str:
    """What a finding says, and what of a change has caused it."""
    return each.message if each.cause is None else f"{each.message}; caused by this change: {each.cause}"


def line(each: Diagnostic) -> str:
    """A finding on one line, whatever stands in it: place, severity, rule and message."""
    place = f"{each.path}:{each.start.line}:{each.start.column}"
    return plain(f"{place}: {each.severity.value} {each.code} {each.name}: {message(each)}")
