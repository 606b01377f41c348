"""The whole project, for rules that look beyond one document."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from waku_lint.links import Tree, is_local
from waku_lint.model import Document, FurpsSet, Milestone, YamlScalar
from waku_lint.quotation import Feature, Quote, quotes_of
from waku_lint.source import Text


class Project:
    """The documents by path, whatever part of them is reported, and what they say of each other.

    A document is parsed when it is first asked for, and once: a hook that reports on one page pays
    for the others only if a rule looks at them.
    """

    def __init__(
        self,
        kinds: Mapping[str, str],
        load: Callable[[str], Document],
        tree: Tree | None = None,
        raw: Mapping[str, bytes] | None = None,
    ) -> None:
        """`kinds` are the documents' kinds by path, `raw` their bytes; `tree` holds all files, these among them."""
        self.paths = tuple(sorted(kinds))
        self.tree = tree or Tree(kinds)
        self._kinds = kinds
        self._load = load
        self._raw = raw or {}
        self._documents: dict[str, Document] = {}
        self._quotes: dict[str, tuple[Quote, ...]] = {}
        self._unlisted: dict[str, Mapping[str, tuple[str, ...]]] = {}

    def document(self, path: str) -> Document | None:
        """The document at `path`, relative to the root; None where there is none."""
        if path not in self._kinds:
            return None
        if path not in self._documents:
            self._documents[path] = self._load(path)
        return self._documents[path]

    def of_kind(self, kind: str, holding: Collection[str] = ()) -> Iterator[Document]:
        """Every document of a kind, by path; with `holding`, only those in which one of these words occurs.

        That is seen before a document is parsed, so it is quick.
        """
        words = [word.casefold().encode() for word in holding]
        for path in self.paths:
            if self._kinds[path] == kind and (not words or self._holds(path, words)):
                document = self.document(path)
                if document is not None:
                    yield document

    def _holds(self, path: str, words: Collection[bytes]) -> bool:
        raw = self._raw.get(path)
        return raw is None or any(word in raw.lower() for word in words)

    def kind(self, path: str) -> str | None:
        """The kind of the document at `path`, without reading it."""
        return self._kinds.get(path)

    def feature(self, target: str, source: str) -> Feature | None:
        """The feature file that a link in `source` leads to; None for anything else."""
        path = self.tree.locate(target, source)
        document = self.document(path) if path is not None and self.kind(path) == "furps" else None
        if document is None or not isinstance(document.root, FurpsSet):
            return None
        return Feature(document, document.root)

    def quotes(self, document: Document) -> tuple[Quote, ...]:
        """What the deliverables of a milestone page refer to, in the order of the page."""
        if document.path not in self._quotes:
            root = document.root
            self._quotes[document.path] = (
                tuple(quotes_of(root, lambda target: self.feature(target, document.path)))
                if isinstance(root, Milestone)
                else ()
            )
        return self._quotes[document.path]

    def title(self, path: str) -> Text | None:
        """The title of the milestone or feature at `path`, as its page or its front matter has it."""
        document = self.document(path)
        root = document.root if document is not None else None
        if not isinstance(root, (Milestone, FurpsSet)):
            return None
        if root.title is not None:
            return root.title
        given = root.front_matter.get("title") if root.front_matter else None
        if isinstance(given, YamlScalar) and isinstance(given.value, str) and given.value.strip():
            return Text(given.value.strip(), given.span)
        return None

    def unlisted(self, kind: str) -> Mapping[str, tuple[str, ...]]:
        """The pages of a kind that no index links, by the index that should: the nearest that links others of it."""
        if kind not in self._unlisted:
            self._unlisted[kind] = self._find_unlisted(kind)
        return self._unlisted[kind]

    def _find_unlisted(self, kind: str) -> Mapping[str, tuple[str, ...]]:
        pages = [path for path in self.paths if self._kinds[path] == kind]
        linked: dict[str, set[str]] = {}
        for index in self.of_kind("index"):
            targets = (link.target.value for link in index.links if is_local(link.target.value))
            # What a broken link may mean is listed: WL107 reports the link.
            found = (self.tree.locate(each, index.path) or self.tree.suggest(each, index.path) for each in targets)
            linked[index.path] = {path for path in found if path is not None and self.kind(path) == kind}
        listed = set().union(*linked.values())
        missing: dict[str, list[str]] = {}
        for page in pages:
            near = [path for path, others in linked.items() if others and page.startswith(_folder(path))]
            if page not in listed and near:
                nearest = max(near, key=lambda path: (len(_folder(path)), len(linked[path])))
                missing.setdefault(nearest, []).append(page)
        return {path: tuple(found) for path, found in missing.items()}

    def __iter__(self) -> Iterator[Document]:
        """Every document, by path."""
        for path in self.paths:
            document = self.document(path)
            if document is not None:
                yield document


def _folder(path: str) -> str:
    """The folder of a file, with a slash at its end; empty for the root."""
    return path[: path.rfind("/") + 1]
