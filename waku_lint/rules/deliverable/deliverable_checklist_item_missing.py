"""A deliverable's checklist has an item for each thing that makes it done: specs, code, dogfooding, docs.

An item is recognised by a word of its label that begins like it, so `Dogfooding`, `Documentation` and `Write docs`
count as well. A struck item counts: somebody has thought of it, and decided.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from waku_lint.documents.model import Checklist, Deliverable
from waku_lint.regexes import lazy
from waku_lint.rules.base import Edit, Example, Finding, Fix, Option, Rule, RuleContext, Span
from waku_lint.rules.wording import CHECKLIST, stem

_TASK: Final = lazy(r"(?P<end>\r\n|\r|\n)(?P<bullet>[ \t]*[-*+][ \t]+)\[[ xX]\][ \t]+\Z")
_STRUCK: Final = lazy(r"(?<![^\r\n])[ \t]*[-*+][ \t]+(?:\[[ xX]?\][ \t]+)?~~?([^~\r\n]+)~")


def check(deliverable: Deliverable, ctx: RuleContext) -> Iterator[Finding]:
    checklist = deliverable.checklist
    if checklist is None:
        return  # WL312 reports a missing checklist
    text = ctx.document.text
    struck = _STRUCK.findall(text[checklist.span.start : checklist.span.end])
    labels = [
        label.partition(":")[0].casefold() for label in (*(item.label.value for item in checklist.items), *struck)
    ]
    for item in ctx.options["items"]:
        if not any(re.search(rf"(?<!\w){re.escape(stem(item))}", label) for label in labels):
            title = deliverable.title.value
            message = f"checklist of `{title}` has no `{item}` item"
            fix = _added(item, checklist, text)
            yield Finding(checklist.anchor, message, fix, subject=f"{title}: {item}")


def _added(item: str, checklist: Checklist, text: str) -> Fix | None:
    """The item, open, below the last one, written as the first one; None where that is no plain task."""
    first, last = checklist.items[:1], checklist.items[-1:]
    task = _TASK.search(text, checklist.span.start, first[0].label.span.start) if first else None
    if task is None:
        return None
    end = last[0].span.start + len(text[last[0].span.start : last[0].span.end].rstrip())
    return Fix((Edit(Span(end, end), f"{task['end']}{task['bullet']}[ ] {item}"),), safe=True)


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
            list(CHECKLIST),
            "The items a checklist must have.",
            {"type": "array", "items": {"type": "string", "minLength": 1}},
        ),
    ),
    examples=(
        Example(f"{_PAGE}**Checklist**:\n- [ ] Specs: a\n- [ ] Code: b\n- [x] Dogfooding: c\n- [ ] Documentation\n"),
        Example(f"{_PAGE}**Checklist**:\n- [ ] specs and code: a\n- [ ] code\n- [ ] Dogfooding\n- [ ] docs\n"),
        Example(
            f"{_PAGE}**Checklist**:\n- [ ] 📄 API specs: a\n- [ ] ~~Code: n/a~~\n- [ ] Dogfood\n- [ ] Write docs: b\n"
        ),
        Example(f"{_PAGE}**Owner**: nwaku\n"),
        Example(f"{_PAGE}**Checklist**:\n1. Specs: a\n2. Code: b\n3. Dogfood: c\n", reports=("Checklist",)),
        Example(
            f"{_PAGE}**Checklist**:\n* [ ] Specs: a\n* [x] Code: b\n* [x] Dogfood: c\n",
            reports=("Checklist",),
            fixed=f"{_PAGE}**Checklist**:\n* [ ] Specs: a\n* [x] Code: b\n* [x] Dogfood: c\n* [ ] Docs\n",
        ),
        Example(
            f"{_PAGE}**Checklist**:\n- [ ] Code: b\n- [ ] Docs\n  - guide\n\nMore.\n",
            reports=("Checklist", "Checklist"),
            fixed=f"{_PAGE}**Checklist**:\n- [ ] Code: b\n- [ ] Docs\n  - guide\n- [ ] Specs\n- [ ] Dogfood\n\nMore.\n",
        ),
    ),
)
