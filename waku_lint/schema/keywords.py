"""The keywords of JSON Schema 2020-12, and misspelled keywords, which validators ignore."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from waku_lint.errors import one_edit_apart
from waku_lint.schema.annotation import KEYWORD, NAMES
from waku_lint.schema.instance import pointer

_ONE: Final = frozenset(
    {
        "additionalProperties", "contains", "contentSchema", "else", "if", "items", "not", "propertyNames", "then",
        "unevaluatedItems", "unevaluatedProperties",
    }
)  # fmt: skip
_SEVERAL: Final = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
# What says something of the data, or where a schema is.
_OTHERS: Final = frozenset(
    {
        "$anchor", "$dynamicAnchor", "$dynamicRef", "$ref", "const", "contentEncoding", "contentMediaType",
        "dependencies", "dependentRequired", "enum", "exclusiveMaximum", "exclusiveMinimum", "format", "maxContains",
        "maxItems", "maxLength", "maxProperties", "maximum", "minContains", "minItems", "minLength", "minProperties",
        "minimum", "multipleOf", "pattern", "required", "type", "uniqueItems",
    }
)  # fmt: skip
# What says nothing of the data, so that a slip does no harm; and `example`, `comment` and `id` are no slips.
SILENT: Final = frozenset(
    {
        "$comment", "$id", "$recursiveAnchor", "$recursiveRef", "$schema", "$vocabulary", "default", "deprecated",
        "description", "examples", "readOnly", "title", "writeOnly",
    }
)  # fmt: skip
TELLING: Final = _ONE | _SEVERAL | NAMES | _OTHERS
SHORT: Final = 4  # letters; a shorter one is one edit away from too many words: `note` from `not`
LONG: Final = 8  # letters; of a longer one several can be wrong
LIKE: Final = 0.84  # of 1, as difflib counts


def slips(schema: object) -> Iterator[tuple[str, str, str]]:
    """The words that stand where a keyword would, and are nearly one: the pointer to each, the word, and the keyword.

    Words that begin with `x-` and those that are like no keyword are a project's own.
    """
    stack = [("", schema)]
    while stack:
        where, node = stack.pop()
        if not isinstance(node, dict):
            continue
        below: list[tuple[str, object]] = []
        for key, child in node.items():
            at = f"{where}{pointer([key])}"
            meant = _meant(key)
            if meant is not None:
                yield at, key, meant
            if key in _ONE:
                below.append((at, child))
            elif key in _SEVERAL and isinstance(child, list):
                below.extend((f"{at}/{number}", each) for number, each in enumerate(child))
            elif key in NAMES and isinstance(child, dict):
                below.extend((f"{at}{pointer([name])}", each) for name, each in child.items())
        stack.extend(reversed(below))


def _meant(word: str) -> str | None:
    """The keyword that a word is a slip of; None for a keyword and for any other word."""
    if word in TELLING or word in SILENT or word.startswith("x-"):
        return None
    near = (keyword for keyword in sorted(TELLING | {KEYWORD}) if _near(*_alike(word, keyword)))
    return max(near, key=lambda keyword: _likeness(*_alike(word, keyword)), default=None)


def _alike(word: str, keyword: str) -> tuple[str, str]:
    """Both in lower case, and without their signs unless both begin with `$`."""
    one, other = word.casefold(), keyword.casefold()
    if one.startswith("$") and other.startswith("$"):
        return one, other
    return "".join(filter(str.isalpha, one)), "".join(filter(str.isalpha, other))


def _near(word: str, keyword: str) -> bool:
    """Whether a word is nearly a keyword; its first letter is hardly ever wrong: `when` is not `then`."""
    if word == keyword:
        return True
    if len(keyword) < SHORT or word[:1] != keyword[:1]:
        return False
    if one_edit_apart(word, keyword):
        return True
    return LONG <= len(keyword) > len(word) / 2 and _likeness(word, keyword) >= LIKE


def _likeness(one: str, other: str) -> float:
    from difflib import SequenceMatcher

    return SequenceMatcher(None, one, other, autojunk=False).ratio()
