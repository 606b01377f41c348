"""A deliverable's checklist has an item for each thing that makes it done: specs, code, dogfooding, docs.

An item is recognised by how its label begins, so `Dogfooding` and `Documentation` count as well.
"""

from __future__ import annotations

from collections.abc import Iterator

from waku_lint.model import Deliverable
from waku_lint.rules.base import Example, Finding, Option, Rule, RuleContext


def check(deliverable: Deliverable, ctx: RuleContext) -> Iterator[Finding]:
    checklist = deliverable.checklist
    if checklist is None:
        return  # WL312 reports a missing checklist
    labels = [item.label.value.casefold() for item in checklist.items]
    for item in ctx.options["items"]:
        if not any(label.startswith(_stem(item)) for label in labels):
            yield Finding(checklist.anchor, f"checklist of `{deliverable.title.value}` has no `{item}` item")


def _stem(item: str) -> str:
    """What every form of the word begins with: `doc` for Docs, `dogfood` for Dogfooding."""
    word = item.casefold()
    return word.removesuffix("ing").removesuffix("s") if len(word) > 3 else word


_PAGE = "# Relay\n\n## Deliverables\n\n### Relay metrics\n\n**Owner**: nwaku\n\n"

RULE = Rule(
    code="WL313",
    name="deliverable-checklist-item-missing",
    doc=__doc__ or "",
    source="MUST have a checklist to ensure the following items are done",
    remedy="Add the item to the checklist, such as `- [ ] Docs: link to the page`.",
    applies_to=Deliverable,
    check=check,
    options=(
        Option(
            "items",
            ["Specs", "Code", "Dogfood", "Docs"],
            "The items a checklist must have.",
            {"type": "array", "items": {"type": "string", "minLength": 1}},
        ),
    ),
    examples=(
        Example(f"{_PAGE}**Checklist**:\n- [ ] Specs: a\n- [ ] Code: b\n- [x] Dogfooding: c\n- [ ] Documentation\n"),
        Example(f"{_PAGE}**Checklist**:\n- [ ] Specs: a\n- [ ] Code: b\n- [ ] Dogfood: c\n", reports=("Checklist",)),
        Example(f"{_PAGE}**Checklist**:\n- [ ] Code: b\n- [ ] Docs\n", reports=("Checklist", "Checklist")),
    ),
)
