"""A faster version of marko's parser, which skips elements that cannot be in a text.

A test compares the trees with those of marko's parser, because this uses private names of marko.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from marko import block, inline, inline_parser
from marko.ext.gfm import GFM
from marko.ext.gfm import elements as gfm
from marko.parser import Parser

if TYPE_CHECKING:
    from marko.source import Source

# The characters that each kind of inline contains; other kinds are always tried.
_SIGNS: Final[dict[type, tuple[str, ...]]] = {
    inline.Literal: ("\\",),
    inline.LineBreak: ("\n",),
    inline.InlineHTML: ("<",),
    inline.CodeSpan: ("`",),
    inline.AutoLink: ("<",),
    gfm.Strikethrough: ("~",),
    gfm.Url: ("://", "@", "www."),
}
_MARK: Final = re.compile(r"[\\`\]\[!*_]")
_DELIMITER: Final = re.compile(r"!?\[|\*+|_+")


class _Definition(block.LinkRefDef):
    """marko's, which would look for the end of the paragraph at each `[`, for nothing."""

    override = True
    pattern = re.compile(r" {,3}(\[)")


class Html(block.HTMLBlock):
    """marko's, which makes seven expressions for a line that has no `<`."""

    override = True

    @classmethod
    def match(cls, source: Source) -> int | bool:
        return super().match(source) if source.expect_re(r" {,3}<") else False


class Table(gfm.Table):
    """marko's, which takes a line to pieces that has no `|`."""

    override = True

    @classmethod
    def match(cls, source: Source) -> Any:
        line = source.next_line()
        if line and "|" in line:
            return super().match(source)  # type: ignore[no-untyped-call]
        source.anchor()
        return False


# A `|` and the blanks around it, as marko's has it, but without a look at each blank for whether a `|` follows.
gfm.TableRow.splitter = re.compile(r"(?:(?<!\s)\s+|(?<!\\))\|\s*")


class PageParser(Parser):
    """Gives what marko's `Parser` gives with the elements of GFM."""

    def __init__(self) -> None:
        super().__init__()
        for element in (*GFM.elements, _Definition, Html, Table):
            self.add_element(element)
        self._pair = _pair(self)

    @cached_property
    def _blocks(self) -> list[Any]:
        return super()._build_block_element_list()

    @cached_property
    def _inlines(self) -> list[tuple[Any, tuple[str, ...]]]:
        return [(kind, _SIGNS.get(kind, ("",))) for kind in super()._build_inline_element_list()]

    def _build_block_element_list(self) -> list[Any]:
        return self._blocks

    def _parse_inline(self, text: str, source: Source, positions: Sequence[int] | None = None) -> list[Any]:
        fallback: Any = self.inline_elements["RawText"]
        found = [(self._pair, match) for match in _pairs(text, source.root.link_ref_defs)]
        for kind, signs in self._inlines:
            for sign in signs:
                if sign in text:
                    found += [(kind, match) for match in kind.find(text, source=source)]
                    break
        tokens = [inline_parser.Token(kind, match, text, fallback, positions) for kind, match in found]
        tokens.sort()
        tokens = inline_parser._resolve_overlap(tokens)  # noqa: SLF001 - as marko does
        return inline_parser.make_elements(tokens, text, fallback=fallback, positions=positions)


def _pair(parser: Parser) -> Any:
    """The class for links and emphasis among the kinds of inlines; marko creates one for each text."""

    class Pair(inline.InlineElement):
        parse_children = True

        def __new__(cls, match: Any) -> Any:
            return parser.inline_elements[match.etype](match)

    return Pair


def _pairs(text: str, definitions: dict[str, tuple[str, str]]) -> list[inline_parser.MatchObj]:
    """Links, images and emphasis, as marko finds them; it looks at each character, this at those that matter."""
    delimiters: list[inline_parser.Delimiter] = []
    matches: list[inline_parser.MatchObj] = []
    mark = _MARK.search(text)
    while mark:
        at = mark.end()
        sign = mark.group()
        if sign == "\\":
            at += 1
        elif sign == "`":
            code = inline.CodeSpan.pattern.match(text, mark.start())
            at = code.end() if code else at
        elif sign == "]":
            link = inline_parser.look_for_image_or_link(text, delimiters, mark.start(), definitions, matches)
            if link:
                at = link.end()
                matches.append(link)
        else:
            delimiter = _DELIMITER.match(text, mark.start())
            if delimiter:
                delimiters.append(inline_parser.Delimiter(delimiter, text))
                at = delimiter.end()
        mark = _MARK.search(text, at)
    inline_parser.process_emphasis(text, delimiters, None, matches)
    return matches
