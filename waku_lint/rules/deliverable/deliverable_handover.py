"""A deliverable that is marked done links what its team hands over.

Research hands over a specification and a proof of concept, development hands over tests and the APIs that QA tests
against. The team that takes over starts from these links. A deliverable of which the page says no more than its title
is left alone: its details are in its issue.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from waku_lint.documents.model import Deliverable
from waku_lint.regexes import lazy
from waku_lint.rules.base import Example, Finding, Option, Rule, RuleContext, Severity
from waku_lint.rules.wording import any_word

_HANDOVERS: Final = [
    {
        "owners": ["research"],
        "evidence": {
            "RFC": ["rfc", "rfcs", "spec", "specs", "specification*"],
            "PoC": ["poc", "proof of concept", "code", "implementation", "prototype"],
        },
    },
    {
        "owners": ["nwaku", "js-waku", "go-waku", "nim", "app dev", "chat dev"],
        "evidence": {"tests": ["test", "tests", "test suite"], "APIs": ["api", "apis"]},
    },
]
_LINK: Final = lazy(r"https?://|\]\([^)\s]")
_WORDS: Final = {"type": "array", "items": {"type": "string", "pattern": r"^[^*]+\*?$"}, "minItems": 1}


def check(deliverable: Deliverable, ctx: RuleContext) -> Iterator[Finding]:
    if not deliverable.done or deliverable.level == 0:
        return
    within = deliverable.span
    lines = [each.span for each in ctx.document.prose if each.where == "paragraph"]
    lines = [each for each in lines if within.start < each.start and each.end <= within.end]
    if not lines:
        return  # its details are in its issue
    items = [item.span for item in deliverable.checklist.items] if deliverable.checklist else []
    texts = [ctx.document.text[each.start : each.end] for each in (*items, *lines)]
    linked = [text for text in texts if _LINK.search(text)]
    owners = "\n".join(owner.value for owner in deliverable.owners)
    for handover in ctx.options["handovers"]:
        if not any_word(handover["owners"]).search(owners):
            continue
        evidence = {name: any_word(words) for name, words in handover["evidence"].items()}
        missing = [name for name, pattern in evidence.items() if not any(map(pattern.search, linked))]
        if missing:
            message = f"deliverable is marked done, but links no {' and no '.join(missing)} to hand over"
            yield Finding(deliverable.anchor, message)


_PAGE = "# Relay\n\n## Deliverables\n\n### Relay metrics\n\n"
_PULL = "https://github.com/waku-org"

RULE = Rule(
    code="WL316",
    name="deliverable-handover",
    doc=__doc__ or "",
    source="Once the handover is accepted, the given deliverable can be closed.",
    remedy="Link the pull requests or documents, such as `- [x] Specs: https://github.com/waku-org/specs/pull/88`.",
    severity=Severity.WARNING,
    applies_to=Deliverable,
    check=check,
    options=(
        Option(
            "handovers",
            _HANDOVERS,
            "Words of an owner's name, and what that owner links; each with words that stand beside such a link.",
            {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {"owners": _WORDS, "evidence": {"type": "object", "additionalProperties": _WORDS}},
                    "required": ["owners", "evidence"],
                    "additionalProperties": False,
                },
            },
        ),
    ),
    examples=(
        Example(
            f"{_PAGE}**Owner**: Core Research\n\n**Checklist**:\n- [x] Specs: {_PULL}/specs/pull/88\n"
            f"- [x] Code: [the PoC]({_PULL}/nwaku/pull/7)\n"
        ),
        Example(f"{_PAGE}**Owner**: Core Research\n\n**Checklist**:\n- [ ] Specs: link to specs\n- [x] Code: done\n"),
        Example(f"{_PAGE}**Owner**: Business Dev\n\n**Status**: done\n\n**Output**: notes\n"),
        Example(
            f"{_PAGE}**Owner**: Core Research\n\n**Checklist**:\n- [x] Specs: {_PULL}/specs/pull/88\n- [x] Code\n",
            reports=("Relay metrics",),
        ),
        Example(f"{_PAGE}**Owner**: nwaku\n\n**Status**: ✅\n\n**Output**: a panel\n", reports=("Relay metrics",)),
        Example(
            f"{_PAGE.replace('Relay metrics', '✅ Relay metrics')}**Owner**: js-waku\n\n**Output**: a panel\n\n"
            f"Tests: {_PULL}/js-waku/pull/9\n",
            reports=("✅ Relay metrics",),
        ),
    ),
)
