"""A document as a sequence of headings and the blocks under each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from waku_lint.parsing.inline import flatten, plain
from waku_lint.parsing.markdown import Block
from waku_lint.positions import Span, Text
from waku_lint.regexes import lazy

_BEFORE: Final = lazy(r"\A[^\w+(<{\[]+")


class Section(Struct, frozen=True):
    """A heading and the blocks up to the next heading, whatever its level.

    The blocks before the first heading form a section without one, of level 0.
    """

    heading: Block | None
    blocks: tuple[Block, ...]

    @property
    def level(self) -> int:
        return self.heading.level if self.heading else 0

    @property
    def name(self) -> str:
        """The heading as a reader sees it; empty without one."""
        return plain(self.heading.inlines) if self.heading else ""

    @property
    def title(self) -> Text | None:
        return title_of(self.heading) if self.heading else None


def title_of(heading: Block) -> Text | None:
    """A heading's text and where it stands; None for an empty heading."""
    whole = flatten(heading.inlines).whole
    return Text(" ".join(whole.value.split()), whole.span) if whole else None


def outline(blocks: Iterable[Block]) -> tuple[Section, ...]:
    """Split top-level blocks at headings; headings inside lists and quotes do not count."""
    sections: list[Section] = []
    heading: Block | None = None
    collected: list[Block] = []
    for block in blocks:
        if block.kind == "heading":
            if heading or collected:
                sections.append(Section(heading, tuple(collected)))
            heading, collected = block, []
        else:
            collected.append(block)
    if heading or collected:
        sections.append(Section(heading, tuple(collected)))
    return tuple(sections)


def extent(sections: Iterable[Section]) -> Span | None:
    """From the first heading to the end of the last block."""
    return Span.cover(
        block.span for section in sections for block in ((section.heading, *section.blocks)) if block is not None
    )


def normal(text: str) -> str:
    """Lower case, blanks collapsed, no emoji before it and no colon after it: for comparing headings and labels."""
    return " ".join(_BEFORE.sub("", text.casefold(), count=1).split()).rstrip(": ")
