"""Values and sections that a configuration declares."""

from msgspec import Struct

from waku_lint.parsing.nodes import YamlMapping
from waku_lint.positions import Span, Text


class OwnSection(Struct, frozen=True, tag="section", tag_field="t"):
    """A section by its key in the configuration. `text` is its paragraphs, `items` those of its lists."""

    title: Text
    text: Text | None
    items: tuple[Text, ...]
    span: Span
    anchor: Span


class Named(Struct, frozen=True):
    """Values by the keys that the configuration gives them; each key stands at the label or heading on the page.

    A field's value is the text behind its label, or the items of the list below it. It is None, and then no part of
    the data, where the label is there and nothing is said. Keys are unique: of a repeated one the first is kept.
    """

    entries: tuple[tuple[Text, Text | tuple[Text, ...] | OwnSection | None], ...]

    def get(self, key: str) -> Text | tuple[Text, ...] | OwnSection | None:
        return next((value for name, value in self.entries if name.value == key), None)


class Page(Struct, frozen=True, tag="page", tag_field="t"):
    """A page of a kind that the configuration describes: what it names of it, and what every page has."""

    title: Text | None
    front_matter: YamlMapping | None
    fields: Named | None
    sections: Named | None
    span: Span
    anchor: Span
