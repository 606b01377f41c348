"""Real documents: what is found in them, and that nothing of them breaks anything.

`WAKU_LINT_CASES=10000 pytest tests/flows/test_corpus.py` takes every document, not each fifth.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import parse_once
from waku_lint.config.config import Config, parse, preset
from waku_lint.diagnostics import Diagnostic
from waku_lint.documents.reader import read_document
from waku_lint.engine import pipeline
from waku_lint.engine.result import RunResult
from waku_lint.files.source import SourceFile
from waku_lint.positions import Span
from waku_lint.project.project import Project
from waku_lint.project.quotations import compare, text_of
from waku_lint.rules import registry

STEP = 1 if "WAKU_LINT_CASES" in os.environ else 5
# The hand-checked counts for waku-pm, and what our own reading adds (see docs/corpus.md).
EXPECTED = {
    "WL103": 2,
    "WL104": 5,
    "WL105": 1,
    "WL107": 2,
    "WL108": 1,
    "WL109": 1,
    "WL111": 3,
    "WL112": 1,
    "WL203": 9,
    "WL204": 1,
    "WL205": 12,
    "WL206": 2,
    "WL207": 7,
    "WL209": 2,
    "WL212": 5,
    "WL304": 24,
    "WL306": 6,
    "WL308": 6,
    "WL309": 1,
    "WL310": 3,
    "WL311": 2,
    "WL312": 3,
    "WL313": 4,
    "WL314": 2,
    "WL315": 9,
    "WL401": 6,
    "WL402": 7,
    "WL405": 1,
    "WL407": 8,
    "WL408": 11,
    "WL409": 29,
    "WL410": 16,
    "WL424": 2,
    "WL425": 24,
    "WL426": 7,
    "WL428": 2,
    "WL431": 2,
    "WL503": 1,
    "WL504": 1,
    "WL505": 1,
    "WL601": 3,
    "WL602": 1,
    "WL603": 6,
    "WL605": 1,
    "WL606": 2,
}
EVERYTHING = """
kinds:
  milestone: {paths: ["**/*.md", "!**/furps/**", "!**/FURPS/**", "!**/*template*/**", "!**/updates/**", "!**/index.md"]}
  index: {paths: ["**/index.md", "**/README.md"]}
  furps: {paths: ["**/furps/**/*.md", "**/FURPS/**/*.md"]}
  issue-template: {paths: ["**/ISSUE_TEMPLATE/*.md", "**/issue-templates/*.md"]}
  update: {paths: ["**/updates/**"]}
