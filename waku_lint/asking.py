"""The project as a rule sees it, which tells whether the rule has asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from waku_lint.model import Document
from waku_lint.project import Project


class ClosedError(BaseException):
    """A rule has asked for the project where there is none to be asked: no mistake, and not the rule's to catch."""


class Watched:
    """The project as a rule sees it, which tells whether it was asked; one that is `closed` answers nothing."""

    def __init__(self, project: Project, *, closed: bool = False) -> None:
        self.asked = False
        self._project = project
        self.closed = closed

    def __getattr__(self, name: str) -> Any:
        self._ask()
        return getattr(self._project, name)

    def __iter__(self) -> Iterator[Document]:
        self._ask()
        return iter(self._project)

    def _ask(self) -> None:
        self.asked = True
        if self.closed:
            raise ClosedError
