"""Mask the parts of a text that marko must not see, with the same length, so that positions are valid."""

from __future__ import annotations

import re
from typing import Final

from waku_lint.positions import BOM, Span
from waku_lint.regexes import lazy

_FENCE: Final = lazy(r"---[ \t]*(?:\r\n|\r|\n)")
_FENCE_END: Final = lazy(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_FRONT_MATTER_KEY: Final = lazy(r"[A-Za-z_][\w .-]*:(?:[ \t\r\n]|\Z)")
_NOT_OURS: Final = str.maketrans({"\f": " ", "\v": " ", "\x00": "\ufffd"})


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
