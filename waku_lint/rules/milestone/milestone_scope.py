"""A milestone is just enough to learn from: few deliverables, and nothing that would only be nice to have.

What can be left out delays what cannot. Of the text only headings are looked at: a page that says in prose
what it leaves out does as the process wants.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from waku_lint.documents.model import Milestone
from waku_lint.rules.base import Example, Finding, Option, Rule, RuleContext, Severity

_HEADINGS: Final = ["nice to have", "nice-to-have", "advanced", "stretch", "bonus", "if time permits"]


def check(milestone: Milestone, ctx: RuleContext) -> Iterator[Finding]:
    count, most = len(milestone.deliverables), ctx.options["max"]
    if count > most:
        where = milestone.deliverables_heading.span if milestone.deliverables_heading else milestone.anchor
        message = f"milestone has {count} deliverables, more than {most}; can some wait for a further milestone?"
        yield Finding(where, message)
    if not ctx.options["headings"]:
        return
    pattern = _beyond(ctx.options["headings"])
    for title in (*(each.title for each in milestone.sections), *(each.title for each in milestone.deliverables)):
        match = pattern.search(title.value)
        if match:
            message = f"`{match['words']}` is beyond what the milestone needs; leave it to a further milestone"
            yield Finding(title.span, message)


def _beyond(headings: Sequence[str]) -> re.Pattern[str]:
    """The words where they are what a heading says of its section: first in it, or a remark at its end."""
    words = "|".join(map(re.escape, headings))
    return re.compile(rf"(?:\A\W*|[(\[:\u2013\u2014]\s*|\s-\s+)(?P<words>{words})(?!\w)", re.IGNORECASE)


_PAGE = "# Relay\n\n## Deliverables\n\n"

RULE = Rule(
    code="WL213",
    name="milestone-scope",
    doc=__doc__ or "",
    source="This means descoping any advanced features and aiming for a MVP-level delivery.",
    remedy="Keep what is needed to assess the feature's effect, and plan the rest once that is known.",
    severity=Severity.WARNING,
    applies_to=Milestone,
    check=check,
    options=(
        Option("max", 6, "How many deliverables a milestone has at most.", {"type": "integer", "minimum": 1}),
        Option(
            "headings",
            _HEADINGS,
            "Words that show, first in a heading or in a remark at its end, that something is not needed.",
            {"type": "array", "items": {"type": "string", "minLength": 1}},
        ),
    ),
    examples=(
        Example(f"{_PAGE}- Metrics: F1 (nwaku)\n- Panel: F2 (nwaku)\n"),
        Example("# Relay\n\nNice to have, and so out of scope: alerts.\n"),
        Example(f"{_PAGE}### Research advanced shaping\n\n**Owner**: Core Research\n"),
        Example("# Relay\n\n## Nice to have\n\nAlerts.\n", reports=("Nice to have",)),
        Example(f"{_PAGE}### Alerts (stretch goal)\n\n**Owner**: nwaku\n", reports=("Alerts (stretch goal)",)),
        Example(_PAGE + "".join(f"- Part {number}: F{number} (nwaku)\n" for number in range(1, 8)), ("Deliverables",)),
    ),
)
