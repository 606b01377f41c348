"""`waku-lint new`: what is written passes the rules that are in force, but for what is to be filled in."""

from __future__ import annotations

import itertools
import json
import re
import stat
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.command import Done, run
from waku_lint.config.config import PRESETS
from waku_lint.diagnostics import Diagnostic
from waku_lint.editing import new as scaffold
from waku_lint.editing.new import Wanted
from waku_lint.editing.templates import Template
from waku_lint.errors import CannotRun
from waku_lint.files import writer
from waku_lint.session.runner import lint
from waku_lint.session.session import Request, Session, open_session

# The rules whose findings tell of a placeholder.
PLACEHOLDER = {"WL103", "WL205", "WL301", "WL306"}
# Where each preset has its pages.
PLACES = {
    "waku": ("draft-roadmap", "FURPS"),
    "waku-classic": ("draft-roadmap", "FURPS"),
    "logos": ("content/unit/roadmap/v1", "content/unit/furps"),
}
FEATURE = (
    "# Relay FURPS\n\n## Functionality\n\n1. Nodes relay `messages` of the topics they have\n   subscribed to.\n"
    "2. \U0001f3d7 Nodes forget.\n3. ~~Nodes sing.~~\n4. {to be said}\n\n## Usability\n\n"
    "1. A [panel](https://example.org/panel) shows it.\n\n"
    "## Reliability\n\n1. A lost peer is replaced (**Vac-QA**).\n\n## Performance\n\n"
    "1. A second at most, see the [Grafana panel](https://grafana.example.org/d/relay) (**Vac-DST**).\n\n"
    "## Supportability\n\n## + (Privacy)\n"
)
PLACE = re.compile(r"\{[^{}\n]+\}")


def project(root: Path, configuration: str, feature: str | None = None) -> Session:
    """A project of that configuration, with a feature file at `feature`."""
    root.mkdir(exist_ok=True)
    (root / ".waku-lint.yaml").write_text(configuration)
    if feature is not None:
        (root / feature).parent.mkdir(parents=True, exist_ok=True)
        (root / feature).write_text(FEATURE)
    return open_session(Request(root))


def check(root: Path, path: str) -> list[Diagnostic]:
    request = Request(root, (root / path,))
    result = lint(request, open_session(request))
    assert not result.crashes
    assert result.checked == 1
    return list(result.diagnostics)


def fill(text: str, feature: str, team: str) -> str:
    """What a person would write, for each placeholder."""
    numbers = itertools.count(101)
    link = "/" + feature.removeprefix("content/")
    text = text.replace("[{Feature}]({its file})", f"[Relay]({link})")
    said = {
        "{date, such as 30 Sep 2025}": "30 Sep 2025",
        "{half-year}": "2025H2",
        "{who, and for how long}": "one person for two months",
        "{team}": team,
        "{FURPS}": "F1",
        "{ids, such as F1}": "F1",
        "{statement, as the feature has it}": "Nodes relay `messages` of the topics they have subscribed to.",
        "{panel}": "https://grafana.example.org/d/relay",
    }

    def written(match: re.Match[str]) -> str:
        if match.group() == "{number}":
            return str(next(numbers))
        if match.group().startswith("{Name"):
            return f"Part {next(numbers)}"
        return said.get(match.group(), "Members see on every device what they have missed.")

    return PLACE.sub(written, text)


def assert_only_placeholders(text: str, found: list[Diagnostic]) -> None:
    """Every placeholder is a finding, and nothing else is."""
    assert {each.code for each in found} <= PLACEHOLDER
    lines = text.splitlines()
    covered = {(each.start.line, each.start.column) for each in found if each.code == "WL103"}
    places = {(row, match.start() + 1) for row, line in enumerate(lines, 1) for match in PLACE.finditer(line)}
    numbers = {(row, column) for row, column in places if lines[row - 1].startswith("{number}", column - 1)}
    assert covered == places - numbers
    assert sum(each.code in ("WL205", "WL306") for each in found) == len(numbers)
    ids = [each for each in found if each.code == "WL301"]
    assert len(ids) == text.count("{FURPS}")


KINDS = ("milestone", "furps", "issue-template")


@pytest.mark.parametrize("quoting", [False, True])
@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_new_document_wants_nothing_but_to_be_filled_in(
    tmp_path: Path, preset: str, kind: str, quoting: bool
) -> None:
    pages, features = PLACES[preset]
    folder = {"milestone": pages, "furps": features, "issue-template": ".github/ISSUE_TEMPLATE"}[kind]
    feature = f"{features}/relay.md"
    session = project(tmp_path, f"extends: {preset}\n", feature)
    wanted = Wanted(feature=feature if quoting else None)
    path, text = scaffold.new(session, kind, wanted, f"{folder}/new_page.md")
    assert path == f"{folder}/new_page.md"
    writer.create(tmp_path / path, text.encode())
    assert_only_placeholders(text, check(tmp_path, path))
    (tmp_path / path).write_text(fill(text, feature, next(iter(session.config.teams))))
    assert check(tmp_path, path) == []


