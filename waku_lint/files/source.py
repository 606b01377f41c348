"""A file of a snapshot with its path and bytes."""

from __future__ import annotations

from msgspec import Struct


class SourceFile(Struct, frozen=True):
    """One file of a snapshot.

    `path` is relative to the root, with `/`. `data` is None when the file could not be read, and
    `error` then says why.
    """

    path: str
    data: bytes | None
    error: str | None = None

    @property
    def text(self) -> str:
        """The content, decoded with replacement characters for invalid bytes."""
        return "" if self.data is None else self.data.decode("utf-8", errors="replace")
