"""A compact deliverable reads `name: FURPS they deliver (owners)`.

`name (owners): FURPS` is read as well. The name may contain colons, parentheses, links and code; the
ids are the ones the feature file gives its statements: `F1`, `+2`, `F1-3`, or `all`.
"""

from __future__ import annotations

from collections.abc import Iterator

from waku_lint.extract.ids import is_reference
from waku_lint.model import CompactLine, Deliverable
from waku_lint.rules.base import Example, Finding, Option, Rule, RuleContext, Span

_EXPECTED = "expected `name: FURPS (owners)`, such as `Relay metrics: F1, U2-3 (nwaku)`"


def check(deliverable: Deliverable, ctx: RuleContext) -> Iterator[Finding]:
    line = deliverable.compact
    if line is None or (deliverable.form == "bare" and not ctx.options["headings"]):
        return
    if line.name is None:
        yield Finding(line.span, f"deliverable has no name; {_EXPECTED}")
    bad = [word for word in line.ids if not is_reference(word.value)]
    if line.colon is None:
        if line.ids:
            where = Span(line.ids[0].span.start, line.ids[-1].span.end)
            yield Finding(where, f"a colon is missing between name and FURPS; {_EXPECTED}")
        else:
            yield Finding(line.anchor, f"deliverable names no FURPS; {_EXPECTED}")
    elif not line.ids:
        yield Finding(line.colon.span, f"no FURPS after the colon; {_EXPECTED}")
    elif len(bad) == len(line.ids) and not any(word.value[-1:].isdigit() for word in bad):
        yield from _prose(line)
    else:
        for word in bad:
            yield Finding(word.span, f"`{word.value}` is no FURPS id; expected one such as `F1`, `+2`, `U1-3` or `all`")
    if line.rest is not None:
        yield Finding(line.rest.span, f"text after the owners: `{line.rest.value}`; {_EXPECTED}")


def _prose(line: CompactLine) -> Iterator[Finding]:
    """The last colon is one of the name's: what follows it is prose."""
    where = Span(line.ids[0].span.start, line.ids[-1].span.end)
    words = " ".join(word.value for word in line.ids)
    shown = words if len(words) <= 40 else f"{words[:37]}..."
    yield Finding(
        where, f"`{shown}` are no FURPS ids; {_EXPECTED}" if " " in words else f"`{shown}` is no FURPS id; {_EXPECTED}"
    )


_PAGE = "# Relay\n\n## Deliverables\n\n"

RULE = Rule(
    code="WL301",
    name="deliverable-format",
    doc=__doc__ or "",
    source="Deliverables deliver a number of FURPS: `deliverable name: FURPS they deliver`",
    remedy="Write the name, a colon, the FURPS ids separated by commas, and the owners in parentheses.",
    applies_to=Deliverable,
    check=check,
    options=(
        Option(
            "headings",
            False,
            "Whether a deliverable's heading with no fields below it must be compact, too.",
            {"type": "boolean"},
        ),
    ),
    examples=(
        Example(f"{_PAGE}- Relay metrics: F1, U2-3 (nwaku, js-waku)\n"),
        Example(f"{_PAGE}- [ ] Light push (nwaku): F1, +2\n"),
        Example(f"{_PAGE}### 🏗️ [Store: sync (PoC)](https://github.com/waku-org/pm/issues/12): all (nwaku)\n"),
        Example(f"{_PAGE}- Relay metrics (nwaku)\n", reports=("Relay metrics",)),
        Example(f"{_PAGE}- Relay metrics F1, U2 (nwaku)\n", reports=("F1, U2",)),
        Example(f"{_PAGE}- Relay metrics: F1, G2 (nwaku)\n", reports=("G2",)),
        Example(f"{_PAGE}- Relay metrics: F3-1 (nwaku)\n", reports=("F3-1",)),
        Example(f"{_PAGE}- Relay metrics: second phase (nwaku)\n", reports=("second phase",)),
        Example(f"{_PAGE}- Relay metrics: F1 (nwaku) until May\n", reports=("until May",)),
    ),
)
