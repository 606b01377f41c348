"""Real documents: what is found in them, and that nothing of them breaks anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from waku_lint import engine, registry
from waku_lint.config import Config, parse, preset
from waku_lint.diagnostic import Diagnostic
from waku_lint.engine import RunResult
from waku_lint.source import SourceFile, Span

# The hand-checked counts for waku-pm, and what our own reading adds (see docs/corpus.md).
EXPECTED = {
    "WL103": 2,
    "WL105": 1,
    "WL203": 9,
    "WL204": 1,
    "WL205": 12,
    "WL209": 2,
    "WL304": 24,
    "WL306": 6,
    "WL309": 1,
    "WL310": 3,
    "WL311": 2,
    "WL312": 3,
    "WL313": 4,
    "WL424": 2,
    "WL503": 1,
    "WL504": 1,
}
EVERYTHING = """
kinds:
  milestone: {paths: ["**/*.md", "!**/furps/**", "!**/FURPS/**", "!**/*template*/**"]}
  furps: {paths: ["**/furps/**/*.md", "**/FURPS/**/*.md"]}
  issue-template: {paths: ["**/ISSUE_TEMPLATE/*.md", "**/issue-templates/*.md"]}
"""


def run(root: Path, config: Config) -> RunResult:
    rules = registry.load(config, root)
    files = [
        SourceFile(path.relative_to(root).as_posix(), path.read_bytes())
        for path in sorted(root.rglob("*"))
        if path.is_file()
    ]
    return engine.run(files, config, rules, rules.active(config))


def test_the_findings_in_waku_pm_are_the_hand_checked_ones(corpus: Path) -> None:
    result = run(corpus / "waku-pm", preset("waku"))
    assert not result.crashes
    assert Counter(each.code for each in result.diagnostics) == EXPECTED
    assert result.checked == 51


def test_no_document_of_the_corpus_crashes_anything(corpus: Path) -> None:
    result = run(corpus, parse(".waku-lint.yaml", EVERYTHING))
    assert not result.crashes
    assert result.checked > 700


@pytest.mark.parametrize("process", ["waku", "waku-classic"])
def test_the_roadmap_of_2024_has_the_mistakes_its_maintainers_know(corpus: Path, process: str) -> None:
    result = run(corpus / "logos-roadmap-2024", preset(process))
    counts = Counter(each.code for each in result.diagnostics)
    assert not result.crashes
    assert counts["WL106"] == 6
    assert counts["WL201"] == 3
    assert counts["WL203"] == 1


@pytest.mark.parametrize(
    ("pair", "path", "code", "line"),
    [
        ("5db5299", "draft-roadmap/integrate_rln_with_waku_api.md", "WL305", 139),
        ("5ddc2b4", "draft-roadmap/integrate_rln_with_waku_api.md", "WL106", 43),
        ("b21b1bd", "FURPS/application/group_chat.md", "WL404", 8),
    ],
)
def test_a_mistake_of_the_history_is_found_before_and_gone_after(
    corpus: Path, pair: str, path: str, code: str, line: int
) -> None:
    def places(side: str) -> list[int]:
        found = run(corpus / "history-pairs" / pair / side, preset("waku")).diagnostics
        return [each.start.line for each in found if each.path == path and each.code == code]

    assert places("before") == [line]
    assert places("after") == []


def test_the_compact_deliverable_of_may_2025_is_read(corpus: Path) -> None:
    root = corpus / "waku-pm-history" / "2025-05-30-compact-deliverable"
    found = [each for each in run(root, preset("waku")).diagnostics if each.start.line == 51]
    path = "draft-roadmap/define_incentivization_for_rlnaas.md"
    assert [(each.code, each.start.column) for each in found if each.path == path] == [("WL306", 8), ("WL304", 58)]


def prefixes(text: bytes) -> Iterator[bytes]:
    """Every line's start, and every character of some lines: as if the file were being written."""
    lines = text.splitlines(keepends=True)
    at = 0
    for number, line in enumerate(lines):
        step = 1 if number % 17 == 0 else max(len(line), 1)
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
    ]
    for name in names:
        for number, prefix in enumerate(prefixes((corpus / name).read_bytes())):
            result = engine.run([SourceFile(name, prefix)], config, rules, active)
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
