"""`waku-lint why`: what a file is, which rules looked at it, and what is told of a line."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.command import run
from tests.flows.test_hooks import git
from waku_lint.config.config import parse
from waku_lint.reporters.why import text as text_of
from waku_lint.session.session import Request, open_session
from waku_lint.session.why import Why, why

PAGE = "# Relay\n\n**Estimated date of completion**: 31 Aug\n\n## Deliverables\n\n### Metrics\n"
CONFIG = """\
extends: ./team.yaml
exclude: [draft-roadmap/gone/**]
rules:
  milestone-estimate-format: {per-path: {draft-roadmap/old/**: off}}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    files = {
        ".waku-lint.yaml": CONFIG,
        "team.yaml": "rules: {WL302: off, WL205: warning}\n",
        ".gitignore": "*.tmp.md\n",
        **dict.fromkeys(("relay.md", "old/relay.md", "gone/relay.md", "README.md", "x.tmp.md"), PAGE),
    }
    for path, text in files.items():
        full = tmp_path / (path if path.startswith(".") or path == "team.yaml" else f"draft-roadmap/{path}")
        full.parent.mkdir(parents=True, exist_ok=True)
        full.write_text(text)
    assert git(tmp_path, "init", "-q").returncode == 0
    return tmp_path


def test_a_documents_kind_and_rules_are_told_with_who_says_so(project: Path) -> None:
    done = run("why", "draft-roadmap/relay.md", cwd=project)
    assert done.returncode == 0
    lines = [line.strip() for line in done.stdout.splitlines()]
    assert lines[:2] == ["draft-roadmap/relay.md: milestone", "by `draft-roadmap/**/*.md` (preset waku)"]
    assert lines[2].endswith("rules looked at it (-v lists them)")
    assert "WL302 deliverable-owner-missing: off (team.yaml:1)" in lines
    assert "WL211 milestone-tag-missing: off (preset waku)" in lines
    assert not any(line.startswith(("WL203", "WL402", "WL501")) for line in lines)


def test_what_is_off_at_a_path_is_told_with_its_line(project: Path) -> None:
    off = run("why", "draft-roadmap/old/relay.md", cwd=project).stdout
    assert "WL203 milestone-estimate-format: off (.waku-lint.yaml:4)" in off


def test_all_rules_that_looked_at_it_are_listed_for_who_asks(project: Path) -> None:
    told = run("why", "-v", "draft-roadmap/relay.md", cwd=project).stdout
    assert "WL205 milestone-github-missing: warning (team.yaml:1)" in told
    assert "WL203 milestone-estimate-format: error (built in)" in told
    counted = next(line for line in told.splitlines() if "looked at it" in line)
    assert int(counted.split()[0]) == sum("    WL" in line and ": off" not in line for line in told.splitlines())


@pytest.mark.parametrize("place", ["draft-roadmap/relay.md:3", "draft-roadmap/relay.md:3:35"])
def test_a_lines_findings_are_told_with_how_to_see_more(project: Path, place: str) -> None:
    told = run("why", place, cwd=project).stdout
    assert told.endswith(
        "line 3: 1 finding\n"
        "  35: error WL203 milestone-estimate-format: "
        "estimate `31 Aug` has no year; expected a date such as `30 Sep 2025`\n"
        "    more: waku-lint explain WL203\n"
    )
    assert run("why", "draft-roadmap/relay.md:2", cwd=project).stdout.endswith("line 2: 0 findings\n")


def test_what_is_kept_quiet_of_a_line_is_told_with_who_keeps_it(project: Path) -> None:
    page = project / "draft-roadmap" / "relay.md"
    comment = '<!-- waku-lint: disable-next-line=WL203 reason="not agreed" until=2026-12-31 -->\n'
    page.write_text(PAGE.replace("**Estimated", f"{comment}**Estimated"))
    assert run("baseline", "--today", "2026-12-01", cwd=project).returncode == 0
    told = run("why", "--today", "2026-12-31", "draft-roadmap/relay.md:4", cwd=project).stdout
    assert "  0 findings, 1 suppressed, " in told
    assert told.endswith("no year; expected a date such as `30 Sep 2025`\n    suppressed: not agreed (line 3)\n")
    known = run("why", "--today", "2026-12-31", "draft-roadmap/relay.md:8", cwd=project).stdout
    assert "line 8: 0 findings\n" in known
    assert known.endswith("\n    in the baseline\n")
    over = run("why", "--today", "2027-01-01", "draft-roadmap/relay.md:4", cwd=project).stdout
    assert "line 4: 1 finding\n" in over
    assert "suppressed" not in over


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("draft-roadmap/gone/relay.md", "`exclude` names it: `draft-roadmap/gone/**` (.waku-lint.yaml:2)"),
        ("draft-roadmap/x.tmp.md", "git ignores it by `*.tmp.md` (.gitignore:1)"),
        ("draft-roadmap/_template.md", "taken out of the kind milestone by `!**/_template.md` (preset waku)"),
        ("README.md", "no pattern matches it; the nearest is `FURPS/README.md` of the kind index (preset waku)"),
        (
            "furps/core/relay.md",
            "no pattern matches it; the nearest is `FURPS/**/*.md` of the kind furps (preset waku)",
        ),
    ],
)
def test_why_a_file_is_no_document_is_told(project: Path, path: str, reason: str) -> None:
    (project / path).parent.mkdir(parents=True, exist_ok=True)
    (project / path).write_text(PAGE)
    done = run("why", path, cwd=project)
    assert (done.returncode, done.stdout) == (0, f"{path}: no document\n  {reason}\n")


@pytest.mark.parametrize(
    ("place", "words"),
    [("none.md:3", "none.md: no such file or folder"), ("draft-roadmap", "is a folder; name a file in it")],
)
def test_what_is_no_file_cannot_be_told_about(project: Path, place: str, words: str) -> None:
    done = run("why", place, cwd=project)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr


def test_a_project_without_kinds_has_no_documents(project: Path) -> None:
    config = parse(".waku-lint.yaml", "")
    session = open_session(Request(project))
    found = why(Request(project), session.copy(config=replace(config, kinds=()), kinds={}), "draft-roadmap/relay.md")
    assert (found.kind, found.reason) == (None, "no kind has a pattern")


def test_rules_that_are_off_are_told_where_there_are_any() -> None:
    lines = text_of(Why("a.md", "index", "by `*`")).splitlines()
    assert lines == ["a.md: index", "  by `*`", "  0 rules looked at it (-v lists them)", "  0 findings"]
