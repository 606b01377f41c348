"""What a weekly update tells starts with the team that did it, as in `[nwaku] counts messages`.

With several teams at one deliverable, the tag says whom to ask. A tag is a team's name, one of its aliases,
or a word of these: `[research]` stands for Core Research. An update without any tag is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from waku_lint.config.file import folded
from waku_lint.documents.extract.update import statuses_of
from waku_lint.documents.model import Update
from waku_lint.errors import did_you_mean
from waku_lint.regexes import lazy
from waku_lint.rules.base import Examples, Finding, Rule, RuleContext, Severity
from waku_lint.rules.wording import teams_by_name

_SEPARATOR: Final = lazy(r"\s*[,&+]\s*|\s+and\s+")
_WORD: Final = lazy(r"[\w.-]+")


def check(update: Update, ctx: RuleContext) -> Iterator[Finding]:
    known = set(teams_by_name(ctx.teams))
    known |= {word for name in known for word in _WORD.findall(name)}
    items = [item for section in update.sections for status in statuses_of(section) for item in status.items]
    if not any(item.team for item in items):
        return
    for item in items:
        if item.team is None:
            if item.text.value:
                yield Finding(item.text.span, "no team is named; begin with its tag, as in `[team] what was done`")
            continue
        for team in _SEPARATOR.split(item.team.value):
            name = folded(team)
            if known and name not in known and not all(part.strip() in known for part in name.split("/")):
                yield Finding(item.team.span, f"`{team}` is not a known team; {did_you_mean(team, sorted(known))}")


_HEAD = "## [Milestone - Offline relay](https://github.com/waku-org/pm/milestone/12)\n\n- [Relay metrics](https://github.com/waku-org/pm/issues/101)\n"
_EXAMPLES = Examples(path="content/waku/updates/2025-03-03.md")

RULE = Rule(
    code="WL707",
    name="update-team-tag",
    doc=__doc__ or "",
    severity=Severity.WARNING,
    remedy="Begin with the team in brackets, such as `[nwaku]`; a team that is missing is added under `teams`.",
    applies_to=Update,
    check=check,
    examples=(
        _EXAMPLES.clean(f"{_HEAD}  - achieved: [nwaku] counts messages\n  - next: [research] a draft\n"),
        _EXAMPLES.clean(f"{_HEAD}  - achieved:\n    - [nwaku] counts messages\n      - by shard\n"),
        _EXAMPLES.clean("## Other Work\n\n- achieved:\n  - three calls\n"),
        _EXAMPLES.reports(
            f"{_HEAD}  - achieved: [nwaku] counts messages\n  - next:\n    - a dashboard\n      - by shard\n",
            "a dashboard",
        ),
        _EXAMPLES.reports(
            f"{_HEAD}  - achieved: [nwaku] counts messages\n\n## Other Work\n\n- next: three calls\n", "three calls"
        ),
        _EXAMPLES.reports(f"{_HEAD}  - achieved:\n    - [nwalu] counts messages\n", "nwalu"),
    ),
)
