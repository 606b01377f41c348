"""A link to a feature is called as the feature is.

A deliverable whose feature link was copied from another one points to the wrong statements. Case, hyphens, the words
`FURPS` and `PoC`, initials (`SDS`) and a name that is a part of the other are understood.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from waku_lint.documents.model import FeatureLink
from waku_lint.project.quotations import Feature
from waku_lint.rules.base import Examples, Finding, Option, Related, Rule, RuleContext, Severity, Span
from waku_lint.rules.wording import words


def check(link: FeatureLink, ctx: RuleContext) -> Iterator[Finding]:
    feature = ctx.project.feature(link.target.value, ctx.document.path) if link.target else None
    if feature is None or not _words(link.title.value):
        return
    short: dict[str, list[str]] = ctx.options["names"]
    known = [feature.title, PurePosixPath(feature.document.path).stem, *short.get(feature.title, ())]
    if any(_words(link.title.value) == _words(name) for name in known):
        return
    if any(_alike(link.title.value, name) for name in known) and not _is_another(link.title.value, feature, ctx):
        return
    place = feature.furps.title.span if feature.furps.title else Span(0, 0)
    related = Related(feature.document.path, place, feature.title)
    message = f"link says `{link.title.value}` and leads to `{feature.title}`"
    yield Finding(link.title.span, message, related=(related,))


def _is_another(name: str, feature: Feature, ctx: RuleContext) -> bool:
    """Whether another feature is called exactly so."""
    called = ctx.project.called("furps", _called).get(_called(name), ())
    return any(path != feature.document.path for path in called)


def _called(name: str) -> str:
    return " ".join(_words(name))


def _words(name: str) -> list[str]:
    return words(name, without=("furps", "poc", "the"))


def _alike(one: str, other: str) -> bool:
    """Whether two names can mean the same feature."""
    ours, theirs = _words(one), _words(other)
    joined, named = "".join(ours), "".join(theirs)
    if joined.startswith(named) or named.startswith(joined) or set(ours) <= set(theirs) or set(theirs) <= set(ours):
        return True
    return joined == "".join(word[0] for word in theirs) or named == "".join(word[0] for word in ours)


_PAGE = "# Relay\n\n## Deliverables\n\n### [Relay metrics](https://github.com/waku-org/pm/issues/101)\n\n"
_FILES = {
    "FURPS/relay.md": "# Relay FURPS\n\n## Functionality\n\n1. Nodes relay.\n",
    "FURPS/sds.md": "# Scalable Data Sync PoC FURPS\n\n## Functionality\n\n1. Data is synced.\n",
}
_EXAMPLES = Examples(files=_FILES)

RULE = Rule(
    code="WL431",
    name="feature-title-mismatch",
    doc=__doc__ or "",
    remedy="Correct the link's target if it leads to the wrong feature, else its text; a short name can be configured.",
    severity=Severity.WARNING,
    applies_to=FeatureLink,
    check=check,
    options=(
        Option(
            "names",
            {},
            "Short names by a feature's title: `{Scalable Data Sync: [sync]}`.",
            {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}},
        ),
    ),
    examples=(
        _EXAMPLES.clean(f"{_PAGE}**Feature**: [relay](/FURPS/relay.md)\n"),
        _EXAMPLES.clean(f"{_PAGE}**Feature**: [SDS](/FURPS/sds.md)\n"),
        _EXAMPLES.clean(f"{_PAGE}**Feature**: [Scalable Data-Sync](/FURPS/sds.md)\n"),
        _EXAMPLES.reports(f"{_PAGE}**Feature**: [Store](/FURPS/relay.md)\n", "Store"),
        _EXAMPLES.reports(f"{_PAGE}**Feature**: [Relay](/FURPS/sds.md)\n", "Relay"),
        _EXAMPLES.reports(
            f"{_PAGE}**Feature**: [Relay](/FURPS/relay_mesh.md)\n",
            "Relay",
            files={**_FILES, "FURPS/relay_mesh.md": "# Relay Mesh FURPS\n"},
        ),
        _EXAMPLES.reports("# Relay\n\n## FURPS\n\n- [Bindings](/FURPS/relay.md): F1\n", "Bindings"),
    ),
)
