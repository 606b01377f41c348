"""A page's FURPS summary agrees with its deliverables.

The summary is what people read; the deliverables are what is built. A feature or id that stands on one side only
is promised and not delivered, or delivered and not announced.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from waku_lint.documents.extract.ids import ALL, ID, span_of_ids
from waku_lint.documents.model import FeatureSummary, Milestone
from waku_lint.project.quotations import Feature
from waku_lint.rules.base import Examples, Finding, Rule, RuleContext, Severity


def check(milestone: Milestone, ctx: RuleContext) -> Iterator[Finding]:
    quotes = ctx.project.quotes(ctx.document)
    named = [feature for deliverable in milestone.deliverables for feature in deliverable.features]
    if not named or any(quote.features is None for quote in quotes):
        return  # deliverables without features of their own deliver the page's
    # A malformed id, or one of no feature, is reported by WL424 or WL309.
    unread = any(not quote.ids or not quote.features for quote in quotes)
    # A deliverable that says in prose what it is may be of any feature.
    unsaid = any(not (each.features or each.no_furps or each.output) for each in milestone.deliverables)
    delivered: dict[str, set[str]] = {}
    for link in named:
        feature = ctx.project.feature(link.target.value, ctx.document.path) if link.target else None
        if feature is not None:
            delivered.setdefault(feature.document.path, set())
    for quote in quotes:
        for feature in quote.features or ():
            delivered.setdefault(feature.document.path, set()).update(quote.ids)
    summed: set[str] = set()
    for summary in milestone.features:
        target = summary.feature.target
        feature = ctx.project.feature(target.value, ctx.document.path) if target else None
        if feature is not None:
            summed.add(feature.document.path)
        if feature is not None and summary.note is None and not unsaid:
            yield from _compare(summary, feature, {} if unread else delivered, set(delivered))
    missing = [
        feature.title
        for path in sorted(set(delivered) - summed if summed else ())
        if (feature := ctx.project.feature(f"/{path}", "")) is not None
    ]
    if missing:
        titles = ", ".join(f"`{title}`" for title in missing)
        yield Finding(
            milestone.features[0].span,
            f"summary leaves out {titles}, of which this page's deliverables have statements",
            subject="left out",
        )


def _compare(
    summary: FeatureSummary, feature: Feature, delivered: dict[str, set[str]], features: set[str]
) -> Iterator[Finding]:
    path = feature.document.path
    if path not in features:
        yield Finding(summary.feature.span, f"no deliverable of this page is of the feature `{feature.title}`")
        return
    given = {each for text in summary.ids for each in _ids(text.value, feature)}
    if not given or path not in delivered:
        return
    only_here = [each.id for each in feature.statements if each.id in given - delivered[path]]
    only_there = [each.id for each in feature.statements if each.id in delivered[path] - given]
    parts = []
    if only_here:
        parts.append(f"{', '.join(only_here)} {_is(only_here)} in no deliverable")
    if only_there:
        parts.append(f"{', '.join(only_there)} {_is(only_there)} delivered and not in the summary")
    if parts:
        yield Finding(summary.span, f"summary of `{feature.title}`: {'; '.join(parts)}")


def _is(ids: Sequence[str]) -> str:
    return "is" if len(ids) == 1 else "are"


def _ids(token: str, feature: Feature) -> tuple[str, ...]:
    if token.casefold() == ALL:
        return tuple(statement.id for statement in feature.statements)
    return (token,) if ID.fullmatch(token) else span_of_ids(token)


_FILES = {
    "FURPS/relay.md": "# Relay FURPS\n\n## Functionality\n\n1. Nodes relay.\n2. Nodes count.\n3. Nodes forget.\n",
    "FURPS/store.md": "# Store FURPS\n\n## Functionality\n\n1. Nodes store.\n",
}
_DELIVERABLES = (
    "\n## Deliverables\n\n### [Relay metrics](https://github.com/waku-org/pm/issues/101)\n\n"
    "**Feature**: [Relay](/FURPS/relay.md)\n\n**FURPS**:\n- F1. Nodes relay.\n- F2. Nodes count.\n"
)
_SUMMARY = "# Relay\n\n## FURPS\n\n"
_EXAMPLES = Examples(files=_FILES)

RULE = Rule(
    code="WL212",
    name="milestone-furps-summary",
    doc=__doc__ or "",
    remedy="Correct the summary, or the deliverables.",
    severity=Severity.WARNING,
    applies_to=Milestone,
    check=check,
    examples=(
        _EXAMPLES.clean(f"{_SUMMARY}- [Relay](/FURPS/relay.md): F1-2\n{_DELIVERABLES}"),
        _EXAMPLES.clean(f"{_SUMMARY}[Relay](/FURPS/relay.md)\n{_DELIVERABLES}"),
        _EXAMPLES.clean(f"{_SUMMARY}See deliverables.\n{_DELIVERABLES}"),
        _EXAMPLES.reports(
            f"{_SUMMARY}- [Relay](/FURPS/relay.md): F1, F3\n{_DELIVERABLES}", "[Relay](/FURPS/relay.md): F1, F3"
        ),
        _EXAMPLES.reports(
            f"{_SUMMARY}- [Relay](/FURPS/relay.md): F1-2\n- [Store](/FURPS/store.md): F1\n{_DELIVERABLES}",
            "[Store](/FURPS/store.md)",
        ),
        _EXAMPLES.reports(
            f"{_SUMMARY}- [Store](/FURPS/store.md)\n{_DELIVERABLES}",
            "[Store](/FURPS/store.md)",
            "[Store](/FURPS/store.md)",
        ),
    ),
)
