"""A suppression can be understood, and the rules it names are there.

One with a mistake in it hides nothing, or less than its writer believes. It names each rule by code or name; there
is no way to suppress all rules at once, nor those that report on suppressions.
"""

from __future__ import annotations

from collections.abc import Iterator

from waku_lint.documents.model import Suppression
from waku_lint.rules.base import Example, Finding, Rule, RuleContext


def check(suppression: Suppression, _ctx: RuleContext) -> Iterator[Finding]:
    for trouble in suppression.troubles:
        yield Finding(trouble.span, trouble.message)


def _page(comment: str) -> str:
    return f"# Relay metrics\n\n{comment}\n\n**Estimated date of completion**: 31 Aug\n"


RULE = Rule(
    code="WL008",
    name="suppression-unknown",
    doc=__doc__ or "",
    remedy="Write the comment as the message shows; `waku-lint rules` lists codes and names.",
    applies_to=Suppression,
    check=check,
    examples=(
        Example(_page('<!-- waku-lint: disable=WL203,deliverable-owner-unknown reason="drafts" until=2026-12-31 -->')),
        Example(
            _page('<!-- waku-lint: disable-next-line=milestone-estimate-formt reason="the year is open" -->'),
            reports=("milestone-estimate-formt",),
        ),
        Example(
            _page('<!-- waku-lint: disable-next-line reason="the year is open" -->'),
            reports=('waku-lint: disable-next-line reason="the year is open"',),
        ),
        Example(
            _page("<!-- waku-lint: disable-next-line=WL203 reason=the year is open -->"),
            reports=("reason=the year is open",),
        ),
        Example(_page('<!-- waku-lint: disable-file=milestone-estimate-format reason="drafts" -->')),
        Example(_page("Written `<!-- waku-lint: ignore -->`.")),
    ),
)
