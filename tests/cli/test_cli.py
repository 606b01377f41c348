"""The command line as its users call it."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.command import run, run_bytes, start
from waku_lint import __version__, schema
from waku_lint.cli.console import say
from waku_lint.cli.exit_status import finish, status_of
from waku_lint.cli.options import FORMATS
from waku_lint.engine.result import Crash, RunResult
from waku_lint.errors import CannotRun
from waku_lint.rules import registry
from waku_lint.rules.base import Rule

BAD = "# Relay\n\n**Estimated date of completion**: 31 Aug\n"
ONLY_ESTIMATE = ["--select", "WL203"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A plain folder, no git repository, with one bad page and one file that is no document."""
    page = tmp_path / "draft-roadmap" / "relay.md"
    page.parent.mkdir()
    page.write_text(BAD)
    (tmp_path / "notes.md").write_text("##Notes\n")
    return tmp_path


def test_a_finding_is_shown_with_its_line_and_a_caret(project: Path) -> None:
    done = start("check", *ONLY_ESTIMATE, cwd=project)
    assert done.returncode == 1
    assert done.stdout == (
        "draft-roadmap/relay.md:3:35: error WL203 milestone-estimate-format: "
        "estimate `31 Aug` has no year; expected a date such as `30 Sep 2025`\n"
        " 3 | **Estimated date of completion**: 31 Aug\n"
        "   |                                   ^^^^^^\n"
        "\n"
        "1 error in 1 of 1 document\n"
    )
    assert done.stderr == ""


def test_json_is_as_its_schema_says(project: Path) -> None:
    done = run("check", "--format", "json", cwd=project)
    report = json.loads(done.stdout)
    Draft202012Validator(schema.builtin("report")).validate(report)
    severities = [each["severity"] for each in report["diagnostics"]]
    assert report["summary"] == {
        "files": 1,
        "errors": severities.count("error"),
        "warnings": severities.count("warning"),
        "held_back": 0,
        "baselined": 0,
        "stale": 0,
    }
    (found,) = [each for each in report["diagnostics"] if each["code"] == "WL203"]
    assert found == {
        "path": "draft-roadmap/relay.md",
        "line": 3,
        "column": 35,
        "end_line": 3,
        "end_column": 41,
        "code": "WL203",
        "name": "milestone-estimate-format",
        "severity": "error",
        "message": "estimate `31 Aug` has no year; expected a date such as `30 Sep 2025`",
        "fix": None,
        "cause": None,
        "related": [],
    }


def test_json_says_which_findings_can_be_fixed(project: Path) -> None:
    (project / "draft-roadmap" / "relay.md").write_text("# Relay\n\n##Docs\n")
    found = json.loads(run("check", "--format", "json", "--select", "WL110", cwd=project).stdout)
    assert [each["fix"] for each in found["diagnostics"]] == ["safe"]


def test_a_clean_project_says_what_was_checked(project: Path) -> None:
    done = start("check", "--select", "WL105", cwd=project)
    assert (done.returncode, done.stdout, done.stderr) == (0, "1 document checked, no findings\n", "")


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_to_check_is_said_and_is_no_failure(tmp_path: Path, form: str) -> None:
    (tmp_path / "notes.md").write_text("# Notes\n")
    done = run("check", "--format", form, "notes.md", cwd=tmp_path)
    assert done.returncode == 0
    assert "nothing to check: no document of a known kind in notes.md (root " in done.stderr
    if form == "json":
        assert set(json.loads(done.stdout)["summary"].values()) == {0}


