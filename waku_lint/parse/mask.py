"""What marko may see of a text: the same length, so that its positions are ours, and no deeper than it can read."""

from __future__ import annotations

import re
from typing import Final

from waku_lint.source import BOM, Span

MAX_NESTING: Final = 60
MAX_QUOTES: Final = 12  # marko's time doubles with each level of quotation

_FENCE: Final = re.compile(r"---[ \t]*(?:\r\n|\r|\n)")
_FENCE_END: Final = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_FRONT_MATTER_KEY: Final = re.compile(r"[A-Za-z_][\w .-]*:(?:[ \t\r\n]|\Z)")
_CONTAINERS: Final = re.compile(
    rf"^(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{{1,9}}[.)](?=[ \t]))){{{MAX_NESTING}}}", re.MULTILINE
)
_QUOTES: Final = re.compile(
    rf"^(?:(?:[ \t]*(?:[-*+](?=[ \t])|\d{{1,9}}[.)](?=[ \t])))*[ \t]*>){{{MAX_QUOTES + 1}}}", re.MULTILINE
)
# Each level of a list takes two columns or more, so this is deeper still; marko is quadratic in it.
_INDENTED: Final = re.compile(rf"^[ \t]{{{4 * MAX_NESTING},}}(?:>|[-*+][ \t]|\d{{1,9}}[.)][ \t])", re.MULTILINE)
_NOT_OURS: Final = str.maketrans({"\f": " ", "\v": " ", "\x00": "\ufffd"})


class NestingError(Exception):
    """The text nests deeper than can be read; `span` is where."""

    def __init__(self, span: Span, limit: int = MAX_NESTING) -> None:
        super().__init__(f"nested more than {limit} levels deep")
        self.span = span


def check_nesting(masked: str) -> None:
    """Raise NestingError at the first line that nests too deep."""
    for pattern, limit in ((_QUOTES, MAX_QUOTES), (_CONTAINERS, MAX_NESTING), (_INDENTED, MAX_NESTING)):
        deep = pattern.search(masked)
        if deep:
            raise NestingError(Span(deep.start(), deep.end()), limit)


def find_front_matter(text: str) -> tuple[Span | None, Span | None, int]:
    """Where the YAML stands, where an unclosed fence stands, and where the body begins."""
    start = 1 if text.startswith(BOM) else 0
    opening = _FENCE.match(text, start)
    if opening is None:
        return None, None, start
    # `$` knows only LF; a lone or paired CR is a line end as well.
    unix = text.replace("\r", "\n")
    closing = _FENCE_END.search(unix, opening.end())
    if closing is not None:
        return Span(opening.end(), closing.start()), None, closing.end()
    if _FRONT_MATTER_KEY.match(text, opening.end()):
        return None, Span(start, start + 3), start
    return None, None, start


def mask(text: str, body: int) -> str:
    """`text` as marko may see it: same length, its line ends LF, nothing before `body`."""
    head = "".join("\n" if char == "\n" else " " for char in text[:body])
    # CommonMark ends a line at CR as well; the CR of CRLF becomes a blank at the line's end.
    rest = text[body:].translate(_NOT_OURS).replace("\r\n", " \n").replace("\r", "\n")
    return head + rest
