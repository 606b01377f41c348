"""A milestone plans all that its users need: research, engineering, QA, documentation and dev rel.

A feature that is coded but neither tested, nor described, nor shown to anybody cannot be pushed to users. An area
counts as planned where the page mentions it at all, be it with a team, a kind of work or a kind of result.
A milestone none of whose deliverables is about software is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from waku_lint.documents.model import Deliverable, Milestone
from waku_lint.rules.base import Example, Examples, Finding, Option, Rule, RuleContext, Severity
from waku_lint.rules.wording import any_word

# A specification describes how a feature behaves, so it is research and documentation; a guide helps its users, so
# it is documentation and dev rel. The first words of an area stand in the message.
_SPECS: Final = ["RFC", "spec", "specs", "specify", "specified", "specifying", "specification*", "RFCs", "whitepaper"]
_GUIDES: Final = [
    "docs", "guide", "tutorial*", "doc", "document", "documents", "documentation", "documented", "guides", "README*",
    "handbook*", "manual", "manuals", "how-to*", "FAQ*",
]  # fmt: skip
_AREAS: Final = {
    "research": [
        *_SPECS, "research*", "PoC", "PoCs", "proof of concept", "prototype*", "paper", "protocol*",
        "design*", "analyse", "analysis", "investigat*", "study", "studies", "simulation*", "roadmap", "ACZ",
    ],
    "engineering": [
        "code", "implement*", "API", "APIs", "engineer*", "dev", "devs", "nwaku", "js-waku", "go-waku", "Nim",
        "codebase", "integrat*", "library", "libraries", "SDK", "SDKs", "build*", "deploy*", "refactor*", "infra",
        "app", "apps", "backend", "browser", "client*", "frontend", "node", "nodes", "server*", "contract*", "web",
    ],
    "QA": [
        "test", "dogfood*", "Vac-QA", "QA", "DST", "tests", "tested", "testing", "dog food*", "benchmark*",
        "simulation*", "audit*", "validat*", "trial",
    ],
    "documentation": [*_GUIDES, *_SPECS, "documenting", "guideline*"],
    "dev rel": [
        "example", "tutorial*", "blog*", *_GUIDES, "devrel", "dev rel", "dev-rel", "developer relations",
        "developer experience", "devex", "eco-dev", "ecosystem", "BD", "business dev*", "comms", "the community",
        "forum post", "forum posts", "social media", "talks", "workshop*", "hackathon*", "conference*", "video*",
        "demo", "demos", "examples", "promot*", "announce*", "campaign*", "customer*", "launch*",
    ],
}  # fmt: skip


def check(milestone: Milestone, ctx: RuleContext) -> Iterator[Finding]:
    if not any(map(_is_software, milestone.deliverables)):
        return  # WL209 reports a page without deliverables
    text = "\n".join(prose.value for prose in ctx.document.prose)
    missing = [
        f"no {area} ({', '.join(words[:3]).replace('*', '')}...)"
        for area, words in ctx.options["areas"].items()
        if words and not any_word(words).search(text)
    ]
    if missing:
        message = f"page mentions {' and '.join(missing)}; plan it in a deliverable, a checklist or the resources"
        yield Finding(milestone.anchor, message)


def _is_software(deliverable: Deliverable) -> bool:
    """Whether it may deliver FURPS; where its details are in its issue, nobody can tell."""
    return deliverable.form != "section" or bool(deliverable.features or deliverable.furps)


_PAGE = "# Relay metrics\n\nOperators see what their node relays.\n\n## Deliverables\n\n"
_EXAMPLES = Examples(preset="waku-classic")

RULE = Rule(
    code="WL214",
    name="milestone-transversal",
    doc=__doc__ or "",
    source=(
        "While the vertical scope of a milestone should be minimal, the delivery should be complete in terms of "
        "research, engineering, QA, documentation and dev rel assets so that the feature can be pushed to users once "
        "the milestone is marked as complete."
    ),
    remedy="Add a deliverable, checklist item or resource for the area; or leave the area out of the option `areas`.",
    severity=Severity.WARNING,
    applies_to=Milestone,
    check=check,
    options=(
        Option(
            "areas",
            _AREAS,
            "The areas, each with words of which one shows that it is planned; a word may end in `*`.",
            {
                "type": "object",
                "additionalProperties": {"type": "array", "items": {"type": "string", "pattern": r"^[^*]+\*?$"}},
            },
        ),
    ),
    examples=(
        _EXAMPLES.clean(
            f"{_PAGE}- RFC and proof of concept: F1 (Research)\n- Metrics: F1 (nwaku)\n- Soak test: R1 (QA)\n"
            "- Guide and blog post: U1 (Docs)\n"
        ),
        Example(
            f"{_PAGE}### [Metrics](https://github.com/waku-org/pm/issues/101)\n\n**Owner**: nwaku\n\n"
            "**Feature**: [Relay](/FURPS/relay.md)\n\n**Checklist**:\n- [ ] Specs: link\n- [ ] Code: link\n"
            "- [ ] Dogfood: link\n- [ ] Docs: link\n- [ ] Demo at the town hall\n"
        ),
        Example(f"{_PAGE}### Five operators to talk to\n\n**Owner**: Business Dev\n\n**Output**: notes\n"),
        _EXAMPLES.reports(
            f"{_PAGE}- Metrics, specified and coded: F1 (nwaku)\n- Soak test: R1 (QA)\n", "Relay metrics"
        ),
        _EXAMPLES.reports(f"{_PAGE}- Metrics: F1 (nwaku)\n- Guide and blog post: U1 (Docs)\n", "Relay metrics"),
        _EXAMPLES.reports(
            f"{_PAGE}- RFC: F1 (Research)\n- Latest results, contested: F2 (nwaku)\n- Demo: U1 (Eco-Dev)\n",
            "Relay metrics",
        ),
    ),
)
