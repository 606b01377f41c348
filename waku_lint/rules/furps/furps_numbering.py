"""A feature's statements are numbered 1, 2, 3 in each category, so that the id written is the id meant.

`F4` is the fourth item under Functionality. Where the numbers skip or repeat, a reader of the rendered
page and a reader of the file mean different statements by one id. A list numbered `1.` throughout is
left to the renderer, which numbers it right, but begins again where text stands between two items.
Never fixed automatically: the ids are quoted elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from waku_lint.documents.model import Category, Statement, StatementList
from waku_lint.rules.base import Examples, Finding, Rule, RuleContext


def check(category: Category, ctx: RuleContext) -> Iterator[Finding]:
    position = 0
    for each in category.lists:
        yield from _numbers(each, position, category.letter, ctx.document.text)
        position += len(each.statements)


def _numbers(each: StatementList, position: int, letter: str, text: str) -> Iterator[Finding]:
    """A list starts at 1, or goes on from the sub-heading before it.

    Only the number that breaks the sequence is told, not those that go on from it.
    """
    numbers = [number for run in _runs(each, text) for number in _rendered(run)]
    goes_on = position > 0 and numbers[0] != 1
    before = position if goes_on else 0
    for expected, (statement, number) in enumerate(zip(each.statements, numbers, strict=True), start=before + 1):
        if number is None:
            return  # bullets without ids: their places are all there is
        if number not in (expected, before + 1):
            again = any(other.number == number for other in each.statements[: expected - 1])
            written = f"`{statement.marker.value}` is there twice" if again else f"this is written {letter}{number}"
            yield Finding(statement.anchor, f"{written}; by its place it is {statement.id}, expected `{expected}.`")
        before = number


def _runs(each: StatementList, text: str) -> Iterator[list[Statement]]:
    """The statements between which nothing stands, so that they are one list to a renderer."""
    run: list[Statement] = []
    for statement in each.statements:
        if run and text[run[-1].span.end : statement.span.start].strip():
            yield run
            run = []
        run.append(statement)
    yield run


def _rendered(run: list[Statement]) -> list[int | None]:
    """The numbers as written; a renderer counts on where all of a list's are `1.`."""
    if all(statement.marker.value in ("1.", "1)") for statement in run):
        return list(range(1, len(run) + 1))
    return [statement.number for statement in run]


_HEAD = "# Relay FURPS\n\n## Functionality\n\n"
_EXAMPLES = Examples(path="FURPS/core/relay.md")

RULE = Rule(
    code="WL404",
    name="furps-numbering",
    doc=__doc__ or "",
    source='"a FURPS" refers to an individual FURPS statement (e.g. "S1. available in libwaku").',
    remedy="Renumber the list 1, 2, 3; where a statement's id changes by that, change it where it is quoted as well.",
    applies_to=Category,
    check=check,
    examples=(
        _EXAMPLES.clean(f"{_HEAD}1. Relays messages.\n2. Drops duplicates.\n"),
        _EXAMPLES.clean(f"{_HEAD}1. Relays messages.\n1. Drops duplicates.\n1. Reports peers.\n"),
        _EXAMPLES.clean(f"{_HEAD}### Sending\n\n1. Relays.\n2. Retries.\n\n### Receiving\n\n3. Filters.\n"),
        _EXAMPLES.reports(f"{_HEAD}1. Relays messages.\n3. Drops duplicates.\n4. Reports peers.\n", "3."),
        _EXAMPLES.reports(f"{_HEAD}1. Relays messages.\n2. Retries.\n2. Drops duplicates.\n", "2."),
        _EXAMPLES.reports(f"{_HEAD}1. Relays messages.\n1. Drops duplicates.\n3. Reports peers.\n", "1."),
        _EXAMPLES.reports(f"{_HEAD}### Sending\n\n1. Relays.\n2. Retries.\n\n### Receiving\n\n4. Filters.\n", "4."),
        _EXAMPLES.reports(
            f"{_HEAD}1. Relays messages.\n\nIn a network of 10 nodes:\n\n1. Drops duplicates.\n1. Reports peers.\n",
            "1.",
        ),
        _EXAMPLES.reports(f"{_HEAD}2. Relays messages.\n3. Drops duplicates.\n", "2."),
    ),
)
