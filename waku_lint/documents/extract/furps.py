"""Feature files: six categories of numbered statements."""

from __future__ import annotations

import re
from typing import Final

from msgspec.structs import replace

from waku_lint.documents.extract.outline import Section, extent, normal, outline
from waku_lint.documents.extract.own import read_named
from waku_lint.documents.extract.signoff import read_signoffs
from waku_lint.documents.model import Category, FurpsCategory, FurpsSet, Statement, StatementList
from waku_lint.documents.words import Words
from waku_lint.parsing.inline import flatten, with_markup
from waku_lint.parsing.markdown import Block, Markdown
from waku_lint.parsing.nodes import YamlMapping
from waku_lint.positions import Span, Text
from waku_lint.regexes import lazy

_CATEGORIES: Final[tuple[tuple[FurpsCategory, str], ...]] = (
    ("F", "functional(?:ity|ities)?"),
    ("U", "usability"),
    ("R", "reliability"),
    ("P", "performance"),
    ("S", "supportability"),
)
_MORE: Final = r"(?:\s*[(/&,:\u2013-].*)?"
_WRITTEN_ID: Final = lazy(r"(?:[FURPS]|\+)(\d{1,4})[.:)]\s*")


def category_of(name: str) -> FurpsCategory | None:
    """The category a heading names; `+ (Privacy, ...)` is the last."""
    word = normal(name)
    if word.startswith("+"):
        return "+"
    return next((letter for letter, pattern in _CATEGORIES if re.fullmatch(pattern + _MORE, word)), None)


def extract_furps(markdown: Markdown, front_matter: YamlMapping | None, words: Words) -> FurpsSet:
    """Read a feature file. Its title stands above the categories, whose lists go on through sub-headings."""
    sections = outline(markdown.blocks)
    first = sections[0] if sections else None
    heading = next((section for section in sections if section.heading is not None), None)
    title = heading.title if heading is not None and category_of(heading.name) is None else None
    categories: list[Category] = []
    index = 0
    while index < len(sections):
        letter = category_of(sections[index].name)
        if letter is None:
            index += 1
            continue
        end = index + 1
        while end < len(sections) and (
            sections[end].level > sections[index].level and category_of(sections[end].name) is None
        ):
            end += 1
        categories.append(_category(letter, sections[index:end]))
        index = end
    whole = Span.cover(block.span for block in markdown.blocks) or Span(0, len(markdown.text))
    anchor = (
        title.span if title else (first.heading.span if first and first.heading else Span(whole.start, whole.start))
    )
    return FurpsSet(title, front_matter, tuple(categories), read_named(markdown.blocks, words.fields), whole, anchor)


def _category(letter: FurpsCategory, sections: tuple[Section, ...]) -> Category:
    lists: list[StatementList] = []
    beside: list[Block] = []
    count = 0
    for section in sections:
        beside += [section.heading] if section.heading else []
        statements: list[Statement] = []
        for block in section.blocks:
            if block.kind != "list":
                beside.append(block)
                continue
            for item in block.children:
                count += 1
                statements.append(_statement(f"{letter}{count}", item))
        if statements:
            span = Span(statements[0].span.start, statements[-1].span.end)
            lists.append(StatementList(tuple(statements), span, statements[0].anchor))
    signoffs = read_signoffs(beside)
    if any(statement.number for each in lists for statement in each.statements):
        notes = (statement for each in lists for statement in each.statements if statement.number is None)
        signoffs += tuple(signoff for note in notes for signoff in note.signoffs)
        lists = _numbered(letter, lists)
    title = sections[0].title or Text("", Span(0, 0))
    return Category(letter, title, tuple(lists), signoffs, extent(sections) or title.span, title.span)


def _numbered(letter: str, lists: list[StatementList]) -> list[StatementList]:
    """Among numbered statements a plain bullet is a note: it has no id, and takes none."""
    kept: list[StatementList] = []
    count = 0
    for each in lists:
        statements: list[Statement] = []
        for statement in each.statements:
            if statement.number is not None:
                count += 1
                statements.append(replace(statement, id=f"{letter}{count}"))
        if statements:
            kept.append(replace(each, statements=tuple(statements), anchor=statements[0].anchor))
    return kept


def _statement(identifier: str, item: Block) -> Statement:
    marker = item.marker or Text("", Span(item.span.start, item.span.start))
    number = int(marker.value[:-1]) if marker.value[:-1].isdigit() else None
    first = item.children[0] if item.children and item.children[0].kind == "paragraph" else None
    parts = [whole for line in first.lines if (whole := flatten(line).whole)] if first else []
    text = None
    if parts:
        extent_of_text = with_markup(first.inlines if first else (), Span(parts[0].span.start, parts[-1].span.end))
        text = Text(" ".join(part.value for part in parts), extent_of_text)
        written = _WRITTEN_ID.match(text.value) if number is None else None
        if written:
            number = int(written.group(1))
            start, word = parts[0].span.start, written.group().strip()
            marker = Text(word, Span(start, start + len(word)))
    return Statement(identifier, number, marker, text, read_signoffs(item.children), item.span, marker.span)
