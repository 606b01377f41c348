"""Parse YAML into nodes with positions."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Final

from waku_lint.parsing.nodes import MAX_NESTING, YamlList, YamlMapping, YamlNode, YamlResult, YamlTrouble, plain
from waku_lint.positions import BOM, Span
from waku_lint.regexes import lazy

_COMMENT: Final = lazy(r""""[^"\r\n]*"|'[^'\r\n]*'|(?<!\S)(?P<comment>#[^\r\n]*)""")
# Text that needs no quotes at any place.
_PLAIN: Final = lazy(r"[A-Za-z][\w./*()+-]*(?: [\w./*()+-]+)*|\.?[\w-]*/[\w./*-]+", re.ASCII)


Parse = Callable[[str], YamlResult]


def parse(text: str, within: Span | None = None) -> YamlResult:
    """Parse `text`, or the part of it at `within`; spans are offsets into the whole of `text`."""
    start, end = (within.start, within.end) if within else (0, len(text))
    if text.startswith(BOM, start, end):
        start += 1
    part = text[start:end]
    deep = _too_deep(part, start)
    if deep is not None:
        return YamlResult(None, (deep,))
    from waku_lint.parsing import pyyaml  # importing takes longer than parsing most documents

    return pyyaml.parse(part, start)


def comments(text: str, within: Span | None = None) -> Iterator[Span]:
    """Where comments stand in `text`, or in the part of it at `within`, each from its `#` to the line's end.

    Behind a mistake that ends the parse, what stands between quotes on one line is still known for text.
    """
    start, end = (within.start, within.end) if within else (0, len(text))
    from waku_lint.parsing.pyyaml import scalars

    at = start = start + text.startswith(BOM, start, end)
    for scalar in (*scalars(text[start:end], start), Span(end, end)):
        for match in _COMMENT.finditer(text, at, scalar.start):
            if match["comment"] is not None:
                yield Span(*match.span("comment"))
        at = max(at, scalar.end)


def data(node: YamlNode | None) -> object:
    """The plain value of `node`: str, int, float, bool, None, list or dict."""
    if isinstance(node, YamlMapping):
        return {key.value: data(value) for key, value in node.entries}
    if isinstance(node, YamlList):
        return [data(item) for item in node.items]
    return node.value if node is not None else None


def written(value: object) -> str:
    """A plain value as YAML on one line; `data` of it is the value again."""
    if isinstance(value, str) and _PLAIN.fullmatch(value) and plain(value) == value:
        return value
    # JSON is YAML, but for its escapes of what lies beyond U+FFFF, and for characters that YAML wants escaped.
    return "".join(
        each if each.isprintable() else f"\\U{ord(each):08x}" for each in json.dumps(value, ensure_ascii=False)
    )


def _too_deep(part: str, base: int) -> YamlTrouble | None:
    """Where brackets nest too deep, before a recursive parser meets them."""
    depth = 0
    for match in re.finditer(r"[\[{\]}]", part):
        depth += 1 if match.group() in "[{" else -1
        if depth > MAX_NESTING:
            where = Span(base + match.start(), base + match.end())
            return YamlTrouble(f"nested more than {MAX_NESTING} levels deep", where)
    return None
