"""The FURPS letters in a summary table are those its deliverables deliver.

`FU__S+` says at a glance which categories a milestone moves; it is written by hand, and the deliverables change
after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from waku_lint.documents.model import Index
from waku_lint.project.facts import LETTERS
from waku_lint.rules.base import Edit, Examples, Finding, Fix, Related, Rule, RuleContext, Severity
from waku_lint.rules.index.entries import other_of_title, page_of


def check(index: Index, ctx: RuleContext) -> Iterator[Finding]:
    for entry in index.entries:
        if entry.furps is None or not re.fullmatch(r"[FURPS+_]{3,6}", entry.furps.value):
            continue
        path = page_of(entry, ctx)
        if path is None or ctx.project.kind(path) != "milestone":
            continue
        letters = ctx.project.letters(path)
        if not letters or set(entry.furps.value) - {"_"} == set(letters):
            continue
        mask = "".join(letter if letter in letters else "_" for letter in LETTERS)
        if other_of_title(entry, path, ctx) is None:  # WL604 reports a link to the wrong page
            message = f"deliverables of `{path.rpartition('/')[2]}` deliver `{mask}`"
            fix = Fix((Edit(entry.furps.span, mask),), safe=True)
            title = ctx.project.title(path)
            related = (Related(path, title.span, title.value),) if title else ()
            yield Finding(entry.furps.span, message, fix, related, about=path)


_DELIVERABLES = (
    "# Relay\n\n## Deliverables\n\n### [Relay metrics](https://github.com/waku-org/pm/issues/101)\n\n"
    "**FURPS**:\n- F1. Nodes relay.\n- S1-2\n- +1. Peers stay unknown.\n"
)
_FILES = {"draft-roadmap/relay.md": _DELIVERABLES, "draft-roadmap/store.md": "# Store\n"}


def _table(mask: str, page: str = "relay") -> str:
    return f"# Summary\n\n| Milestone | FURPS |\n|---|---|\n| [Relay](draft-roadmap/{page}.md) | {mask} |\n"


_EXAMPLES = Examples(path="2025H2-SUMMARY.md", files=_FILES)

RULE = Rule(
    code="WL606",
    name="furps-mask-mismatch",
    doc=__doc__ or "",
    remedy="Write the letters of the categories that the deliverables deliver, and `_` for each other.",
    severity=Severity.WARNING,
    applies_to=Index,
    check=check,
    reaches="index",
    examples=(
        _EXAMPLES.clean(_table("F___S+")),
        _EXAMPLES.clean(_table("TBD")),
        _EXAMPLES.clean(_table("FURPS+", "store")),
        _EXAMPLES.reports(_table("FU__S+"), "FU__S+", fixed=_table("F___S+")),
        _EXAMPLES.reports(_table("FURPS_"), "FURPS_", fixed=_table("F___S+")),
        _EXAMPLES.reports(_table("F___S_"), "F___S_", fixed=_table("F___S+")),
    ),
)
