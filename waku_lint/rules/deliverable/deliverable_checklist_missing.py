"""A deliverable has a checklist of what must be done for it to be done.

It holds the links to specs, code, dogfooding and docs, and is ticked as they come.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from waku_lint.documents.model import Deliverable
from waku_lint.positions import Text, line_end, line_start
from waku_lint.regexes import lazy
from waku_lint.rules.base import Edit, Example, Finding, Fix, Rule, RuleContext, Span
from waku_lint.rules.wording import CHECKLIST

# What may swallow lines that are added below it, or is a checklist already that is not read as one.
_IN_THE_WAY: Final = lazy(r"(?<![^\r\n])[ \t>]*(?:`{3}|~{3}|<[!?/a-z])|checklist", re.IGNORECASE)
_RULER: Final = lazy(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})")


def check(deliverable: Deliverable, ctx: RuleContext) -> Iterator[Finding]:
    if deliverable.form != "section" or deliverable.checklist is not None:
        return
    message = "deliverable has no checklist; add `**Checklist**:` and items for specs, code, dogfooding and docs"
    slip = deliverable.slips.get("checklist") if deliverable.slips else None
    if isinstance(slip, Text):
        yield Finding(slip.span, message)  # the items are there, it seems
        return
    yield Finding(deliverable.anchor, message, _added(deliverable.span, ctx.document.text))


def _added(span: Span, text: str) -> Fix | None:
    """A checklist of open items below all else; WL313 adds what a project wants besides. None where it may get lost."""
    own = text[span.start : span.end]
    if _IN_THE_WAY.search(own):
        return None
    said = own.rstrip()
    last = line_start(said, len(said))
    if _RULER.fullmatch(said, last):
        said = said[:last].rstrip()
    at = span.start + len(said)
    items = "".join(f"\n- [ ] {item}" for item in CHECKLIST)
    return Fix((Edit(Span(at, at), f"\n\n**Checklist**:{items}".replace("\n", line_end(text))),), safe=True)


_PAGE: Final = "# Relay\n\n## Deliverables\n\n"
_HEAD: Final = f"{_PAGE}### [Relay metrics](https://github.com/waku-org/pm/issues/101)\n\n"
_LIST: Final = "**Checklist**:\n- [ ] Specs\n- [ ] Code\n- [ ] Dogfood\n- [ ] Docs\n"

RULE = Rule(
    code="WL312",
    name="deliverable-checklist-missing",
    doc=__doc__ or "",
    source="MUST have a checklist to ensure the following items are done",
    remedy="Add `**Checklist**:` and an item each for specs, code, dogfooding and docs, as in the template.",
    applies_to=Deliverable,
    check=check,
    examples=(
        Example(f"{_HEAD}{_LIST}"),
        Example(f"{_HEAD}#### Checklist\n\n- [ ] Code: link\n"),
        Example(f"{_PAGE}- Relay metrics: F1 (nwaku)\n"),
        Example(
            f"{_HEAD}**Owner**: nwaku\n\n## Notes\n",
            reports=("Relay metrics",),
            fixed=f"{_HEAD}**Owner**: nwaku\n\n{_LIST}\n## Notes\n",
        ),
        Example(
            f"{_HEAD}**Output**:\n- [ ] A report\n\n---\n",
            reports=("Relay metrics",),
            fixed=f"{_HEAD}**Output**:\n- [ ] A report\n\n{_LIST}\n---\n",
        ),
        Example(f"{_HEAD}**Checklist**: later\n", reports=("Relay metrics",)),
        Example(f"{_HEAD}{_LIST.replace('ckl', 'kcl')}", reports=("Chekclist",)),
    ),
)
