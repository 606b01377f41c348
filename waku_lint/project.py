"""All documents of a project, for rules that look beyond one of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from waku_lint.model import Document


@dataclass(frozen=True, slots=True)
class Project:
    """The documents by path, whatever part of them is reported."""

    documents: Mapping[str, Document]

    @classmethod
    def of(cls, documents: Iterable[Document]) -> Project:
        return cls({document.path: document for document in documents})
