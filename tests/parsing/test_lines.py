"""Our parser and source of lines give the trees of marko's own, with the same places."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from marko.ext.gfm import GFM
from marko.parser import Parser
from marko.source import Source

from tests.conftest import CHECKOUT
from waku_lint.parsing import markdown
from waku_lint.parsing.limits import LimitError
from waku_lint.parsing.lines import LineSource
from waku_lint.parsing.parser import PageParser
from waku_lint.rules import registry

PIECES = st.sampled_from(
    [
        "# A", "## B ##", "Title\n===", "---", "- a", "* b", "  - c", "1. d", "3) e", "- [ ] f", "> q", ">> r", "> - s",
        "```", "```py", "~~~", "    code", "\tcode", "| a | b |", "|---|:-:|", "| x | y", "<div>", "</div>", "<!-- c",
        "-->", "[r]: /url 'title'", "[text][r]", "[text](a.md \"t\")", "![i](p.png)", "**b** *e* ~~s~~ `c`", "a  ",
        "a\\", "", "", "text", "  text", "www.example.org", "<https://x.org>", "&amp; &copy;", "日本語 🏗️", "\f", "\x00",
        "[^1]", "> [!NOTE]", "-", "1.", "+", "1. - > # deep", "\u2028x", "<a href=\"x\">y</a>", "***",
        "`x", "\\`y`", "``", "z\\", "m@example.org", "!", "![", "[a](b", "](c)", "*a **b* c**", "_d_e_", "\\*f*", "~g~",
        "\\[h](i)",        "ftp://example.org.", "[j]: k", "a | b", "<x", "&lt", "**l [m*](n) o**",
    ]
)  # fmt: skip

EXAMPLE = re.compile(r"^`{32} example[^\n]*\n([\s\S]*?)^\.\n", re.MULTILINE)


def dump(block: markdown.Block) -> tuple[Any, ...]:
    inlines = () if block.kind not in ("heading", "paragraph", "cell") else tuple(map(repr, block.inlines))
    return (block.kind, block.span, block.level, block.checked, inlines, tuple(map(dump, block.children)))


def stock() -> Parser:
    """marko's own parser."""
    parser = Parser()
    for element in GFM.elements:
        parser.add_element(element)
    return parser


def trees(text: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    for source, parser in ((Source, stock), (LineSource, PageParser)):
        monkeypatch.setattr(markdown, "LineSource", source)
        monkeypatch.setattr(markdown, "PageParser", parser)
        try:
            yield tuple(map(dump, markdown.Markdown(text).blocks))
        except LimitError as error:
            yield str(error)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(pieces=st.lists(PIECES, max_size=14), end=st.sampled_from(["\n", "\n", "\r\n", "\r"]))
def test_random_documents_have_the_same_trees(pieces: list[str], end: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = trees(end.join(pieces), monkeypatch)
    assert ours == theirs


def test_the_examples_of_all_rules_and_our_own_pages_have_the_same_trees(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [each.text for rule in registry.builtin_rules() for each in rule.examples if isinstance(each.text, str)]
    texts += [path.read_text(errors="replace") for path in CHECKOUT.rglob("*.md") if ".venv" not in path.parts]
    for text in texts:
        ours, theirs = trees(text, monkeypatch)
        assert ours == theirs


def test_the_examples_of_the_specifications_have_the_same_trees(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of CommonMark and GFM stand in marko's source distribution, in tests/spec, and in no package."""
    given = os.environ.get("COMMONMARK_SPECS", "")
    if not given:
        pytest.skip("COMMONMARK_SPECS names no folder with the specifications as text")
    specs = [path.read_text(encoding="utf-8") for path in sorted(Path(given).glob("*.txt"))]
    examples = [each for spec in specs for each in EXAMPLE.findall(spec)]
    assert len(examples) > 1200
    for text in examples:
        ours, theirs = trees(text.replace("\u2192", "\t"), monkeypatch)
        assert ours == theirs, text


def test_real_documents_have_the_same_trees(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in [*(corpus / "waku-pm").rglob("*.md"), *(corpus / "logos-roadmap-2026").rglob("*.md")]:
        ours, theirs = trees(path.read_text(), monkeypatch)
        assert ours == theirs, path
