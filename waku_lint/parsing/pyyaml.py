"""Convert nodes of PyYAML, within limits; the only importer of PyYAML."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from waku_lint.parsing.nodes import (
    MAX_NESTING,
    MAX_NODES,
    YamlList,
    YamlMapping,
    YamlNode,
    YamlResult,
    YamlScalar,
    YamlTrouble,
    plain,
)
from waku_lint.positions import Span, Text


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


def parse(part: str, base: int) -> YamlResult:
    """Parse a text that begins at the offset `base` of another one, and whose brackets do not nest too deep."""
    end = base + len(part)
    loader = _Loader("")
    try:
        loader = _Loader(part)
        node = loader.get_single_node()
    except yaml.reader.ReaderError as error:
        where = Span(base + error.position, min(base + error.position + 1, end))
        return YamlResult(None, (YamlTrouble(f"character U+{ord(part[error.position]):04X} is not allowed", where),))
    except yaml.MarkedYAMLError as error:
        return YamlResult(None, (_syntax_trouble(error, part, base),))
    except RecursionError:
        return YamlResult(None, (YamlTrouble(f"nested more than {MAX_NESTING} levels deep", Span(base, end)),))
    finally:
        loader.dispose()
    if node is None:
        return YamlResult(None, ())
    build = _Builder(base)
    try:
        root = build.node(node, 0)
    except _Limit as limit:
        return YamlResult(None, (*build.troubles, limit.trouble))
    return YamlResult(root, tuple(build.troubles))


def scalars(part: str, base: int) -> Iterator[Span]:
    """Where scalars stand, up to the first mistake."""
    try:
        for token in yaml.scan(part, Loader=yaml.SafeLoader):
            if isinstance(token, yaml.ScalarToken):
                yield Span(base + token.start_mark.index, base + token.end_mark.index)
    except yaml.YAMLError:
        return


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
    """Converts nodes of PyYAML, within limits."""

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
    return value if getattr(node, "style", None) is not None else plain(value)  # quoted or block text stays text
