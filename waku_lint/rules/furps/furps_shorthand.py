"""A deliverable lists statements one by one, not as `F1-11` or `all`.

A range means something else as soon as the feature gains a statement, and nobody sees it. The milestone template asks
for a copy of each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from waku_lint.documents.extract.ids import ALL, RANGE
from waku_lint.documents.model import Milestone
from waku_lint.positions import line_end, line_start
from waku_lint.project.quotations import Quote, source_of
from waku_lint.rules.base import Edit, Examples, Finding, Fix, Rule, RuleContext, Severity, Span


def check(_milestone: Milestone, ctx: RuleContext) -> Iterator[Finding]:
    quotes = ctx.project.quotes(ctx.document)
    named = Counter((quote.deliverable.span, each) for quote in quotes for each in quote.ids)
    for quote in quotes:
        written = quote.reference.id
        short = written.value.casefold() == ALL or RANGE.fullmatch(written.value)
        if short and quote.deliverable.form == "section":
            message = f"`{written.value}` is shorthand; list each statement, `F1. ...`, on a line of its own"
            # What is named elsewhere, too, would be listed twice.
            once = all(named[quote.deliverable.span, each] == 1 for each in quote.ids)
            yield Finding(written.span, message, _listed(quote, ctx.document.text) if once else None)


def _listed(quote: Quote, text: str) -> Fix | None:
    """The statements as items, where the shorthand is an item and every statement is there."""
    if quote.reference.place != "item" or quote.reference.text is not None or not quote.features:
        return None
    found = [
        (identifier, [(feature, each) for feature in quote.features for each in feature.find(identifier)])
        for identifier in quote.ids
    ]
    sources = [(identifier, source_of(*each[0]) if len(each) == 1 else None) for identifier, each in found]
    if not sources or any(source is None for _, source in sources):
        return None
    span = Span(quote.reference.id.span.start, _end(quote))
    start = line_start(text, span.start)
    lines = [f"{identifier}. {source}" for identifier, source in sources]
    return Fix((Edit(span, f"{line_end(text)}{text[start : span.start]}".join(lines)),), safe=True)


def _end(quote: Quote) -> int:
    separator = quote.reference.separator
    return separator.span.end if separator else quote.reference.id.span.end


_PAGE = (
    "# Relay\n\n## Deliverables\n\n### [Relay metrics](https://github.com/waku-org/pm/issues/101)\n\n"
    "**Feature**: [Relay](/FURPS/relay.md)\n\n**FURPS**:\n"
)
_RELAY = {"FURPS/relay.md": "# Relay FURPS\n\n## Functionality\n\n1. Nodes relay.\n2. Nodes count.\n"}
_EXAMPLES = Examples(files=_RELAY)

RULE = Rule(
    code="WL430",
    name="furps-shorthand",
    doc=__doc__ or "",
    remedy="Replace it by an item for each statement, copied from the feature file.",
    severity=Severity.WARNING,
    applies_to=Milestone,
    check=check,
    examples=(
        _EXAMPLES.clean(f"{_PAGE}- F1. Nodes relay.\n- F2. Nodes count.\n"),
        _EXAMPLES.clean(f"{_PAGE}- F1, F2\n"),
        _EXAMPLES.clean("# Relay\n\n## Deliverables\n\n- Relay metrics: F1-2 (nwaku)\n"),
        _EXAMPLES.reports(f"{_PAGE}- F1-2\n", "F1-2", fixed=f"{_PAGE}- F1. Nodes relay.\n- F2. Nodes count.\n"),
        _EXAMPLES.reports(f"{_PAGE}- F1. Nodes relay.\n- all\n", "all"),
        _EXAMPLES.reports(f"{_PAGE}* all\n", "all", fixed=f"{_PAGE}* F1. Nodes relay.\n* F2. Nodes count.\n"),
        _EXAMPLES.reports(f"{_PAGE.rstrip()} F1-2\n", "F1-2"),
    ),
)
