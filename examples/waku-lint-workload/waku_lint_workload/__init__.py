"""An owner has at most three open deliverables.

Who works on everything finishes nothing. Counted are the deliverables of the whole roadmap that are not done, in the
order of the pages; each beyond the third is reported, with the places of those before it.
"""

from __future__ import annotations

from collections.abc import Iterator

from waku_lint.documents.model import Deliverable, Document, Milestone
from waku_lint.rules.base import Example, Finding, Option, Project, Related, Rule, RuleContext


def check(milestone: Milestone, ctx: RuleContext) -> Iterator[Finding]:
    for owner in sorted({owner for each in milestone.deliverables for owner in owners_of(each, ctx)}):
        held = [(page, each) for page, each in open_deliverables(ctx.project) if owner in owners_of(each, ctx)]
        most = ctx.options["most"]
        before = tuple(Related(page.path, each.anchor, f"`{each.title.value}`") for page, each in held[:most])
        for page, each in held[most:]:
            if page.path == ctx.document.path:
                message = f"{owner} has {len(held)} open deliverables; at most {most} can be worked on at a time"
                place = next(text.span for text in each.owners if called(text.value, ctx) == owner)
                yield Finding(place, message, related=before)


def open_deliverables(project: Project) -> Iterator[tuple[Document, Deliverable]]:
    for page in project.of_kind("milestone"):
        if isinstance(page.root, Milestone):
            yield from ((page, each) for each in page.root.deliverables if not each.done)


def owners_of(deliverable: Deliverable, ctx: RuleContext) -> set[str]:
    return {called(owner.value, ctx) for owner in deliverable.owners}


def called(owner: str, ctx: RuleContext) -> str:
    return ctx.team(owner) or owner


def _page(*owners: str, box: str = " ") -> str:
    parts = [
        f"### Part {number}\n\n**Owner**: {owner}\n\n**Checklist**:\n- [{box}] Code\n"
        for number, owner in enumerate(owners)
    ]
    return "# Relay\n\n## Deliverables\n\n" + "\n".join(parts)


RULE = Rule(
    code="LOAD001",
    name="owner-workload",
    doc=__doc__ or "",
    remedy="Finish one first, or give the deliverable to somebody else.",
    applies_to=Milestone,
    check=check,
    options=(Option("most", 3, "How many open deliverables an owner can have.", {"type": "integer", "minimum": 1}),),
    examples=(
        Example(_page("nwaku", "nwaku", "nwaku", "js-waku")),
        Example(_page("nwaku", "nwaku", "nwaku", "nwaku", box="x")),
        Example(_page("nwaku", "nwaku", "nwaku", "nwaku"), reports=("nwaku",)),
        Example(_page("nwaku"), reports=("nwaku",), files={"draft-roadmap/a.md": _page("nwaku", "nwaku", "nwaku")}),
        Example(_page("nwaku"), files={"draft-roadmap/z.md": _page("nwaku", "nwaku", "nwaku")}),
        Example(_page("core research", "Core Research", "Core Research", "CORE RESEARCH"), reports=("CORE RESEARCH",)),
    ),
)

RULES = (RULE,)
