"""A deliverable quotes the statements it delivers, not their ids alone.

The milestone template asks for the full statement: the owner reads the page, not the feature file, and only a
quotation shows when the statement has changed since.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from waku_lint.documents.extract.ids import ID
from waku_lint.documents.model import Milestone
from waku_lint.project.quotations import Quote, source_of
from waku_lint.regexes import lazy
from waku_lint.rules.base import Edit, Examples, Finding, Fix, Related, Rule, RuleContext, Severity, Span

# An id's line after which nothing, a blank line, an item or another id comes.
_ENDS: Final = lazy(r"[^\r\n]*(?:\r\n|\r(?!\n)|\n|\Z)[ \t]*(?:\Z|[\r\n]|[-*+] |[*_]*(?:[FURPS]|\+)\d)")


def check(_milestone: Milestone, ctx: RuleContext) -> Iterator[Finding]:
    for quote in ctx.project.quotes(ctx.document):
        reference = quote.reference
        alone = reference.text is None and reference.place != "inline" and ID.fullmatch(reference.id.value)
        stated = any(statement.text is not None for _, statement in quote.statements)
        if alone and (quote.features is None or stated):  # else WL422 reports the id
            yield _missing(quote, ctx.document.text)


def _missing(quote: Quote, text: str) -> Finding:
    identifier = quote.reference.id
    message = f"{identifier.value} stands without its statement; write `{identifier.value}. ` and the full text"
    defined = [(feature, each) for feature, each in quote.statements if each.text is not None]
    source = source_of(*defined[0]) if len(defined) == 1 else None
    if source is None:
        return Finding(identifier.span, message)
    feature, statement = defined[0]
    separator = quote.reference.separator
    end = separator.span.end if separator else identifier.span.end
    if quote.reference.place == "line" and not _ENDS.match(text, end):
        return Finding(identifier.span, message)  # the next line may be its statement
    edit = Edit(Span(identifier.span.end, end), f". {source}")
    related = Related(feature.document.path, statement.span, f"{statement.id} of {feature.title}")
    return Finding(identifier.span, message, Fix((edit,), safe=True), (related,))


_PAGE = (
    "# Relay\n\n## Deliverables\n\n### [Relay metrics](https://github.com/waku-org/pm/issues/101)\n\n"
    "**Feature**: [Relay](/FURPS/relay.md)\n\n**FURPS**:\n"
)
_RELAY = {"FURPS/relay.md": "# Relay FURPS\n\n## Functionality\n\n1. Nodes relay.\n2. Nodes `count`.\n"}
_EXAMPLES = Examples(files=_RELAY)

RULE = Rule(
    code="WL428",
    name="furps-text-missing",
    doc=__doc__ or "",
    remedy="Copy the full statement from the feature file behind the id.",
    severity=Severity.WARNING,
    applies_to=Milestone,
    check=check,
    examples=(
        _EXAMPLES.clean(f"{_PAGE}- F1. Nodes relay.\n"),
        _EXAMPLES.clean(f"{_PAGE}- F1-2\n"),
        _EXAMPLES.clean(f"{_PAGE}- F1. ~~Nodes relay.~~\n- F2 ~~Nodes\n  `count`.~~\n"),
        _EXAMPLES.reports(f"{_PAGE}- F1 ~~F2~~\n", "F1", fixed=f"{_PAGE}- F1. Nodes relay. ~~F2~~\n"),
        _EXAMPLES.clean("# Relay\n\n## Deliverables\n\n- Relay metrics: F1, F2 (nwaku)\n"),
        _EXAMPLES.reports(f"{_PAGE}- F1\n", "F1", fixed=f"{_PAGE}- F1. Nodes relay.\n"),
        _EXAMPLES.reports(
            f"{_PAGE}- F1. Nodes relay.\n- F2.\n", "F2", fixed=f"{_PAGE}- F1. Nodes relay.\n- F2. Nodes `count`.\n"
        ),
        _EXAMPLES.reports(f"{_PAGE}\nF1.\nNodes relay.\n", "F1"),
        _EXAMPLES.reports(f"{_PAGE}\nF1.\nNodes relay.\n".replace("\n", "\r\n"), "F1"),
        _EXAMPLES.reports(
            f"{_PAGE}\nF1\nF2. Nodes count.\n", "F1", fixed=f"{_PAGE}\nF1. Nodes relay.\nF2. Nodes count.\n"
        ),
        _EXAMPLES.reports(f"{_PAGE.replace('relay.md', 'gone.md')}- U1\n", "U1", files={}),
    ),
)
