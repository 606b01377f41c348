"""A FURPS id that a page gives is one that its feature has.

An id counts a statement's place in its category. When a statement is removed or the list is renumbered, pages
that quote it point at nothing, or at another promise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from waku_lint.documents.extract.ids import ALL
from waku_lint.documents.model import Milestone
from waku_lint.project.quotations import Feature, ids_of
from waku_lint.rules.base import Examples, Finding, Related, Rule, RuleContext, Span, Text


def check(milestone: Milestone, ctx: RuleContext) -> Iterator[Finding]:
    for quote in ctx.project.quotes(ctx.document):
        if quote.features and quote.reference.id.value.casefold() != ALL:
            yield from _unknown(quote.reference.id, quote.ids, quote.features)
    for summary in milestone.features:
        target = summary.feature.target
        feature = ctx.project.feature(target.value, ctx.document.path) if target else None
        if feature is not None:
            for identifier in summary.ids:
                yield from _unknown(identifier, ids_of(identifier.value), (feature,))


def _unknown(written: Text, ids: Sequence[str], features: Sequence[Feature]) -> Iterator[Finding]:
    """At most one finding for one id or range."""
    if any(feature.document.troubles for feature in features):
        return
    unknown = [each for each in ids if not any(feature.find(each) for feature in features)]
    if not unknown:
        yield from _struck(written, ids, features)
        return
    feature = features[0]
    known = feature.ids(unknown[0][0])
    has = "none of that category"
    if known:
        has = known[0] if len(set(known)) == 1 else f"{known[0]} to {known[-1]}"
    missing = unknown[0] if len(unknown) == 1 else f"{unknown[0]} to {unknown[-1]}"
    place = feature.furps.title.span if feature.furps.title else Span(0, 0)
    related = Related(feature.document.path, place, f"{feature.title}")
    yield Finding(written.span, f"`{feature.title}` has no {missing}: it has {has}", related=(related,))


def _struck(written: Text, ids: Sequence[str], features: Sequence[Feature]) -> Iterator[Finding]:
    """At most one finding for an id whose statement is struck out."""
    for identifier in ids:
        for feature in features:
            for statement in feature.find(identifier):
                span = statement.span
                if statement.text is None and "~" in feature.document.text[span.start : span.end]:
                    related = Related(feature.document.path, span, f"{identifier} of {feature.title}")
                    yield Finding(written.span, f"`{feature.title}` has struck {identifier} out", related=(related,))
                    return


_PAGE = (
    "# Relay\n\n## Deliverables\n\n### [Relay metrics](https://github.com/waku-org/pm/issues/101)\n\n"
    "**Feature**: [Relay](/FURPS/relay.md)\n\n**FURPS**:\n"
)
_SUMMARY = "# Relay\n\n## FURPS\n\n- [Relay](/FURPS/relay.md): "
_FEATURE = "# Relay FURPS\n\n## Functionality\n\n1. Nodes relay messages.\n2. Nodes count messages.\n3. Nodes forget.\n"
_EXAMPLES = Examples(files={"FURPS/relay.md": _FEATURE})

RULE = Rule(
    code="WL422",
    name="furps-id-unknown",
    doc=__doc__ or "",
    source='"a FURPS" refers to an individual FURPS statement (e.g. "S1. available in libwaku").',
    remedy="Look the statement up in the feature file and give the id it has there now.",
    applies_to=Milestone,
    check=check,
    examples=(
        _EXAMPLES.clean(f"{_PAGE}- F2. Nodes count messages.\n"),
        _EXAMPLES.clean(f"{_PAGE}- F1-3\n"),
        _EXAMPLES.clean(f"{_SUMMARY}F1-2, F3\n"),
        _EXAMPLES.reports(f"{_PAGE}- F4. Nodes sleep.\n", "F4"),
        _EXAMPLES.reports(f"{_PAGE}- F2-5\n", "F2-5"),
        _EXAMPLES.reports(f"{_PAGE}- R1. Nothing is lost.\n", "R1"),
        _EXAMPLES.reports(f"{_SUMMARY}F1-2, P1\n", "P1"),
        _EXAMPLES.reports(
            f"{_PAGE}- F3. Nodes forget.\n",
            "F3",
            files={"FURPS/relay.md": _FEATURE.replace("Nodes forget.", "~~Nodes forget.~~")},
        ),
    ),
)
