"""A suppression says why the finding is let stand.

Who comes by later can tell an exception from a forgotten mistake only by its reason. Of a suppression that
hides nothing no reason is asked for: WL009 tells that it can go.
"""

from __future__ import annotations

from collections.abc import Iterator

from waku_lint.documents.model import Suppression
from waku_lint.rules.base import Examples, Finding, Rule, RuleContext, Severity


def check(suppression: Suppression, _ctx: RuleContext) -> Iterator[Finding]:
    if suppression.scope == "enable" or suppression.reason is not None:
        return
    needed = [rule.name.value for rule in suppression.rules if rule.used is not False]
    if needed:
        message = f'`{", ".join(needed)}` is suppressed without a reason; add one: `reason="no issue yet"`'
        yield Finding(suppression.span, message)


_DATE = "**Estimated date of completion**: 31 Aug"
_COMMENT = "<!-- waku-lint: disable-next-line=WL203 -->"
_BLANK = '<!-- waku-lint: disable-next-line=WL203 reason=" " -->'
_EXAMPLES = Examples(beside=("WL203",))

RULE = Rule(
    code="WL007",
    name="suppression-unexplained",
    doc=__doc__ or "",
    remedy='Add `reason="..."` to the comment.',
    severity=Severity.WARNING,
    applies_to=Suppression,
    check=check,
    examples=(
        _EXAMPLES.clean(
            '# Relay metrics\n\n<!-- waku-lint: disable-next-line=WL203 reason="the year is open" -->\n' + _DATE
        ),
        _EXAMPLES.reports(f"# Relay metrics\n\n{_COMMENT}\n{_DATE}\n", _COMMENT),
        _EXAMPLES.reports(f"# Relay metrics\n\n{_BLANK}\n{_DATE}\n", _BLANK),
        _EXAMPLES.reports(
            f"# Relay metrics\n\n<!-- waku-lint: disable-file=WL203 -->\n{_DATE}\n",
            "<!-- waku-lint: disable-file=WL203 -->",
        ),
        _EXAMPLES.clean(f"# Relay metrics\n\n{_DATE}\n"),
        _EXAMPLES.clean("# Relay metrics <!-- waku-lint: disable-line=WL203 -->\n\nText.\n"),
    ),
)
