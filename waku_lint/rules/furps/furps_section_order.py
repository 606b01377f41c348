"""The sections of a feature file stand in the order of FURPS: F, U, R, P, S, +.

Whoever looks for `R2` finds it where it is in every other file. Only the section that is out of
order is told, and a section that goes on further down counts where it begins.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from waku_lint.documents.model import Category, FurpsSet
from waku_lint.project.facts import LETTERS
from waku_lint.rules.base import Examples, Finding, Rule, RuleContext


def check(furps: FurpsSet, _ctx: RuleContext) -> Iterator[Finding]:
    first = {category.letter: category for category in reversed(furps.categories)}
    sections = sorted(first.values(), key=lambda category: category.anchor)
    kept = _in_order(sections)
    for index, section in enumerate(sections):
        if section in kept:
            continue
        before = [each for each in sections[:index] if each in kept and _place(each) > _place(section)]
        where = f"after `{before[0].title.value}`" if before else "too early"
        message = f"section `{section.title.value}` stands {where}; the order is F, U, R, P, S, +"
        yield Finding(section.anchor, message)


def _in_order(sections: list[Category]) -> tuple[Category, ...]:
    """As many of the sections as are in order."""
    for count in range(len(sections), 0, -1):
        for chosen in combinations(sections, count):
            places = [_place(each) for each in chosen]
            if places == sorted(places):
                return chosen
    return ()


def _place(category: Category) -> int:
    return LETTERS.index(category.letter)


_HEAD = "# Relay FURPS\n\n## Functionality\n\n1. Relays.\n\n"
_EXAMPLES = Examples(path="FURPS/core/relay.md")

RULE = Rule(
    code="WL403",
    name="furps-section-order",
    doc=__doc__ or "",
    remedy="Move the section to its place; ids stay as they are, since they go by section.",
    applies_to=FurpsSet,
    check=check,
    examples=(
        _EXAMPLES.clean(f"{_HEAD}## Usability\n\n## Reliability\n\n## Performance\n\n## Supportability\n\n## +\n"),
        _EXAMPLES.clean(f"{_HEAD}## Reliability\n\n## Supportability\n"),
        _EXAMPLES.clean(f"{_HEAD}## Usability\n\n## Functionality (later)\n\n2. Retries.\n"),
        _EXAMPLES.reports(f"{_HEAD}## Reliability\n\n## Usability\n\n## Performance\n", "Usability"),
        _EXAMPLES.reports("# Relay FURPS\n\n## Performance\n\n## Functionality\n\n## Usability\n", "Performance"),
        _EXAMPLES.reports(f"{_HEAD}## +\n\n## Supportability\n", "Supportability"),
    ),
)
