"""The fenced blocks of a page, and what a comment before each says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_OPENING: Final = re.compile(r"^(?P<fence>`{3,}|~{3,})(?P<kind>[\w-]*)\s*$")
_COMMENT: Final = re.compile(r"^<!-- (?P<mark>[^>]+) -->$")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block. `line` is that of its opening fence, 1-based; `mark` the comment on the line before it, or ""."""

    line: int
    kind: str
    text: str
    mark: str = ""

    @property
    def value(self) -> str:
        """What stands after the colon of the mark."""
        return self.mark.partition(":")[2].strip()

    def marked(self, word: str) -> bool:
        return self.mark.partition(":")[0].strip() == word


@dataclass(frozen=True, slots=True)
class Step:
    """A command of a console block, and what the page says that it prints."""

    command: str
    output: str


def blocks(page: str) -> Iterator[Block]:
    """Every fenced block of a Markdown page that starts at the margin, one after the other."""
    lines = page.splitlines()
    at = 0
    while at < len(lines):
        opening = _OPENING.match(lines[at])
        if opening is None:
            at += 1
            continue
        end = next(n for n in range(at + 1, len(lines)) if lines[n].rstrip() == opening["fence"])
        comment = _COMMENT.match(lines[at - 1]) if at else None
        text = "".join(f"{line}\n" for line in lines[at + 1 : end])
        yield Block(at + 1, opening["kind"], text, comment["mark"] if comment else "")
        at = end + 1


def steps(text: str) -> list[Step]:
    """The commands of a console block: lines that begin with `$ `, each with the lines down to the next."""
    found: list[Step] = []
    for line in text.splitlines(keepends=True):
        if line.startswith("$ "):
            found.append(Step(line[2:].strip(), ""))
        else:
            found[-1] = Step(found[-1].command, found[-1].output + line)
    return found


def matches(expected: str, printed: str) -> bool:
    """Whether this was printed; a line `...` stands for any lines, and blank lines at the end count for nothing."""
    parts = [re.escape(part) for part in re.split(r"^\.\.\.\n", expected.rstrip("\n") + "\n", flags=re.MULTILINE)]
    return re.fullmatch(r"(?:.*\n)*".join(parts), printed.rstrip("\n") + "\n") is not None
