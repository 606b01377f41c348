"""Records of a feature file and its FURPS statements."""

from typing import Literal

from msgspec import Struct

from waku_lint.documents.model.declared import Named
from waku_lint.parsing.nodes import YamlMapping
from waku_lint.positions import Span, Text

FurpsCategory = Literal["F", "U", "R", "P", "S", "+"]


class Statement(Struct, frozen=True):
    """One FURPS statement. `number` is the one written, `id` the one its position gives it.

    `signoffs` say who or what attests it, `Vac-DST`, `Vac-QA` or `Grafana`; each stands where it is
    written, its parentheses included.
    """

    id: str
    number: int | None
    marker: Text
    text: Text | None
    signoffs: tuple[Text, ...]
    span: Span
    anchor: Span


class StatementList(Struct, frozen=True):
    """The statements under one heading of a category."""

    statements: tuple[Statement, ...]
    span: Span
    anchor: Span


class Category(Struct, frozen=True):
    """One of the six FURPS categories. `signoffs` stand beside its statements, for all of them."""

    letter: FurpsCategory
    title: Text
    lists: tuple[StatementList, ...]
    signoffs: tuple[Text, ...]
    span: Span
    anchor: Span


class FurpsSet(Struct, frozen=True, tag="furpsset", tag_field="t"):
    """A feature file."""

    title: Text | None
    front_matter: YamlMapping | None
    categories: tuple[Category, ...]
    fields: Named | None
    span: Span
    anchor: Span
