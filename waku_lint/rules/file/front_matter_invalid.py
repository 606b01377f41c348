"""Front matter is valid YAML: a mapping, each key once.

Site generators and GitHub read it; what they make of a broken one differs, and most drop it silently.
"""

from __future__ import annotations

from collections.abc import Iterator

from waku_lint.rules.base import Document, Example, Finding, Rule, RuleContext


def check(document: Document, _ctx: RuleContext) -> Iterator[Finding]:
    for trouble in document.troubles:
        if trouble.kind == "front-matter":
            yield Finding(trouble.span, trouble.message)


RULE = Rule(
    code="WL002",
    name="front-matter-invalid",
    doc=__doc__ or "",
    remedy="Correct the YAML between the `---` lines at the place shown; quote values that contain `: ` or `#`.",
    applies_to=Document,
    check=check,
    examples=(
        Example('---\ntitle: "Relay: metrics"\ntags: [relay]\n---\n\n# Relay metrics\n'),
        Example("# Relay metrics\n\nNo front matter.\n"),
        Example("# Relay metrics\n\n---\n\ntitle: twice\ntitle: twice\n"),
        Example("---\ntitle: Relay\ndate: 2025-09-30\ntitle: Relay metrics\n---\n\n# Relay\n", reports=("title",)),
        Example("---\ntitle: Relay: metrics\n---\n\n# Relay metrics\n", reports=(":",)),
        Example("---\n- relay\n---\n\n# Relay metrics\n", reports=("- relay\n",)),
    ),
)
