"""Owners stand in one pair of parentheses after a compact deliverable, separated by commas.

Parentheses that are unbalanced, empty or nested, or a separator with no team beside it, leave it open
who does the work.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from typing import Final

from waku_lint.documents.extract.owners import SEPARATOR
from waku_lint.documents.model import Deliverable
from waku_lint.regexes import lazy
from waku_lint.rules.base import Edit, Example, Finding, Fix, Rule, RuleContext, Text

_GROUP: Final = lazy(r"\([^()]*\)")
_TRAILING: Final = lazy(r"\(([^()]+)\)\Z")


def check(deliverable: Deliverable, ctx: RuleContext) -> Iterator[Finding]:
    text = deliverable.owners_text
    line = deliverable.compact
    if text is None or (line is not None and deliverable.form != "compact"):
        return  # parentheses in a heading that is not compact need not be about owners
    # A compact heading may still have an Owner field below it.
    compact = line is not None and text.span.end <= line.span.end
    opened, closed = text.value.count("("), text.value.count(")")
    if opened != closed:
        which = "`)` is missing after the owners" if opened > closed else "`(` is missing before the owners"
        yield Finding(text.span, which)
    elif compact and opened == 0:
        yield Finding(text.span, f"owners stand in parentheses: `({text.value.strip('[]{}')})`")
    elif compact and _depth(text.value) > 1:
        yield Finding(text.span, "parentheses within the owners' parentheses; name the teams only")
    elif compact and opened > 1:
        yield Finding(text.span, "more than one pair of parentheses; name all owners in one")
    elif compact and not text.value[1:-1].strip():
        yield Finding(text.span, "parentheses without an owner")
    else:
        inside = text.value[1:-1] if compact else _GROUP.sub(lambda group: "\0" * len(group.group()), text.value)
        yield from _empty_names(deliverable, text, inside, 1 if compact else 0)
    if compact:
        yield from _named_twice(deliverable, ctx)


def _depth(value: str) -> int:
    """How deep parentheses are nested."""
    return max(accumulate({"(": 1, ")": -1}.get(char, 0) for char in value), default=0)


def _named_twice(deliverable: Deliverable, ctx: RuleContext) -> Iterator[Finding]:
    """`name (nwaku): F1 (js-waku)`: a known team at the name's end is an owner, too."""
    match = _TRAILING.search(deliverable.title.value)
    known = {name.casefold() for team, aliases in ctx.teams.items() for name in (team, *aliases)}
    if match and deliverable.owners and all(part.strip().casefold() in known for part in match.group(1).split(",")):
        where = deliverable.title.part(*match.span())
        yield Finding(where, "owners are named here and at the end; name all in one place")


def _empty_names(deliverable: Deliverable, text: Text, inside: str, shift: int) -> Iterator[Finding]:
    """At most one finding for a separator with nothing before or after it."""
    separators = list(SEPARATOR.finditer(inside))
    ends = [0, *(offset for each in separators for offset in each.span()), len(inside)]
    names = [inside[start:end].strip() for start, end in zip(ends[::2], ends[1::2], strict=True)]
    if "" in names and deliverable.owners:
        beside = separators[max(names.index("") - 1, 0)] if separators else None
        where = text.part(beside.start() + shift, beside.end() + shift) if beside else text.span
        yield Finding(where, "no owner beside this separator", _joined(deliverable, text, shift))


def _joined(deliverable: Deliverable, text: Text, shift: int) -> Fix | None:
    """The owners there are, separated by commas; only where nothing else stands between them."""
    if text.span.end - text.span.start != len(text.value) or "(" in text.value[shift : len(text.value) - shift]:
        return None
    owners = ", ".join(owner.value for owner in deliverable.owners)
    return Fix((Edit(text.part(shift, len(text.value) - shift), owners),), safe=True)


_PAGE = "# Relay\n\n## Deliverables\n\n"

RULE = Rule(
    code="WL303",
    name="deliverable-owner-format",
    doc=__doc__ or "",
    source="Deliverables are owned by one or several teams, specified in parenthesis after deliverable",
    remedy="Write the owners as `(nwaku, js-waku)`: one pair of parentheses, a comma between teams.",
    applies_to=Deliverable,
    check=check,
    examples=(
        Example(f"{_PAGE}- Relay metrics: F1 (nwaku, js-waku)\n"),
        Example(f"{_PAGE}- Relay metrics: F1 (App/Chat Dev & nwaku)\n"),
        Example(f"{_PAGE}### Relay metrics\n\n**Owner**: nwaku (lead)\n"),
        Example(f"{_PAGE}- Relay metrics: F1 (nwaku\n", reports=("(nwaku",)),
        Example(f"{_PAGE}- Relay metrics: F1 nwaku)\n", reports=("nwaku)",)),
        Example(f"{_PAGE}- Relay metrics: F1 nwaku\n", reports=("nwaku",)),
        Example(f"{_PAGE}- Relay metrics: F1 (nwaku) (js-waku)\n", reports=("(nwaku) (js-waku)",)),
        Example(f"{_PAGE}- Relay metrics (nwaku): F1 (js-waku)\n", reports=("(nwaku)",)),
        Example(f"{_PAGE}- Relay metrics: F1 ()\n", reports=("()",)),
        Example(f"{_PAGE}- Relay metrics: F1 ((nwaku))\n", reports=("((nwaku))",)),
        Example(
            f"{_PAGE}- Relay metrics: F1 (nwaku,, js-waku)\n",
            reports=(",",),
            fixed=f"{_PAGE}- Relay metrics: F1 (nwaku, js-waku)\n",
        ),
        Example(
            f"{_PAGE}### Relay metrics\n\n**Owner**: nwaku,\n",
            reports=(",",),
            fixed=f"{_PAGE}### Relay metrics\n\n**Owner**: nwaku\n",
        ),
    ),
)