"""


def run(root: Path, config: Config, *others: str, step: int = 1) -> RunResult:
    """Check every document of a folder, or with `step` each second, third..."""
    rules = registry.load(config, root)
    files = [
        SourceFile(path.relative_to(root).as_posix(), path.read_bytes())
        for path in sorted(root.rglob("*"))
        if path.is_file()
    ]
    names = [*others, *(file.path for file in files)]
    return pipeline.run(files[::step], config, rules, rules.active(config), names=names, parse=parse_once)


def test_the_findings_in_waku_pm_are_the_hand_checked_ones(corpus: Path) -> None:
    result = run(corpus / "waku-pm", preset("waku"))
    assert not result.crashes
    assert Counter(each.code for each in result.diagnostics) == EXPECTED
    assert result.checked == 55


def test_no_document_of_the_corpus_crashes_anything(corpus: Path) -> None:
    result = run(corpus, parse(".waku-lint.yaml", EVERYTHING), step=STEP)
    assert not result.crashes
    assert result.checked > 700 // STEP


@pytest.mark.parametrize("process", ["waku", "waku-classic"])
def test_the_roadmap_of_2024_has_the_mistakes_its_maintainers_know(corpus: Path, process: str) -> None:
    result = run(corpus / "logos-roadmap-2024", preset(process))
    counts = Counter(each.code for each in result.diagnostics)
    assert not result.crashes
    assert counts["WL106"] == 6
    assert counts["WL201"] == 3
    assert counts["WL202"] == 7
    assert counts["WL203"] == 1
    assert counts["WL210"] == 2


def test_the_living_roadmap_of_2026_has_the_mistakes_that_were_read_by_eye(corpus: Path) -> None:
    """All 67 were read; links to pages that are not among the 47 are left out, since these exist in reality."""
    result = run(corpus / "logos-roadmap-2026", preset("logos"))
    assert not result.crashes
    assert result.checked == 45
    assert Counter(each.code for each in result.diagnostics if each.code != "WL107") == {
        "WL103": 4, "WL109": 1, "WL112": 1, "WL204": 1, "WL205": 3, "WL212": 1, "WL304": 4, "WL306": 10, "WL307": 1,
        "WL308": 2, "WL407": 4, "WL410": 8, "WL422": 1, "WL424": 1, "WL425": 19, "WL426": 2, "WL601": 2,
    }  # fmt: skip
    (unknown,) = (each for each in result.diagnostics if each.code == "WL422")
    assert (unknown.path, unknown.start.line) == ("content/anoncomms/roadmap/testnet_v0.4/zerokit_v0.4.md", 34)


def test_the_weekly_updates_of_2024_have_the_hand_checked_mistakes(corpus: Path) -> None:
    result = run(corpus / "logos-roadmap-2024", parse(".waku-lint.yaml", "rules: {WL707: on}"))
    told = [each for each in result.diagnostics if "/updates/" in each.path]
    assert not result.crashes
    assert Counter(each.code for each in told) == {
        "WL102": 13, "WL701": 5, "WL702": 15, "WL703": 67, "WL705": 6, "WL706": 22, "WL707": 76,
    }  # fmt: skip
    prose = [each for each in told if not each.path.startswith("content/waku/")]
    assert {each.code for each in prose} == {"WL102", "WL701", "WL702"}


@pytest.mark.parametrize(
    ("pair", "path", "code", "line"),
    [
        ("5db5299", "draft-roadmap/integrate_rln_with_waku_api.md", "WL305", 139),
        ("5ddc2b4", "draft-roadmap/integrate_rln_with_waku_api.md", "WL106", 43),
        ("b21b1bd", "FURPS/application/group_chat.md", "WL404", 8),
        ("0c7a3bd", "draft-roadmap/harden_rln_testnet.md", "WL425", 86),
        ("62f0e75", "FURPS/README.md", "WL602", 43),
        ("7595413", "draft-roadmap/README.md", "WL107", 3),
        ("38637dc", "FURPS/application/nim_ffi.md", "WL406", 11),
        ("49523f9", "content/nomos/updates/2024-05-13.md", "WL702", 2),
    ],
)
def test_a_mistake_of_the_history_is_found_before_and_gone_after(
    corpus: Path, pair: str, path: str, code: str, line: int
) -> None:
    def places(side: str) -> list[int]:
        # The pairs have no summary page, to which one of the corrected links leads.
        found = run(corpus / "history-pairs" / pair / side, preset("waku"), "2025H2-SUMMARY.md").diagnostics
        return [each.start.line for each in found if each.path == path and each.code == code]

    assert line in places("before")
    assert line not in places("after")


def test_the_quotations_of_waku_pm_are_told_apart_as_they_were_by_hand(corpus: Path) -> None:
    """273 references: 241 as their statements are, 24 that have drifted, 7 of another form, one of a malformed link."""
    root = corpus / "waku-pm"
    config = preset("waku")
    names = [path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()]
    kinds = {name: kind.name for name in names if (kind := config.kind_of(name)) is not None}
    project = Project(kinds, lambda name: read_document(SourceFile(name, (root / name).read_bytes()), kinds[name]))
    quotes = [quote for page in project.of_kind("milestone") for quote in project.quotes(page)]
    counts: Counter[str] = Counter()
    for quote in quotes:
        text = quote.reference.text
        defined = [text_of(statement) for _, statement in quote.statements]
        if text is None:
            counts["no text"] += 1
        elif quote.features is None or not quote.ids:
            counts["unread"] += 1
        else:
            found = {compare(text.value, each) for each in defined}
            counts[next(each for each in ("same", "form", "drift") if each in found)] += 1
    # Two of the ids are malformed (WL424), one deliverable's feature is (WL105).
    assert counts == {"same": 239, "drift": 24, "form": 7, "unread": 3, "no text": 10}


def test_the_compact_deliverable_of_may_2025_is_read(corpus: Path) -> None:
    root = corpus / "waku-pm-history" / "2025-05-30-compact-deliverable"
    found = [each for each in run(root, preset("waku")).diagnostics if each.start.line == 51]
    path = "draft-roadmap/define_incentivization_for_rlnaas.md"
    assert [(each.code, each.start.column) for each in found if each.path == path] == [
        ("WL306", 8),
        ("WL315", 8),
        ("WL304", 58),
    ]


def prefixes(text: bytes) -> Iterator[bytes]:
    """Every line's start, and every character of some lines: as if the file were being written."""
    lines = text.splitlines(keepends=True)
    at = 0
    for number, line in enumerate(lines):
        step = 1 if number % 41 == 0 else max(len(line), 1)
        for cut in range(0, len(line), step):
            yield text[: at + cut]
        at += len(line)


def test_no_beginning_of_a_document_crashes_anything(corpus: Path) -> None:
    config = parse(".waku-lint.yaml", EVERYTHING)
    rules = registry.load(config, corpus)
    active = rules.active(config)
    names = [
        "waku-pm/draft-roadmap/harden_rln_testnet.md",
        "waku-pm/draft-roadmap/extend_chat_sdk_with_group_conversations.md",
        "waku-pm-history/2025-05-30-compact-deliverable/draft-roadmap/define_incentivization_for_rlnaas.md",
        "waku-pm/FURPS/core/store.md",
        "logos-roadmap-2026/content/messaging/roadmap/milestones/2026-nimble-migration.md",
        "issue-templates/2024-01-10-epic.md",
        "logos-roadmap-2024/content/waku/updates/2024-10-21.md",
    ]
    for name in names:
        for number, prefix in enumerate([*prefixes((corpus / name).read_bytes())][::STEP]):
            result = pipeline.run([SourceFile(name, prefix)], config, rules, active)
            assert not result.crashes, (name, number, result.crashes)
            _in_bounds(prefix.decode("utf-8", errors="replace"), result.diagnostics)


def _in_bounds(text: str, found: tuple[Diagnostic, ...]) -> None:
    count = text.count("\n") + 1
    for each in found:
        assert 1 <= each.start.line <= each.end.line <= count
        assert each.start <= each.end
        assert each.start.column >= 1
        for edit in each.fix.edits if each.fix else ():
            assert Span(0, 0) <= edit.span
            assert edit.span.end <= len(text)
