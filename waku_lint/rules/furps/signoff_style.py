"""A team's sign-off is written `(**Vac-DST**)` or `(**Vac-QA**)`.

The team finds its statements by searching for the bold name. Only a name alone in its parentheses is a mark; a
sentence, or a link to the results, may name the team as it likes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from waku_lint.documents.model import FurpsSet
from waku_lint.positions import line_start
from waku_lint.regexes import lazy
from waku_lint.rules.base import Edit, Examples, Finding, Fix, Rule, RuleContext, Severity, Span

_MARK: Final = lazy(r"[(\[][*_`\s]*vac[-_ ]?(?:dst|qa)[*_`\s]*[)\]]", re.IGNORECASE)


def check(furps: FurpsSet, ctx: RuleContext) -> Iterator[Finding]:
    text = ctx.document.text
    for category in furps.categories:
        statements = [statement for each in category.lists for statement in each.statements]
        for signoff in (*category.signoffs, *(mark for each in statements for mark in each.signoffs)):
            span = _with_emphasis(signoff.span, text)
            written, expected = text[span.start : span.end], f"(**{signoff.value}**)"
            if written == expected or not _MARK.fullmatch(text[signoff.span.start : signoff.span.end]):
                continue
            line = text[line_start(text, span.start) : span.start]
            # In words that are bold as a whole, `**` would end the bold.
            fix = None if line.count("**") % 2 else Fix((Edit(span, expected),), safe=True)
            yield Finding(span, f"sign-off is written `{written}`; expected `{expected}`", fix)


def _with_emphasis(span: Span, text: str) -> Span:
    """With the `**` on both sides of the parentheses, or on one, as in `(**Vac-DST)**`."""
    start, end = span.start, span.end
    if text.count("**", start, end) % 2:
        if text.startswith("**", end):
            return Span(start, end + 2)
        if text.endswith("**", 0, start):
            return Span(start - 2, end)
    while start > 0 and text[start - 1] in "*_" and text[start - 1] == text[end : end + 1]:
        start, end = start - 1, end + 1
    return Span(start, end)


_HEAD = "# Store FURPS\n\n## Performance\n\n"
_EXAMPLES = Examples(path="FURPS/core/store.md")

RULE = Rule(
    code="WL410",
    name="signoff-style",
    doc=__doc__ or "",
    source="search for “**Vac-DST**”",
    remedy="Write the mark as `(**Vac-DST**)` or `(**Vac-QA**)`.",
    severity=Severity.WARNING,
    applies_to=FurpsSet,
    check=check,
    examples=(
        _EXAMPLES.clean(f"{_HEAD}1. Answers within 10 ms (**Vac-DST**).\n"),
        _EXAMPLES.clean(f"{_HEAD}1. Answers within 10 ms, as Vac-DST has simulated.\n"),
        _EXAMPLES.clean(f"{_HEAD}1. Answers within 10 ms ([Vac-DST](https://example.org/simulation)).\n"),
        _EXAMPLES.reports(
            f"{_HEAD}1. Answers within 10 ms **(Vac-DST)**.\n2. Deletes within 5 s (Vac-DST).\n",
            "**(Vac-DST)**",
            "(Vac-DST)",
            fixed=f"{_HEAD}1. Answers within 10 ms (**Vac-DST**).\n2. Deletes within 5 s (**Vac-DST**).\n",
        ),
        _EXAMPLES.reports(
            f"{_HEAD}1. Answers within 10 ms [vac qa]\n",
            "[vac qa]",
            fixed=f"{_HEAD}1. Answers within 10 ms (**Vac-QA**)\n",
        ),
        _EXAMPLES.reports(f"{_HEAD}1. **Answers within 10 ms (Vac-DST)**\n", "(Vac-DST)"),
    ),
)
