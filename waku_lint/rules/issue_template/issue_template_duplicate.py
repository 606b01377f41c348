"""A template's name is that of no other template, Markdown or form.

GitHub wants the names to differ, and whoever files an issue cannot tell two of one name apart. Each of them is
reported: the one to rename is for a person to choose.
"""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import basename, dirname

from waku_lint.documents.model import IssueForm, IssueTemplate
from waku_lint.parsing.nodes import YamlScalar
from waku_lint.rules.base import Document, Examples, Finding, Related, Rule, RuleContext, Text
from waku_lint.rules.issue_template.templates import Template, settings_of


def check(template: Template, ctx: RuleContext) -> Iterator[Finding]:
    name = _name(template)
    if name is None:
        return
    others = [
        Related(other.path, text.span, f"also called `{name.value}`")
        for other in _beside(ctx)
        if isinstance(other.root, Template) and (text := _name(other.root)) and text.value == name.value
    ]
    if others:
        message = f"`{basename(others[0].path)}` is called `{name.value}`, too; a template has a name of its own"
        yield Finding(name.span, message, related=tuple(others))


def _beside(ctx: RuleContext) -> Iterator[Document]:
    """The other documents of the folder: GitHub reads the templates of one."""
    here = ctx.document.path
    for path in ctx.project.paths:
        if path != here and dirname(path) == dirname(here) and (document := ctx.project.document(path)):
            yield document


def _name(template: Template) -> Text | None:
    settings = settings_of(template)
    node = settings.get("name") if settings else None
    if isinstance(node, YamlScalar) and isinstance(node.value, str) and node.value.strip():
        return Text(node.value.strip(), node.span)
    return None


_FORM = ".github/ISSUE_TEMPLATE/bug_report.yml"
_BUG = "---\nname: Bug\nabout: Something is broken\n---\n"
_EXAMPLES = Examples(path=".github/ISSUE_TEMPLATE/bug.md")

RULE = Rule(
    code="WL507",
    name="issue-template-duplicate",
    doc=__doc__ or "",
    remedy="Rename one of the templates, or delete the one that the other replaces.",
    applies_to=(IssueTemplate, IssueForm),
    check=check,
    examples=(
        _EXAMPLES.clean(_BUG),
        _EXAMPLES.clean(_BUG, files={_FORM: "name: Bug report\ndescription: Something is broken\n"}),
        _EXAMPLES.clean(_BUG, files={"handbook/ISSUE_TEMPLATE/bug.md": _BUG}),
        _EXAMPLES.reports(_BUG, "Bug", files={".github/ISSUE_TEMPLATE/broken.md": _BUG}),
        _EXAMPLES.reports(_BUG, "Bug", files={_FORM: "name: 'Bug '\ndescription: Broken\n"}),
        _EXAMPLES.reports(_BUG, "Bug", files={_FORM: 'description: Broken\nname: "Bug"\n'}),
    ),
)
