"""YAML to nodes that know where they stand; the only importer of PyYAML."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final

import yaml

from waku_lint.frozen import frozen
from waku_lint.model import YamlList, YamlMapping, YamlNode, YamlScalar
from waku_lint.source import BOM, Span, Text

MAX_NESTING: Final = 50
MAX_NODES: Final = 20_000  # aliases count each time they are used

# YAML 1.2 core schema: in it `off` and `2025-09-30` are strings, as their writers mean them.
_NULL: Final = re.compile(r"(?:null|Null|NULL|~|)\Z")
_TRUE: Final = re.compile(r"(?:true|True|TRUE)\Z")
_FALSE: Final = re.compile(r"(?:false|False|FALSE)\Z")
_INT: Final = re.compile(r"[-+]?[0-9]{1,18}\Z")
_COMMENT: Final = re.compile(r""""[^"\r\n]*"|'[^'\r\n]*'|(?<!\S)(?P<comment>#[^\r\n]*)""")
_FLOAT: Final = re.compile(r"[-+]?(?:\.[0-9]{1,30}|[0-9]{1,30}(?:\.[0-9]{0,30})?)(?:[eE][-+]?[0-9]{1,3})?\Z")
# Text that needs no quotes, wherever it stands.
_PLAIN: Final = re.compile(r"[A-Za-z][\w./*()+-]*(?: [\w./*()+-]+)*|\.?[\w-]*/[\w./*-]+", re.ASCII)


@frozen
class YamlTrouble:
    """What is wrong, and where, in the text that was parsed."""

    message: str
    span: Span


@frozen
class YamlResult:
    """`root` is None for an empty document and for one that cannot be read at all."""

    root: YamlNode | None
    troubles: tuple[YamlTrouble, ...]


class _Loader(yaml.SafeLoader):
    """PyYAML's, but that it ends where there are too many nodes."""

    nodes = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.MarkedYAMLError(None, None, f"more than {MAX_NODES:,} values", mark)
        return super().compose_node(parent, index)


class _Limit(Exception):
    def __init__(self, message: str, span: Span) -> None:
        super().__init__(message)
        self.trouble = YamlTrouble(message, span)


def parse(text: str, within: Span | None = None) -> YamlResult:
    """Parse `text`, or the part of it at `within`; spans are offsets into the whole of `text`."""
    start, end = (within.start, within.end) if within else (0, len(text))
    if text.startswith(BOM, start, end):
        start += 1
    part = text[start:end]
    deep = _too_deep(part, start)
    if deep is not None:
        return YamlResult(None, (deep,))
    loader = _Loader("")
    try:
        loader = _Loader(part)
        node = loader.get_single_node()
    except yaml.reader.ReaderError as error:
        where = Span(start + error.position, min(start + error.position + 1, end))
        return YamlResult(None, (YamlTrouble(f"character U+{ord(part[error.position]):04X} is not allowed", where),))
    except yaml.MarkedYAMLError as error:
        return YamlResult(None, (_syntax_trouble(error, part, start),))
    except RecursionError:
        return YamlResult(None, (YamlTrouble(f"nested more than {MAX_NESTING} levels deep", Span(start, end)),))
    finally:
        loader.dispose()
    if node is None:
        return YamlResult(None, ())
    build = _Builder(start)
    try:
        root = build.node(node, 0)
    except _Limit as limit:
        return YamlResult(None, (*build.troubles, limit.trouble))
    return YamlResult(root, tuple(build.troubles))


def comments(text: str, within: Span | None = None) -> Iterator[Span]:
    """Where comments stand in `text`, or in the part of it at `within`, each from its `#` to the line's end.

    Behind a mistake that ends the parse, what stands between quotes on one line is still known for text.
    """
    start, end = (within.start, within.end) if within else (0, len(text))
    at = start = start + text.startswith(BOM, start, end)
    for scalar in (*_scalars(text[start:end], start), Span(end, end)):
        for match in _COMMENT.finditer(text, at, scalar.start):
            if match["comment"] is not None:
                yield Span(*match.span("comment"))
        at = max(at, scalar.end)


