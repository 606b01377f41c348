"""An empty section is left empty, without the `...` of the template.

`1. ...` reads like a statement and can be quoted as one; a section with nothing in it states nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from waku_lint.documents.model import Category
from waku_lint.positions import line_start
from waku_lint.regexes import lazy
from waku_lint.rules.base import Edit, Examples, Finding, Fix, Rule, RuleContext, Severity, Span

_DOTS: Final = lazy(r"(?:\d{1,9}[.)]|[-*+])[ \t]+[*_`]*(?:\.{2,}|…)[*_`]*")
_LINE: Final = lazy(r"[^\r\n]*(?:\r\n|\r|\n)?")
_BLANK_BEFORE: Final = lazy(r"(?:\r\n|\r(?!\n)|\n)([ \t]*(?:\r\n|\r(?!\n)|\n))[ \t]*\Z")
_BLANK: Final = lazy(r"[ \t]*(?:[\r\n]|\Z)")


def check(category: Category, ctx: RuleContext) -> Iterator[Finding]:
    text = ctx.document.text
    spans = [statement.span for each in category.lists for statement in each.statements]
    dots = [_DOTS.fullmatch(text, span.start, span.end) is not None for span in spans]
    stated = max((index for index, is_dots in enumerate(dots) if not is_dots), default=-1)
    for index, span in enumerate(spans):
        if dots[index]:
            # Without it, statements that follow would have other ids.
            fix = Fix((_removal(span, spans[-1].end, text),), safe=True) if index > stated else None
            yield Finding(span, "placeholder is left from the template; state something, or delete it", fix)


def _removal(span: Span, last: int, text: str) -> Edit:
    """Delete its line, and the blank line before it where the list ends in one."""
    start = line_start(text, span.start)
    blank = _BLANK_BEFORE.search(text, max(start - 100, 0), start)
    if blank and _BLANK.match(text, _line_end(last, text)):
        start = blank.start(1)
    return Edit(Span(start, _line_end(span.end, text)), "")


def _line_end(offset: int, text: str) -> int:
    line = _LINE.match(text, offset)
    return line.end() if line else offset


_HEAD = "# Relay FURPS\n\n## Reliability\n\n"
_EXAMPLES = Examples(path="FURPS/core/relay.md")

RULE = Rule(
    code="WL407",
    name="furps-section-placeholder",
    doc=__doc__ or "",
    remedy="Write what is stated, or delete the line and leave the section empty.",
    severity=Severity.WARNING,
    applies_to=Category,
    check=check,
    examples=(
        _EXAMPLES.clean(f"{_HEAD}## Performance\n\nNone\n"),
        _EXAMPLES.clean(f"{_HEAD}1. Survives restarts, crashes, ...\n"),
        _EXAMPLES.clean(f"{_HEAD}```\n1. ...\n```\n"),
        _EXAMPLES.reports(
            f"{_HEAD}1. ...\n\n## Performance\n\n1. …\n", "1. ...", "1. …", fixed=f"{_HEAD}## Performance\n"
        ),
        _EXAMPLES.reports(
            "# Relay FURPS\r\n\r\n## Reliability\r\n1. ...\r\n\r\n## Performance\r\n",
            "1. ...",
            fixed="# Relay FURPS\r\n\r\n## Reliability\r\n\r\n## Performance\r\n",
        ),
        _EXAMPLES.reports(
            f"{_HEAD}1. Survives restarts.\n2. ...\n\n## Performance\n",
            "2. ...",
            fixed=f"{_HEAD}1. Survives restarts.\n\n## Performance\n",
        ),
        _EXAMPLES.reports(f"{_HEAD}1. ...\n2. Survives restarts.\n", "1. ..."),
    ),
)
