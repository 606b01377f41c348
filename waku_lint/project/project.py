"""The whole project, for rules that look beyond one document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Final

from waku_lint.documents.model import Document, FurpsSet, Milestone
from waku_lint.positions import Text
from waku_lint.project.facts import LETTERS, Facts, facts_of
from waku_lint.project.links import Tree
from waku_lint.project.quotations import Feature, Quote, quotes_of

# Characters of the documents whose records are held. Records take some fifty times the memory of their text.
HELD: Final = 2_000_000


class Project:
    """The documents by path, whatever part of them is reported, and what they say of each other.

    A document is parsed when it is first asked for: a hook that reports on one page pays for the others only if a rule
    looks at them. Of a large project the documents that were asked for last are held, and of any what is asked of many.
    """

    def __init__(
        self,
        kinds: Mapping[str, str],
        load: Callable[[str], Document],
        tree: Tree | None = None,
        facts: Callable[[str], Facts] | None = None,
    ) -> None:
        """`kinds` are the documents' kinds by path; `tree` holds all files, these among them.

        `facts` gives those of a document that need not be read for them.
        """
        self.paths = tuple(sorted(kinds))
        self.tree = tree or Tree(kinds)
        self._kinds = kinds
        self._load = load
        self._given = facts
        self._documents: dict[str, Document] = {}  # those asked for last at the end
        self._held = 0
        self._found: dict[str, Facts] = {}
        self._quotes: dict[str, tuple[Quote, ...]] = {}
        self._unlisted: dict[str, Mapping[str, tuple[str, ...]]] = {}
        self._called: dict[tuple[str, Callable[[str], str], bool], Mapping[str, tuple[str, ...]]] = {}
        self._numbered: dict[str, Mapping[str, tuple[str, ...]]] = {}
        self._naming: Mapping[str, tuple[str, ...]] | None = None

    def document(self, path: str) -> Document | None:
        """The document at `path`, relative to the root; None where there is none."""
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

    def of(self, kind: str) -> Iterator[str]:
        """The paths of every document of a kind."""
        return (path for path in self.paths if self._kinds[path] == kind)

    def kind(self, path: str) -> str | None:
        """The kind of the document at `path`, without reading it."""
        return self._kinds.get(path)

    def _facts(self, path: str) -> Facts:
        """What is kept of a document; nothing of one that there is not."""
        if path not in self._found:
            if path not in self._kinds:
                return Facts()
            if self._given is not None:
                self._found[path] = self._given(path)
            else:
                document = self.document(path)
                self._found[path] = facts_of(document) if document is not None else Facts()
        return self._found[path]

    def feature(self, target: str, source: str) -> Feature | None:
        """The feature file that a link in `source` leads to; None for anything else."""
        path = self.tree.locate(target, source)
        document = self.document(path) if path is not None and self.kind(path) == "furps" else None
        if document is None or not isinstance(document.root, FurpsSet):
            return None
        return Feature(document, document.root)

    def features(self, page: str) -> tuple[str, ...]:
        """The paths of the features that a milestone page links."""
        return self._features_at(self._facts(page).targets, page)

    def _features_at(self, targets: Iterable[str], page: str) -> tuple[str, ...]:
        found = (self.tree.locate(target, page) for target in targets)
        return tuple(dict.fromkeys(path for path in found if path is not None and self.kind(path) == "furps"))

    def naming(self, feature: str) -> tuple[str, ...]:
        """The milestone pages that link the feature file at a path."""
        if self._naming is None:
            self._naming = _inverted((path, self.features(path)) for path in self.of("milestone"))
        return self._naming.get(feature, ())

    def quotes(self, document: Document) -> tuple[Quote, ...]:
        """What the deliverables of a milestone page refer to, in the order of the page."""
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

    def title(self, path: str) -> Text | None:
        """The title of the milestone or feature at `path`, as its page or its front matter has it."""
        return self._facts(path).title

    def estimate(self, path: str) -> Text | None:
        """When the milestone at `path` is to be complete, as its page says."""
        return self._facts(path).estimate

    def letters(self, page: str) -> str | None:
        """The FURPS letters of what a milestone page delivers, in their order.

        None where the page delivers all of a feature that is not to be found, or has no statements.
        """
        facts = self._facts(page)
        found = set(facts.letters)
        for targets in facts.wholes:
            letters = {letter for path in self._features_at(targets, page) for letter in self._facts(path).letters}
            if not letters:
                return None
            found |= letters
        return "".join(letter for letter in LETTERS if letter in found)

    def called(self, kind: str, name: Callable[[str], str], *, stems: bool = False) -> Mapping[str, tuple[str, ...]]:
        """The paths of a kind's documents by what `name` makes of their titles, or with `stems` of their files' names.

        Those without a title are left out.
        """
        key = kind, name, stems
        if key not in self._called:
            names = ((path, PurePosixPath(path).stem if stems else self._called_so(path)) for path in self.of(kind))
            self._called[key] = _inverted((path, (name(each),)) for path, each in names if each is not None)
        return self._called[key]

    def _called_so(self, path: str) -> str | None:
        title = self.title(path)
        return None if title is None else title.value

    def tracked(self, number: str) -> tuple[str, ...]:
        """The milestone pages that track their progress in a GitHub milestone, `owner/name/number`."""
        return self._by_number("milestones").get(number, ())

    def filed(self, number: str) -> tuple[str, ...]:
        """The milestone pages with a deliverable that has the issue `owner/name/number`."""
        return self._by_number("issues").get(number, ())

    def _by_number(self, which: str) -> Mapping[str, tuple[str, ...]]:
        if which not in self._numbered:
            self._numbered[which] = _inverted(
                (path, getattr(self._facts(path), which)) for path in self.of("milestone")
            )
        return self._numbered[which]

    def unlisted(self, kind: str) -> Mapping[str, tuple[str, ...]]:
        """The pages of a kind that no index links, by the index that should: the nearest that links others of it."""
        if kind not in self._unlisted:
            self._unlisted[kind] = self._find_unlisted(kind)
        return self._unlisted[kind]

    def _find_unlisted(self, kind: str) -> Mapping[str, tuple[str, ...]]:
        pages = list(self.of(kind))
        linked: dict[str, set[str]] = {}
        for index in self.of("index"):
            targets = self._facts(index).targets
            # What a broken link may mean is listed: WL107 reports the link.
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

    def __iter__(self) -> Iterator[Document]:
        """Every document, by path."""
        return filter(None, map(self.document, self.paths))


def _inverted(found: Iterable[tuple[str, Iterable[str]]]) -> Mapping[str, tuple[str, ...]]:
    """The paths by what each has."""
    result: dict[str, list[str]] = {}
    for path, words in found:
        for word in words:
            result.setdefault(word, []).append(path)
    return {word: tuple(paths) for word, paths in result.items()}


def _folder(path: str) -> str:
    """The folder of a file, with a slash at its end; empty for the root."""
    return path[: path.rfind("/") + 1]
