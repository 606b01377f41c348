"""A statement gets another number in its category, and every id that names one of those that move follows it.

The item itself moves to its new place, so that numbers and places agree as before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Final

from msgspec.structs import replace

from waku_lint.diagnostics import Edit
from waku_lint.documents.extract.ids import ALL, ID, RANGE
from waku_lint.documents.model import Category, Document, Statement
from waku_lint.editing.references import Files, Token, tokens, unclear
from waku_lint.editing.rename import Plan
from waku_lint.errors import CannotRun, did_you_mean
from waku_lint.files.source import SourceFile
from waku_lint.files.writer import apply
from waku_lint.positions import LINE_END, Lines, Span
from waku_lint.project.quotations import Feature
from waku_lint.regexes import lazy

_MARKER: Final = lazy(r"\d{1,9}[.)]|[-*+]")
# An id that is written before a statement, whatever marks it stands in.
_OWN_ID: Final = lazy(r"\s*(?:\[[ xX]\]\s*)?(?:\*\*|__|[*_`\[])*\\?(?P<letter>[FURPS+])(?P<number>\d{1,4})[.:)]")


def plan_renumbering(files: Files, path: str, old: str, new: str, *, renumber: bool) -> Plan:
    """Give a statement the id `new`, and those between the numbers that this leaves them.

    Raises CannotRun where others change and `renumber` does not allow it, or where it is not certain what is meant.
    """
    feature, statement = files.statement(path, old)
    category = next(each for each in feature.furps.categories if statement in _of(each))
    changed = _changed(feature, category, statement, old, new)
    others = [f"{before} to {after}" for before, after in changed.items() if before != old]
    if others and not renumber:
        raise CannotRun(f"{old} to {new} changes others, too: {', '.join(others)}; allow that with --renumber")
    edits: dict[str, list[Edit]] = {path: list(_in_feature(feature, category, changed))}
    pages = {path: feature.document}
    count = 0
    for token in tokens(files.project):
        edit = _in_page(token, feature, changed)
        if edit is not None:
            edits.setdefault(token.document.path, []).append(edit)
            pages[token.document.path] = token.document
            count += 1
    texts = {each: apply(pages[each].text, found) for each, found in edits.items()}
    _verify(files, path, texts, changed)
    said = ", ".join(f"{before} is now {after}" for before, after in changed.items())
    warnings = [
        f"{place}: {named} is named here, and left as it is: its deliverable names no feature that is found"
        for place, named in unclear(files, path, changed)
    ]
    warnings += [
        f"{_place(token)}: `{token.id.value}` names no statement, and is left as it is"
        for token in tokens(files.project)
        if token.of(path) and not token.ids and any(each in changed for each in ID.findall(token.id.value))
    ]
    return Plan(texts, None, f"{path}: {said}", count, (*warnings, *_mentions(files, feature, pages.values(), changed)))


def _of(category: Category) -> list[Statement]:
    return [statement for each in category.lists for statement in each.statements]


def _changed(feature: Feature, category: Category, statement: Statement, old: str, new: str) -> Mapping[str, str]:
    """The ids that change, each with what becomes of it: first the one that was asked for."""
    path = feature.document.path
    letter, statements = category.letter, _of(category)
    ids = [each.id for each in statements]
    if new == old:
        raise CannotRun(f"{path}: the statement is {old} already")
    if not ID.fullmatch(new) or new[0] != letter:
        raise CannotRun(f"{new!r} is no id of {old}'s category; expected one from {letter}1 to {letter}{len(ids)}")
    if new not in ids:
        raise CannotRun(f"{path} has no place {new!r}: it has {ids[0]} to {ids[-1]}; {did_you_mean(new, ids)}")
    numbers = [f"{letter}{number}" for number in _numbers(statements)]
    if numbers != ids:
        if len(feature.find(old)) > 1:
            raise CannotRun(f"{path}: two statements can be meant by {old}; mend the numbers first (WL404)")
        # The one thing to do with numbers out of order is to give a statement that of its place.
        if statement.id != new or new in numbers:
            raise CannotRun(
                f"{path}: the numbers of `{category.title.value}` are out of order; mend them first (WL404)"
            )
        return {old: new}
    start, end = ids.index(old), ids.index(new)
    step = 1 if start < end else -1
    between = {ids[at]: ids[at - step] for at in range(start + step, end + step, step)}
    return {old: new, **between}


def _numbers(statements: list[Statement]) -> Iterator[int]:
    """Each statement's number as a reader sees it: that of its place where none is written, or `1.` throughout."""
    same = all(statement.marker.value in ("1.", "1)") for statement in statements)
    for place, statement in enumerate(statements, start=1):
        yield place if same or statement.number is None else statement.number


def _in_feature(feature: Feature, category: Category, changed: Mapping[str, str]) -> Iterator[Edit]:
    text = feature.document.text
    statements = {each.id: each for each in _of(category)}
    if len(changed) == 1:
        ((old, new),) = changed.items()
        yield from _numbered(text, statements[new], old, new)
        return
    ids = sorted(changed, key=lambda each: int(each[1:]))
    for before, after in pairwise(ids):
        if text[statements[before].span.end : statements[after].span.start].strip():
            raise CannotRun(
                f"{feature.document.path}: something stands between {before} and {after}; move the statements by hand"
            )
    for old, new in changed.items():
        slot, moved = statements[new], statements[old]
        here, there = _content(text, slot), _content(text, moved)
        wider = (here.start - slot.span.start) - (there.start - moved.span.start)
        content = _indented(text[there.start : there.end], wider)
        own = _OWN_ID.match(content)
        if own and f"{own['letter']}{own['number']}" == old:
            content = content[: own.start("number")] + new[1:] + content[own.end("number") :]
        yield Edit(here, content)


