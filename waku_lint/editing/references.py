"""Who refers to what: the links of all Markdown files, and the statements that pages name by their ids."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import PurePosixPath
from typing import Literal

from msgspec import Struct

from waku_lint.config.config import Config
from waku_lint.documents.extract.ids import ALL, ID, span_of_ids
from waku_lint.documents.extract.targets import Target, read_targets
from waku_lint.documents.model import Document, FurpsReference, FurpsSet, Milestone, Statement
from waku_lint.documents.reader import read_document
from waku_lint.errors import CannotRun, did_you_mean
from waku_lint.files.source import SourceFile
from waku_lint.parsing.limits import LimitError
from waku_lint.positions import Lines, Span, Text
from waku_lint.project.links import Tree, is_local
from waku_lint.project.project import Project
from waku_lint.project.quotations import Feature, compare, text_of


class Files(Struct, frozen=True, dict=True):
    """The project's files: all their `names`, and the contents of those that can refer to others.

    `links` are the symbolic links among them, and where each leads: that is looked at under its own name.
    """

    names: tuple[str, ...]
    sources: Mapping[str, SourceFile]
    config: Config
    links: Mapping[str, str] = {}

    @classmethod
    def wanted(cls, name: str, config: Config) -> bool:
        """Whether a file can refer to others."""
        return name.endswith(".md") or config.kind_of(name) is not None

    @cached_property
    def tree(self) -> Tree:
        return Tree(self.names, self.config.sites)

    @cached_property
    def project(self) -> Project:
        kinds = {path: kind for path in self.sources if (kind := self.config.kind_of(path)) is not None}
        names = {path: kind.name for path, kind in kinds.items()}
        limits = self.config.limits

        def load(path: str) -> Document:
            return read_document(self.sources[path], names[path], kinds[path].words, limits)

        return Project(names, load, self.tree)

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """The Markdown files that can be read, by path."""
        return {path: text for path in sorted(self.sources) if (text := self._text(path)) is not None}

    @cached_property
    def unread(self) -> tuple[str, ...]:
        """The Markdown files that cannot be read, so that nothing is known of their links."""
        names = (path for path in self.sources if path.endswith(".md") and path not in self.links)
        return tuple(sorted(path for path in names if path not in self.targets))

    @cached_property
    def targets(self) -> Mapping[str, tuple[Target, ...]]:
        """The targets of each Markdown file's links to files of the project."""
        found: dict[str, tuple[Target, ...]] = {}
        for path, text in self.texts.items():
            try:
                found[path] = tuple(each for each in read_targets(text, self.config.limits) if is_local(each.value))
            except (LimitError, RecursionError):
                continue
        return found

    def _text(self, path: str) -> str | None:
        data = self.sources[path].data
        if not path.endswith(".md") or path in self.links or data is None:
            return None
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            return None

    def known(self, path: str) -> str:
        """`path`, if there is such a file; raises CannotRun."""
        if path not in self.names:
            raise CannotRun(f"{path}: no such file in this project; {did_you_mean(path, list(self.names))}")
        return path

    def feature(self, path: str) -> Feature:
        """The feature file at `path`; raises CannotRun for any other."""
        document = self.project.document(self.known(path))
        if document is None or not isinstance(document.root, FurpsSet):
            raise CannotRun(f"{path}: is no feature file that can be read, so it has no statements")
        return Feature(document, document.root)

    def statement(self, path: str, identifier: str) -> tuple[Feature, Statement]:
        """The statement of an id, the one at that place before one that is numbered so; raises CannotRun for none."""
        feature = self.feature(path)
        found = feature.find(identifier)
        if not found:
            known = list(feature.ids(identifier[:1].upper())) or [each.id for each in feature.statements]
            raise CannotRun(f"{path} has no statement {identifier!r}; {did_you_mean(identifier, known)}")
        return feature, found[0]


class Token(Struct, frozen=True):
    """An id, range or `all` on a page, and the features it can be of.

    `complete` is False where one of these is not to be found. `title` is that of the deliverable, None for
    a page's summary.
    """

    document: Document
    id: Text
    text: Text | None
    features: tuple[Feature, ...]
    complete: bool
    title: str | None

    @property
    def how(self) -> Literal["quote", "range", "summary"]:
        if self.title is None:
            return "summary"
        return "quote" if ID.fullmatch(self.id.value) else "range"

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids it stands for, one by one; for `all` those of all its features."""
        value = self.id.value
        if value.casefold() == ALL:
            return tuple(each.id for feature in self.features for each in feature.statements)
        return (value,) if ID.fullmatch(value) else span_of_ids(value)

    def of(self, path: str) -> bool:
        """Whether one of its features is the file at `path`."""
        return any(feature.document.path == path for feature in self.features)

    def means(self, identifier: str) -> tuple[Feature, ...]:
        """The features whose statement of that id can be meant: one, where the quotation is of only one of them."""
        found = {each.document.path: each for each in self.features if each.find(identifier)}
        if len(found) > 1 and self.text is not None:
            text = self.text.value
            same = [
                each
                for each in found.values()
                if any(compare(text, text_of(statement)) != "drift" for statement in each.find(identifier))
            ]
            if len(same) == 1:
                return tuple(same)
        return tuple(found.values())


def tokens(project: Project) -> Iterator[Token]:
    """Every id, range and `all` on milestone pages, each place once."""
    for page in project.of_kind("milestone"):
        if isinstance(page.root, Milestone):
            found: dict[Span, Token] = {}
            for token in (*_delivered(project, page), *_summed(project, page, page.root)):
                found.setdefault(token.id.span, token)
            yield from found.values()


def _delivered(project: Project, page: Document) -> Iterator[Token]:
    for quote in project.quotes(page):
        reference: FurpsReference = quote.reference
        features = quote.features
        if features is None:
            targets = (each.target.value for each in quote.deliverable.features if each.target)
            features = _known(project.feature(target, page.path) for target in targets)
        complete = quote.features is not None
        yield Token(page, reference.id, reference.text, features, complete, quote.deliverable.title.value)


def _summed(project: Project, page: Document, root: Milestone) -> Iterator[Token]:
    for summary in root.features:
        target = summary.feature.target
        features = _known([project.feature(target.value, page.path)] if target else [])
        for identifier in summary.ids:
            yield Token(page, identifier, None, features, True, None)


def _known(features: Iterable[Feature | None]) -> tuple[Feature, ...]:
    return tuple(each for each in features if each is not None)


def unclear(files: Files, path: str, ids: Collection[str]) -> Iterator[tuple[str, str]]:
    """Ids of a statement of the file at `path`, where it cannot be told which feature's they are: place and id.

    They stand in deliverables without a feature that is found, on pages that name the file.
    """
    name = PurePosixPath(path).name
    for token in tokens(files.project):
        named = [each for each in token.ids if each in ids]
        if named and not token.complete and not token.of(path) and name in token.document.text:
            at = Lines(token.document.text).position(token.id.span.start)
            yield f"{token.document.path}:{at.line}:{at.column}", token.id.value
