"""All documents of a project, for rules that look beyond one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from waku_lint.model import Document


class Project:
    """The documents by path, whatever part of them is reported.

    A document is parsed when it is first asked for, and once: a hook that reports on one page pays
    for the others only if a rule looks at them.
    """

    def __init__(self, paths: Iterable[str], load: Callable[[str], Document]) -> None:
        self.paths = tuple(sorted(paths))
        self._known = frozenset(self.paths)
        self._load = load
        self._documents: dict[str, Document] = {}

    def document(self, path: str) -> Document | None:
        """The document at `path`, relative to the root; None where there is none."""
        if path not in self._known:
            return None
        if path not in self._documents:
            self._documents[path] = self._load(path)
        return self._documents[path]

    def __iter__(self) -> Iterator[Document]:
        """Every document, by path."""
        for path in self.paths:
            document = self.document(path)
            if document is not None:
                yield document