@pytest.mark.parametrize("name", ["Deliverable", "Task", "Epic", "Bug report", "Milestone", "Question"])
@pytest.mark.parametrize("preset", PRESETS)
def test_a_template_for_each_kind_of_issue_is_clean_from_the_start(tmp_path: Path, preset: str, name: str) -> None:
    session = project(tmp_path, f"extends: {preset}\n")
    path, text = scaffold.new(session, "issue-template", Wanted(name), None)
    assert path == f".github/ISSUE_TEMPLATE/{name.lower().replace(' ', '_')}.md"
    writer.create(tmp_path / path, text.encode())
    assert check(tmp_path, path) == []


@pytest.mark.parametrize("preset", PRESETS)
def test_a_deliverable_more_wants_nothing_but_to_be_filled_in(tmp_path: Path, preset: str) -> None:
    pages, features = PLACES[preset]
    feature, path = f"{features}/relay.md", f"{pages}/page.md"
    project(tmp_path, f"extends: {preset}\n", feature)
    team = next(iter(open_session(Request(tmp_path)).config.teams))
    wanted = Wanted("Show what was missed", team, feature)
    _, text = scaffold.new(open_session(Request(tmp_path)), "milestone", wanted, path)
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_text(text)
    for title in ("Metrics: per topic", None):
        text = scaffold.add_deliverable(open_session(Request(tmp_path)), Wanted(title, team, feature), path)
        writer.replace(tmp_path / path, text.encode())
        assert_only_placeholders(text, check(tmp_path, path))
    (tmp_path / path).write_text(fill(text, feature, team))
    assert check(tmp_path, path) == []


OPTIONS = st.fixed_dictionaries(
    {
        "milestone-section-missing": st.one_of(
            st.just("off"),
            st.dictionaries(
                st.sampled_from(["Why", "FURPS", "Risks", "Deliverables", "Ausblick"]), st.just([]), max_size=5
            ).map(lambda sections: {"sections": sections}),
        ),
        "milestone-deliverables-missing": st.sampled_from(["off", "on", {"min": 0}, {"min": 3}]),
        "milestone-estimate-label": st.sampled_from(["on", {"label": "ETA"}]),
        "milestone-estimate-missing": st.sampled_from(["on", "off"]),
        "milestone-effort-missing": st.sampled_from(["on", "off"]),
        "milestone-github-missing": st.sampled_from(["on", "off"]),
        "milestone-benefit-missing": st.sampled_from(["on", "off"]),
        "milestone-tag-missing": st.sampled_from(["on", "off", {"tag": "plan"}]),
        "milestone-transversal": st.sampled_from(["on", "off", {"areas": {"safety": ["audit*"], "x": []}}]),
        "front-matter-missing": st.sampled_from(["off", {"kinds": ["milestone", "furps"]}]),
        "deliverable-format": st.sampled_from(["on", "off", {"headings": True}]),
        "deliverable-issue-missing": st.sampled_from(["on", "off"]),
        "deliverable-checklist-missing": st.sampled_from(["on", "off"]),
        "deliverable-checklist-item-missing": st.sampled_from(["on", "off", {"items": ["Audit", "C API"]}]),
        "furps-section-missing": st.sampled_from(["on", "off", {"sections": ["R", "F"]}]),
        "performance-signoff": st.sampled_from(["on", "off", {"require": "all"}]),
        "reliability-signoff": st.sampled_from(["on", "off"]),
        "issue-template-output": st.sampled_from(["on", {"accept": []}]),
        "issue-template-checklist": st.sampled_from(["on", "off", {"items": ["Audit"]}]),
        "issue-template-label-unknown": st.sampled_from(["on", {"labels": ["Deliverable"]}, {"labels": ["x"]}]),
    }
)