def test_of_many_paths_with_nothing_to_check_the_first_are_named(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("# Notes\n")
    for count, named in (
        (0, "this project"),
        (3, "notes.md, notes.md, notes.md"),
        (4, "notes.md, notes.md, notes.md, ..."),
    ):
        done = run("check", *["notes.md"] * count, cwd=tmp_path)
        assert f" in {named} (root " in done.stderr


def test_warnings_fail_only_if_asked_to(project: Path) -> None:
    page = project / "draft-roadmap" / "relay.md"
    page.write_text("# Relay\n\n## Deliverables\n\n### Metrics\n\n**Owner**: App/Chat Dev\n")
    assert run("check", "--select", "WL304", cwd=project).returncode == 0
    done = run("check", "--select", "WL304", "--strict", cwd=project)
    assert done.returncode == 1
    assert "warning WL304" in done.stdout
    assert done.stdout.endswith("1 warning in 1 of 1 document\n")


def test_a_hook_is_as_strict_as_it_is_asked_to_be_and_reports_in_that_format(tmp_path: Path) -> None:
    page = tmp_path / "FURPS" / "relay.md"
    page.parent.mkdir()
    sections = ("Usability", "Reliability", "Performance", "Supportability", "+ (Privacy)")
    text = "# Relay FURPS\n\n## Functionality\n\n1. Counts messages.{}\n\nTODO: more{}\n\n" + "\n\n".join(
        f"## {each}" for each in sections
    )
    git = ["git", "-C", str(tmp_path)]
    subprocess.run([*git, "init", "-q"], check=True)
    page.write_text(text.format("", ""))
    subprocess.run([*git, "add", "-A"], check=True)
    done = start("hook", cwd=tmp_path)
    assert (done.returncode, "warning WL104" in done.stdout) == (0, True)
    assert run("hook", "--strict", cwd=tmp_path).returncode == 1
    report = json.loads(run("hook", "--format", "json", cwd=tmp_path).stdout)
    assert [each["code"] for each in report["diagnostics"]] == ["WL104"]
    page.write_text(text.format("", ' <!-- waku-lint: disable-line=WL104 reason="x" until=2020-01-01 -->'))
    subprocess.run([*git, "add", "-A"], check=True)
    assert "suppressed until 2020-01-01, which is over" in run("hook", cwd=tmp_path).stdout


def test_paths_narrow_what_is_reported(project: Path) -> None:
    other = project / "draft-roadmap" / "store.md"
    other.write_text(BAD)
    assert "relay.md" not in run("check", *ONLY_ESTIMATE, "draft-roadmap/store.md", cwd=project).stdout
    both = run("check", *ONLY_ESTIMATE, "draft-roadmap", cwd=project).stdout
    assert "relay.md" in both
    assert "store.md" in both


def test_without_git_the_nearest_configuration_makes_the_root(project: Path) -> None:
    (project / ".waku-lint.yaml").write_text("rules: {WL203: warning}\n")
    done = run("check", *ONLY_ESTIMATE, cwd=project / "draft-roadmap")
    assert done.stdout.startswith("draft-roadmap/relay.md:3:35: warning")


def test_in_a_git_repository_the_top_level_is_the_root(project: Path) -> None:
    subprocess.run(["git", "init", "-q", str(project)], check=True)
    done = run("check", *ONLY_ESTIMATE, cwd=project / "draft-roadmap")
    assert done.stdout.startswith("draft-roadmap/relay.md:3:35:")


def test_what_git_ignores_is_no_document(project: Path) -> None:
    subprocess.run(["git", "init", "-q", str(project)], check=True)
    (project / ".gitignore").write_text("draft-roadmap/\n")
    assert "nothing to check" in run("check", cwd=project).stderr


def test_a_file_that_is_deleted_and_still_tracked_is_no_document(project: Path) -> None:
    for arguments in (["init", "-q"], ["add", "-A"]):
        subprocess.run(["git", "-C", str(project), *arguments], check=True)
    (project / "draft-roadmap" / "relay.md").unlink()
    assert "nothing to check" in run("check", cwd=project).stderr


def test_a_path_with_odd_characters_is_reported_as_it_is(project: Path) -> None:
    subprocess.run(["git", "init", "-q", str(project)], check=True)
    page = project / "draft-roadmap" / 'rélay "no 1" 中.md'
    page.write_text(BAD)
    assert 'draft-roadmap/rélay "no 1" 中.md:3:35: error' in run("check", *ONLY_ESTIMATE, str(page), cwd=project).stdout


def test_a_root_and_a_configuration_can_be_named(project: Path) -> None:
    config = project / "other.yaml"
    config.write_text("rules: {WL203: warning}\n")
    done = run(
        "check", *ONLY_ESTIMATE, "--root", str(project), "--config", str(config), str(project), cwd=project.parent
    )
    assert done.returncode == 0
    assert "draft-roadmap/relay.md:3:35: warning WL203" in done.stdout


def test_a_kind_that_matches_no_file_is_told(project: Path) -> None:
    (project / ".waku-lint.yaml").write_text("kinds:\n  furps: {paths: [frups/*.md]}\n")
    done = run("check", *ONLY_ESTIMATE, cwd=project)
    assert "warning: .waku-lint.yaml:2:3: no file is of the kind furps" in done.stderr
    assert done.returncode == 1


def test_a_site_that_is_not_there_is_told(project: Path) -> None:
    (project / ".waku-lint.yaml").write_text("sites: [draft-roadmap, nowhere/]\n")
    done = run("check", *ONLY_ESTIMATE, cwd=project)
    assert done.stderr == "warning: .waku-lint.yaml:1:24: there is no folder nowhere\n"


def test_a_root_alone_is_checked_as_a_whole(project: Path) -> None:
    done = run("check", *ONLY_ESTIMATE, "--root", str(project), cwd=project.parent)
    assert done.stdout.startswith("draft-roadmap/relay.md:3:35:")


def test_kinds_narrow_what_is_reported(project: Path) -> None:
    (project / "FURPS").mkdir()
    (project / "FURPS" / "relay.md").write_text("# Relay FURPS\n\n## Functionality\n\n2. Relays.\n")
    done = run("check", "--kind", "furps", cwd=project)
    assert "FURPS/relay.md:5:1: error WL404" in done.stdout
    assert "draft-roadmap" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check", "missing.md"], "error: missing.md: no such file or folder"),
        (["check", "--root", "draft-roadmap", "notes.md"], "error: notes.md: is outside the project"),
        (["check", "--root", "missing"], "error: missing: no such folder"),
        (["check", "--select", "WL999"], "error: unknown rule 'WL999'"),
        (["check", "--ignore", "deliverable-owner-mising"], "did you mean 'deliverable-owner-missing'?"),
        (["check", "--kind", "milestones"], "error: unknown kind 'milestones'; known: milestone, furps,"),
        (["check", "--config", "none.yaml"], "error: none.yaml: cannot be read"),
        (["check", "--format", "xml"], "Invalid value for '--format'"),
        (["check", "--format", "json", "--statistics"], "error: --statistics is a table for people"),
        (["check", "--output-file", "none/report.txt"], "error: none/report.txt: there is no such folder"),
        (["hook", "--output-file", "none/report.txt"], "error: none/report.txt: there is no such folder"),
        (["check", "--output-file", "draft-roadmap"], "error: draft-roadmap: is a folder"),
        (["check", "--output-file", "-"], "error: --output-file - is no file"),
        (["check", "--output-file", "x" * 300], "cannot be written: File name too long"),
        (["check", "--output-file", "x" * 300 + "/report"], "cannot be written: File name too long"),
        (["why", "draft-roadmap/relay.md:0"], "error: draft-roadmap/relay.md: has no line 0; its last one is 4"),
        (["why", "draft-roadmap/relay.md:99999"], "has no line 99999"),
        (["why", "/etc/passwd"], "error: /etc/passwd: is outside the project"),
        (["explain", "WL399"], "error: unknown rule 'WL399'"),
    ],
)
def test_what_cannot_run_says_why_and_exits_2(project: Path, arguments: list[str], words: str) -> None:
    done = run(*arguments, cwd=project)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_command_that_does_not_exist_exits_2(project: Path) -> None:
    done = start("chek", cwd=project)
    assert (done.returncode, done.stdout) == (2, "")
    assert "No such command 'chek'" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_broken_configuration_exits_2_with_its_line(project: Path) -> None:
    (project / ".waku-lint.yaml").write_text("extends: waku\nrules:\n  WL203: maybe\n")
    done = start("check", cwd=project)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: .waku-lint.yaml:3:10: 'maybe' is none of off, on, error, warning")


