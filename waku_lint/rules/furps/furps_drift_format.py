"""A quotation has the form of its statement, too: its final stop, its sign-off mark, its spelling of names.

The words agree, so nothing is promised that is not defined; but only what is equal can be searched for,
and the milestone template asks for a copy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from waku_lint.documents.model import Milestone
from waku_lint.project.quotations import compare, differences_of_form, is_remarked, source_of, text_of
from waku_lint.rules.base import Edit, Examples, Finding, Fix, Related, Rule, RuleContext, Severity


def check(_milestone: Milestone, ctx: RuleContext) -> Iterator[Finding]:
    for quote in ctx.project.quotes(ctx.document):
        text = quote.reference.text
        if text is None or len(quote.ids) != 1:
            continue
        statements = [(feature, each, compare(text.value, text_of(each))) for feature, each in quote.statements]
        near = [(feature, each) for feature, each, likeness in statements if likeness == "form" and text_of(each)]
        if not near or any(likeness == "same" for _, _, likeness in statements):
            continue
        feature, statement = near[0]
        defined = text_of(statement)
        what = " and ".join(differences_of_form(text.value, defined)) or "blanks"
        message = f"differs in {what} from {statement.id} of `{feature.title}`, `{_end(defined)}`"
        source = source_of(feature, statement)
        written = ctx.document.text[text.span.start : text.span.end]
        # What the page says more than the statement is not to be lost: a remark, a link, a footnote, struck words.
        lost = source is None or is_remarked(text.value, defined) or re.search(r"[~<]|\]\(|\[\^", written)
        fix = None if lost else Fix((Edit(text.span, source or ""),), safe=True)
        related = Related(feature.document.path, statement.span, f"{statement.id} of {feature.title}")
        yield Finding(text.span, message, fix, (related,))


def _end(text: str) -> str:
    return text if len(text) <= 60 else f"... {text[-50:].partition(' ')[2]}"


_PAGE = (
    "# Relay\n\n## Deliverables\n\n### [Relay metrics](https://github.com/waku-org/pm/issues/101)\n\n"
    "**Feature**: [Relay](/FURPS/relay.md)\n\n**FURPS**:\n"
)
_RELAY = {
    "FURPS/relay.md": "# Relay FURPS\n\n## Functionality\n\n"
    "1. A node relays messages.\n2. A node counts messages of Lightpush (**Vac-DST**)\n"
}
_EXAMPLES = Examples(files=_RELAY)

RULE = Rule(
    code="WL426",
    name="furps-drift-format",
    doc=__doc__ or "",
    remedy="Copy the statement from the feature file.",
    severity=Severity.WARNING,
    applies_to=Milestone,
    check=check,
    examples=(
        _EXAMPLES.clean(f"{_PAGE}- F1. A node relays messages.\n"),
        _EXAMPLES.clean(f"{_PAGE}- F1. A node relays\n  messages. (see below)\n"),
        _EXAMPLES.clean(f"{_PAGE}- F1. A node keeps messages.\n"),
        _EXAMPLES.reports(
            f"{_PAGE}- F1. A node relays messages\n",
            "A node relays messages",
            fixed=f"{_PAGE}- F1. A node relays messages.\n",
        ),
        _EXAMPLES.reports(
            f"{_PAGE}- F2. A node counts messages of Lightpush.\n",
            "A node counts messages of Lightpush.",
            fixed=f"{_PAGE}- F2. A node counts messages of Lightpush (**Vac-DST**)\n",
        ),
        _EXAMPLES.reports(
            f"{_PAGE}- F2. a node counts messages of lightpush (Vac-DST)\n",
            "a node counts messages of lightpush (Vac-DST)",
            fixed=f"{_PAGE}- F2. A node counts messages of Lightpush (**Vac-DST**)\n",
        ),
    ),
)
