"""The project, for rules that use several documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from hashlib import blake2b
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Final

from waku_lint.documents.model import Document, FurpsSet, Milestone
from waku_lint.files.source import SourceFile
from waku_lint.positions import Lines, Position, Text
from waku_lint.project.facts import LETTERS, Facts, facts_of
from waku_lint.project.links import Tree
from waku_lint.project.queries import Queries, Question, digest_of, is_of_names, query
from waku_lint.project.quotations import Feature, Quote, quotes_of

# Characters of the documents whose records stay in memory. Records take about fifty times the memory of their text.
HELD: Final = 2_000_000


class Project(Queries):
    """All documents by path, and questions about them.

    A document is parsed on first use, so a hook for one page parses others only if a rule needs them. A large project
    keeps only the most recently used documents in memory, and the facts of all.
    """

    def __init__(
        self,
        kinds: Mapping[str, str],
        load: Callable[[str], Document],
        tree: Tree | None = None,
        facts: Callable[[str], Facts | None] = lambda _path: None,
        sources: Mapping[str, SourceFile] = MappingProxyType({}),
    ) -> None:
        """`kinds` are the documents' kinds by path, `sources` their files; `tree` has all files.

        `facts` returns the cached facts of a document.
        """
        self.tree = tree or Tree(kinds)
        super().__init__(self.tree.recorder)
        self._paths = tuple(sorted(kinds))
        self._kinds = kinds
        self._load = load
        self._cached = facts
        self._sources = sources
        self._documents: dict[str, Document] = {}  # the most recently used last
        self._held = 0
        self.facts: dict[str, Facts] = {}  # facts of some documents
        self._lines: dict[str, Lines] = {}
        self._quotes: dict[str, tuple[Quote, ...]] = {}
        self._called: dict[tuple[str, Callable[[str], str], bool], Mapping[str, tuple[str, ...]]] = {}

    def digest(self, question: Question) -> str:
        """The digest of the answer to a question, including questions of the tree."""
        return self.tree.digest(question) if hasattr(Tree, question[0]) else super().digest(question)

    def is_of_names(self, question: Question) -> bool:
        """Whether the answer depends only on file names. Raises LookupError if it is not a question."""
        return is_of_names(Tree if hasattr(Tree, question[0]) else Project, question)

    @property
    @query(
        digest=lambda self: digest_of(
            self.tree.digest(("files",)), *map("{0[0]}\n{0[1]}".format, sorted(self._kinds.items()))
        )
    )
    def paths(self) -> tuple[str, ...]:
        """The paths of all documents."""
        return self._paths

    @query(digest=lambda self, path: self.content(path), keep=False)
    def document(self, path: str) -> Document | None:
        """The document at `path`, relative to the root; None if it does not exist."""
        if path not in self._kinds:
            return None
        document = self._documents.pop(path, None)
        if document is None:
            document = self._load(path)
            self._held += len(document.text)
        self._documents[path] = document
        while self._held > HELD and len(self._documents) > 1:
            self._drop(next(iter(self._documents)))
        return document

    def _drop(self, path: str) -> None:
        self._held -= len(self._documents.pop(path).text)
        self._quotes.pop(path, None)

    def of_kind(self, kind: str) -> Iterator[Document]:
        """Every document of a kind, by path."""
        return filter(None, map(self.document, self.of(kind)))

    @query(of_names=True)
    def of(self, kind: str) -> tuple[str, ...]:
        """The paths of every document of a kind."""
        return tuple(path for path in self._paths if self._kinds[path] == kind)

    @query(of_names=True)
    def kind(self, path: str) -> str | None:
        """The kind of the document at `path`, without reading it."""
        return self._kinds.get(path)

    def _facts(self, path: str) -> Facts:
        """The facts of a document; empty facts if it does not exist."""
        if path not in self.facts:
            if path not in self._kinds:
                return Facts()
            found = self._cached(path)
            if found is None:
                document = self.document(path)
                found = facts_of(document) if document is not None else Facts()
            self.facts[path] = found
        return self.facts[path]

    def feature(self, target: str, source: str) -> Feature | None:
        """The feature file that a link in `source` leads to; None for anything else."""
        path = self.tree.locate(target, source)
        document = self.document(path) if path is not None and self.kind(path) == "furps" else None
        if document is None or not isinstance(document.root, FurpsSet):
            return None
        return Feature(document, document.root)

    @query
    def features(self, page: str) -> tuple[str, ...]:
        """The paths of the features linked from a milestone page."""
        return self._features_at(self._facts(page).targets, page)

    def _features_at(self, targets: Iterable[str], page: str) -> tuple[str, ...]:
        found = (self.tree.locate(target, page) for target in targets)
        return tuple(dict.fromkeys(path for path in found if path is not None and self.kind(path) == "furps"))

    @query
    def naming(self, feature: str) -> tuple[str, ...]:
        """The milestone pages that link the feature file at a path."""
        return self._naming.get(feature, ())

    @cached_property
    def _naming(self) -> Mapping[str, tuple[str, ...]]:
        return _inverted((path, self.features(path)) for path in self.of("milestone"))

    @query(digest=lambda self, path: digest_of(*map(self.content, (path, *self.features(path)))), keep=False)
    def quotes(self, document: Document) -> tuple[Quote, ...]:
        """The quotations in the deliverables of a milestone page, in order."""
        if document.path not in self._quotes:
            root = document.root
            found = (
                tuple(quotes_of(root, lambda target: self.feature(target, document.path)))
                if isinstance(root, Milestone)
                else ()
            )
            if document.path not in self._documents:
                return found
            self._quotes[document.path] = found
        return self._quotes[document.path]

    @query
    def title(self, path: str) -> Text | None:
        """The title of the milestone or feature at `path` from its page or front matter."""
        return self._facts(path).title

    @query
    def estimate(self, path: str) -> Text | None:
        """The estimated date of completion on the page of the milestone at `path`."""
        return self._facts(path).estimate

    @query
    def letters(self, page: str) -> str | None:
        """The FURPS letters that a milestone page delivers, in order.

        None if the page delivers all of a feature that does not exist or has no statements.
        """
        facts = self._facts(page)
        found = set(facts.letters)
        for targets in facts.wholes:
            letters = {letter for path in self._features_at(targets, page) for letter in self._facts(path).letters}
            if not letters:
                return None
            found |= letters
        return "".join(letter for letter in LETTERS if letter in found)

    @query(
        digest=lambda self, kind: digest_of(
            *(part for path, title in self.titles(kind).items() for part in (path, title))
        )
    )
    def titles(self, kind: str) -> Mapping[str, str]:
        """The titles of a kind's documents by path; empty for a document without a title."""
        titles = ((path, self.title(path)) for path in self.of(kind))
        return {path: "" if title is None else title.value for path, title in titles}

    def called(self, kind: str, name: Callable[[str], str], *, stems: bool = False) -> Mapping[str, tuple[str, ...]]:
        """The paths of a kind's documents by `name` of their titles, or with `stems` of their file names.

        Documents without a title are skipped.
        """
        titles = self.titles(kind)
        key = kind, name, stems
        if key not in self._called:
            names = ((path, PurePosixPath(path).stem if stems else title) for path, title in titles.items())
            self._called[key] = _inverted((path, (name(each),)) for path, each in names if each)
        return self._called[key]

    @query
    def tracked(self, number: str) -> tuple[str, ...]:
        """The milestone pages that link a GitHub milestone, `owner/name/number`."""
        return self._by_milestone.get(number, ())

    @cached_property
    def _by_milestone(self) -> Mapping[str, tuple[str, ...]]:
        return _inverted((path, self._facts(path).milestones) for path in self.of("milestone"))

    @query
    def filed(self, number: str) -> tuple[str, ...]:
        """The milestone pages with a deliverable for the issue `owner/name/number`."""
        return self._by_issue.get(number, ())

    @cached_property
    def _by_issue(self) -> Mapping[str, tuple[str, ...]]:
        return _inverted((path, self._facts(path).issues) for path in self.of("milestone"))

    @query
    def unlisted(self, kind: str) -> Mapping[str, tuple[str, ...]]:
        """The pages of a kind that no index links, by the nearest index that links other pages of the kind."""
        pages = list(self.of(kind))
        linked: dict[str, set[str]] = {}
        for index in self.of("index"):
            targets = self._facts(index).targets
            # A page that a broken link may mean counts as linked; WL107 reports the link.
            found = (self.tree.locate(each, index) or self.tree.suggest(each, index) for each in targets)
            linked[index] = {path for path in found if path is not None and self.kind(path) == kind}
        listed = set().union(*linked.values())
        missing: dict[str, list[str]] = {}
        for page in pages:
            if page in listed:
                continue
            near = [path for path, others in linked.items() if others and page.startswith(_folder(path))]
            if near:
                nearest = max(near, key=lambda path: (len(_folder(path)), len(linked[path])))
                missing.setdefault(nearest, []).append(page)
        return {path: tuple(found) for path, found in missing.items()}

    @query
    def position(self, path: str, offset: str) -> Position | None:
        """The line and column of an offset in a document; None if the document does not exist."""
        if path not in self._sources:
            return None
        if path not in self._lines:
            self._lines[path] = Lines(self._sources[path].text)
        return self._lines[path].position(int(offset))

    def content(self, path: str) -> str:
        """The digest of a document's content."""
        file = self._sources.get(path)
        if file is None:
            return ""
        return (
            digest_of("unreadable", file.error or "")
            if file.data is None
            else blake2b(file.data, digest_size=16).hexdigest()
        )

    def __iter__(self) -> Iterator[Document]:
        """Every document, by path."""
        return filter(None, map(self.document, self.paths))


def _inverted(found: Iterable[tuple[str, Iterable[str]]]) -> Mapping[str, tuple[str, ...]]:
    """Invert a mapping: the paths by value."""
    result: dict[str, list[str]] = {}
    for path, words in found:
        for word in words:
            result.setdefault(word, []).append(path)
    return {word: tuple(paths) for word, paths in result.items()}


def _folder(path: str) -> str:
    """The folder of a file, with a slash at the end; empty for the root."""
    return path[: path.rfind("/") + 1]
