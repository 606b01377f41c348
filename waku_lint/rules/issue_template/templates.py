"""What the rules about issue templates share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps

from waku_lint.documents.model import IssueForm, IssueTemplate, IssueType
from waku_lint.parsing.nodes import YamlMapping
from waku_lint.rules.base import Finding, RuleContext

Template = IssueTemplate | IssueForm
TemplateCheck = Callable[[Template, RuleContext], Iterator[Finding]]


def only_for(*types: IssueType) -> Callable[[TemplateCheck], TemplateCheck]:
    """Limit a check to the templates for issues of these types."""

    def limit(check: TemplateCheck) -> TemplateCheck:
        @wraps(check)
        def limited(template: Template, ctx: RuleContext) -> Iterator[Finding]:
            return check(template, ctx) if template.type in types else iter(())

        return limited

    return limit


def settings_of(template: Template) -> YamlMapping | None:
    """The keys that GitHub reads: a form's, or those of the front matter."""
    return template.form if isinstance(template, IssueForm) else template.front_matter
