"""The baseline on whole repositories: quiet about what was there, and about nothing else."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import cycle
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import CHECKOUT, CORPUS
from waku_lint.config.config import Config, load, preset
from waku_lint.diagnostics import Diagnostic
from waku_lint.documents.reader import read_document
from waku_lint.engine import loader, pipeline
from waku_lint.files import snapshot
from waku_lint.files.source import SourceFile
from waku_lint.rules import registry
from waku_lint.rules.active_rule import ActiveRule
from waku_lint.rules.registry import Registry
from waku_lint.session.baseline import Baseline, Match, dump, entry_of, match, parse

DIRTY = sorted(path for path in (CHECKOUT / "fixtures" / "dirty").iterdir() if path.is_dir())
REAL = {"waku-pm": "waku", "logos-roadmap-2024": "waku", "logos-roadmap-2026": "logos"}
LOOKED_AT = list(REAL) if "WAKU_LINT_CASES" in os.environ else ["waku-pm"]
# What is about the order of sections: whoever moves them is told.
ORDER = {"WL109", "WL207", "WL403"}
MISTAKES = {
    "WL104": "## Money\n\nNobody knows who pays for it: TODO",
    "WL105": "See [the notes(/notes-of-nobody.md).",
    "WL106": "See [the notes of nobody]().",
    "WL107": "See [the notes](/notes-of-nobody.md).",
    "WL110": "##Notes of nobody\n\nThey are lost.",
}


@dataclass(frozen=True)
class Repository:
    """A repository in memory; `pages` are its milestone pages, but for those that cannot be read."""

    config: Config
    registry: Registry
    active: dict[str, ActiveRule]
    files: dict[str, bytes]
    names: tuple[str, ...]
    found: tuple[Diagnostic, ...] = ()

    @property
    def pages(self) -> list[str]:
        unread = {each.path for each in self.found if each.code.startswith("WL00")}
        kinds = {path: self.config.kind_of(path) for path in self.files if path not in unread}
        return [path for path, kind in kinds.items() if kind and kind.name == "milestone"]

    def lint(self, changed: dict[str, bytes] | None = None) -> tuple[Diagnostic, ...]:
        files = {**self.files, **(changed or {})}
        sources = [SourceFile(path, data) for path, data in files.items()]
        result = pipeline.run(sources, self.config, self.registry, self.active, names=(*self.names, *files))
        assert not result.crashes
        return result.diagnostics

    def compare(self, found: tuple[Diagnostic, ...]) -> Match:
        """With the baseline of the repository as it is, written and read again."""
        text = dump(Baseline(tuple(entry_of(each) for each in self.found)))
        return match(parse("baseline", text).entries, found, self.names, {})


@pytest.fixture(scope="module", params=[*(path.name for path in DIRTY), *LOOKED_AT])
def repository(request: pytest.FixtureRequest) -> Iterator[Repository]:
    real = request.param in REAL
    root: Path = CORPUS / request.param if real else CHECKOUT / "fixtures" / "dirty" / request.param
    if not root.is_dir():
        pytest.skip("the corpus of real documents is not beside this checkout")
    config = preset(REAL[request.param]) if real else load(root)
    rules = registry.load(config, root)
    names = snapshot.paths_below(root)
    files = {path: (root / path).read_bytes() for path in names if config.kind_of(path)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loader, "read_document", lru_cache(maxsize=None)(read_document))
        bare = Repository(config, rules, dict(rules.active(config)), files, names)
        yield replace(bare, found=bare.lint())


def changed(data: bytes, change: Callable[[str], str]) -> bytes:
    """The text of a page, changed; one that is no text stays."""
    try:
        return change(data.decode()).encode()
    except UnicodeDecodeError:
        return data


def test_a_repository_is_quiet_with_its_own_baseline(repository: Repository) -> None:
    same = repository.compare(repository.lint())
    assert len(same.matched) == len(repository.found) > 0
    assert (same.stale, same.new) == ((), ())
    assert all(entry == entry_of(each) for entry, each in same.matched)


def test_a_mistake_more_is_told_and_one_less_makes_one_entry_stale(repository: Repository) -> None:
    """Each page gets one, of all kinds in turn."""
    planted = dict(zip(repository.pages, cycle(MISTAKES), strict=False))
    found = repository.lint(
        {page: repository.files[page] + f"\n\n{MISTAKES[code]}\n".encode() for page, code in planted.items()}
    )
    assert sorted((each.path, each.code) for each in repository.compare(found).new) == sorted(planted.items())
    mended = replace(repository, found=found).compare(repository.found)
    assert sorted((each.path, each.code) for each in mended.stale) == sorted(planted.items())


_SECTION = re.compile(r"^(?=## )", re.MULTILINE)


def test_moved_sections_are_quiet(repository: Repository) -> None:
    chance = random.Random(3)

    def moved(text: str) -> str:
        head, *sections = _SECTION.split(text.replace("\r\n", "\n"))
        chance.shuffle(sections)
        return "\n".join((head, *(f"{section.rstrip()}\n" for section in sections)))

    documents = {path: changed(data, moved) for path, data in repository.files.items() if path.endswith(".md")}
    assert any(documents[path] != repository.files[path] for path in documents)
    told = repository.compare(repository.lint(documents)).new
    assert [each for each in told if each.code not in ORDER] == []


@given(
    st.integers(0, 2**32), st.sampled_from(["\n", "\n\nThe tide comes in twice a day.\n\n", "\n<!-- a remark -->\n\n"])
)
@settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_inserted_lines_are_quiet(repository: Repository, seed: int, line: str) -> None:
    chance = random.Random(seed)

    def inserted(text: str) -> str:
        return re.sub(r"(?<=\n)(?=#{2,6} )", lambda _: line if chance.random() < 0.4 else "", text)

    documents = {path: changed(data, inserted) for path, data in repository.files.items() if path.endswith(".md")}
    assert repository.compare(repository.lint(documents)).new == ()