def test_colour_is_for_terminals_only(project: Path) -> None:
    assert "\x1b" not in run("check", cwd=project).stdout
    assert "\x1b" not in run("check", cwd=project, env={"FORCE_COLOR": ""}).stdout


def terminal(project: Path, env: dict[str, str]) -> str:
    """What `check` prints on a pseudo-terminal."""
    import pty

    parent, child = pty.openpty()
    clean = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "TERM")}
    process = subprocess.Popen(
        [sys.executable, "-m", "waku_lint", "check", *ONLY_ESTIMATE],
        cwd=project,
        stdout=child,
        stderr=child,
        env={**clean, "TERM": "xterm", **env},
    )
    os.close(child)
    out = b""
    while True:
        try:
            part = os.read(parent, 4096)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        out += part
    process.wait(timeout=30)
    os.close(parent)
    return out.decode()


def test_a_terminal_gets_colour_but_not_with_no_color(project: Path) -> None:
    assert "\x1b[31merror\x1b[0m" in terminal(project, {})
    assert "\x1b" not in terminal(project, {"NO_COLOR": "1"})
    assert "\x1b" not in terminal(project, {"TERM": "dumb"})


def test_rules_are_listed_with_their_state(project: Path) -> None:
    done = run("rules", cwd=project)
    lines = done.stdout.splitlines()
    assert len(lines) == len(registry.builtin_rules())
    assert lines[0].split()[:3] == ["WL001", "file-unreadable", "error"]
    (project / ".waku-lint.yaml").write_text("extends: waku-classic\n")
    classic = {line.split()[0]: line.split()[2] for line in run("rules", cwd=project).stdout.splitlines()}
    assert classic["WL305"] == "off"
    assert classic["WL209"] == "warning"


