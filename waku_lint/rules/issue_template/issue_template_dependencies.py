"""A task's template asks what the task depends on.

Who takes a task sees from its issue whether it can be started. A template that says a word about dependencies, be it
in a heading, a field or a comment for the author, does ask.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from waku_lint.documents.model import IssueForm, IssueTemplate
from waku_lint.regexes import lazy
from waku_lint.rules.base import Examples, Finding, Rule, RuleContext, Severity
from waku_lint.rules.issue_template.templates import Template, only_for

_ASKS: Final = lazy(r"\bdepend|\bblock(?:s|ed|er|ers|ing)\b|\bpre-?requisite", re.IGNORECASE)
_FRONT_MATTER: Final = lazy(r"\ufeff?---[^\r\n]*[\r\n].*?(?<![^\r\n])---[^\r\n]*", re.DOTALL)


@only_for("task")
def check(template: Template, ctx: RuleContext) -> Iterator[Finding]:
    text = ctx.document.text
    front_matter = _FRONT_MATTER.match(text) if isinstance(template, IssueTemplate) else None
    if not _ASKS.search(text, front_matter.end() if front_matter else 0):
        form = isinstance(template, IssueForm)
        add = "a field labelled `Dependencies`" if form else "a section `## Dependencies`"
        yield Finding(template.anchor, f"task template does not ask for dependencies; add {add}")


_HEAD = "---\nname: Task\nabout: One piece of work\nlabels: task\n---\n\n## Acceptance criteria\n\n"
_EXAMPLES = Examples(path=".github/ISSUE_TEMPLATE/task.md")

RULE = Rule(
    code="WL508",
    name="issue-template-dependencies",
    doc=__doc__ or "",
    source="dependencies must be clearly stated in _Task_ issue description",
    remedy="Add a heading `## Dependencies` to the template.",
    severity=Severity.WARNING,
    applies_to=(IssueTemplate, IssueForm),
    check=check,
    examples=(
        _EXAMPLES.clean(f"{_HEAD}## Dependencies\n"),
        _EXAMPLES.clean(f"{_HEAD}**Depends on**: issues that come first\n"),
        _EXAMPLES.clean(f"{_HEAD}<!-- Say here what blocks it; link what it is blocked by. -->\n"),
        _EXAMPLES.reports(_HEAD, "Task"),
        _EXAMPLES.reports(f"{_HEAD}## Links\n\n- [ ] independent review\n", "Task"),
        _EXAMPLES.reports(
            "name: Task\ndescription: One piece of work\nbody:\n"
            "  - type: textarea\n    attributes: {label: Acceptance criteria}\n",
            "Task",
            path=".github/ISSUE_TEMPLATE/task.yml",
        ),
    ),
)
