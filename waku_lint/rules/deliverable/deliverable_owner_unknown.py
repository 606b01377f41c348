"""A deliverable's owner is a team of the project, by the name the project gives it.

Owners are compared with the configured `teams`. An alias, or the name in another case, is understood,
so it is only a warning: everybody finds a team's work sooner under one name.
"""

from __future__ import annotations

from collections.abc import Iterator

from waku_lint.config.file import folded
from waku_lint.documents.model import Deliverable
from waku_lint.errors import did_you_mean
from waku_lint.rules.base import Edit, Example, Finding, Fix, Rule, RuleContext, Severity
from waku_lint.rules.wording import is_placeholder, names_several, teams_by_name


def check(deliverable: Deliverable, ctx: RuleContext) -> Iterator[Finding]:
    if not ctx.teams:
        return
    by_name = teams_by_name(ctx.teams)
    for owner in deliverable.owners:
        if owner.value in ctx.teams or is_placeholder(owner.value):
            continue  # WL103 reports a placeholder
        team = by_name.get(folded(owner.value))
        if team is not None:
            fix = Fix((Edit(owner.span, team),), safe=True)
            only_case = folded(team) == folded(owner.value)
            message = (
                f"the team is called `{team}`, not `{owner.value}`{': only the case differs' if only_case else ''}"
            )
            yield Finding(owner.span, message, fix, severity=Severity.WARNING)
        elif names_several(owner.value, by_name):
            yield Finding(owner.span, f"`{owner.value}` names more than one team; `/` does not separate them")
        else:
            hint = did_you_mean(owner.value, list(ctx.teams))
            yield Finding(owner.span, f"`{owner.value}` is not a known team; {hint}")


_PAGE = "# Relay\n\n## Deliverables\n\n"

RULE = Rule(
    code="WL304",
    name="deliverable-owner-unknown",
    doc=__doc__ or "",
    source="The Waku team is currently organized in the following subteams",
    remedy="Name one of the teams of the configuration, or add the team under `teams` in `.waku-lint.yaml`.",
    applies_to=Deliverable,
    check=check,
    examples=(
        Example(f"{_PAGE}### Relay metrics\n\n**Owner**: nwaku\n"),
        Example(f"{_PAGE}- Relay metrics: F1 (nwaku, Core Research)\n"),
        Example(f"{_PAGE}### Relay metrics\n\n**Owner**: {{team}}\n"),
        Example(f"{_PAGE}### Relay metrics\n\n**Owner**: nwakku\n", reports=("nwakku",)),
        Example(
            f"{_PAGE}### Relay metrics\n\n**Owner**: core research\n",
            reports=("core research",),
            fixed=f"{_PAGE}### Relay metrics\n\n**Owner**: Core Research\n",
        ),
        Example(f"{_PAGE}- Relay metrics: F1 (nwaku/js-waku)\n", reports=("nwaku/js-waku",)),
        Example(f"{_PAGE}- Relay metrics: F1 (nwaku, marketing)\n", reports=("marketing",)),
        Example(
            f"{_PAGE}### Relay metrics\n\n**Owner**: App/Chat Dev\n",
            reports=("App/Chat Dev",),
            fixed=f"{_PAGE}### Relay metrics\n\n**Owner**: Chat/App Dev\n",
        ),
    ),
)