def test_explain_tells_all_there_is_to_know(project: Path) -> None:
    done = run("explain", "wl305", cwd=project)
    assert done.returncode == 0
    for words in (
        "WL305 deliverable-owner-count (error)",
        "The process says:\n  Deliverables are owned by one, and only one, subteam.",
        "**Owner**: nwaku, js-waku",
        "^^^^^^^^^^^^^^",
        "Fine:",
        "How to fix it:",
        "deliverable-owner-count: off",
    ):
        assert words in done.stdout


@pytest.mark.parametrize("rule", registry.builtin_rules(), ids=lambda rule: rule.code)
def test_every_rule_can_be_explained_by_code_and_name(rule: Rule) -> None:
    from waku_lint.reporters import explanation

    known = registry.Registry(registry.builtin_rules(), {})
    text = explanation.explain(rule, known)
    assert rule.summary in text
    assert "Reported:" in text
    assert "^" in text
    assert known.find(rule.name.upper()) == known.find(rule.code) == rule


def test_the_version_and_the_help_are_told(project: Path) -> None:
    assert start("--version", cwd=project).stdout == f"waku-lint {__version__}\n"
    assert "check" in run("-h", cwd=project).stdout
    assert "--select" in run("check", "-h", cwd=project).stdout


@pytest.mark.parametrize("form", FORMATS)
def test_the_output_file_gets_the_report_and_the_terminal_the_text(project: Path, form: str) -> None:
    wanted = run("check", *ONLY_ESTIMATE, "--format", form, cwd=project).stdout
    text = run("check", *ONLY_ESTIMATE, cwd=project)
    done = run("check", *ONLY_ESTIMATE, "--format", form, "--output-file", "report", cwd=project)
    assert (done.returncode, done.stdout, done.stderr) == (1, text.stdout, "")
    assert (project / "report").read_text() == wanted
    assert {path.name for path in project.iterdir()} == {"draft-roadmap", "notes.md", "report"}


def test_the_output_file_is_replaced_where_a_link_leads(project: Path) -> None:
    (project / "kept.json").write_text("old")
    (project / "report.json").symlink_to("kept.json")
    run("check", "--format", "json", "--output-file", "report.json", cwd=project)
    assert (project / "report.json").is_symlink()
    assert json.loads((project / "kept.json").read_text())["summary"]["files"] == 1


