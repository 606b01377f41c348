"""Facts of a document for questions about it, small enough to keep for all documents of a project."""

import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from waku_lint.documents.extract.ids import ALL
from waku_lint.documents.model import Document, FurpsSet, Milestone
from waku_lint.parsing.nodes import YamlScalar
from waku_lint.positions import Text
from waku_lint.project.links import is_local
from waku_lint.project.quotations import Feature, deliverables_of, ids_of, references_of
from waku_lint.regexes import lazy

LETTERS: Final = "FURPS+"
_ISSUE: Final = lazy(r"https?://(?:www\.)?github\.com/([^/]+/[^/]+)/issues/(\d+)", re.IGNORECASE)
_MILESTONE: Final = lazy(r"https?://(?:www\.)?github\.com/([^/]+/[^/]+)/milestones?/(\d+)", re.IGNORECASE)


class Facts(Struct, frozen=True):
    """The `title` of a page or feature from its heading or front matter, the `estimate` of a page, and its references.

    `issues` are the issues of a page's deliverables, and `milestones` the GitHub milestones that it links, both as
    `owner/name/number`. `targets` are link targets as written: to features for a page, to any file for an index.
    `letters` are the FURPS categories with statements in a feature, or delivered by a page; for each `all`, `wholes`
    has the targets of its possible features.
    """

    title: Text | None = None
    estimate: Text | None = None
    issues: tuple[str, ...] = ()
    milestones: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    letters: str = ""
    wholes: tuple[tuple[str, ...], ...] = ()


def facts_of(document: Document) -> Facts:
    root = document.root
    if isinstance(root, Milestone):
        delivered = list(_delivered(root))
        return Facts(
            _title(root),
            root.estimate.value if root.estimate else None,
            tuple(dict.fromkeys(issue_of(each.issue.value) for each in root.deliverables if each.issue)),
            tuple(dict.fromkeys(number for url in root.github if (number := milestone_of(url.value)))),
            tuple(dict.fromkeys(_features(root))),
            "".join(letter for letter in LETTERS if letter in delivered),
            tuple(dict.fromkeys(each for each in delivered if isinstance(each, tuple))),
        )
    if isinstance(root, FurpsSet):
        letters = {each.id[0] for each in Feature(document, root).statements}
        return Facts(_title(root), letters="".join(letter for letter in LETTERS if letter in letters))
    if document.kind == "index":
        local = (link.target.value for link in document.links if is_local(link.target.value))
        return Facts(targets=tuple(dict.fromkeys(local)))
    return Facts()


def issue_of(url: str) -> str:
    """Shorten the address of a GitHub issue to `owner/name/number`; other addresses are unchanged."""
    match = _ISSUE.match(url)
    return f"{match.group(1).casefold()}/{match.group(2)}" if match else url


def milestone_of(url: str) -> str | None:
    """Shorten the address of a GitHub milestone to `owner/name/number`; None for a list of milestones."""
    match = _MILESTONE.match(url)
    return f"{match.group(1).casefold()}/{match.group(2)}" if match else None


def _title(root: Milestone | FurpsSet) -> Text | None:
    if root.title is not None:
        return root.title
    given = root.front_matter.get("title") if root.front_matter else None
    if isinstance(given, YamlScalar) and isinstance(given.value, str) and given.value.strip():
        return Text(given.value.strip(), given.span)
    return None


def _delivered(root: Milestone) -> Iterator[str | tuple[str, ...]]:
    """The letters of the statements that a page delivers, and for each `all` the targets of its features."""
    for deliverable, targets in deliverables_of(root):
        for reference in references_of(deliverable):
            token = reference.id.value
            if token.casefold() == ALL:
                yield tuple(target for target in targets if target is not None)
            else:
                yield from (each[0] for each in ids_of(token) or (token.upper(),))


def _features(root: Milestone) -> Iterator[str]:
    yield from (summary.feature.target.value for summary in root.features if summary.feature.target)
    for deliverable in root.deliverables:
        yield from (feature.target.value for feature in deliverable.features if feature.target)