@settings(max_examples=40, deadline=None, phases=[Phase.generate])
@given(
    rules=OPTIONS,
    kind=st.sampled_from(KINDS),
    # A title in braces or angles is a placeholder whoever writes it, one that begins with `+` a FURPS category.
    title=st.text(st.characters(exclude_categories=("C", "Z"), exclude_characters="{<", include_characters=" ")).filter(
        lambda title: title[:1].isalnum()
    ),
    teams=st.sampled_from([{}, {"nwaku": []}, {"nwaku": [], "js-waku": ["js"]}]),
    quoting=st.booleans(),
)
def test_it_holds_for_any_configuration(
    rules: dict[str, object], kind: str, title: str, teams: dict[str, list[str]], quoting: bool
) -> None:
    feature = "FURPS/relay.md"
    path = {"milestone": "draft-roadmap/p.md", "furps": "FURPS/p.md", "issue-template": ".github/ISSUE_TEMPLATE/p.md"}
    with TemporaryDirectory() as folder:
        root = Path(folder)
        session = project(root, json.dumps({"rules": rules, "teams": teams}), feature)
        _, text = scaffold.new(session, kind, Wanted(title, feature=feature if quoting else None), path[kind])
        writer.create(root / path[kind], text.encode())
        assert_only_placeholders(text, check(root, path[kind]))
        (root / path[kind]).write_text(fill(text, feature, "nwaku"))
        assert check(root, path[kind]) == []


PAGE = "# Relay\n\n## Deliverables\n"
ITEM = "- [{Name 2}](https://github.com/waku-org/pm/issues/{number}): {FURPS} ({team})\n"


def added(tmp_path: Path, text: str, preset: str = "waku-classic") -> str:
    session = project(tmp_path, f"extends: {preset}\n")
    (tmp_path / "draft-roadmap").mkdir(exist_ok=True)
    (tmp_path / "draft-roadmap" / "p.md").write_bytes(text.encode())
    return scaffold.add_deliverable(open_session(Request(session.state.root)), Wanted(), "draft-roadmap/p.md")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("\n- A: F1 (nwaku)\n", "", f"\n- A: F1 (nwaku)\n{ITEM}"),
        ("\n- A: F1 (nwaku)", "", f"\n- A: F1 (nwaku)\n{ITEM}"),
        ("\n- [x] A: F1 (nwaku)\n", "\n## Notes\n", f"\n- [x] A: F1 (nwaku)\n- [ ] {ITEM[2:]}\n## Notes\n"),
        ("\n* A: F1 (nwaku)\n  - its part\n", "", f"\n* A: F1 (nwaku)\n  - its part\n* {ITEM[2:]}"),
        (
            "\n### A: F1 (nwaku)\n\nText.\n",
            "\n## Notes\n",
            f"\n### A: F1 (nwaku)\n\nText.\n\n### {ITEM[2:]}\n## Notes\n",
        ),
        ("\n", "## Notes\n", f"\n{ITEM.replace('{Name 2}', '{Name 1}')}\n## Notes\n"),
    ],
)
def test_a_deliverable_is_added_below_the_last_one_in_its_form(
    tmp_path: Path, before: str, after: str, expected: str
) -> None:
    assert added(tmp_path, PAGE + before + after) == PAGE + expected


def test_a_deliverable_takes_the_level_of_the_last_one_and_leaves_the_rest(tmp_path: Path) -> None:
    top = f"\ufeff{PAGE}\n### Phase 1\n\n#### A\n\n**Owner**: nwaku\n"
    end = "\n\n\n## Risks\n\nNone\n"
    text = added(tmp_path, top + end)
    assert text.startswith(f"{top}\n#### [{{Name 2}}](https://")
    assert text.endswith("as the feature has it}\n\n## Risks\n\nNone\n")
    crlf = added(tmp_path, (top + end).replace("\n", "\r\n"))
    assert crlf == text.replace("\n", "\r\n")


def test_a_page_without_deliverables_gets_their_heading(tmp_path: Path) -> None:
    assert added(tmp_path, "# Relay\n\nProse.").startswith("# Relay\n\nProse.\n\n## Deliverables\n\n- [{Name 1}](")
    assert "\n## Deliverables\n\n### [{Name 1}](" in added(tmp_path, "# Relay\n", "waku")


# The command line


@pytest.fixture
def root(tmp_path: Path) -> Path:
    project(tmp_path, "extends: waku\nteams: {nwaku: [nimwaku], js-waku: []}\n", "FURPS/relay.md")
    return tmp_path


def new(root: Path, *arguments: str) -> Done:
    return run("new", *arguments, cwd=root)


def test_a_page_is_named_after_its_title_and_stands_where_its_kind_does(root: Path) -> None:
    done = new(
        root, "milestone", "--title", "Read: what you [missed]!", "--owner", "NimWaku", "--feature", "FURPS/relay.md"
    )
    assert (
        done.stdout == "wrote draft-roadmap/read_what_you_missed.md; `waku-lint check` tells what is to be filled in\n"
    )
    text = (root / "draft-roadmap" / "read_what_you_missed.md").read_text()
    assert text.startswith("# [Read: what you \\[missed\\]!](https://github.com/waku-org/pm/milestone/{number})\n")
    assert "- [Relay](/FURPS/relay.md): F1, U1, R1, P1\n" in text
    assert "**Owner**: nwaku\n" in text
    assert "- F1. Nodes relay `messages` of the topics they have subscribed to.\n- U1." in text
    added = new(root, "deliverable", "--in", "draft-roadmap/read_what_you_missed.md", "--title", "B")
    assert added.stdout.startswith("added to draft-roadmap/read_what_you_missed.md;")
    assert (root / "draft-roadmap" / "read_what_you_missed.md").read_text().startswith(f"{text}\n### [B](")


