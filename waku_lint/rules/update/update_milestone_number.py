"""A milestone in a weekly update links the GitHub milestone that its own page links.

Numbers are copied from week to week. With a wrong one, readers land on another milestone, and nobody notices
because the link's text is right. A heading is compared with the milestone pages of its title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from msgspec import Struct

from waku_lint.documents.model import Milestone, Update
from waku_lint.regexes import lazy
from waku_lint.rules.base import Edit, Examples, Finding, Fix, Related, Rule, RuleContext, Span, Text

_URL: Final = lazy(
    r"https?://(?:www\.)?github\.com/(?P<repository>[^/\s]+/[^/\s]+)/milestones?/(?P<number>[0-9]{1,9})(?![0-9])",
    re.IGNORECASE,
)
_WORD: Final = lazy(r"\W*milestone\b", re.IGNORECASE)


class _Page(Struct, frozen=True):
    path: str
    title: str
    numbers: Mapping[tuple[str, int], Span]  # by repository and number


def check(update: Update, ctx: RuleContext) -> Iterator[Finding]:
    linked = [(section.name, section.milestone) for section in update.sections if section.name and section.milestone]
    for name, milestone in linked:
        match = _URL.search(ctx.document.text, milestone.span.start, milestone.span.end)
        if match is not None:
            yield from _compare(name, match, ctx)


def _pages(paths: Iterable[str], ctx: RuleContext) -> Iterator[_Page]:
    for document in map(ctx.project.document, paths):
        page = document.root if document is not None else None
        if document is not None and isinstance(page, Milestone) and page.title is not None:
            numbers = {_target(match): url.span for url in page.github if (match := _URL.match(url.value))}
            yield _Page(document.path, page.title.value, numbers)


def _compare(name: Text, link: re.Match[str], ctx: RuleContext) -> Iterator[Finding]:
    """One finding if there are pages of that title, and none of them has the number."""
    repository, number = target = _target(link)
    titled = list(_pages(ctx.project.called("milestone", _key).get(_key(name.value), ()), ctx))
    expected = [
        (page, each, span) for page in titled for (where, each), span in page.numbers.items() if where == repository
    ]
    if not expected or any(target in page.numbers for page in titled):
        return
    numbers = sorted({each for _, each, _ in expected})
    others = [page.title for page in _pages(ctx.project.tracked(f"{repository}/{number}"), ctx)]
    message = f"milestone `{name.value}` is number {' or '.join(map(str, numbers))} on its page, not {number}"
    if others:
        message = f"{message}, which is that of `{others[0]}`"
    fix = None
    if len(titled) == len(numbers) == 1:
        # Where the number is another page's, the pages agree with each other, and the heading with none.
        fix = Fix((Edit(Span(*link.span("number")), str(numbers[0])),), safe=bool(others))
    related = tuple(Related(page.path, span, f"here it is number {each}") for page, each, span in expected)
    yield Finding(Span(*link.span()), message, fix, related)


def _target(url: re.Match[str]) -> tuple[str, int]:
    return url["repository"].casefold(), int(url["number"])


def _key(title: str) -> str:
    """A title for comparing: its letters and figures, without the word Milestone before it."""
    word = _WORD.match(title)
    return "".join(char for char in title[word.end() if word else 0 :].casefold() if char.isalnum())


_PATH = "content/waku/updates/2025-03-03.md"
_GITHUB = "https://github.com/waku-org/pm/milestone"
_FILES = {
    "draft-roadmap/offline_relay.md": f"# [Offline relay]({_GITHUB}/12)\n",
    "draft-roadmap/shared_store.md": f"# [Milestone: Shared store]({_GITHUB}/13)\n",
}
_DONE = "\n\n- achieved: [nwaku] counts messages\n"
_EXAMPLES = Examples(path=_PATH, files=_FILES)

RULE = Rule(
    code="WL703",
    name="update-milestone-number",
    doc=__doc__ or "",
    remedy="Link the milestone that the page links; if the page is wrong, mend it there.",
    applies_to=Update,
    check=check,
    examples=(
        _EXAMPLES.clean(f"## [Milestone - Offline relay]({_GITHUB}/12){_DONE}"),
        _EXAMPLES.clean(f"## Milestone: [Shared Store]({_GITHUB}/13?closed=1){_DONE}"),
        _EXAMPLES.clean(f"## [Milestone - Relay at sea]({_GITHUB}/12){_DONE}"),
        _EXAMPLES.clean(f"## [Milestone - Offline relay](https://github.com/waku-org/nwaku/milestone/3){_DONE}"),
        _EXAMPLES.reports(
            f"## [Milestone - Offline relay]({_GITHUB}/13){_DONE}",
            f"{_GITHUB}/13",
            fixed=f"## [Milestone - Offline relay]({_GITHUB}/12){_DONE}",
        ),
        _EXAMPLES.reports(
            f"### [Shared-Store]({_GITHUB}/14?closed=1)\n\nIt is merged.\n",
            f"{_GITHUB}/14",
            fixed=f"### [Shared-Store]({_GITHUB}/13?closed=1)\n\nIt is merged.\n",
        ),
        _EXAMPLES.reports(
            f"## Milestone: Offline relay {_GITHUB}/13{_DONE}",
            f"{_GITHUB}/13",
            fixed=f"## Milestone: Offline relay {_GITHUB}/12{_DONE}",
            files={_PATH.replace("03-03", "02-24"): f"## [Offline relay]({_GITHUB}/13){_DONE}", **_FILES},
        ),
    ),
)
