"""Files to documents: decoded, parsed and extracted, with what stood in the way."""

from __future__ import annotations

from collections.abc import Sequence

from waku_lint.documents.extract import FREE_KINDS, YAML_KINDS, extractor
from waku_lint.documents.model import Document, Layout, Root, Trouble, TroubleKind
from waku_lint.documents.words import NO_WORDS, Words
from waku_lint.files.source import SourceFile
from waku_lint.parsing import nodes, yaml
from waku_lint.parsing.limits import DEFAULTS, LimitError, Limits
from waku_lint.parsing.nodes import YamlMapping
from waku_lint.positions import BOM, Span


def read_document(file: SourceFile, kind: str, words: Words = NO_WORDS, limits: Limits = DEFAULTS) -> Document:
    """Decode, parse and extract one file; trouble becomes part of the document.

    `words` are what the configuration names of documents of this kind.
    """
    if file.data is None:
        return _unread(file.path, kind, "", file.error or "cannot be read", Span(0, 0))
    try:
        text = file.data.decode("utf-8")
    except UnicodeDecodeError as error:
        text = file.data.decode("utf-8", errors="replace")
        offset = len(file.data[: error.start].decode("utf-8", errors="replace"))
        message = f"not valid UTF-8: byte 0x{file.data[error.start]:02x}; save the file as UTF-8"
        return _unread(file.path, kind, text, message, Span(offset, offset + 1))
    if not text.strip().strip(BOM).strip():
        trouble = Trouble("empty", "file is empty", Span(0, 0))
        return Document(file.path, kind, text, None, (), (), Layout(), (trouble,), Span(0, len(text)))
    if kind in YAML_KINDS:
        return _yaml(file.path, kind, text, limits)
    return _markdown(file.path, kind, words, text, limits)


def empty_document(path: str, kind: str) -> Document:
    """A document of which nothing is known, so that nothing is said of it."""
    return Document(path, kind, "", None, (), (), Layout(), (), Span(0, 0))


def _unread(path: str, kind: str, text: str, message: str, span: Span) -> Document:
    trouble = Trouble("unreadable", message, span)
    return Document(path, kind, text, None, (), (), Layout(), (trouble,), Span(0, len(text)))


def _markdown(path: str, kind: str, words: Words, text: str, limits: Limits) -> Document:
    from waku_lint.documents.extract.comments import markdown_comments
    from waku_lint.documents.extract.layout import read_layout
    from waku_lint.documents.extract.prose import read_links, read_prose, wiki_links
    from waku_lint.parsing.markdown import Markdown

    try:
        markdown = Markdown(text, limits)
        front_matter, troubles = _front_matter(markdown.front_matter, markdown.unclosed, text)
        root: Root | None = extractor(kind)(markdown, front_matter, words)
        if troubles and kind == "issue-template":
            root = None  # what a template is for stands in its front matter
        free = kind in FREE_KINDS
        prose = () if free else read_prose(markdown)
        links = () if free else (*read_links(markdown), *wiki_links(prose))
        layout = Layout((), (), ()) if free else read_layout(markdown)
        comments = markdown_comments(markdown)
        return Document(path, kind, text, root, links, prose, layout, troubles, Span(0, len(text)), comments)
    except LimitError as error:
        return _unread(path, kind, text, str(error), error.span)
    except RecursionError:  # pragma: no cover - nothing is known that nests so deep and is not refused before
        return _unread(path, kind, text, "nested too deep to be read", Span(0, 0))


def _front_matter(
    span: Span | None, unclosed: Span | None, text: str
) -> tuple[YamlMapping | None, tuple[Trouble, ...]]:
    if unclosed is not None:
        return None, (Trouble("front-matter", "front matter is opened here and never closed", unclosed),)
    if span is None:
        return None, ()
    result = yaml.parse(text, span)
    troubles = _troubles("front-matter", result.troubles)
    if isinstance(result.root, YamlMapping) or result.root is None:
        return result.root, troubles
    where = Trouble("front-matter", "front matter is not a mapping of keys to values", result.root.span)
    return None, (*troubles, where)


def _yaml(path: str, kind: str, text: str, limits: Limits) -> Document:
    from waku_lint.documents.extract.comments import yaml_comments
    from waku_lint.documents.extract.issue_template import extract_issue_form
    from waku_lint.parsing.bounds import check_size
    from waku_lint.parsing.mask import mask

    try:
        check_size(mask(text, 0), limits)
    except LimitError as error:
        return _unread(path, kind, text, str(error), error.span)
    result = yaml.parse(text)
    troubles = _troubles("yaml", result.troubles)
    root = extract_issue_form(result.root) if isinstance(result.root, YamlMapping) else None
    if root is None and not troubles:
        where = result.root.span if result.root is not None else Span(0, 0)
        troubles = (Trouble("yaml", "issue form is not a mapping of keys to values", where),)
    return Document(path, kind, text, root, (), (), Layout(), troubles, Span(0, len(text)), yaml_comments(text))


def _troubles(kind: TroubleKind, found: Sequence[nodes.YamlTrouble]) -> tuple[Trouble, ...]:
    return tuple(Trouble(kind, each.message, each.span) for each in found)
