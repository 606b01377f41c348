"""A feature file's title is the feature's name and `FURPS`.

`# Store FURPS` tells the statements about the store from a page on the store. A page whose front
matter gives its title is named there, and left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from waku_lint.documents.model import FurpsSet
from waku_lint.regexes import lazy
from waku_lint.rules.base import Edit, Examples, Finding, Fix, Rule, RuleContext, Severity, Span, Text
from waku_lint.rules.wording import is_placeholder

# Words that are meant as FURPS, at the end of a title: a letter is missing, doubled or in the wrong place.
_MEANT: Final = lazy(r"\b(?:furp|furpss|fups|furs|frups|fuprs|furbs)\Z", re.IGNORECASE)


def check(furps: FurpsSet, ctx: RuleContext) -> Iterator[Finding]:
    if furps.front_matter and furps.front_matter.get("title"):
        return
    title = furps.title
    if title is None:
        yield Finding(furps.anchor, "feature file has no title; begin it with `# <feature> FURPS`")
    elif not re.search(r"\bfurps\b", title.value, re.IGNORECASE) and not is_placeholder(title.value):
        meant = _MEANT.search(title.value)
        if meant is not None:
            yield _misspelt(title, meant, ctx.document.text)
            return
        end = title.span.end
        plain = re.match(r"[ \t]*(?:#+[ \t]*)?(?:[\r\n]|\Z)", ctx.document.text[end:])
        fix = Fix((Edit(Span(end, end), " FURPS"),), safe=True) if plain else None
        yield Finding(title.span, f"title `{title.value}` does not say FURPS; expected `{title.value} FURPS`", fix)


def _misspelt(title: Text, meant: re.Match[str], text: str) -> Finding:
    """A title that ends in what is meant as FURPS: the word is mended, none is added."""
    span = Span(title.span.end - len(meant.group()), title.span.end)
    fix = Fix((Edit(span, "FURPS"),), safe=True) if text[span.start : span.end] == meant.group() else None
    expected = f"{title.value[: meant.start()]}FURPS"
    return Finding(title.span, f"title `{title.value}` does not say FURPS; expected `{expected}`", fix)


_SECTIONS = "\n\n## Functionality\n\n1. Keeps messages for a week.\n"
_EXAMPLES = Examples(path="FURPS/core/store.md")

RULE = Rule(
    code="WL401",
    name="furps-title",
    doc=__doc__ or "",
    remedy="Write the feature's name and `FURPS` as the page's first heading: `# Store FURPS`.",
    severity=Severity.WARNING,
    applies_to=FurpsSet,
    check=check,
    examples=(
        _EXAMPLES.clean(f"# Store FURPS{_SECTIONS}"),
        _EXAMPLES.clean(f"# FURPS: [Store](https://example.org/store){_SECTIONS}"),
        _EXAMPLES.clean(f"---\ntitle: Store\n---{_SECTIONS}"),
        _EXAMPLES.reports(f"# Store{_SECTIONS}", "Store", fixed=f"# Store FURPS{_SECTIONS}"),
        _EXAMPLES.reports(f"# Store (PoC) #{_SECTIONS}", "Store (PoC)", fixed=f"# Store (PoC) FURPS #{_SECTIONS}"),
        _EXAMPLES.reports(f"# Store FURP{_SECTIONS}", "Store FURP", fixed=f"# Store FURPS{_SECTIONS}"),
        _EXAMPLES.reports(f"# [Store](https://example.org/store){_SECTIONS}", "Store"),
        _EXAMPLES.reports(_SECTIONS.lstrip(), "## Functionality"),
    ),
)
