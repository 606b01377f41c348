"""What rules ask of the project: what they find in a document depends on the document, and on the answers.

So what is found is known as long as the document is as it was and all that was asked is answered the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from waku_lint.documents.model import Document
from waku_lint.files.source import SourceFile
from waku_lint.outside import digest
from waku_lint.positions import Lines, Text
from waku_lint.project.links import Tree
from waku_lint.project.project import Project
from waku_lint.project.quotations import Feature, Quote

Question = tuple[str, ...]

EVERYTHING: Question = ("everything",)
FILES: Question = ("files",)  # which there are, whatever is in them
BY_FILES: Final = frozenset({"kind of", "locate", "suggest"})  # what depends on that alone
DAY: Question = ("day",)


class ClosedError(BaseException):
    """A rule has asked for the project where there is none to be asked: no mistake, and not the rule's to catch."""


class Watched:
    """The project as a rule sees it, noting what is `asked`; one that is `closed` answers nothing."""

    def __init__(self, project: Project, *, closed: bool = False) -> None:
        self.asked: set[Question] = set()
        self.closed = closed
        self._project = project
        self.tree = WatchedTree(project.tree, self.ask)

    def ask(self, *question: str) -> None:
        if self.closed:
            raise ClosedError
        self.asked.add(question)

    @property
    def paths(self) -> tuple[str, ...]:
        self.ask(*FILES)
        return self._project.paths

    def kind(self, path: str) -> str | None:
        self.ask("kind of", path)
        return self._project.kind(path)

    def document(self, path: str) -> Document | None:
        self.ask("document", path)
        return self._project.document(path)

    def of_kind(self, kind: str) -> Iterator[Document]:
        self.ask("kind", kind)
        return self._project.of_kind(kind)

    def of(self, kind: str) -> Iterator[str]:
        self.ask(*FILES)
        return self._project.of(kind)

    def feature(self, target: str, source: str) -> Feature | None:
        path = self.tree.locate(target, source)
        if path is not None and self.kind(path) == "furps":
            self.ask("document", path)
        return self._project.feature(target, source)

    def features(self, page: str) -> tuple[str, ...]:
        self.ask("features", page)
        return self._project.features(page)

    def naming(self, feature: str) -> tuple[str, ...]:
        self.ask("naming", feature)
        return self._project.naming(feature)

    def quotes(self, document: Document) -> tuple[Quote, ...]:
        for path in (document.path, *self.features(document.path)):
            self.ask("document", path)
        return self._project.quotes(document)

    def title(self, path: str) -> Text | None:
        self.ask("title", path)
        return self._project.title(path)

    def estimate(self, path: str) -> Text | None:
        self.ask("estimate", path)
        return self._project.estimate(path)

    def letters(self, page: str) -> str | None:
        self.ask("letters", page)
        return self._project.letters(page)

    def called(self, kind: str, name: Callable[[str], str], *, stems: bool = False) -> Mapping[str, tuple[str, ...]]:
        self.ask("titles", kind)
        return self._project.called(kind, name, stems=stems)

    def tracked(self, number: str) -> tuple[str, ...]:
        self.ask("tracked", number)
        return self._project.tracked(number)

    def filed(self, number: str) -> tuple[str, ...]:
        self.ask("filed", number)
        return self._project.filed(number)

    def unlisted(self, kind: str) -> Mapping[str, tuple[str, ...]]:
        self.ask("unlisted", kind)
        return self._project.unlisted(kind)

    def __iter__(self) -> Iterator[Document]:
        self.ask(*EVERYTHING)
        return iter(self._project)


class WatchedTree:
    """The files as a rule sees them. What is told by a path's letters alone is no question."""

    def __init__(self, tree: Tree, ask: Callable[..., None]) -> None:
        self._tree = tree
        self._ask = ask
        self.sites = tree.sites
        self.beside = tree.beside  # whoever gives it to the tree notes what is asked
        self.in_site = tree.in_site
        self.meant = tree.meant
        self.site = tree.site
        self.target = tree.target

    @property
    def files(self) -> frozenset[str]:
        self._ask(*FILES)
        return self._tree.files

    def locate(self, target: str, source: str) -> str | None:
        self._ask("locate", target, source)
        return self._tree.locate(target, source)

    def suggest(self, target: str, source: str) -> str | None:
        self._ask("suggest", target, source)
        return self._tree.suggest(target, source)


class Answers:
    """Digests of what questions are answered; each is worked out once."""

    def __init__(
        self,
        project: Project,
        files: Mapping[str, SourceFile],
        beside: Callable[[str], bool],
        today: date | None,
    ) -> None:
        """`files` are the documents by path; `beside` tells of a path whether a file is there that is not added."""
        self._project = project
        self._files = files
        self._known: dict[Question, str] = {}
        self._lines: dict[str, Lines] = {}
        self._answers: Mapping[str, Callable[..., str]] = {
            "beside": lambda path: str(beside(path)),
            "day": lambda: str(today),
            "document": self._document,
            "estimate": lambda path: _text(project.estimate(path)),
            "everything": self._everything,
            "features": lambda page: _of(project.features(page)),
            "filed": lambda number: _of(project.filed(number)),
            "files": self._names,
            "kind": self._kind,
            "kind of": lambda path: str(project.kind(path)),
            "letters": lambda page: str(project.letters(page)),
            "locate": lambda target, source: str(project.tree.locate(target, source)),
            "naming": lambda feature: _of(project.naming(feature)),
            "place": self._place,
            "suggest": lambda target, source: str(project.tree.suggest(target, source)),
            "title": lambda path: _text(project.title(path)),
            "titles": self._titles,
            "tracked": lambda number: _of(project.tracked(number)),
            "unlisted": lambda kind: _of(f"{each}" for each in project.unlisted(kind).items()),
        }

    def digest(self, question: Question) -> str:
        """What the answer is known by. Raises LookupError, TypeError or ValueError for what is no question."""
        found = self._known.get(question)
        if found is None:
            found = self._known[question] = self._answer(*question)
        return found

    def _answer(self, what: str, *of: str) -> str:
        return self._answers[what](*of)

    def _document(self, path: str) -> str:
        file = self._files.get(path)
        if file is None:
            return "none"
        return digest(file.data) if file.data is not None else f"unread: {file.error}"

    def _kind(self, kind: str) -> str:
        return _of(f"{path}\n{self.digest(('document', path))}" for path in self._project.of(kind))

    def _everything(self) -> str:
        return _of((self.digest(FILES), *(self.digest(("document", path)) for path in self._project.paths)))

    def _names(self) -> str:
        project = self._project
        kinds = (f"{path}\n{project.kind(path)}" for path in project.paths)
        return _of((*sorted(project.tree.files), "", *project.tree.sites, "", *kinds))

    def _place(self, path: str, offset: str) -> str:
        """At which line and column something stands, in whatever text that is."""
        if path not in self._files:
            return "nowhere"
        if path not in self._lines:
            self._lines[path] = Lines(self._files[path].text)
        return str(self._lines[path].position(int(offset)))

    def _titles(self, kind: str) -> str:
        titles = ((path, self._project.title(path)) for path in self._project.of(kind))
        return _of(part for path, title in titles for part in (path, title.value if title is not None else ""))


def _text(text: Text | None) -> str:
    return "" if text is None else _of((text.value, str(text.span.start), str(text.span.end)))


def _of(parts: Iterable[str]) -> str:
    return digest("".join(f"{len(part)}:{part}" for part in parts).encode("utf-8", "surrogatepass"))
