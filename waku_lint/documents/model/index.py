"""Records of an index page."""

from msgspec import Struct

from waku_lint.documents.model.declared import Named
from waku_lint.parsing.nodes import YamlMapping
from waku_lint.positions import Span, Text


class IndexEntry(Struct, frozen=True):
    """A page that an index lists: a list item or table row that begins with its link.

    `date` and `furps` are the row's cells in columns of that meaning, as written.
    """

    text: Text
    target: Text
    date: Text | None
    furps: Text | None
    span: Span
    anchor: Span


class Index(Struct, frozen=True, tag="index", tag_field="t"):
    """A page that lists others: a README, a half-year summary, a roadmap's overview."""

    title: Text | None
    front_matter: YamlMapping | None
    entries: tuple[IndexEntry, ...]
    fields: Named | None
    span: Span
    anchor: Span
