"""A suppression hides something.

One that outlives what it was written for hides the next mistake of that kind, which nobody has looked at. It is judged
by the rules that run: one that is switched off or not selected is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from waku_lint.documents.model import SuppressedRule, Suppression
from waku_lint.rules.base import Edit, Example, Examples, Finding, Fix, Rule, RuleContext, Severity, Span
from waku_lint.rules.file.removal import removal


def check(suppression: Suppression, ctx: RuleContext) -> Iterator[Finding]:
    unused = [rule for rule in suppression.rules if rule.used is False]
    if unused and len(unused) == len(suppression.names):
        names = ", ".join(rule.name.value for rule in unused)
        yield Finding(suppression.span, _message(suppression, names), removal(ctx.document.text, suppression.span))
        return
    for rule in unused:
        removed = _one(suppression, rule)
        yield Finding(rule.name.span, _message(suppression, rule.name.value), Fix((Edit(removed, ""),), safe=True))


def _message(suppression: Suppression, names: str) -> str:
    if suppression.scope == "enable":
        return f"`{names}` is not suppressed here, so there is nothing to enable"
    return f"`{names}` reports nothing here, so there is nothing to suppress"


def _one(suppression: Suppression, rule: SuppressedRule) -> Span:
    """A name with a comma: before the first that stays the comma after it, behind that the one before it."""
    unused = {each.name for each in suppression.rules if each.used is False}
    stays = next(index for index, name in enumerate(suppression.names) if name not in unused)
    at = suppression.names.index(rule.name)
    if at < stays:
        return Span(rule.name.span.start, suppression.names[at + 1].span.start)
    return Span(suppression.names[at - 1].span.end, rule.name.span.end)


_TITLE = "# Relay metrics\n\n"
_ONE = '<!-- waku-lint: disable-next-line=WL203 reason="the year is open" -->'
_TWO = '<!-- waku-lint: disable-next-line=WL203,WL103 reason="the year is open" -->'
_OPEN = "**Estimated date of completion**: 31 Aug\n"
_SET = "**Estimated date of completion**: 31 Aug 2025\n"
_EXAMPLES = Examples(beside=("WL103", "WL203"))

RULE = Rule(
    code="WL009",
    name="suppression-unused",
    doc=__doc__ or "",
    remedy="Delete the comment, or the name of the rule that reports nothing.",
    severity=Severity.WARNING,
    applies_to=Suppression,
    check=check,
    examples=(
        _EXAMPLES.clean(f"{_TITLE}{_ONE}\n{_OPEN}"),
        _EXAMPLES.reports(f"{_TITLE}{_ONE}\n{_SET}", _ONE, fixed=f"{_TITLE}{_SET}"),
        _EXAMPLES.reports(f"{_TITLE}{_TWO}\n{_OPEN}", "WL103", fixed=f"{_TITLE}{_ONE}\n{_OPEN}"),
        _EXAMPLES.clean(f"{_TITLE}{_OPEN[:-1]} <!-- waku-lint: disable-line=WL203 -->\n"),
        Example(f"{_TITLE}{_ONE}\n{_SET}"),  # a rule that does not run is not judged
        _EXAMPLES.reports(f"{_TITLE}A note\n{_ONE}\nand another.\n", _ONE, fixed=f"{_TITLE}A note\n\nand another.\n"),
        _EXAMPLES.reports(
            f"{_TITLE}A <!-- waku-lint: disable-line=WL203 -->note\n",
            "<!-- waku-lint: disable-line=WL203 -->",
            fixed=f"{_TITLE}A note\n",
        ),
        _EXAMPLES.reports(
            f"{_TITLE}{_SET[:-1]} <!-- waku-lint: enable=WL203 -->\n",
            "<!-- waku-lint: enable=WL203 -->",
            fixed=f"{_TITLE}{_SET}",
        ),
    ),
)
