"""`waku-lint init`: what it finds in a repository, and what it writes."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.command import run
from tests.conftest import CHECKOUT
from waku_lint.cli.init import init
from waku_lint.config.config import Config, load, parse
from waku_lint.diagnostics import Severity
from waku_lint.editing import init as survey
from waku_lint.errors import CannotRun
from waku_lint.files.snapshot import WorkTree
from waku_lint.rules import registry
from waku_lint.session.runner import lint
from waku_lint.session.session import Request, open_session

FIXTURES = CHECKOUT / "fixtures"
PAGE = "# Relay\n\n**GitHub Milestone**: https://github.com/{repository}/milestone/1\n\n## Deliverables\n"
SECTION = "\n### [{name}](https://github.com/{repository}/issues/{number})\n\n**Owner**: {owner}\n"


def write(root: Path, owners: list[str], repository: str = "fernwire/plan") -> Path:
    """A project with one page, on which each of `owners` has a deliverable."""
    page = root / "draft-roadmap" / "relay.md"
    page.parent.mkdir(parents=True)
    sections = (
        SECTION.format(name=f"Part {number}", repository=repository, number=number, owner=owner)
        for number, owner in enumerate(owners)
    )
    page.write_text(PAGE.format(repository=repository) + "".join(sections), encoding="utf-8")
    return root


def written(root: Path) -> tuple[survey.Survey, str, Config]:
    found = survey.survey(WorkTree(root))
    text = survey.configuration(found)
    return found, text, parse(".waku-lint.yaml", text)


@pytest.mark.parametrize(
    ("fixture", "preset"),
    [
        ("clean/sections", "waku"),
        ("clean/compact", "waku-classic"),
        ("clean/units", "logos"),
        ("clean/updates", "waku"),
    ],
)
def test_the_preset_follows_from_what_is_there(fixture: str, preset: str) -> None:
    found, text, config = written(FIXTURES / fixture)
    assert found.config.preset == config.preset == preset
    assert f"extends: {preset}\n" in text
    assert dict(found.kinds)["milestone"] == sum(
        kind.name == "milestone" for path in WorkTree(FIXTURES / fixture).names if (kind := config.kind_of(path))
    )


def test_owners_that_are_often_named_become_teams_and_others_are_offered(tmp_path: Path) -> None:
    root = write(tmp_path, ["Tide", "tide", "Tide", "Buoy: a", "nwaku", "nwaku/js-waku", "<Owner>", "core research"])
    found, text, config = written(root)
    assert found.teams == (("Tide", 3), ("Buoy: a", 1))
    assert set(config.teams) == {*found.config.teams, "Tide"}
    assert '#   "Buoy: a": [] # named 1 time\n' in text


def test_without_unknown_owners_the_presets_teams_stay(tmp_path: Path) -> None:
    found, text, config = written(write(tmp_path, ["nwaku", "Tide", "Tide"]))
    assert config.teams == found.config.teams
    assert "#   Tide: [] # named 2 times\n" in text


def test_repositories_are_written_where_the_project_plans_elsewhere(tmp_path: Path) -> None:
    found, _, config = written(write(tmp_path / "a", ["nwaku"] * 3))
    assert found.repositories == (("fernwire/plan", 4),)
    assert config.repositories == ("fernwire/plan",)
    _, text, config = written(write(tmp_path / "b", ["nwaku"] * 3, "waku-org/pm"))
    assert config.repositories == found.config.repositories
    assert "# Linked: waku-org/pm (4)\n" in text


def test_a_repository_without_documents_is_told_so(tmp_path: Path) -> None:
    found, _, config = written(tmp_path)
    assert "no file is a document by this preset" in survey.summary(found)
    assert config.preset == "waku"


@pytest.mark.parametrize("owners", [[], ["Tide", "Buoy"], ["Tide"] * 3])
def test_what_is_offered_as_a_comment_is_valid_too(tmp_path: Path, owners: list[str]) -> None:
    _, text, _ = written(write(tmp_path, owners))
    live = re.sub(r"^# ((?:kinds|teams|repositories|rules|exclude):.*| +\S.*)$", r"\1", text, flags=re.MULTILINE)
    config = parse(".waku-lint.yaml", live)
    assert registry.load(config, tmp_path).active(config)
    assert config.exclude
    assert set(owners) <= set(config.teams)


def test_it_offers_to_set_aside_what_is_found(tmp_path: Path) -> None:
    root = write(tmp_path, ["Tide"] * 3)
    baseline = root / ".waku-lint-baseline"
    for given, answers, written in ((["--yes"], "", False), ([], "y\nn\n", False), ([], "y\ny\n", True)):
        done = CliRunner().invoke(init, ["--root", str(root), "--force", *given], input=answers)
        assert done.exit_code == 0, done.output
        assert "`waku-lint baseline` sets them aside" in done.output
        assert baseline.exists() is written
    again = CliRunner().invoke(init, ["--root", str(root), "--force", "--yes"])
    assert again.output.endswith("`waku-lint check` finds nothing to begin with.\n")


def test_it_writes_only_once_and_only_when_it_is_told_to(tmp_path: Path) -> None:
    root = write(tmp_path, ["Tide"] * 3)
    target = root / ".waku-lint.yaml"
    nobody, refused = (CliRunner().invoke(init, ["--root", str(root)], input=answer) for answer in ("", "n\n"))
    assert isinstance(nobody.exception, CannotRun)
    assert "nothing is written: there is nobody to ask; --yes asks nothing" in str(nobody.exception)
    assert "Nothing is written." in refused.output
    assert not target.exists()
    agreed = CliRunner().invoke(init, ["--root", str(root)], input="\n")
    assert (agreed.exit_code, target.exists()) == (0, True)
    target.unlink()
    done = run("init", "--yes", cwd=root)
    assert done.returncode == 0
    for words in (
        "preset: waku (",
        "milestone 1",
        "fernwire/plan (4)",
        "Tide (3)",
        "- id: waku-lint",
        "waku-lint baseline",
    ):
        assert words in done.stdout
    assert "Tide" in load(root).teams
    target.write_text("extends: logos\n")
    again = run("init", "--yes", cwd=root)
    assert (again.returncode, target.read_text()) == (2, "extends: logos\n")
    assert ".waku-lint.yaml: is there already; --force overwrites it" in again.stderr
    assert run("init", "--yes", "--force", cwd=root).returncode == 0
    assert load(root).preset == "waku"


def test_a_configuration_by_a_name_that_is_not_read_is_mentioned(tmp_path: Path) -> None:
    root = write(tmp_path, [])
    (root / ".waku-lint.yml").write_text("extends: logos\n")
    done = run("init", "--yes", cwd=root)
    assert done.returncode == 0
    assert ".waku-lint.yml is not read, and nothing of it is taken over; remove it" in done.stdout


def test_what_a_link_leads_to_is_not_overwritten(tmp_path: Path) -> None:
    root = write(tmp_path / "project", [])
    (tmp_path / "other.yaml").write_text("mine\n")
    (root / ".waku-lint.yaml").symlink_to(tmp_path / "other.yaml")
    assert run("init", "--yes", "--force", cwd=root).returncode == 0
    assert (tmp_path / "other.yaml").read_text() == "mine\n"
    assert load(root).preset == "waku"


@pytest.mark.parametrize(
    ("folder", "preset"),
    [
        ("waku-pm", "waku"),
        ("waku-pm-history/2025-05-30-compact-deliverable", "waku"),
        ("logos-roadmap-2024", "waku"),
        ("logos-roadmap-2026", "logos"),
    ],
)
def test_a_real_roadmap_has_no_unknown_team_that_is_often_named(
    corpus: Path, tmp_path: Path, folder: str, preset: str
) -> None:
    root = tmp_path / "roadmap"
    shutil.copytree(corpus / folder, root)
    assert run("init", "--yes", cwd=root).returncode == 0
    assert load(root).preset == preset
    request = Request(root, select=("WL304",))
    found = [each for each in lint(request, open_session(request)).diagnostics if each.severity is Severity.ERROR]
    messages = [each.message for each in found]
    assert all(messages.count(message) < survey.OFTEN for message in messages)