@pytest.mark.parametrize(
    ("form", "encoding"),
    [
        *((form, "") for form in FORMATS),
        ("text", "utf-8:surrogateescape"),
        ("text", "utf-8"),
        ("text", "latin-1"),
        ("json", "latin-1"),
    ],
)
def test_a_name_that_is_no_utf_8_is_told_alike_to_the_terminal_and_a_file(
    project: Path, form: str, encoding: str
) -> None:
    (project / "draft-roadmap" / "a\udcff…中.md").write_text(BAD)
    arguments = ["check", *ONLY_ESTIMATE, "--format", form]
    if encoding:
        command = [sys.executable, "-m", "waku_lint", *arguments]
        env = {**os.environ, "PYTHONIOENCODING": encoding}
        printed = subprocess.run(command, cwd=project, capture_output=True, env=env)
    else:
        printed = run_bytes(*arguments, cwd=project)
    assert printed.returncode == 1, printed.stderr
    run(*arguments, "--output-file", "report", cwd=project)
    if form == "text" and encoding == "latin-1":
        assert b"a\\udcff\\u2026\\u4e2d.md" in printed.stdout
    else:
        assert printed.stdout == (project / "report").read_bytes()
    if form in ("json", "sarif", "gitlab", "rdjson"):
        json.loads(printed.stdout.decode("utf-8"))


def test_what_is_no_regular_file_is_written_to_and_not_replaced(project: Path) -> None:
    done = run("check", "--format", "json", "--output-file", os.devnull, cwd=project)
    assert (done.returncode, done.stderr) == (1, "")
    assert not Path(os.devnull).is_file()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_an_output_file_that_cannot_be_written_exits_2(project: Path) -> None:
    done = run("check", "--output-file", "/dev/full", cwd=project)
    assert done.returncode == 2
    assert done.stderr == "error: /dev/full: cannot be written: No space left on device\n"


def test_on_github_the_text_is_annotated_and_the_step_gets_a_table(project: Path) -> None:
    text = run("check", *ONLY_ESTIMATE, cwd=project).stdout
    github = run("check", *ONLY_ESTIMATE, "--format", "github", cwd=project).stdout
    table = project / "summary.md"
    table.write_text("before\n")
    env = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(table)}
    done = run("check", *ONLY_ESTIMATE, cwd=project, env=env)
    assert (done.returncode, done.stdout) == (1, text + github)
    assert done.stderr == "GITHUB_ACTIONS is set: findings are annotated, too; --format text is the text alone\n"
    assert table.read_text().startswith("before\n### waku-lint: 1 error in 1 of 1 document\n")
    asked = run("check", *ONLY_ESTIMATE, "--format", "text", cwd=project, env=env)
    assert (asked.stdout, asked.stderr) == (text, "")
    clean = run("check", "--select", "WL105", cwd=project, env=env)
    assert (clean.stdout, clean.stderr) == ("1 document checked, no findings\n", "")


def test_a_step_summary_that_cannot_be_written_is_a_warning(project: Path) -> None:
    env = {"GITHUB_STEP_SUMMARY": str(project / "none" / "summary.md")}
    done = run("check", "--format", "github", cwd=project, env=env)
    assert done.returncode == 1
    assert "cannot be written: No such file or directory" in done.stderr


def test_hosts_are_told_paths_from_the_top_of_the_repository(project: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=project, check=True)
    sub = project / "plan"
    sub.mkdir()
    (project / "draft-roadmap").rename(sub / "draft-roadmap")
    github = run("check", *ONLY_ESTIMATE, "--root", "plan", "--format", "github", cwd=project).stdout
    assert github.startswith("::error file=plan/draft-roadmap/relay.md,line=3,")
    found = json.loads(run("check", *ONLY_ESTIMATE, "--root", "plan", "--format", "json", cwd=project).stdout)
    assert found["diagnostics"][0]["path"] == "draft-roadmap/relay.md"


def test_statistics_stand_in_place_of_the_findings(project: Path) -> None:
    done = run("check", *ONLY_ESTIMATE, "--statistics", cwd=project)
    assert done.stdout == "1  WL203  milestone-estimate-format\n\n1 error in 1 of 1 document\n"


def test_the_output_is_the_same_over_hash_seeds(project: Path) -> None:
    (project / "draft-roadmap" / "store.md").write_text(BAD + "\n##Docs {x y}\n")
    outs = {start("check", cwd=project, env={"PYTHONHASHSEED": str(seed)}).stdout for seed in range(2)}
    assert len(outs) == 1


