"""A deliverable's template asks for its output.

The output is what the work results in. In today's process a list of FURPS statements says that too.
"""

from __future__ import annotations

from collections.abc import Iterator

from waku_lint.documents.model import IssueForm, IssueTemplate
from waku_lint.rules.base import Examples, Finding, Option, Rule, RuleContext
from waku_lint.rules.issue_template.templates import Template, only_for


@only_for("deliverable")
def check(template: Template, ctx: RuleContext) -> Iterator[Finding]:
    accepted = ["output", *ctx.options["accept"]]
    if not any(word.casefold() in section.value.casefold() for section in template.sections for word in accepted):
        sections = " or ".join(f"`{word}`" for word in accepted)
        yield Finding(template.anchor, f"deliverable template has no section for {sections}")


_HEAD = "---\nname: Deliverable\nabout: Track a deliverable\nlabels: deliverable\n---\n\n## Summary\n\n"
_EXAMPLES = Examples(path=".github/ISSUE_TEMPLATE/deliverable.md")

RULE = Rule(
    code="WL504",
    name="issue-template-output",
    doc=__doc__ or "",
    source="MUST have an _Output_ section in the description detailing the result of work of the Deliverable",
    remedy="Add a heading `## Output` to the template.",
    applies_to=(IssueTemplate, IssueForm),
    check=check,
    options=(
        Option(
            "accept",
            ["FURPS"],
            "Sections that serve as the output's besides Output.",
            {"type": "array", "items": {"type": "string", "minLength": 1}},
        ),
    ),
    examples=(
        _EXAMPLES.clean(f"{_HEAD}## Output\n"),
        _EXAMPLES.clean(f"{_HEAD}## FURPS\n"),
        _EXAMPLES.clean(f"{_HEAD}**Output**:\n\n{{what comes out}}\n"),
        _EXAMPLES.reports(_HEAD, "Deliverable"),
        _EXAMPLES.reports(f"{_HEAD}## Summary\n\n## Put out\n", "Deliverable"),
        _EXAMPLES.reports(f"{_HEAD}## FURPS\n", "Deliverable", preset="waku-classic"),
    ),
)
