"""A status in a weekly update is named `achieved`, `next` or `blockers`.

Whoever gathers a quarter's blockers searches for that word; `blocker`, `blocking` and a word with a stray `_`
are not found.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from waku_lint.documents.model import Status
from waku_lint.regexes import lazy
from waku_lint.rules.base import Edit, Examples, Finding, Fix, Rule, RuleContext, Severity

_STRAY: Final = lazy(r"\s*(?:[*_]|[:\uff1a][*_])")


def check(status: Status, ctx: RuleContext) -> Iterator[Finding]:
    key = status.key
    if key.value.casefold() == status.kind:
        return
    text, span = ctx.document.text, key.span
    # In `**_next**:_` the stray signs are not only in the key.
    whole = text[span.start : span.end] == key.value and (key.value.isalpha() or not _STRAY.match(text, span.end))
    fix = Fix((Edit(span, status.kind),), safe=True) if whole else None
    yield Finding(span, f"`{key.value}` is not the name of a status; expected `{status.kind}`", fix)


_HEAD = "## [Milestone - Offline relay](https://github.com/waku-org/pm/milestone/12)\n\n- [Relay metrics](https://github.com/waku-org/pm/issues/101)\n"
_DONE = f"{_HEAD}  - achieved: [nwaku] counts messages\n"
_EXAMPLES = Examples(path="content/waku/updates/2025-03-03.md")

RULE = Rule(
    code="WL706",
    name="update-status-key",
    doc=__doc__ or "",
    severity=Severity.WARNING,
    remedy="Write `achieved`, `next` or `blockers`, and close a `*` or `_` that is opened.",
    applies_to=Status,
    check=check,
    examples=(
        _EXAMPLES.clean(f"{_DONE}  - next: [nwaku] a dashboard\n  - blockers: none\n"),
        _EXAMPLES.clean("## Research\n\n- _achieved_: a draft\n- **Next:** a review\n- _risks_: few readers\n"),
        _EXAMPLES.clean("## Research\n\n- The draft is out.\n- **Blocker:** nobody reads it.\n"),
        _EXAMPLES.reports(
            f"{_DONE}  - blocker: [nwaku] the API is not settled\n",
            "blocker",
            fixed=f"{_DONE}  - blockers: [nwaku] the API is not settled\n",
        ),
        _EXAMPLES.reports(
            "## Research\n\n- _achieved_: a draft\n- _next: a review\n- _blocking_: nobody reads it\n",
            "_next",
            "blocking",
            fixed="## Research\n\n- _achieved_: a draft\n- next: a review\n- _blockers_: nobody reads it\n",
        ),
        _EXAMPLES.reports(
            f"{_HEAD}  - acheived:\n    - [nwaku] counts messages\n",
            "acheived",
            fixed=f"{_HEAD}  - achieved:\n    - [nwaku] counts messages\n",
        ),
    ),
)
