"""Limits of documents; a file beyond a limit has one finding about the limit."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from waku_lint.positions import Span


class Limits(Struct, frozen=True):
    """Each by its key in a configuration, with `-` for `_`.

    `file_size` is in bytes, `line_length` in characters. `lines` counts the markers of lists and quotations as well,
    each of which makes a block, and each `|`, which may make a cell. `delimiters` are those of one paragraph, heading
    or cell of a table.
    """

    file_size: int = 1_000_000
    lines: int = 10_000
    line_length: int = 50_000
    nesting: int = 60
    delimiters: int = 1_000


DEFAULTS: Final = Limits()


class LimitError(Exception):
    """The text is beyond a limit; `span` is where, in the text."""

    def __init__(self, message: str, key: str, span: Span) -> None:
        super().__init__(f"{message} (`limits.{key}`)" if key else message)
        self.span = span
