"""A suppression hides something.

One that outlives what it was written for hides the next mistake of that kind, which nobody has looked at. It is judged
by the rules that run: one that is switched off or not selected is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import dropwhile, takewhile
from typing import Final

from waku_lint.documents.model import SuppressedRule, Suppression
from waku_lint.positions import LINE_END, Lines
from waku_lint.regexes import lazy
from waku_lint.rules.base import Edit, Example, Examples, Finding, Fix, Rule, RuleContext, Severity, Span

_BLANKS: Final = " \t"
_HTML: Final = "<"  # a comment of Markdown; one of YAML begins otherwise
_QUOTED: Final = lazy(r"[ \t>]*")
_ITEM: Final = lazy(r"[ \t>]*([-+*]|\d+[.)])([ \t]|$)|[ \t>]*[ \t]")  # or what may belong to one
_LETTER: Final = lazy(r"[^\W\d_]")
_CODE: Final = 4  # blanks before what begins no block of HTML
_FAR: Final = 50  # lines, beyond which nobody looks


def check(suppression: Suppression, ctx: RuleContext) -> Iterator[Finding]:
    unused = [rule for rule in suppression.rules if rule.used is False]
    if unused and len(unused) == len(suppression.names):
        names = ", ".join(rule.name.value for rule in unused)
        yield Finding(suppression.span, _message(suppression, names), _removal(ctx.document.text, suppression.span))
        return
    for rule in unused:
        removed = _one(suppression, rule)
        yield Finding(rule.name.span, _message(suppression, rule.name.value), Fix((Edit(removed, ""),), safe=True))


def _message(suppression: Suppression, names: str) -> str:
    if suppression.scope == "enable":
        return f"`{names}` is not suppressed here, so there is nothing to enable"
    return f"`{names}` reports nothing here, so there is nothing to suppress"


def _removal(text: str, span: Span) -> Fix:
    """A comment is taken out; a person has to look at it where the page might be another without it."""
    if text[span.start] != _HTML:
        return Fix((Edit(_whole(text, span), ""),), safe=True)
    lines = _lines(text)
    first, last = lines.position(span.start), lines.position(span.end)
    before, behind = lines.line(first.line)[: first.column - 1], lines.line(last.line)[last.column - 1 :]
    if _QUOTED.fullmatch(before) is None:
        return _within(span, before, behind)
    above = [lines.line(number) for number in range(first.line - 1, max(0, first.line - _FAR), -1)]
    below = [
        lines.line(number) for number in range(last.line + 1, min(lines.position(len(text)).line, last.line + _FAR) + 1)
    ]
    parts = bool(above and below and _said(above[0]) and _said(below[0]))
    line = _whole(text, span)
    if parts and not behind.strip() and not before.strip():
        line = Span(line.start, span.end + len(behind))  # an empty line stays between the two
    return Fix((Edit(line, ""),), safe=not behind.strip() and _apart(before, above, below, first.line == 1))


@lru_cache(maxsize=1)
def _lines(text: str) -> Lines:
    return Lines(text)


def _within(span: Span, before: str, behind: str) -> Fix:
    """A comment with text before it: one blank stays between words, and those that break a line stay behind it."""
    blanks = len(before) - len(before.rstrip(_BLANKS))
    follows = len(behind) - len(behind.lstrip(_BLANKS))
    if not behind.strip():
        breaks = behind.endswith("  ")
        removed = Span(span.start - blanks, span.end if breaks else span.end + follows)
        return Fix((Edit(removed, ""),), safe=_ends_well(before))
    removed = Span(span.start, span.end + (follows if blanks else 0))
    return Fix((Edit(removed, ""),), safe=_ends_well(before) and bool(blanks or follows))


def _ends_well(before: str) -> bool:
    """Whether a line that begins so is the same with other text, or none, after it."""
    said = before.rstrip(_BLANKS)
    marked = said == before and not (said[-1:].isalnum() or said.endswith((".", ",", ";", "?")))
    return bool(_LETTER.search(said)) and not said.endswith("\\") and not marked


def _apart(before: str, above: Sequence[str], below: Sequence[str], first: bool) -> bool:
    """Whether what stands above and below a comment on lines of its own is as far apart without it."""
    if len(before.expandtabs(_CODE)) >= _CODE and above and _said(above[0]):
        return False  # it goes on with a paragraph
    if first and below and below[0].startswith("---"):
        return False  # what would be front matter
    over = _chunk(above)
    under = next((line for line in below if _said(line)), "")
    if len(over) + 1 >= _FAR or any(_said(line).startswith(_HTML) for line in over):
        return False  # it may stand within HTML
    return not (_ITEM.match(under) and any(map(_ITEM.match, over)))


def _chunk(lines: Sequence[str]) -> list[str]:
    """The first of these lines that say something, up to one that says nothing."""
    said = dropwhile(lambda line: not _said(line), lines)
    return list(takewhile(_said, said))


def _said(line: str) -> str:
    """What a line says, without the marks of a quotation around it."""
    return line.lstrip(" \t>").rstrip()


def _whole(text: str, span: Span) -> Span:
    """A comment with the line it has for itself, or else with the blanks that set it off."""
    start, end = span.start, span.end
    while start and text[start - 1] in _BLANKS:
        start -= 1
    while text[end : end + 1] and text[end] in _BLANKS:
        end += 1
    starts_line = not start or text[start - 1] in "\r\n\ufeff"
    line_end = LINE_END.match(text, end)
    if starts_line and (line_end or end == len(text)):
        return Span(start, line_end.end() if line_end else end)
    return Span(span.start, end) if starts_line else Span(start, end if line_end else span.end)


def _one(suppression: Suppression, rule: SuppressedRule) -> Span:
    """A name with a comma: before the first that stays the comma after it, behind that the one before it."""
    unused = {each.name for each in suppression.rules if each.used is False}
    stays = next(index for index, name in enumerate(suppression.names) if name not in unused)
    at = suppression.names.index(rule.name)
    if at < stays:
        return Span(rule.name.span.start, suppression.names[at + 1].span.start)
    return Span(suppression.names[at - 1].span.end, rule.name.span.end)


_TITLE = "# Relay metrics\n\n"
_ONE = '<!-- waku-lint: disable-next-line=WL203 reason="the year is open" -->'
_TWO = '<!-- waku-lint: disable-next-line=WL203,WL103 reason="the year is open" -->'
_OPEN = "**Estimated date of completion**: 31 Aug\n"
_SET = "**Estimated date of completion**: 31 Aug 2025\n"
_EXAMPLES = Examples(beside=("WL103", "WL203"))

RULE = Rule(
    code="WL009",
    name="suppression-unused",
    doc=__doc__ or "",
    remedy="Delete the comment, or the name of the rule that reports nothing.",
    severity=Severity.WARNING,
    applies_to=Suppression,
    check=check,
    examples=(
        _EXAMPLES.clean(f"{_TITLE}{_ONE}\n{_OPEN}"),
        _EXAMPLES.reports(f"{_TITLE}{_ONE}\n{_SET}", _ONE, fixed=f"{_TITLE}{_SET}"),
        _EXAMPLES.reports(f"{_TITLE}{_TWO}\n{_OPEN}", "WL103", fixed=f"{_TITLE}{_ONE}\n{_OPEN}"),
        _EXAMPLES.clean(f"{_TITLE}{_OPEN[:-1]} <!-- waku-lint: disable-line=WL203 -->\n"),
        Example(f"{_TITLE}{_ONE}\n{_SET}"),  # a rule that does not run is not judged
        _EXAMPLES.reports(f"{_TITLE}A note\n{_ONE}\nand another.\n", _ONE, fixed=f"{_TITLE}A note\n\nand another.\n"),
        _EXAMPLES.reports(
            f"{_TITLE}A <!-- waku-lint: disable-line=WL203 -->note\n",
            "<!-- waku-lint: disable-line=WL203 -->",
            fixed=f"{_TITLE}A note\n",
        ),
        _EXAMPLES.reports(
            f"{_TITLE}{_SET[:-1]} <!-- waku-lint: enable=WL203 -->\n",
            "<!-- waku-lint: enable=WL203 -->",
            fixed=f"{_TITLE}{_SET}",
        ),
    ),
)
