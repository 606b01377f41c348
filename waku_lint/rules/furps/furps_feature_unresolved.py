"""A deliverable's feature is a link to a feature file.

Its statements are looked up there: without it nobody can tell what `F1` means. A link to a file that is
not there is reported by link-broken (WL107).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from waku_lint.documents.model import FeatureLink, Milestone
from waku_lint.project.links import is_local
from waku_lint.rules.base import Examples, Finding, Rule, RuleContext, Severity
from waku_lint.rules.wording import is_placeholder

_NONE: Final = ("n/a", "none", "no furps", "-", "na")


def check(milestone: Milestone, ctx: RuleContext) -> Iterator[Finding]:
    for deliverable in milestone.deliverables:
        for feature in deliverable.features:
            yield from _feature(feature, ctx)


def _feature(feature: FeatureLink, ctx: RuleContext) -> Iterator[Finding]:
    name = feature.title.value
    if feature.target is None:
        if name.casefold() in _NONE:
            yield Finding(feature.span, "a deliverable without a feature says `**No FURPS**`, and its output")
        elif "://" in name:
            yield Finding(feature.span, "feature is an address; link its file: `[name](/FURPS/...)`")
        elif not name.startswith("[") and not is_placeholder(name):  # WL105, WL103 report these
            yield Finding(feature.span, f"feature `{name}` links no feature file: write `[{name}](/FURPS/...)`")
        return
    target = feature.target.value
    if target.startswith(("{", "<")) or not target:
        return  # WL103, WL106
    if not is_local(target):
        message = "feature is linked by an address, so its statements cannot be looked up; link the file: `/FURPS/...`"
        yield Finding(feature.target.span, message, severity=Severity.WARNING)
        return
    path = ctx.project.tree.locate(target, ctx.document.path)
    if path is not None and ctx.project.kind(path) != "furps":
        yield Finding(feature.target.span, f"`{path or '/'}` is no feature file; link the file that has the statements")


_PAGE = "# Relay\n\n## Deliverables\n\n### [Relay metrics](https://github.com/waku-org/pm/issues/101)\n\n"
_EXAMPLES = Examples(files={"FURPS/core/relay.md": "# Relay FURPS\n\n## Functionality\n\n1. Nodes relay messages.\n"})

RULE = Rule(
    code="WL421",
    name="furps-feature-unresolved",
    doc=__doc__ or "",
    source="A deliverable is the work tackled by one subteam in regards to one FURPS set.",
    remedy="Link the feature's file: `**Feature**: [Relay](/FURPS/core/relay.md)`.",
    applies_to=Milestone,
    check=check,
    examples=(
        _EXAMPLES.clean(f"{_PAGE}**Feature**: [Relay](/FURPS/core/relay.md)\n"),
        _EXAMPLES.clean(f"{_PAGE}**Feature**: [Relay](../FURPS/core/relay.md#functionality)\n"),
        _EXAMPLES.clean(f"{_PAGE}**Feature**: [Relay](/FURPS/core/gone.md)\n"),
        _EXAMPLES.reports(f"{_PAGE}**Feature**: Relay\n", "Relay"),
        _EXAMPLES.reports(f"{_PAGE}**Feature**: N/A\n", "N/A"),
        _EXAMPLES.reports(f"{_PAGE}**Feature**: [Relay](https://example.org/relay)\n", "https://example.org/relay"),
        _EXAMPLES.reports(f"{_PAGE}**Feature**: [Relay](/FURPS/)\n", "/FURPS/"),
        _EXAMPLES.reports(f"{_PAGE}**Feature**: [Relay](relay.md)\n", "relay.md"),
    ),
)
