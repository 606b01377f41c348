"""Entries of an index, and pages that have none: what the rules about indexes share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from waku_lint.documents.model import Index, IndexEntry
from waku_lint.project.links import is_local
from waku_lint.regexes import lazy
from waku_lint.rules.base import Finding, Related, RuleContext, Span
from waku_lint.rules.wording import words

_ENDS: Final = lazy(r"\s*(?:\(TB[DC]\b[^()]*\)|\bFURPS\b)\s*$", re.IGNORECASE)
_COMMON: Final = frozenset({"furps", "poc", "milestone", "the", "deliverables", "track"})


def page_of(entry: IndexEntry, ctx: RuleContext) -> str | None:
    """The page that an entry leads to; None where nothing wanted can be found about the entry."""
    path = ctx.project.tree.locate(entry.target.value, ctx.document.path)
    if path is None or ctx.about is None or path in ctx.about:
        return path
    titles = (ctx.project.title(each) for each in ctx.about)
    wanted = comparable(entry.text.value)
    return path if any(title is not None and comparable(title.value) == wanted for title in titles) else None


def other_of_title(entry: IndexEntry, path: str, ctx: RuleContext) -> str | None:
    """Another page of the same kind whose title is the entry's text."""
    wanted = comparable(entry.text.value)
    kind = ctx.project.kind(path) or ""
    found = {
        each for stems in (False, True) for each in ctx.project.called(kind, comparable, stems=stems).get(wanted, ())
    }
    return min(found - {path}, default=None)


def comparable(title: str) -> str:
    """A title without what does not tell two pages apart."""
    return "".join(title_words(bare(title)))


def title_words(title: str) -> list[str]:
    """The words of a title, without those that many titles have."""
    return words(unicodedata.normalize("NFC", title), without=_COMMON)


def bare(title: str) -> str:
    """A title without `FURPS` or a remark such as `(TBD: date)` at its end."""
    return _ENDS.sub("", title.strip())


def unlisted(index: Index, ctx: RuleContext, kind: str, called: str) -> Iterator[Finding]:
    """A finding for each page of a kind that this index should link; `called` is what the kind is to readers."""
    for path in ctx.project.unlisted(kind).get(ctx.document.path, ()):
        title = ctx.project.title(path)
        named = f"`{title.value}` ({path})" if title else f"`{path}`"
        related = Related(path, title.span if title else Span(0, 0), "not listed")
        yield Finding(
            _neighbour(path, index, ctx, kind) or index.anchor,
            f"no entry for the {called} {named}",
            related=(related,),
            about=path,
            subject=title.value if title else path,
        )


def _neighbour(path: str, index: Index, ctx: RuleContext, kind: str) -> Span | None:
    """The last entry for a page of the same kind, of the same folder if there is one: the new one belongs near it.

    What is linked in prose counts only where no such page has an entry.
    """
    entries = {each.anchor for each in index.entries}
    found = [
        (link.span in entries, other.rpartition("/")[0] == path.rpartition("/")[0], link.span)
        for link in ctx.document.links
        if is_local(link.target.value)
        and (other := ctx.project.tree.locate(link.target.value, ctx.document.path)) is not None
        and ctx.project.kind(other) == kind
    ]
    return max(found)[2] if found else None
