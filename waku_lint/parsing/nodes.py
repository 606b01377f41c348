"""YAML nodes with positions, and the values of plain scalars."""

from typing import Final

from msgspec import Struct

from waku_lint.positions import Span, Text
from waku_lint.regexes import lazy


class YamlScalar(Struct, frozen=True, tag="scalar", tag_field="t"):
    """A scalar; dates stay strings."""

    value: str | int | float | bool | None
    span: Span


class YamlList(Struct, frozen=True, tag="list", tag_field="t"):
    items: "tuple[YamlNode, ...]"
    span: Span


class YamlMapping(Struct, frozen=True, tag="mapping", tag_field="t"):
    """A mapping with unique keys; a repeated key is skipped and recorded as a trouble."""

    entries: "tuple[tuple[Text, YamlNode], ...]"
    span: Span

    def get(self, key: str) -> "YamlNode | None":
        return next((node for text, node in self.entries if text.value == key), None)


YamlNode = YamlScalar | YamlList | YamlMapping


MAX_NESTING: Final = 50


MAX_NODES: Final = 20_000  # aliases count each time they are used


# YAML 1.2 core schema: in it `off` and `2025-09-30` are strings, as their writers mean them.
_NULL: Final = lazy(r"(?:null|Null|NULL|~|)\Z")


_TRUE: Final = lazy(r"(?:true|True|TRUE)\Z")


_FALSE: Final = lazy(r"(?:false|False|FALSE)\Z")


_INT: Final = lazy(r"[-+]?[0-9]{1,18}\Z")


_FLOAT: Final = lazy(r"[-+]?(?:\.[0-9]{1,30}|[0-9]{1,30}(?:\.[0-9]{0,30})?)(?:[eE][-+]?[0-9]{1,3})?\Z")


class YamlTrouble(Struct, frozen=True):
    """What is wrong, and where, in the text that was parsed."""

    message: str
    span: Span


class YamlResult(Struct, frozen=True):
    """`root` is None for an empty document and for one that cannot be read at all."""

    root: YamlNode | None
    troubles: tuple[YamlTrouble, ...]


def plain(value: str) -> str | int | float | bool | None:
    """The value of a scalar that is written without quotes."""
    if _NULL.match(value):
        return None
    if _TRUE.match(value):
        return True
    if _FALSE.match(value):
        return False
    if _INT.match(value):
        return int(value)
    return float(value) if _FLOAT.match(value) else value
