"""Plain words: what people read uses the terms of git, GitHub and other linters.

Code, quotations of the process and text that is generated from the package are not checked.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from tests.conftest import CHECKOUT

# Expressions to avoid, each with what to write instead.
WORDS: Final[Mapping[str, str]] = {
    r"tell|tells|telling|told": "report, print, show",
    r"(?:is|are) said|says? so|said of": "report, document, state",
    r"mend|mends|mended|mending": "fix",
    r"(?:what|that) is known|keeps? quiet|kept quiet|lets? stand": "cached, stored, suppressed, in the baseline",
    r"tak(?:e|es|en|ing) away|leav(?:e|es|ing) out|left out|set(?:s|ting)? aside": "remove, skip, baseline",
    r"of others|of ours|not ours|ours": "third-party, plugin, built-in",
    r"texts": "strings, documents, content",
    r"room|house|ground|floor|floors": "module, package, path, base",
    r"whoever|whatever|wherever|whichever": "name the person or thing",
    r"what \w+(?: \w+)? is about|so much of it that": "name the thing",
    r"there (?:is|are) (?:no|none)|there is not|(?:it|that|this|which) is no": "it is not a ..., no ... found",
    r"in place of": "instead of, default",
    r"of one's own|of its own|one's": "your own, its own ...",
    r"comes? of it|made of it|makes of": "result, report, use",
    r"nobody can tell|goes? for|as ever|by and by": "name what happens",
    r"anew": "again",
    r"a good way|no more than that|be it": "say it directly",
}
AVOID: Final = {re.compile(rf"\b(?:{words})\b", re.IGNORECASE): instead for words, instead in WORDS.items()}

# What is no prose of a page: fenced code, quotations, comments and markers, code, addresses, and generated parts.
_GENERATED: Final = re.compile(r"^<!-- (?:keys|options|others) -->\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_FENCED: Final = re.compile(r"^(?P<fence>`{3,}|~{3,})[^\n]*\n.*?^(?P=fence)[ ]*$", re.MULTILINE | re.DOTALL)
_IGNORED: Final = re.compile(r"^>.*$|<!--.*?-->|(?P<code>`+)(?!`).+?(?<!`)(?P=code)(?!`)|\]\([^)]*\)", re.MULTILINE)
_QUOTING: Final = {"docs/process.md"}  # the first cell of a row quotes the process
_UNCHECKED: Final = {
    "docs/rules.md",  # generated from the docstrings of the rules
}

# Packages and modules whose docstrings and comments are checked.
_PACKAGES: Final = ("config", "engine", "files", "parsing", "project", "reporters", "schema", "session")
_MODULES: Final = ("diagnostics", "errors", "positions", "testing", "documents/__init__", "editing/__init__")


class Passage(NamedTuple):
    """Prose at a line of a file."""

    place: str
    text: str


def pages() -> Iterator[Passage]:
    for path in sorted({*CHECKOUT.glob("*.md"), *(CHECKOUT / "docs").glob("*.md")}):
        if (name := path.relative_to(CHECKOUT).as_posix()) not in _UNCHECKED:
            yield from prose(name, path.read_text(encoding="utf-8"))


def prose(name: str, page: str) -> Iterator[Passage]:
    """The lines of a page that are its own words."""
    for ignored in (_GENERATED, _FENCED, _IGNORED):
        page = ignored.sub(lambda found: "\n" * found[0].count("\n") or " ", page)
    for number, line in enumerate(page.splitlines(), start=1):
        yield Passage(f"{name}:{number}", line.partition(" | ")[2] if name in _QUOTING and line[:1] == "|" else line)


def docstrings() -> Iterator[Passage]:
    folder = CHECKOUT / "waku_lint"
    modules = [folder / f"{name}.py" for name in _MODULES]
    for path in sorted((*modules, *(each for name in _PACKAGES for each in (folder / name).rglob("*.py")))):
        yield from prose_of_code(path.relative_to(CHECKOUT).as_posix(), path.read_text(encoding="utf-8"))


def prose_of_code(name: str, source: str) -> Iterator[Passage]:
    """The docstrings and comments of a module."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            text = ast.get_docstring(node, clean=False)
            if text is not None:
                for offset, (_, line) in enumerate(prose(name, text)):
                    yield Passage(f"{name}:{node.body[0].lineno + offset}", line)
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            for _, line in prose(name, token.string):
                yield Passage(f"{name}:{token.start[0]}", line)


# Where prose comes from; help, messages and docstrings are one line each.
SOURCES: Final[Mapping[str, Callable[[], Iterable[Passage]]]] = {
    "pages": pages,
    "docstrings": docstrings,
}


def found(passages: Iterable[Passage]) -> Iterator[str]:
    for place, text in passages:
        for words, instead in AVOID.items():
            for match in words.finditer(text):
                yield f"{place}: {match[0]!r}; write: {instead}"


@pytest.mark.parametrize("source", SOURCES)
def test_plain_words_are_used(source: str) -> None:
    assert [*found(SOURCES[source]())] == []


@pytest.mark.parametrize(
    ("name", "page", "words"),
    [
        ("README.md", "It tells what is wrong.\n", ["tells"]),
        ("README.md", "a\n\n`tell` and ``is `told` ``\n\n```text\nmend\n```\n\n> whoever\n\nMend it.\n", ["Mend"]),
        ("README.md", "[a](told.md) <!-- keys -->\n", []),
        ("docs/x.md", "a\n<!-- keys -->\n\nmend\n\n### b\n\ntold\n\n## c\n\ntexts\n", ["texts"]),
        ("docs/process.md", "| whoever | 02 | yes | | whatever |\n", ["whatever"]),
        ("docs/x.md", "| whoever | whatever |\n", ["whoever", "whatever"]),
        ("docs/x.md", "metadata of othersome texture\n", []),
    ],
)
def test_words_are_found_in_prose_only(name: str, page: str, words: list[str]) -> None:
    assert [each.split("'")[1] for each in found(prose(name, page))] == words


def test_words_are_found_in_docstrings_and_comments() -> None:
    code = (
        'told = "told"\n\n\ndef told() -> None:\n    """Report.\n\n    It mends `told`.\n    """\n    pass  # whoever\n'
    )
    assert [*found(prose_of_code("a.py", code))] == [
        "a.py:7: 'mends'; write: fix",
        "a.py:9: 'whoever'; write: name the person or thing",
    ]


def test_the_place_of_a_word_is_its_line() -> None:
    (report,) = found(prose("README.md", "# A\n\n```sh\na\n```\n\nIt tells.\n"))
    assert report == "README.md:7: 'tells'; write: report, print, show"


def test_every_unchecked_page_exists() -> None:
    assert all((CHECKOUT / Path(name)).is_file() for name in _UNCHECKED)
