"""Trees to the model: what a document says, read without judging it.

Extraction is total and silent: it accepts every document, and reports nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from waku_lint.extract.furps import extract_furps
from waku_lint.extract.index import extract_index
from waku_lint.extract.issue_template import extract_issue_template
from waku_lint.extract.milestone import extract_milestone
from waku_lint.extract.own import extract_page
from waku_lint.extract.update import extract_update
from waku_lint.kinds import Words
from waku_lint.model import Root, YamlMapping
from waku_lint.parse.markdown import Markdown

Extract = Callable[[Markdown, YamlMapping | None, Words], Root]

MARKDOWN_KINDS: Final[Mapping[str, Extract]] = {
    "milestone": extract_milestone,
    "furps": extract_furps,
    "index": extract_index,
    "issue-template": extract_issue_template,
    "update": extract_update,
}
# What these kinds tell is free prose: its lines and links are kept from the rules on text.
FREE_KINDS: Final = frozenset({"update"})
YAML_KINDS: Final = ("issue-form",)
KINDS: Final = (*MARKDOWN_KINDS, *YAML_KINDS)


def extractor(kind: str) -> Extract:
    """How a Markdown document of a kind is read; a kind that is none of ours is one of the project's own."""
    return MARKDOWN_KINDS.get(kind, extract_page)