def _scalars(part: str, base: int) -> Iterator[Span]:
    """Where scalars stand, up to the first mistake."""
    try:
        for token in yaml.scan(part, Loader=yaml.SafeLoader):
            if isinstance(token, yaml.ScalarToken):
                yield Span(base + token.start_mark.index, base + token.end_mark.index)
    except yaml.YAMLError:
        return


def data(node: YamlNode | None) -> object:
    """The plain value of `node`: str, int, float, bool, None, list or dict."""
    if isinstance(node, YamlMapping):
        return {key.value: data(value) for key, value in node.entries}
    if isinstance(node, YamlList):
        return [data(item) for item in node.items]
    return node.value if node is not None else None


def written(value: object) -> str:
    """A plain value as YAML on one line; `data` of it is the value again."""
    if isinstance(value, str) and _PLAIN.fullmatch(value) and _plain(value) == value:
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


def _syntax_trouble(error: yaml.MarkedYAMLError, part: str, base: int) -> YamlTrouble:
    problem = error.problem or error.context or "not valid YAML"
    mark = error.problem_mark or error.context_mark
    if "end of stream" in problem and error.context_mark is not None:
        mark = error.context_mark  # what was opened there is never closed
        problem = "this is never closed"
    if error.context == "while scanning an alias" or problem.startswith("found undefined alias"):
        mark = error.context_mark or mark
        problem = "a value that starts with `*` needs quotes"
    offset = min(mark.index, len(part)) if mark is not None else 0
    if "mapping values are not allowed" in problem:
        problem = "`: ` within a value; put the value in quotes"
    if part[offset : offset + 1] == "\t" and "cannot start any token" in problem:
        problem = "a tab, where YAML wants spaces"
    elif part[offset : offset + 1] == "\t":
        problem = f"{problem} (a tab)"
    return YamlTrouble(f"not valid YAML: {problem}", Span(base + offset, base + min(offset + 1, len(part))))


class _Builder:
    """Turns PyYAML's nodes into ours, within limits."""

    def __init__(self, base: int) -> None:
        self.base = base
        self.count = 0
        self.troubles: list[YamlTrouble] = []

    def span(self, node: yaml.Node) -> Span:
        return Span(self.base + node.start_mark.index, self.base + node.end_mark.index)

    def node(self, node: yaml.Node, depth: int) -> YamlNode:
        self.count += 1
        if node.tag.startswith("!"):
            message = f"{node.tag!r} is a tag; a value that starts with `!` needs quotes"
            self.troubles.append(YamlTrouble(message, self.span(node)))
        if self.count > MAX_NODES:
            raise _Limit(f"more than {MAX_NODES} values once its aliases are expanded", self.span(node))
        if depth > MAX_NESTING:
            raise _Limit(f"nested more than {MAX_NESTING} levels deep", self.span(node))
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, depth)
        if isinstance(node, yaml.SequenceNode):
            return YamlList(tuple(self.node(item, depth + 1) for item in node.value), self.span(node))
        return YamlScalar(_scalar(node), self.span(node))

    def mapping(self, node: yaml.MappingNode, depth: int) -> YamlMapping:
        entries: dict[str, tuple[Text, YamlNode]] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self.troubles.append(YamlTrouble("a key must be plain text", self.span(key_node)))
                continue
            key = Text(str(key_node.value), self.span(key_node))
            if key.value in entries:
                self.troubles.append(YamlTrouble(f"key {key.value!r} is there twice", key.span))
                continue
            entries[key.value] = (key, self.node(value_node, depth + 1))
        return YamlMapping(tuple(entries.values()), self.span(node))


def _scalar(node: yaml.Node) -> str | int | float | bool | None:
    value = str(node.value)
    return value if getattr(node, "style", None) is not None else _plain(value)  # quoted or block text stays text


def _plain(value: str) -> str | int | float | bool | None:
    if _NULL.match(value):
        return None
    if _TRUE.match(value):
        return True
    if _FALSE.match(value):
        return False
    if _INT.match(value):
        return int(value)
    return float(value) if _FLOAT.match(value) else value
