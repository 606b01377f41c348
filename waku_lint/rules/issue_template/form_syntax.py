"""What GitHub accepts in an issue form: the keys of each mapping, and the values of these keys."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from waku_lint.errors import did_you_mean
from waku_lint.parsing.nodes import YamlList, YamlMapping, YamlNode, YamlScalar
from waku_lint.regexes import lazy
from waku_lint.rules.base import Finding, Span

FORM: Final = ("name", "description", "body", "title", "labels", "assignees", "projects", "type")
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


def check_element(text: str, element: YamlMapping) -> Iterator[Finding]:
    """What is wrong within one element of the body."""
    kind, attributes, validations = (element.get(key) for key in ("type", "attributes", "validations"))
    at = kind.span if kind else _start(element)
    yield from check_keys(text, element, "element", _ELEMENT, ("type",), at)
    name = string_of(kind)
    if name is None:
        return
    if name not in _ATTRIBUTES:
        yield Finding(at, f"`{name}` is no type of element; {did_you_mean(name, list(_ATTRIBUTES))}")
        return
    if isinstance(attributes, YamlMapping):
        required = _REQUIRED.get(name, ("label",))
        yield from check_keys(text, attributes, f"`{name}`", _ATTRIBUTES[name], required, at)
        yield from _options(text, attributes.get("options"), name)
    elif attributes is not None:
        yield Finding(at, f"`attributes` of this `{name}` are not a mapping of keys to values")
    elif "attributes" not in _meant(element, _ELEMENT):
        yield Finding(at, f"`{name}` has no `attributes`")
    if isinstance(validations, YamlMapping):
        known = ("required", "accept") if name == "upload" else ("required",)
        yield from check_keys(text, validations, "`validations`", known, (), at)
    elif validations is not None and _written(text, validations):
        yield Finding(at, f"`validations` of this `{name}` are not a mapping, such as `required: true`")


def check_keys(
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
            yield from check_keys(text, option, "option", ("label", "required"), ("label",), _start(option))
            label = option.get("label") or option
        value = str(label.value) if isinstance(label, YamlScalar) else ""
        if value and value in seen:
            yield Finding(label.span, f"option `{value}` is there twice")
        seen.add(value)


def _written(text: str, node: YamlNode) -> str:
    """The value as it is in the file, quotes and all."""
    return text[node.span.start : node.span.end].strip()


def _start(mapping: YamlMapping) -> Span:
    return mapping.entries[0][0].span if mapping.entries else mapping.span


def string_of(node: YamlNode | None) -> str | None:
    """The value of a node that is a string; None for any other."""
    return node.value if isinstance(node, YamlScalar) and isinstance(node.value, str) else None
