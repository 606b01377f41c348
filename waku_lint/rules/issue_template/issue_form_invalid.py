"""An issue form is one that GitHub accepts: its keys, the elements of its body, their attributes and their ids.

GitHub leaves any other form out of the template chooser, and says so only to whoever opens the file there. What is
checked is what its documentation lists under "Common validation errors when creating issue forms".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from waku_lint.documents.model import IssueForm
from waku_lint.errors import did_you_mean
from waku_lint.parsing.nodes import YamlList, YamlMapping, YamlNode, YamlScalar
from waku_lint.regexes import lazy
from waku_lint.rules.base import Examples, Finding, Related, Rule, RuleContext, Span

_FORM: Final = ("name", "description", "body", "title", "labels", "assignees", "projects", "type")
_ELEMENT: Final = ("type", "id", "attributes", "validations")
_FIELD: Final = ("label", "description", "placeholder", "value")
_ATTRIBUTES: Final[Mapping[str, tuple[str, ...]]] = {
    "markdown": ("value",),
    "textarea": (*_FIELD, "render"),
    "input": _FIELD,
    "dropdown": ("label", "description", "multiple", "options", "default"),
    "checkboxes": ("label", "description", "options"),
    "upload": ("label", "description"),
}
_REQUIRED: Final = {"markdown": ("value",), "dropdown": ("label", "options"), "checkboxes": ("label", "options")}
_FLAGS: Final = frozenset({"required", "multiple"})
_LISTS: Final = frozenset({"labels", "assignees", "projects"})  # or text with commas
_NESTED: Final = frozenset({"body", "attributes", "validations", "options"})
_BOOLEAN: Final = lazy(r"yes|no|on|off|true|false", re.IGNORECASE)  # in GitHub's YAML, unless quoted
_ID: Final = lazy(r"[A-Za-z0-9_-]+")


def check(form: IssueForm, ctx: RuleContext) -> Iterator[Finding]:
    text = ctx.document.text
    yield from _mapping(text, form.form, "form", _FORM, ("name", "description", "body"), form.anchor)
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
        yield from _element(text, element)
    if elements and all(_string(element.get("type")) == "markdown" for element in elements):
        at = next(key.span for key, node in form.form.entries if node is body)
        yield Finding(at, "form asks for nothing; add an element that is not `markdown`")
    yield from _same_names(ctx.document.path, elements)


def _element(text: str, element: YamlMapping) -> Iterator[Finding]:
    kind, attributes, validations = (element.get(key) for key in ("type", "attributes", "validations"))
    at = kind.span if kind else _start(element)
    yield from _mapping(text, element, "element", _ELEMENT, ("type",), at)
    name = _string(kind)
    if name is None:
        return
    if name not in _ATTRIBUTES:
        yield Finding(at, f"`{name}` is no type of element; {did_you_mean(name, list(_ATTRIBUTES))}")
        return
    if isinstance(attributes, YamlMapping):
        required = _REQUIRED.get(name, ("label",))
        yield from _mapping(text, attributes, f"`{name}`", _ATTRIBUTES[name], required, at)
        yield from _options(text, attributes.get("options"), name)
    elif attributes is not None:
        yield Finding(at, f"`attributes` of this `{name}` are not a mapping of keys to values")
    elif "attributes" not in _meant(element, _ELEMENT):
        yield Finding(at, f"`{name}` has no `attributes`")
    if isinstance(validations, YamlMapping):
        known = ("required", "accept") if name == "upload" else ("required",)
        yield from _mapping(text, validations, "`validations`", known, (), at)
    elif validations is not None and _written(text, validations):
        yield Finding(at, f"`validations` of this `{name}` are not a mapping, such as `required: true`")


def _mapping(
    text: str, mapping: YamlMapping, what: str, known: Sequence[str], required: Sequence[str], at: Span
) -> Iterator[Finding]:
    """Keys that are unknown or missing, and values that are not of the type GitHub wants."""
    for key, value in mapping.entries:
        if key.value not in known:
            yield Finding(key.span, f"{what} has an unknown key `{key.value}`; {did_you_mean(key.value, list(known))}")
        elif key.value in required or _written(text, value):
            listed = value.items if key.value in _LISTS and isinstance(value, YamlList) else (value,)
            for node in listed:
                problem = _problem(text, key.value, node)
                if problem:
                    yield Finding(node.span if _written(text, node) else key.span, problem)
    for name in required:
        if mapping.get(name) is None and name not in _meant(mapping, known):
            yield Finding(at, f"{what} has no `{name}`")


def _meant(mapping: YamlMapping, known: Sequence[str]) -> set[str]:
    """The known keys that unknown ones stand for: who is told of the typing error need not be told what is missing."""
    hints = [did_you_mean(key.value, list(known)) for key, _ in mapping.entries if key.value not in known]
    return {name for name in known if f"did you mean {name!r}?" in hints}


def _problem(text: str, key: str, node: YamlNode) -> str | None:
    if key in _NESTED:
        return None
    written = _written(text, node)
    if key in _FLAGS:
        return None if _BOOLEAN.fullmatch(written) else f"`{key}` is not `true` or `false`"
    if key == "default":
        return None if written.isdecimal() else "`default` is not the number of an option, counted from 0"
    if not isinstance(node, YamlScalar):
        return f"`{key}` is not text"
    if node.value is None or not str(node.value).strip():
        return f"`{key}` is empty, which GitHub does not accept"
    if _BOOLEAN.fullmatch(written) or not isinstance(node.value, str):
        return f"`{key}` is not text until you put `{written}` in quotes"
    if key == "id" and not _ID.fullmatch(node.value):
        return f"id `{node.value}` has other characters than letters, digits, `-` and `_`"
    if key == "label" and "password" in node.value.casefold():
        return "`label` has the word `password`, which GitHub does not allow there"
    return None


def _options(text: str, options: YamlNode | None, kind: str) -> Iterator[Finding]:
    if options is None:
        return
    if not isinstance(options, YamlList) or not options.items:
        yield Finding(options.span, f"`options` of this `{kind}` are not a list")
        return
    seen: set[str] = set()
    for option in options.items:
        if kind == "dropdown":
            label, written = option, _written(text, option)
            if not isinstance(option, YamlScalar) or option.value is None or not str(option.value).strip():
                yield Finding(option.span, "an option of a `dropdown` is text")
            elif _BOOLEAN.fullmatch(written):
                yield Finding(option.span, f"option is not text until you put `{written}` in quotes")
            elif str(option.value).casefold() == "none":
                yield Finding(option.span, f"option `{option.value}` is reserved: GitHub offers it by itself")
        elif not isinstance(option, YamlMapping):
            yield Finding(option.span, "an option of `checkboxes` is a mapping that starts with `- label: ...`")
            continue
        else:
            yield from _mapping(text, option, "option", ("label", "required"), ("label",), _start(option))
            label = option.get("label") or option
        value = str(label.value) if isinstance(label, YamlScalar) else ""
        if value and value in seen:
            yield Finding(label.span, f"option `{value}` is there twice")
        seen.add(value)


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
        name, kind = _string(node), _string(element.get("type"))
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
        name = _string(node)
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


def _written(text: str, node: YamlNode) -> str:
    """The value as it is in the file, quotes and all."""
    return text[node.span.start : node.span.end].strip()


def _start(mapping: YamlMapping) -> Span:
    return mapping.entries[0][0].span if mapping.entries else mapping.span


def _string(node: YamlNode | None) -> str | None:
    return node.value if isinstance(node, YamlScalar) and isinstance(node.value, str) else None


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
