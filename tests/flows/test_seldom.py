"""What seldom happens: the ways through rules, commands and files that no other test goes."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from msgspec.structs import replace

from tests.conftest import CHECKOUT, lint_files
from tests.editing.test_rename import renamed
from tests.flows.test_hooks import git
from waku_lint.__main__ import main
from waku_lint.cli import options, signals
from waku_lint.config import config
from waku_lint.config.config import parse, preset
from waku_lint.documents.model import Document, FurpsSet, Named
from waku_lint.documents.reader import read_document
from waku_lint.engine import pipeline
from waku_lint.errors import ConfigError, Stopped
from waku_lint.files import git as gitcalls
from waku_lint.files import writer
from waku_lint.files.source import SourceFile
from waku_lint.positions import Span, Text
from waku_lint.project.quotations import Feature, source_of
from waku_lint.reporters.explanation import explain
from waku_lint.rules import registry
from waku_lint.rules.base import Rule
from waku_lint.rules.plugins import sandbox
from waku_lint.rules.plugins.contract import problems
from waku_lint.schema import compile_schema
from waku_lint.schema.overlay import Overlay
from waku_lint.session import baseline

FEATURE = "FURPS/core/relay.md"
PAGE = "draft-roadmap/relay.md"
ISSUES = "https://github.com/waku-org/pm/issues"
MILESTONES = "https://github.com/waku-org/pm/milestone"
LONG = " ".join(f"word{number}" for number in range(200))


def deliverable(lines: str) -> str:
    return f"# Relay\n\n## Deliverables\n\n### [Metrics](https://github.com/waku-org/pm/issues/1)\n\n{lines}\n"


def feature(lines: str) -> str:
    return f"# Relay FURPS\n\n## Functionality\n\n{lines}\n"


SELDOM: dict[str, tuple[dict[str, str | bytes], str, str | None]] = {
    "a feature is an address": (
        {PAGE: deliverable("**Feature**: https://github.com/waku-org/pm/blob/master/FURPS/core/relay.md")},
        "WL421",
        "feature is",
    ),
    "a statement has changed from one end to the other": (
        {
            FEATURE: feature(f"1. {LONG}."),
            PAGE: deliverable(f"**Feature**: [Relay](/{FEATURE})\n\n**FURPS**:\n- F1. {LONG.replace('word', 'term')}."),
        },
        "WL425",
        " ...",
    ),
    "a feature file cannot be read": (
        {
            FEATURE: b"# Relay FURPS\n\xff",
            PAGE: deliverable(f"**Feature**: [Relay](/{FEATURE})\n\n**FURPS**:\n- F1. A node."),
        },
        "WL423",
        None,
    ),
    "a title of the front matter is a placeholder": (
        {PAGE: "---\ntitle: <title>\n---\n\n# Relay\n"},
        "WL210",
        None,
    ),
    "an entry of an index is no plain text": (
        {PAGE: "# Relay\n", "draft-roadmap/README.md": "# P\n\n- [*Other* thing](relay.md)\n"},
        "WL603",
        "is called",
    ),
    "a definition is a footnote": ({PAGE: "# Relay\n\nA[^1] b.\n\n[^1](nowhere.md)\n"}, "WL107", None),
    "a link without a target stands in prose": ({PAGE: "# Relay\n\n[a][b] TODO\n\n[b]: c.md\n"}, "WL104", "TODO"),
    "an item of a list of statements is empty": ({FEATURE: feature("1.\n2. A node.")}, "WL112", "empty"),
    "a form has an element whose name is no text": (
        {
            ".github/ISSUE_TEMPLATE/a.yml": "name: a\ndescription: b\nbody:\n"
            "- type: checkboxes\n  id: c\n  attributes: {label: a, options: [{label: [1]}, {label: b}]}\n"
        },
        "WL506",
        "",
    ),
    "a comment that hides nothing stands on top of a line of dashes": (
        {PAGE: '<!-- waku-lint: disable-file=WL103 reason="x" -->\n---\n\n# Relay\n'},
        "WL009",
        "WL103",
    ),
    "a comment that hides nothing goes on with a paragraph": (
        {PAGE: '# Relay\n\ntext\n    <!-- waku-lint: disable-next-line=WL103 reason="x" -->\nmore\n'},
        "WL009",
        "WL103",
    ),
    "YAML is never closed": ({".github/ISSUE_TEMPLATE/a.yml": "name: 'a\n"}, "WL003", "never closed"),
    "YAML has a tab somewhere": ({".github/ISSUE_TEMPLATE/a.yml": "name: a\n\tb: c\n"}, "WL003", "tab"),
    "YAML has a tab where a name is wanted": ({".github/ISSUE_TEMPLATE/a.yml": "name: &\tb\n"}, "WL003", "(a tab)"),
    "a label is nothing but its colon": ({PAGE: deliverable("**: nwaku**")}, "WL302", "no owner"),
    "code goes on in the next line": ({PAGE: "# Relay\n\n`one\ntwo` TODO\n"}, "WL104", "TODO"),
    "what is bold in a template is no label": (
        {".github/ISSUE_TEMPLATE/a.md": "---\nname: Task\nabout: b\n---\n\n**1. Tasks**\n"},
        "WL503",
        "neither acceptance criteria nor tasks",
    ),
    "what the slip in a link means cannot be written": (
        {PAGE: "# Relay\n\n[e](É%231.md)\n", "draft-roadmap/é#1.md": "# E\n"},
        "WL107",
        "there is no file `É%231.md` in this project",
    ),
    "a bracket that is missing stands further to the left": (
        {PAGE: "# Relay\n\n\\[see this](./a.md)\n"},
        "WL105",
        None,
    ),
    "two deliverables stand above their heading's level, and nothing above the first": (
        {PAGE: f"###### Deliverables\n\n#### [B]({ISSUES}/1)\n\n**Owner**: x\n\n### [A]({ISSUES}/2)\n\n**Owner**: x\n"},
        "WL315",
        None,
    ),
    "a ruler ends the last item of a deliverable": (
        {PAGE: deliverable("**Output**:\n- A report\n\n  ---")},
        "WL312",
        "no checklist",
    ),
    "an id that is unknown is one of a feature that is half read": (
        {
            FEATURE: f"---\na: [\n---\n{feature('1. A node.')}",
            PAGE: deliverable(f"**Feature**: [Relay](/{FEATURE})\n\n**FURPS**:\n- F9. A node."),
        },
        "WL422",
        None,
    ),
    "a statement that is quoted says nothing": (
        {
            FEATURE: feature("1. A node.\n2. ~~A relay.~~"),
            PAGE: deliverable(f"**Feature**: [Relay](/{FEATURE})\n\n**FURPS**: F1-2"),
        },
        "WL422",
        "has struck F2 out",
    ),
    "another page has one of its issues, and one of its own": (
        {PAGE: deliverable("x"), "draft-roadmap/a.md": f"{deliverable('x')}\n### [B]({ISSUES}/2)\n"},
        "WL308",
        "is also linked by `draft-roadmap/a.md`",
    ),
    "a page without a title has a milestone's number": (
        {
            "draft-roadmap/a.md": f"# [Relay]({MILESTONES}/1)\n",
            "draft-roadmap/b.md": f"**GitHub Milestone**: {MILESTONES}/2\n",
            "content/waku/updates/2025-03-03.md": f"# 2025-03-03\n\n## [Relay]({MILESTONES}/2)\n",
        },
        "WL703",
        "is number 1 on its page, not 2",
    ),
    "a page without a line end is too long": ({PAGE: "a\n" * 10_000 + "a"}, "WL001", "more than the limit"),
}


@pytest.mark.parametrize(("files", "code", "words"), SELDOM.values(), ids=SELDOM.keys())
def test_of_what_seldom_is_written(files: dict[str, str | bytes], code: str, words: str | None) -> None:
    told = [each.message for each in lint_files(files) if each.code == code]
    assert told == [] if words is None else any(words in each for each in told), told


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "draft-roadmap").mkdir()
    (tmp_path / PAGE).write_text(deliverable("**Owner**: nwaku\n\n**FURPS**:\n- F1. A node relays. (relay.md)"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


Say = Callable[..., tuple[int, str, str]]


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Say:
    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["waku-lint", *arguments])
        return (main(), *capsys.readouterr())

    return run


def test_a_baseline_below_what_is_no_folder_cannot_be_written(project: Path, said: Say) -> None:
    (project / "a").write_text("")
    (project / ".waku-lint.yaml").write_text("baseline: a/b\n")
    status, _, errors = said("baseline")
    assert status == 2
    assert "a" in errors


def test_files_that_cannot_be_read_are_told_by_whoever_asks(tmp_path: Path) -> None:
    def refuse(_path: str) -> bytes | None:
        raise PermissionError(13, "Permission denied")

    with pytest.raises(ConfigError, match="known: cannot be read: Permission denied"):
        baseline.load(tmp_path, "known", refuse)


def test_a_rule_that_fails_keeps_a_baseline_from_being_written(project: Path, said: Say) -> None:
    (project / "theirs.py").write_text(
        "from waku_lint.rules.base import Document, Rule\n\n\n"
        "def check(document, ctx):\n    raise ValueError(document.path)\n    yield\n\n\n"
        'RULES = (Rule(code="ACME001", name="theirs", doc="It is so.\\n\\nWhy.", remedy="Do.", examples=(),'
        " applies_to=Document, check=check),)\n"
    )
    (project / ".waku-lint.yaml").write_text("local-rules: [theirs.py]\n")
    status, _, errors = said("baseline", "--allow-local-rules")
    assert (status, "ACME001" in errors) == (3, True)
    assert not (project / ".waku-lint-baseline").exists()


def test_a_text_too_large_is_not_fixed(project: Path) -> None:
    command = [sys.executable, "-m", "waku_lint", "fix", "-", "--stdin-filename", PAGE]
    done = subprocess.run(command, input=b"x" * 1_100_000, capture_output=True, check=False, timeout=60)
    assert (done.returncode, b"nothing is written" in done.stderr) == (2, True)


def test_a_template_of_an_issue_can_be_shown(project: Path, said: Say) -> None:
    status, output, _ = said("new", "issue-template", "--stdout")
    assert (status, "name:" in output) == (0, True)


def test_teams_are_completed_and_none_where_the_configuration_is_wrong(project: Path) -> None:
    ctx = click.Context(click.Command("new"))
    ctx.params = {"root": project, "config": None}
    assert "nwaku" in [each.value for each in options.team_names(ctx, click.Option(["--owner"]), "nw")]
    (project / ".waku-lint.yaml").write_text("nonsense: 1\n")
    assert options.team_names(ctx, click.Option(["--owner"]), "nw") == []


def test_names_that_no_file_can_have_and_that_others_have_are_refused(project: Path, said: Say) -> None:
    status, _, errors = said("check", "--output-file", "x" * 240 + ".txt", PAGE)
    assert (status, "cannot be written" in errors) in ((2, True), (1, False))
    status, _, errors = said("check", "--output-file", "x" * 256, PAGE)
    assert (status, "File name too long" in errors) == (2, True)
    status, _, errors = said("rule", "new", "furps-drift")
    assert (status, "is taken" in errors) == (2, True)


def test_a_rule_without_examples_and_remedy_is_explained() -> None:
    rule = Rule("T001", "theirs", "It is so.\n\nWhy.", "", (), applies_to=Document)
    text = explain(rule, registry.load(preset("waku"), CHECKOUT))
    assert "Reported" not in text
    assert "How to fix" not in text


def test_what_is_not_the_main_thread_writes_without_a_word_to_signals(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("old")
    change = writer.Change("a.md", b"old", b"new")
    thread = threading.Thread(target=writer.write, args=(tmp_path, [change]))
    thread.start()
    thread.join()
    assert (tmp_path / "a.md").read_text() == "new"


def test_a_new_page_that_is_stopped_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Half(io.BytesIO):
        def write(self, _data: Any, /) -> int:
            raise Stopped(15)

    def opened(path: Path, _mode: str) -> Half:
        path.touch()
        return Half()

    monkeypatch.setattr(Path, "open", opened)
    with pytest.raises(Stopped):
        writer.create(tmp_path / "new.md", b"new")
    assert not (tmp_path / "new.md").exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[" * 100_000, "nested too deep"),
        ("true", "expected an object"),
        ('{"unevaluatedProperties": false, "patternProperties": {"a": {}}}', "cannot be checked in a bounded time"),
    ],
)
def test_a_schema_that_cannot_be_used_is_told(text: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        Overlay("ours.json", text, {})


def test_a_run_in_a_folder_without_git_knows_no_hook(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(project))
    assert gitcalls.output(project, "status") is None


def test_a_pipe_that_is_gone_is_told_apart_from_a_full_disk(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = os.dup(1)
    try:
        assert signals.report_unwritten(BrokenPipeError()) == 141
        with monkeypatch.context() as patched:
            patched.setattr("sys.platform", "win32")
            assert signals.report_unwritten(OSError(22, "Invalid argument")) == 141
            assert signals.report_unwritten(OSError(22, "Invalid argument", "a?.md")) == 2
        assert signals.report_unwritten(OSError(28, "No space left on device", "x.md")) == 2
    finally:
        os.dup2(before, 1)
        os.close(before)
    assert capfd.readouterr().err == "error: a?.md: Invalid argument\nerror: x.md: No space left on device\n"


def test_a_page_is_held_to_no_repository_and_no_heading_where_none_is_named() -> None:
    settings = parse(".waku-lint.yaml", "rules: {WL213: {severity: error, headings: []}}\n")
    settings = replace(settings, repositories=())
    codes = {each.code for each in lint_files({PAGE: "# Relay\n\n## Nice to have\n"}, settings)}
    assert not codes & {"WL205", "WL213"}


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ({"minLength": 80}, "is shorter than 80 characters"),
        ({"type": "boolean"}, "expected true or false, found the text"),
        ({"minItems": 1}, None),
    ],
)
def test_what_a_schema_of_theirs_wants_is_told_in_words(title: dict[str, object], words: str | None) -> None:
    overlay = {"properties": {"title": title, "deliverables": {"maxItems": 0}, "sections": {"minItems": 50}}}
    files = {"ours.json": json.dumps(overlay).encode()}
    settings = parse(".waku-lint.yaml", "kinds: {milestone: {schema: ours.json}}\n", files.get)
    rules = registry.load(settings, CHECKOUT, files.get)
    result = pipeline.run([SourceFile(PAGE, deliverable("x").encode())], settings, rules, rules.active(settings))
    told = [each.message for each in result.diagnostics if each.code == "WL100"]
    assert any("expected at most 0, found 1" in each for each in told), told
    assert any("expected at least 50, found " in each for each in told), told
    assert words is None or any(words in each for each in told), told


def test_a_reference_that_leads_nowhere_is_told(project: Path, said: Say) -> None:
    (project / "ours.json").write_text('{"properties": {"title": {"$ref": "#/nowhere/0"}}}')
    (project / ".waku-lint.yaml").write_text("kinds: {milestone: {schema: ours.json}}\n")
    status, _, errors = said("check")
    assert (status, "nowhere" in errors) == (2, True), errors


def test_what_is_added_to_an_object_is_held_to_its_schema() -> None:
    found = compile_schema({"additionalProperties": {"type": "string"}}, ours=False).iter_errors({"a": 1, "b": "c"})
    assert [list(each.path) for each in found] == [["a"]]


@pytest.mark.parametrize("change", [{"remedy": None}, {"examples": None}, {"examples": (1,)}])
def test_a_rule_of_theirs_that_is_no_rule_is_told(change: dict[str, Any]) -> None:
    rule = Rule("ACME001", "theirs", "It is so.\n\nWhy.", "Do.", (), applies_to=Document, check=lambda _r, _c: iter(()))
    assert list(problems(rule)) == []
    assert len(list(problems(replace(rule, **change)))) == 1


def test_a_rule_that_cannot_be_written_is_told(project: Path, said: Say) -> None:
    for name in ("schemas", "lint", "rules", "waku-lint-theirs", "waku_lint_theirs"):
        (project / name).write_text("")
    status, _, errors = said("rule", "new", "theirs", "--tier", "local", "--code", "ACME001")
    assert (status, "cannot be written" in errors) == (2, True), errors


@pytest.mark.parametrize("configuration", ["extends: ./team.py\n", "local-rules: [team.py]\n"])
def test_what_a_configuration_names_and_cannot_be_read_is_told(tmp_path: Path, configuration: str) -> None:
    def read(path: str) -> bytes | None:
        if path == "team.py":
            raise PermissionError(13, "Permission denied")
        return configuration.encode() if path == ".waku-lint.yaml" else None

    with pytest.raises(ConfigError, match=r"'team\.py' cannot be read: Permission denied"):
        registry.load(config.load(tmp_path, reader=read), tmp_path, read, allow_local=True)


def test_a_schema_of_many_megabytes_is_not_read(project: Path, said: Say) -> None:
    (project / "big.json").write_text("")
    os.truncate(project / "big.json", 21_000_000)
    (project / ".waku-lint.yaml").write_text("kinds: {milestone: {schema: big.json}}\n")
    status, _, errors = said("check")
    assert (status, "21,000,000 bytes, more than the limit" in errors) == (2, True), errors


def test_codes_that_are_ours_are_refused_in_a_schema(project: Path, said: Say) -> None:
    rule = {"code": "WL999", "name": "theirs", "message": "no", "doc": "It is so.", "remedy": "Do.", "examples": []}
    (project / "ours.json").write_text(json.dumps({"properties": {"title": {"x-rule": rule}}}))
    (project / ".waku-lint.yaml").write_text("kinds: {milestone: {schema: ours.json}}\n")
    status, _, errors = said("check")
    assert (status, "ours" in errors) == (2, True)


def test_pages_beyond_the_limits_refer_to_nothing(project: Path, said: Say) -> None:
    (project / "FURPS").mkdir()
    (project / "FURPS" / "relay.md").write_text(feature("1. A node."))
    (project / PAGE).write_text(deliverable("**Feature**: [Relay](/FURPS/old/relay.md)\n\n**FURPS**: F1"))
    (project / "notes.md").write_text("[a](FURPS/relay.md)\n\n" + ">" * 1000)
    status, output, errors = said("impact", "FURPS/relay.md#F1")
    assert (status, "notes.md" in output) == (0, False)
    assert f"warning: {PAGE}:" in errors


def test_a_link_with_escapes_and_letters_of_no_ascii_follows_in_the_manner_it_had() -> None:
    files = {"README.md": "[m](FURPS/core/%6Dï.md)\n", "FURPS/core/mï.md": "# Mix\n"}
    assert "FURPS/net/m%C3%AF.md" in renamed(files, "FURPS/core/mï.md", "FURPS/net/mï.md")["README.md"]


def test_a_module_of_git_is_no_page(project: Path, said: Say) -> None:
    git(project, "init", "-q")
    git(project, "update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},draft-roadmap/other.md")
    git(project, "add", "-N", PAGE)
    _, output, _ = said("check", "--source", "index")
    assert "draft-roadmap/other.md:1:1: error WL001 file-unreadable: not a regular file" in output


def test_where_there_is_no_git_a_folder_is_checked(project: Path, said: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(project))
    assert said("check")[0] == 1


def test_values_of_a_page_are_had_by_their_keys() -> None:
    entry = Text("kind", Span(0, 1))
    assert Named(((entry, entry),)).get("kind") is entry
    assert Named(((entry, entry),)).get("other") is None


def test_what_a_revision_cannot_be_compared_with_is_told(project: Path, said: Say) -> None:
    git(project, "init", "-q")
    status, _, errors = said("check", "--since", "nowhere", "--report", "caused")
    assert (status, "nowhere" in errors) == (2, True)


def test_what_is_said_to_nobody_is_no_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    class Closed(io.StringIO):
        def write(self, _text: str, /) -> int:
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(sys, "stderr", Closed())
    assert signals.report_stopped(Stopped(15)) == 143


def test_who_interrupts_a_question_stops_the_run(project: Path, said: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_arguments: object, **_more: object) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(click, "confirm", interrupt)
    status, _, errors = said("init")
    assert (status, errors.lstrip()) == (130, "interrupted: the run has not come to its end\n")
    assert not (project / ".waku-lint.yaml").exists()


def test_who_stops_a_run_in_which_a_rule_of_others_is_at_work_stops_it() -> None:
    with pytest.raises(Stopped), sandbox.watched("theirs"):
        raise Stopped(15)


def test_a_rule_of_others_is_watched_where_it_cannot_be_interrupted() -> None:
    done: list[str] = []

    def run() -> None:
        with sandbox.watched("theirs"):
            with sandbox.unwatched():
                done.append("ours")
            done.append("theirs")

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert done == ["ours", "theirs"]


def test_a_statement_without_text_can_be_written_nowhere() -> None:
    document = read_document(SourceFile(FEATURE, feature("1. ~~A node.~~").encode()), "furps")
    assert isinstance(document.root, FurpsSet)
    found = Feature(document, document.root)
    assert [source_of(found, each) for each in found.statements] == [None]
