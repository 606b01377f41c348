"""A compact deliverable reads `name: FURPS they deliver (owners)`.

`name (owners): FURPS` is read as well. The name may contain colons, parentheses, links and code; the
ids are the ones the feature file gives its statements: `F1`, `+2`, `F1-3`, or `all`.
"""

from __future__ import annotations

from collections.abc import Iterator

from waku_lint.documents.extract.ids import is_reference
from waku_lint.documents.model import CompactLine, Deliverable
from waku_lint.rules.base import Example, Finding, Option, Rule, RuleContext, Span
from waku_lint.rules.wording import shortened

_EXPECTED = "expected `name: FURPS (owners)`, such as `Relay metrics: F1, U2-3 (nwaku)`"


def check(deliverable: Deliverable, ctx: RuleContext) -> Iterator[Finding]:
    line = deliverable.compact
    if line is None or (deliverable.form != "compact" and not ctx.options["headings"]):
        return
    if line.name is None:
        yield Finding(line.span, f"deliverable has no name; {_EXPECTED}")
    elif line.colon is None and line.ids:
        yield Finding(_whole(line), f"a colon is missing between name and FURPS; {_EXPECTED}")
    elif line.colon is None:
        yield Finding(line.anchor, f"deliverable names no FURPS; {_EXPECTED}")
    elif not line.ids:
        yield Finding(line.colon.span, f"no FURPS after the colon; {_EXPECTED}")
    else:
        yield from _ids(line)
    if line.rest is not None:
        yield Finding(line.rest.span, f"text after the owners: `{line.rest.value}`; {_EXPECTED}")


def _ids(line: CompactLine) -> Iterator[Finding]:
    bad = [word for word in line.ids if not is_reference(word.value)]
    if len(bad) == len(line.ids) and not any(any(map(str.isdigit, word.value)) for word in bad):
        # The last colon is one of the name's: what follows it is prose.
        words = " ".join(word.value for word in line.ids)
        yield Finding(_whole(line), f"`{shortened(words)}` is not FURPS; {_EXPECTED}")
        return
    for word in bad:
        if "(" in word.value:
            yield Finding(word.span, f"parentheses among the FURPS: name the owners once, at the end; {_EXPECTED}")
            return
        yield Finding(word.span, f"`{word.value}` is no FURPS id; expected one such as `F1`, `+2`, `U1-3` or `all`")


def _whole(line: CompactLine) -> Span:
    return Span(line.ids[0].span.start, line.ids[-1].span.end)


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
        Example(f"{_PAGE}- Relay metrics: F1 – F3, S1 and +2 (nwaku):\n  - a note\n"),
        Example(f"{_PAGE}### [Relay metrics: F1 (nwaku)](https://github.com/waku-org/pm/issues/12)\n"),
        Example(f"{_PAGE}- Relay metrics (nwaku)\n", reports=("Relay metrics",)),
        Example(f"{_PAGE}### Relay metrics (nwaku)\n", reports=("Relay metrics",), preset="waku-classic"),
        Example(f"{_PAGE}### Relay metrics: f1 (nwaku)\n", reports=("f1",)),
        Example(f"{_PAGE}- Relay metrics: F1 (nwaku) and U2 (js-waku)\n", reports=("(nwaku)",)),
        Example(f"{_PAGE}- Relay metrics F1, U2 (nwaku)\n", reports=("F1, U2",)),
        Example(f"{_PAGE}- Relay metrics: F1, G2 (nwaku)\n", reports=("G2",)),
        Example(f"{_PAGE}- Relay metrics: F3-1 (nwaku)\n", reports=("F3-1",)),
        Example(f"{_PAGE}- Relay metrics: second phase (nwaku)\n", reports=("second phase",)),
        Example(f"{_PAGE}- Relay metrics: F1 (nwaku) until May\n", reports=("until May",)),
    ),
)
