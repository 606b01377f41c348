"""An issue form is one that GitHub accepts: its keys, the elements of its body, their attributes and their ids.

GitHub leaves any other form out of the template chooser, and says so only to whoever opens the file there. What is
checked is what its documentation lists under "Common validation errors when creating issue forms".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from waku_lint.documents.model import IssueForm
from waku_lint.parsing.nodes import YamlList, YamlMapping, YamlNode
from waku_lint.rules.base import Examples, Finding, Related, Rule, RuleContext, Span
from waku_lint.rules.issue_template.form_syntax import FORM, check_element, check_keys, string_of


def check(form: IssueForm, ctx: RuleContext) -> Iterator[Finding]:
    text = ctx.document.text
    yield from check_keys(text, form.form, "form", FORM, ("name", "description", "body"), form.anchor)
    body = form.form.get("body")
    if body is None:
        return
    if not isinstance(body, YamlList) or not body.items:
        yield Finding(body.span, "`body` is not a list of elements, each such as `- type: textarea`")
        return
    elements = [item for item in body.items if isinstance(item, YamlMapping)]
    for item in body.items:
        if not isinstance(item, YamlMapping):
            yield Finding(item.span, "an element of `body` is a mapping that starts with `- type: ...`")
    for element in elements:
        yield from check_element(text, element)
    if elements and all(string_of(element.get("type")) == "markdown" for element in elements):
        at = next(key.span for key, node in form.form.entries if node is body)
        yield Finding(at, "form asks for nothing; add an element that is not `markdown`")
    yield from _same_names(ctx.document.path, elements)


def _same_names(path: str, elements: Sequence[YamlMapping]) -> Iterator[Finding]:
    """Fields that GitHub cannot tell apart: it goes by a field's id, or else by the words of its label."""
    fields: dict[str, tuple[YamlMapping, Span]] = {}
    boxes: list[tuple[YamlMapping, YamlNode]] = []
    for element in elements:
        attributes = element.get("attributes")
        label, options = (
            (attributes.get("label"), attributes.get("options"))
            if isinstance(attributes, YamlMapping)
            else (None, None)
        )
        node = element.get("id") or label
        name, kind = string_of(node), string_of(element.get("type"))
        if kind == "checkboxes" and isinstance(options, YamlList):
            labels = [option.get("label") for option in options.items if isinstance(option, YamlMapping)]
            boxes += [(element, each) for each in labels if each is not None]
        if node is None or name is None or kind == "markdown":
            continue
        reference, what = (_reference(name), "label") if node is label else (name, "id")
        if reference in fields:
            yield _again(path, node, f"{what} `{name}`", fields[reference][1])
        fields.setdefault(reference, (element, node.span))
    for element, node in boxes:
        name = string_of(node)
        if name is None:
            continue
        other, span = fields.get(_reference(name), (element, node.span))
        if other is not element:
            yield _again(path, node, f"label `{name}`", span)


def _again(path: str, node: YamlNode, what: str, other: Span) -> Finding:
    message = f"{what} is that of another field, too; give the field an `id` of its own"
    return Finding(node.span, message, related=(Related(path, other, "the other field"),))


def _reference(label: str) -> str:
    """A label as Rails parameterizes it: `Name?` and `Name!` are one."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", label) if not unicodedata.combining(each))
    return re.sub(r"[^a-z0-9_-]+", "-", plain.casefold()).strip("-") if plain.isascii() else label


_HEAD = "name: Task\ndescription: One piece of work\nbody:\n"
_LABEL = "    attributes:\n      label: Summary\n"
_SIZE = "  - type: dropdown\n    attributes:\n      label: Is it big?\n      options: "
_EXAMPLES = Examples(path=".github/ISSUE_TEMPLATE/task.yml")

RULE = Rule(
    code="WL506",
    name="issue-form-invalid",
    doc=__doc__ or "",
    remedy="Change what is named; opened on GitHub, the file shows whether the form is accepted.",
    applies_to=IssueForm,
    check=check,
    examples=(
        _EXAMPLES.clean(
            f"{_HEAD}  - type: textarea\n    id: summary\n{_LABEL}    validations:\n      required: true\n"
        ),
        _EXAMPLES.clean(f"{_HEAD}{_SIZE}['Yes', 'No', 3]\n"),
        _EXAMPLES.clean(f"{_HEAD}  - type: input\n{_LABEL}  - type: input\n    id: more\n{_LABEL}"),
        _EXAMPLES.reports("name: Task\ndescription: One piece of work\n", "Task"),
        _EXAMPLES.reports(f"title: ''\n{_HEAD}  - type: input\n{_LABEL}", "''"),
        _EXAMPLES.reports(f"{_HEAD}  - type: text\n{_LABEL}", "text"),
        _EXAMPLES.reports(f"{_HEAD}  - type: input\n    id: one line\n{_LABEL}", "one line"),
        _EXAMPLES.reports(f"{_HEAD}  - type: input\n    lable: Summary\n", "input", "lable"),
        _EXAMPLES.reports(f"{_HEAD}{_SIZE}[Yes, no, None, '3', '3']\n", "Yes", "no", "None", "'3'"),
        _EXAMPLES.reports(f"{_HEAD}  - type: input\n{_LABEL}  - type: textarea\n{_LABEL}", "Summary"),
        _EXAMPLES.reports(f"{_HEAD}  - type: markdown\n    attributes: {{value: Hello}}\n", "body"),
    ),
)