def test_a_reader_that_goes_away_is_no_traceback(project: Path) -> None:
    command = f"{sys.executable} -m waku_lint rules | head -n 1"
    done = subprocess.run(command, cwd=project, shell=True, capture_output=True, text=True, timeout=60)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("end", "status", "words"),
    [
        (None, 0, ""),
        (1, 1, ""),
        (SystemExit(2), 2, ""),
        (SystemExit("words"), 3, ""),
        (CannotRun("no such folder"), 2, "error: no such folder\n"),
        (ValueError("no idea"), 3, "internal error: ValueError: no idea\n"),
    ],
)
def test_however_a_command_ends_there_is_a_status(
    end: BaseException | int | None, status: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def command() -> int | None:
        if isinstance(end, BaseException):
            raise end
        return end

    assert status_of(command) == status
    assert capsys.readouterr() == ("", words)


def test_what_cannot_be_written_is_not_told_as_a_defect() -> None:
    def command() -> int:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        status_of(command)


@pytest.mark.parametrize(
    ("result", "strict", "status"),
    [
        (RunResult((), (), ()), True, 0),
        (RunResult((), (), (), stale=1), False, 0),
        (RunResult((), (), (), stale=1), True, 1),
        (RunResult((), (Crash("WL104 todo-marker", "a.md", ValueError("no idea")),), (), stale=1), True, 3),
    ],
)
def test_a_run_ends_with_the_status_of_what_was_found(
    result: RunResult, strict: bool, status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        finish(result, strict)
    assert ended.value.code == status
    told = "internal error: WL104 todo-marker failed on a.md: ValueError: no idea\n" if result.crashes else ""
    assert capsys.readouterr() == ("", told)


@pytest.mark.parametrize(
    ("text", "how", "encoding", "github", "shown"),
    [
        ("a", {}, "utf-8", None, b"a\n"),
        ("a", {"nl": False}, "utf-8", None, b"a"),
        ("\x1b[1ma\x1b[0m", {}, "utf-8", None, b"a\n"),
        ("\x1b[1ma\x1b[0m", {"styled": True}, "utf-8", None, b"\x1b[1ma\x1b[0m\n"),
        ("\x1b[1ma\x1b[0m", {"exact": True}, "utf-8", None, b"\x1b[1ma\x1b[0m\n"),
        ("\u4e2d \udcff", {}, "utf-8", None, b"\xe4\xb8\xad \\udcff\n"),
        ("\u4e2d \udcff", {}, "latin-1", None, b"\\u4e2d \\udcff\n"),
        ("\u4e2d \udcff", {"exact": True}, "latin-1", None, b"\xe4\xb8\xad \\udcff\n"),
        ("::error::a", {}, "utf-8", "false", b"::error::a\n"),
        ("::error::a", {}, "utf-8", "true", b"?:error::a\n"),
        ("::error::a", {"exact": True}, "utf-8", "true", b"::error::a\n"),
    ],
)
@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_a_text_is_said_as_the_stream_can_take_it(
    stream: str,
    text: str,
    how: dict[str, bool],
    encoding: str,
    github: str | None,
    shown: bytes,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if github is not None:
        monkeypatch.setenv("GITHUB_ACTIONS", github)
    streams = {name: io.TextIOWrapper(io.BytesIO(), encoding, newline="") for name in ("stdout", "stderr")}
    with monkeypatch.context() as patched:
        for name, each in streams.items():
            patched.setattr(sys, name, each)
        say(text, err=stream == "stderr", **how)
    out = {name: each.buffer.getvalue() for name, each in streams.items()}
    assert out == {"stdout": b"", "stderr": b"", stream: shown}


@pytest.mark.parametrize("platform", ["linux", "win32"])
def test_a_text_on_a_terminal_keeps_its_colours(monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), "utf-8", newline="")
    stream.isatty = lambda: True  # type: ignore[method-assign]
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", stream)
        patched.setattr(sys, "platform", platform)
        say("\x1b[1ma\x1b[0m", styled=True)
        say("\x1b[1mb\x1b[0m")
    assert stream.buffer.getvalue() == b"\x1b[1ma\x1b[0m\n\x1b[1mb\x1b[0m\n"
