"""A performance statement is signed off: by a Grafana panel, and by a simulation of Vac-DST.

What cannot be measured cannot be a statement. Either of the two is enough today; the process of early
2025 wants both. A mark beside the list, as in `All of these: (**Vac-DST**)`, counts for the whole
section; planned (🏗️) and struck statements are not due yet, or no more.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from waku_lint.documents.model import Category, Statement
from waku_lint.rules.base import Examples, Finding, Option, Rule, RuleContext, Severity
from waku_lint.rules.furps.signoff import due

_WANTED: Final = {
    "Grafana": ("Grafana panel", "link the panel"),
    "Vac-DST": ("Vac-DST simulation", "add `(**Vac-DST**)`"),
}


def check(category: Category, ctx: RuleContext) -> Iterator[Finding]:
    if category.letter != "P":
        return
    for statement in due(category, ctx.document.text):
        by = {signoff.value for signoff in (*category.signoffs, *statement.signoffs)}
        missing = [name for name in _WANTED if name not in by]
        if missing and (ctx.options["require"] == "all" or len(missing) == len(_WANTED)):
            yield _finding(statement, missing, ctx.options["require"])


def _finding(statement: Statement, missing: list[str], require: str) -> Finding:
    nouns = [_WANTED[name][0] for name in missing]
    remedy = (" or " if require == "any" else " and ").join(_WANTED[name][1] for name in missing)
    lacks = f"neither a {nouns[0]} nor a {nouns[1]}" if len(nouns) == 2 else f"no {nouns[0]}"
    span = statement.text.span if statement.text else statement.anchor
    return Finding(span, f"{statement.id} has {lacks}; {remedy}")


_HEAD = "# Store FURPS\n\n## Performance\n\n"
_PANEL = "[dashboard](https://grafana.example.org/d/store)"
_EXAMPLES = Examples(path="FURPS/core/store.md")

RULE = Rule(
    code="WL408",
    name="performance-signoff",
    doc=__doc__ or "",
    source=(
        "For every `P` (Performance) there should be a Grafana panel (pointed to fleet), and a **Vac-DST** simulation"
        " to *sign-off* the `P`"
    ),
    remedy="Link the Grafana panel that shows it, or end in `(**Vac-DST**)` for the simulation that attests it.",
    severity=Severity.WARNING,
    applies_to=Category,
    check=check,
    options=(
        Option(
            "require",
            "any",
            "Whether a panel or a simulation is enough (`any`), or both are needed (`all`).",
            {"enum": ["any", "all"]},
        ),
    ),
    examples=(
        _EXAMPLES.clean(f"{_HEAD}1. Answers within 10 ms (**Vac-DST**).\n2. Answers within 5 s, see {_PANEL}.\n"),
        _EXAMPLES.clean(f"{_HEAD}1. Answers within 10 ms.\n2. Deletes within 5 s.\n\nSee {_PANEL}.\n"),
        _EXAMPLES.clean(f"{_HEAD}1. 🏗️ Answers within 10 ms.\n2. ~~Deletes within 5 s.~~\n3. ...\n"),
        _EXAMPLES.clean(f"{_HEAD}1. Answers within 10 ms, see {_PANEL} (**Vac-DST**).\n", preset="waku-classic"),
        _EXAMPLES.reports(f"{_HEAD}1. Answers within 10 ms.\n", "Answers within 10 ms."),
        _EXAMPLES.reports(
            f"{_HEAD}1. Answers within 10 ms (**Vac-QA**).\n2. Deletes within 5 s (**Vac-DST**).\n",
            "Answers within 10 ms (**Vac-QA**).",
        ),
        _EXAMPLES.reports(
            f"{_HEAD}1. Answers within 10 ms (**Vac-DST**).\n",
            "Answers within 10 ms (**Vac-DST**).",
            preset="waku-classic",
        ),
    ),
)
