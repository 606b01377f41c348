"""Trees to the model: what a document says, read without judging it.

Extraction is total and silent: it accepts every document, and reports nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from waku_lint.documents.model import Root
    from waku_lint.documents.words import Words
    from waku_lint.parsing.markdown import Markdown
    from waku_lint.parsing.nodes import YamlMapping

    Extract = Callable[[Markdown, YamlMapping | None, Words], Root]

# Module and function for each kind, imported when a document of the kind is read.
MARKDOWN_KINDS: Final[Mapping[str, str]] = {
    "milestone": "milestone.extract_milestone",
    "furps": "furps.extract_furps",
    "index": "index.extract_index",
    "issue-template": "issue_template.extract_issue_template",
    "update": "update.extract_update",
}
_OTHER: Final = "own.extract_page"
# What these kinds tell is free prose: its lines and links are kept from the rules on text.
FREE_KINDS: Final = frozenset({"update"})
YAML_KINDS: Final = ("issue-form",)
KINDS: Final = (*MARKDOWN_KINDS, *YAML_KINDS)


@cache
def extractor(kind: str) -> Extract:
    """How a Markdown document of a kind is read; a kind that is none of ours is one of the project's own."""
    module, _, function = MARKDOWN_KINDS.get(kind, _OTHER).partition(".")
    extract: Extract = getattr(import_module(f"waku_lint.documents.extract.{module}"), function)
    return extract