def _numbered(text: str, statement: Statement, old: str, new: str) -> Iterator[Edit]:
    """A statement that stays where it is, with another number."""
    content = _content(text, statement)
    if text[statement.span.start].isdigit() and statement.number is not None:
        yield Edit(Span(statement.span.start, content.start - 1), new[1:])
    own = _own_id(text, content)
    if own and f"{own['letter']}{own['number']}" == old:
        yield Edit(Span(*own.span("number")), new[1:])


def _content(text: str, statement: Statement) -> Span:
    """An item without its bullet or number."""
    marker = _MARKER.match(text, statement.span.start)
    return Span(marker.end() if marker else statement.span.start, statement.span.end)


def _own_id(text: str, content: Span) -> re.Match[str] | None:
    return _OWN_ID.match(text, content.start, content.end)


def _indented(content: str, wider: int) -> str:
    """An item's further lines, as far in as its new marker wants them."""
    ends = [match.end() for match in LINE_END.finditer(content)]
    parts = [content[start:end] for start, end in zip([0, *ends], [*ends, len(content)], strict=True)]
    for at, line in enumerate(parts[1:], start=1):
        if wider > 0 and line.startswith(" ") and line.strip():
            parts[at] = " " * wider + line
        elif wider < 0:
            blanks = len(line) - len(line.lstrip(" "))
            parts[at] = line[min(-wider, blanks) :]
    return "".join(parts)


# Pages


def _in_page(token: Token, feature: Feature, changed: Mapping[str, str]) -> Edit | None:
    path = feature.document.path
    if token.id.value.casefold() == ALL:
        return None
    meant = [token.means(each) for each in token.ids if each in changed]
    ours = [any(each.document.path == path for each in features) for features in meant]
    if not any(ours):
        return None
    where = _place(token)
    if not token.complete or any(len(features) > 1 for features in meant):
        raise CannotRun(f"{where}: {token.id.value} can be of another feature, too; tell by hand which is meant")
    ids = [changed.get(each, each) for each in token.ids]
    if set(ids) == set(token.ids):
        return None
    span = token.id.span
    written = token.document.text[span.start : span.end]
    digits = list(re.finditer(r"\d+", written))
    if len(digits) != (1 if len(ids) == 1 else 2):
        raise CannotRun(f"{where}: `{written}` cannot be written anew; change it by hand first")
    numbers = sorted(int(each[1:]) for each in ids)
    letter = written[: digits[0].start()]
    if RANGE.fullmatch(token.id.value) and numbers != list(range(numbers[0], numbers[-1] + 1)):
        return Edit(span, ", ".join(f"{letter}{number}" for number in numbers))
    last = f"{written[digits[0].end() : digits[1].start()]}{numbers[-1]}" if len(ids) > 1 else ""
    return Edit(span, f"{letter}{numbers[0]}{last}{written[digits[-1].end() :]}")


def _place(token: Token) -> str:
    at = Lines(token.document.text).position(token.id.span.start)
    return f"{token.document.path}:{at.line}:{at.column}"


def _verify(files: Files, path: str, texts: Mapping[str, str], changed: Mapping[str, str]) -> None:
    """Read the new texts again: the same statements are there, and the same are named in the same places."""
    sources = {**files.sources, **{name: SourceFile(name, text.encode()) for name, text in texts.items()}}
    after = replace(files, sources=sources)
    said = {changed.get(each.id, each.id): _said(each) for each in files.feature(path).statements}
    if said != {each.id: _said(each) for each in after.feature(path).statements}:
        raise CannotRun(f"{path}: the statements cannot be put in another order; move them by hand")
    was, now = _named(files, path, changed), _named(after, path, {})
    for page, title, _ in sorted((was - now) + (now - was), key=str):
        named = (token for token in tokens(files.project) if (token.document.path, token.title) == (page, title))
        where = next((_place(token) for token in named if any(each in changed for each in token.ids)), page)
        raise CannotRun(f"{where}: the ids here cannot be written anew; change them by hand first")


def _said(statement: Statement) -> str:
    return _OWN_ID.sub("", statement.text.value, count=1).strip() if statement.text else ""


def _named(files: Files, path: str, changed: Mapping[str, str]) -> Counter[tuple[str, str | None, str]]:
    """Which ids of the feature are named, on which page and in which deliverable."""
    return Counter(
        (token.document.path, token.title, changed.get(each, each) if token.of(path) else each)
        for token in tokens(files.project)
        if token.id.value.casefold() != ALL
        for each in token.ids
        if not token.of(path) or any(feature.document.path == path for feature in token.means(each))
    )


def _mentions(files: Files, feature: Feature, pages: Iterable[Document], changed: Mapping[str, str]) -> Iterator[str]:
    """Ids in the prose of these pages: it cannot be told which feature's they are."""
    known: dict[str, list[Span]] = {}
    for token in tokens(files.project):
        known.setdefault(token.document.path, []).append(token.id.span)
    for each in feature.statements:
        own = _own_id(feature.document.text, _content(feature.document.text, each))
        spans = [each.anchor, *([Span(own.start("letter"), own.end("number"))] if own else ())]
        known.setdefault(feature.document.path, []).extend(spans)
    words = "|".join(re.escape(each) for each in changed)
    for page in pages:
        lines = Lines(page.text)
        for line in page.prose:
            for match in re.finditer(rf"(?<![\w/+-])(?:{words})(?![\w-])", line.value):
                at = line.span.start + match.start()
                if not any(span.start <= at < span.end for span in known[page.path]):
                    place = lines.position(at)
                    yield (
                        f"{page.path}:{place.line}:{place.column}: {match.group()} is named here, and left as it is; "
                        f"it may have to be {changed[match.group()]}"
                    )