def test_a_folder_that_is_there_is_preferred(root: Path) -> None:
    (root / "content/waku/milestones/open").mkdir(parents=True)
    (root / "content/waku/milestones/open/old.md").write_text("# Old\n")
    assert "wrote content/waku/milestones/open/x.md;" in new(root, "milestone", "--title", "X").stdout


def test_stdout_writes_nothing(root: Path) -> None:
    before = sorted(root.rglob("*"))
    page = new(root, "milestone", "--stdout").stdout
    assert page.startswith("# [{Title, such as what users can do}](")
    assert page.endswith(new(root, "deliverable", "--stdout").stdout)
    assert new(root, "furps", "--stdout", "--title", "Store").stdout.startswith("# Store FURPS\n")
    assert sorted(root.rglob("*")) == before


def test_nothing_is_overwritten(root: Path) -> None:
    before = (root / "FURPS" / "relay.md").read_text()
    done = new(root, "furps", "FURPS/relay.md")
    assert done.returncode == 2
    assert "relay.md: is there already; nothing is overwritten" in done.stderr
    assert (root / "FURPS" / "relay.md").read_text() == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["milestone"], "where to? give a PATH, a --title to name it after, or --stdout"),
        (["milestone", "notes.md"], "notes.md: is no milestone; `kinds` in .waku-lint.yaml says which files are"),
        (["milestone", "../x.md", "--root", "."], "../x.md: is outside the project"),
        (["milestone", "--title", "A\nB"], "expected one line of text"),
        (["milestone", "--title", "!"], "a PATH is needed"),
        (["milestone", "--stdout", "--owner", "nwku"], "unknown team 'nwku'; did you mean 'nwaku'?"),
        (["milestone", "--stdout", "--feature", "FURPS/x.md"], "FURPS/x.md: is no document of the kind furps"),
        (["milestone", "--stdout", "--feature", "FURPS/empty.md"], "states nothing that could be delivered"),
        (["deliverable"], "give --in PAGE, or --stdout"),
        (["deliverable", "--in", "FURPS/relay.md"], "is no document of the kind milestone"),
        (["deliverable", "--in", "draft-roadmap/bad.md"], "is no milestone page that can be read"),
        (["update"], "No such command 'update'"),
    ],
)
def test_what_cannot_be_written_says_why(root: Path, arguments: list[str], words: str) -> None:
    (root / "FURPS" / "empty.md").write_text("# Empty FURPS\n")
    (root / "draft-roadmap").mkdir()
    (root / "draft-roadmap" / "bad.md").write_bytes(b"\xff")
    done = new(root, *arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_pattern_of_many_folders_tells_no_place(root: Path) -> None:
    (root / ".waku-lint.yaml").write_text("extends: logos\n")
    done = new(root, "milestone", "--title", "X")
    assert "a PATH is needed: content/*/roadmap/*/**/*.md does not tell where it stands" in done.stderr
    assert "the front matter needs a title" in new(root, "milestone", "--stdout").stderr


def test_replacing_keeps_mode_and_link_and_leaves_no_other_file(tmp_path: Path) -> None:
    page, link = tmp_path / "page.md", tmp_path / "link.md"
    page.write_text("old")
    page.chmod(0o640)
    link.symlink_to("page.md")
    writer.replace(link, b"new\r\n")
    assert page.read_bytes() == b"new\r\n"
    assert link.is_symlink()
    assert stat.S_IMODE(page.stat().st_mode) == 0o640
    assert sorted(tmp_path.iterdir()) == [link, page]


def test_what_cannot_be_written_leaves_the_old_file(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("old")
    with pytest.raises(CannotRun, match="cannot be written"):
        writer.replace(tmp_path / "gone" / "page.md", b"new")
    with pytest.raises(CannotRun, match="cannot be written"):
        writer.create(page / "below.md", b"new")
    with pytest.raises(UnicodeEncodeError):
        writer.replace(page, "\ud800".encode())
    assert page.read_text() == "old"
    assert list(tmp_path.iterdir()) == [page]


def test_a_page_of_a_site_asks_for_no_github_milestone_where_none_is_wanted(tmp_path: Path) -> None:
    session = project(tmp_path, "extends: logos\nrules: {milestone-github-missing: off}\n")
    page = "content/unit/roadmap/v1/relay.md"
    assert "GitHub Milestone" not in Template(session, page, "Relay", None, None).milestone()
