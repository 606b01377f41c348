"""A template for a task, deliverable or epic asks for acceptance criteria, or for a list of tasks.

Whoever files the issue writes what the template asks for; without either nobody can tell when it is done.
What stands in an HTML comment is not asked for.
"""

from __future__ import annotations

from collections.abc import Iterator

from waku_lint.documents.model import IssueForm, IssueTemplate
from waku_lint.rules.base import Examples, Finding, Rule, RuleContext
from waku_lint.rules.issue_template.templates import Template, only_for


@only_for("task", "deliverable", "epic")
def check(template: Template, _ctx: RuleContext) -> Iterator[Finding]:
    if template.tasks:
        return
    if not any("acceptance criteri" in section.value.casefold() for section in template.sections):
        form = isinstance(template, IssueForm)
        add = "a field labelled `Acceptance criteria`" if form else "a section `## Acceptance criteria` or a task list"
        message = f"{template.type} template asks for neither acceptance criteria nor tasks; add {add}"
        yield Finding(template.anchor, message)


_HEAD = "---\nname: Task\nabout: One piece of work\nlabels: task\n---\n\n"
_EXAMPLES = Examples(path=".github/ISSUE_TEMPLATE/task.md")

RULE = Rule(
    code="WL503",
    name="issue-template-acceptance-criteria",
    doc=__doc__ or "",
    source="MUST have an _acceptance criteria_ and/or a list of _tasks_ (that can be other GH issues).",
    remedy="Add a heading `## Acceptance criteria`, or a task list (`- [ ] ...`), to the template.",
    applies_to=(IssueTemplate, IssueForm),
    check=check,
    examples=(
        _EXAMPLES.clean(f"{_HEAD}## Summary\n\n## Acceptance criteria\n"),
        _EXAMPLES.clean(f"{_HEAD}## Summary\n\n## Tasks\n\n- [ ] one\n"),
        _EXAMPLES.clean("---\nname: Question\nabout: Ask\nlabels: question\n---\n\n## Question\n"),
        _EXAMPLES.reports(f"{_HEAD}## Summary\n", "Task"),
        _EXAMPLES.reports(f"{_HEAD}## Tasks\n\n<!--\n- [ ] one\n-->\n", "Task"),
        _EXAMPLES.reports(
            "name: Epic\ndescription: Work over several deliverables\nlabels: [epic]\nbody:\n"
            "  - type: textarea\n    attributes: {label: Summary}\n",
            "Epic",
            path=".github/ISSUE_TEMPLATE/epic.yml",
        ),
    ),
)
