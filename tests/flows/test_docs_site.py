"""The documentation as a site: built once, then read as a browser would read it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

import pytest

from tests.conftest import CHECKOUT
from waku_lint.engine.examples import text_of
from waku_lint.reporters import explanation
from waku_lint.rules import registry
from waku_lint.rules.base import Rule

RULES = registry.builtin_rules()
LOADING = {"script", "img", "iframe", "source", "video", "audio", "embed", "object"}


@dataclass
class Html(HTMLParser):
    """What a page links, what it loads, and the places in it that can be linked."""

    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    text: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids |= {given[name] for name in ("id", "name") if name in given}
        if tag in LOADING:
            self.loads += [given[name] for name in ("src", "data", "poster") if name in given]
        elif tag == "link" and given.get("rel") not in {"canonical", "prev", "next"}:
            self.loads.append(given["href"])
        elif tag == "a" and "href" in given:
            self.links.append(given["href"])

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Html]:
    found = {}
    for path in sorted(site.rglob("*.html")):
        found[path] = Html()
        found[path].feed(path.read_text(encoding="utf-8"))
    return found


def remote(address: str) -> bool:
    return bool(urlsplit(address).netloc)


def test_nothing_is_loaded_from_elsewhere(site: Path, pages: dict[Path, Html]) -> None:
    assert [(path, each) for path, page in pages.items() for each in page.loads if remote(each)] == []
    sheets = {path: path.read_text(encoding="utf-8") for path in site.rglob("*.css")}
    assert len(sheets) >= 3
    for path, sheet in sheets.items():
        assert re.findall(r"(?:@import|url\()\s*[\"']?(?:https?:)?//[^)\"']+", sheet) == [], path
    for path, page in pages.items():  # the theme fetches these programs from elsewhere for whoever uses them
        assert 'class="mermaid"' not in path.read_text(encoding="utf-8"), path
        assert page.loads


def test_every_link_within_the_site_leads_somewhere(site: Path, pages: dict[Path, Html]) -> None:
    assert [*_dead(site, pages)] == []


def _dead(site: Path, pages: dict[Path, Html]) -> Iterator[tuple[str, str]]:
    for path, page in pages.items():
        if path.name == "404.html":
            continue  # its links count from the top of the host
        for link in (*page.links, *page.loads):
            if remote(link) or link.startswith(("mailto:", "data:")):
                continue
            address, anchor = urldefrag(link)
            target = (path.parent / unquote(address).partition("?")[0]).resolve() if address else path
            target = target / "index.html" if target.is_dir() else target
            known = pages.get(target)
            if not target.is_file() or (anchor and known and unquote(anchor) not in known.ids):
                yield str(path.relative_to(site)), link


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_has_the_page_that_explain_names(rule: Rule, site: Path, pages: dict[Path, Html]) -> None:
    known = registry.Registry(RULES, {})
    assert explanation.explain(rule, known).endswith(f"documentation: {explanation.page(rule)}\n")
    text = "".join(pages[site / explanation.page(rule) / "index.html"].text)
    bad = next(example for example in rule.examples if example.reports)
    good = next(example for example in rule.examples if not example.reports)
    reported, fine = text.index("Reported:"), text.index("Fine:")
    assert _words(text_of(bad)) in _words(text[reported:fine])
    assert _words(explanation.findings(rule, bad, known)) in _words(text[reported:fine])
    assert _words(text_of(good)) in _words(text[fine:])
    for words in (f"{rule.code} {rule.name}", rule.remedy.split("`")[0], f"{rule.name}: off"):
        assert _words(words) in _words(text)


def test_the_index_of_rules_links_every_rule(site: Path, pages: dict[Path, Html]) -> None:
    assert {f"{rule.code}/" for rule in RULES} <= set(pages[site / "rules" / "index.html"].links)


def test_the_site_holds_no_programs_and_the_rules_once(site: Path) -> None:
    assert not [path for path in site.rglob("*") if path.suffix in {".py", ".md", ".pyc"}]
    assert (site / "schemas" / "report.schema.json").is_file()
    assert not (site / "rules.html").exists()


def _words(text: str) -> str:
    """A text whatever its blanks and bytes that no page can show."""
    return " ".join(text.replace("\0", "").split())
