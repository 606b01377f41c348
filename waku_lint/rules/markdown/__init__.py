"""Rules about Markdown: links, headings, tables and lists."""

from __future__ import annotations

from typing import Final

# The module of each rule, in the order of their codes.
MODULES: Final = (
    "placeholder_left",
    "todo_marker",
    "link_malformed",
    "link_empty",
    "link_broken",
    "section_empty",
    "section_duplicate",
    "heading_space",
    "table_cells",
    "list_item_empty",
)
