"""A template sets labels that the process, or GitHub itself, knows.

GitHub drops a label that the repository does not have without a word, and the issue is missing wherever it is looked
for by that label. What is one typing error away from a known label is an error, any other unknown one a warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from waku_lint.documents.model import IssueForm, IssueTemplate
from waku_lint.errors import one_edit_apart
from waku_lint.parsing.nodes import YamlList, YamlNode, YamlScalar
from waku_lint.rules.base import Examples, Finding, Option, Rule, RuleContext, Severity, Span, Text
from waku_lint.rules.issue_template.templates import Template, settings_of


def check(template: Template, ctx: RuleContext) -> Iterator[Finding]:
    settings = settings_of(template)
    labels = {name.casefold(): name for name in ctx.options["labels"]}
    groups = tuple(name for name in labels if name.endswith((":", "/")))
    for label in _labels(settings.get("labels") if settings else None, ctx.document.text):
        name = label.value.casefold()
        if name in labels or name.startswith(groups):
            continue
        meant = next((known for each, known in labels.items() if one_edit_apart(name, each)), None)
        if meant:
            yield Finding(label.span, f"label `{label.value}` is not known; did you mean `{meant}`?")
        else:
            message = f"label `{label.value}` is none of the known labels; GitHub drops one that the repository lacks"
            yield Finding(label.span, message, severity=Severity.WARNING)


def _labels(node: YamlNode | None, text: str) -> Iterator[Text]:
    """Each label of a list, or of text with commas; one that is no text is reported by WL501 and WL506."""
    for item in node.items if isinstance(node, YamlList) else (node,):
        if not isinstance(item, YamlScalar) or not isinstance(item.value, str) or not item.value.strip():
            continue
        if isinstance(node, YamlList):
            yield Text(item.value.strip(), item.span)
            continue
        start = text.find(item.value, item.span.start, item.span.end)
        for match in re.finditer(r"[^,\s](?:[^,]*[^,\s])?", item.value):
            span = Span(start + match.start(), start + match.end()) if start >= 0 else item.span
            yield Text(match.group(), span)


_HEAD = "---\nname: Task\nabout: One piece of work\nlabels: "
_EXAMPLES = Examples(path=".github/ISSUE_TEMPLATE/task.md")

RULE = Rule(
    code="WL502",
    name="issue-template-label-unknown",
    doc=__doc__ or "",
    source="MUST qualify either as (with related GitHub labels)",
    remedy="Correct the label, or add it to the rule's option `labels` if the repository has it.",
    applies_to=(IssueTemplate, IssueForm),
    check=check,
    options=(
        Option(
            "labels",
            [
                "deliverable", "milestone", "epic", "task", "bug", "test", "release", "dependencies",
                "beta-release", "full-release", "deploy-release", "release-notes", "track:", "E:",
                "blocked", "critical", "infra",
                "documentation", "duplicate", "enhancement", "good first issue", "help wanted", "invalid",
                "question", "wontfix",
            ],
            "The labels there are, in any case; one that ends in `:` or `/` stands for all that begin so.",
            {"type": "array", "items": {"type": "string", "minLength": 1}},
        ),
    ),
    examples=(
        _EXAMPLES.clean(f"{_HEAD}task\n---\n"),
        _EXAMPLES.clean(f"{_HEAD}Bug, track:store\n---\n"),
        _EXAMPLES.clean(f"{_HEAD}''\n---\n"),
        _EXAMPLES.reports(f"{_HEAD}taks\n---\n", "taks"),
        _EXAMPLES.reports(f"{_HEAD}'bug, relese'\n---\n", "relese"),
        _EXAMPLES.reports(f"{_HEAD}[task, chore]\n---\n", "chore"),
        _EXAMPLES.reports(
            "name: Bug\ndescription: Something is broken\nlabels: [bugs]\nbody:\n"
            "  - type: textarea\n    attributes: {label: What you saw}\n",
            "bugs",
            path=".github/ISSUE_TEMPLATE/bug.yml",
        ),
    ),
)  # fmt: skip
