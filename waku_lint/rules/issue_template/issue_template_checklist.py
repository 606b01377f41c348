"""A deliverable's template has the checklist of what makes a deliverable done: specs, code, dogfooding, docs.

A deliverable's issue is written from its template, and what the template leaves out is forgotten in the issue, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from waku_lint.documents.model import IssueForm, IssueTemplate
from waku_lint.rules.base import Examples, Finding, Option, Rule, RuleContext, Severity
from waku_lint.rules.issue_template.templates import Template, only_for
from waku_lint.rules.wording import CHECKLIST, listed, stem


@only_for("deliverable")
def check(template: Template, ctx: RuleContext) -> Iterator[Finding]:
    tasks = "\n".join(task.value for task in template.tasks)
    items: list[str] = ctx.options["items"]
    missing = [item for item in items if not re.search(rf"\b{re.escape(stem(item))}", tasks, re.IGNORECASE)]
    if missing:
        what = f"no checklist with {listed(items)}" if len(missing) == len(items) else f"no {listed(missing)} to tick"
        yield Finding(template.anchor, f"deliverable template has {what}")


_HEAD = "---\nname: Deliverable\nabout: Track a deliverable\nlabels: deliverable\n---\n\n## Output\n\n"
_EXAMPLES = Examples(path=".github/ISSUE_TEMPLATE/deliverable.md")

RULE = Rule(
    code="WL505",
    name="issue-template-checklist",
    doc=__doc__ or "",
    source="MUST have a checklist to ensure the following items are done",
    remedy="Add the items as a task list to the template, such as `- [ ] Docs: link to the page`.",
    severity=Severity.WARNING,
    applies_to=(IssueTemplate, IssueForm),
    check=check,
    options=(
        Option(
            "items",
            list(CHECKLIST),
            "The items the checklist must have.",
            {"type": "array", "items": {"type": "string", "minLength": 1}},
        ),
    ),
    examples=(
        _EXAMPLES.clean(f"{_HEAD}- [ ] Specs: link\n- [ ] Code: link\n- [ ] Dogfooding\n- [ ] Documentation\n"),
        _EXAMPLES.clean(f"{_HEAD}- [ ] **Specs**\n- [ ] Code\n- [ ] C API\n- [ ] Dogfood\n- [ ] Write the docs\n"),
        _EXAMPLES.clean("---\nname: Bug\nabout: Something is broken\nlabels: bug\n---\n\n## What happened\n"),
        _EXAMPLES.reports(_HEAD, "Deliverable"),
        _EXAMPLES.reports(f"{_HEAD}- [ ] Specs\n- [ ] Code\n- [ ] Docs\n", "Deliverable"),
        _EXAMPLES.reports(f"{_HEAD}<!--\n- [ ] Specs\n- [ ] Code\n- [ ] Dogfood\n- [ ] Docs\n-->\n", "Deliverable"),
    ),
)
