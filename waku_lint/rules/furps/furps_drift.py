"""A deliverable that quotes a statement quotes it as its feature has it.

The feature file is the authority, and the milestone template asks for a copy: a quotation that has drifted tells the
owner to build what nobody agreed to. Line breaks, kinds of quotation marks, struck words and a remark after the
statement do not count. A difference of form alone is reported by furps-drift-format (WL426).
"""

from __future__ import annotations

from collections.abc import Iterator

from waku_lint.documents.model import Milestone
from waku_lint.project.quotations import Quote, compare, is_remarked, source_of, text_of, word_diff
from waku_lint.rules.base import Edit, Examples, Finding, Fix, Related, Rule, RuleContext, Severity, Text

MAX_DIFF = 200  # characters of a difference that a message shows


def check(_milestone: Milestone, ctx: RuleContext) -> Iterator[Finding]:
    for quote in ctx.project.quotes(ctx.document):
        if quote.reference.text is not None and len(quote.ids) == 1:
            yield from _drift(quote, quote.reference.text)


def _drift(quote: Quote, text: Text) -> Iterator[Finding]:
    statements = [each for each in quote.statements if text_of(each[1])]
    if not statements or any(compare(text.value, text_of(statement)) != "drift" for _, statement in statements):
        return
    feature, statement = statements[0]
    related = [Related(feature.document.path, statement.span, f"{statement.id} of {feature.title}")]
    others = (each for each in feature.statements if text_of(each) and compare(text.value, text_of(each)) != "drift")
    other = next(others, None)
    if other is not None:
        message = f"`{quote.ids[0]}` is quoted with the text of {other.id} of `{feature.title}`"
        related.append(Related(feature.document.path, other.span, f"{other.id} of {feature.title}"))
        yield Finding(text.span, message, related=tuple(related))
        return
    difference = word_diff(text.value, text_of(statement))
    if len(difference) > MAX_DIFF:
        difference = f"{difference[: MAX_DIFF - 4]} ..."
    message = f"differs from {statement.id} of `{feature.title}` ([-quoted-] {{+defined+}}): {difference}"
    source = source_of(feature, statement)
    # Which side is right is a person's call; a remark after the quotation is not to be lost.
    lost = source is None or is_remarked(text.value, text_of(statement))
    fix = None if lost else Fix((Edit(text.span, source or ""),), safe=False)
    yield Finding(text.span, message, fix, tuple(related))


_PAGE = (
    "# Relay\n\n## Deliverables\n\n### [Relay metrics](https://github.com/waku-org/pm/issues/101)\n\n"
    "**Feature**: [Relay](/FURPS/relay.md)\n\n**FURPS**:\n"
)
_RELAY = {
    "FURPS/relay.md": "# Relay FURPS\n\n## Functionality\n\n"
    "1. A node relays messages of ~~all~~ topics it's\n   subscribed to.\n"
    "2. A node counts `store` queries (**Vac-DST**).\n"
}
_EXAMPLES = Examples(files=_RELAY)

RULE = Rule(
    code="WL425",
    name="furps-drift",
    doc=__doc__ or "",
    remedy="Copy the statement from the feature file, or change it there if the page is right.",
    severity=Severity.WARNING,
    applies_to=Milestone,
    check=check,
    examples=(
        _EXAMPLES.clean(f"{_PAGE}- F1. A node relays messages of topics it\u2019s subscribed to.\n"),
        _EXAMPLES.clean(f"{_PAGE}- F2. A node counts store\n  queries *(deferred to v0.2)*\n"),
        _EXAMPLES.clean(f"{_PAGE}- F2\n"),
        _EXAMPLES.reports(
            f"{_PAGE}- F1. A node forwards messages of topics it's subscribed to.\n",
            "A node forwards messages of topics it's subscribed to.",
            fixed=f"{_PAGE}- F1. A node relays messages of ~~all~~ topics it's subscribed to.\n",
        ),
        _EXAMPLES.reports(
            f"{_PAGE}- F2. A node counts **all** queries.\n",
            "A node counts **all** queries.",
            fixed=f"{_PAGE}- F2. A node counts `store` queries (**Vac-DST**).\n",
        ),
        _EXAMPLES.reports(f"{_PAGE}- F1. A node counts `store` queries.\n", "A node counts `store` queries."),
    ),
)
