"""Who refers to a file or a statement."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from jsonschema import Draft202012Validator

from tests.command import run
from tests.conftest import CHECKOUT
from waku_lint import schema
from waku_lint.cli.impact import impact as command
from waku_lint.cli.impact_report import IMPACT_REPORTERS, impact_json
from waku_lint.config.config import preset
from waku_lint.editing.impact import impact
from waku_lint.editing.references import Files, tokens, unclear
from waku_lint.errors import CannotRun
from waku_lint.files.source import SourceFile

FEATURE = (
    "# Relay FURPS\n\n## Functionality\n\n1. Nodes relay.\n2. Nodes count.\n3. Nodes forget.\n\n"
    "## Performance\n\n- P1. It is fast.\n"
)
PAGE = """# Relay

## FURPS

- [Relay](/FURPS/relay.md): F1-2, P1

## Deliverables

### [Metrics](https://github.com/waku-org/pm/issues/101)

**Feature**: [Relay](../FURPS/relay.md)

**FURPS**:
- F2. Nodes count.
- F1-3

### [Storing](https://github.com/waku-org/pm/issues/102)

**Feature**: [Store](/FURPS/store.md)

**FURPS**:
- F2. Nodes drop.
"""
FILES = {
    "FURPS/relay.md": FEATURE,
    "FURPS/store.md": "# Store FURPS\n\n## Functionality\n\n1. Nodes store.\n2. Nodes drop.\n",
    "FURPS/README.md": "# Features\n\n- [Relay](relay.md)\n\nAll of [Relay][r].\n\n[r]: <relay.md#functionality>\n",
    "draft-roadmap/relay.md": PAGE,
    "README.md": '# Plan\n\nSee [Relay](FURPS/relay.md "Relay") and ![it](img.png).\n\n`[no](FURPS/relay.md)`\n',
    "img.png": "",
}


def files_of(files: dict[str, str], preset_name: str = "waku") -> Files:
    config = preset(preset_name)
    sources = {path: SourceFile(path, text.encode()) for path, text in files.items() if Files.wanted(path, config)}
    return Files(tuple(sorted(files)), sources, config)


def told(
    path: str, identifier: str | None = None, files: dict[str, str] = FILES
) -> Iterator[tuple[str, int, str, str]]:
    for each in impact(files_of(files), path, identifier).references:
        yield each.path, each.start.line, each.how, each.text


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [
        ("F2", [(5, "summary", "F1-2"), (14, "quote", "F2"), (15, "range", "F1-3")]),
        ("F3", [(15, "range", "F1-3")]),
        ("P1", [(5, "summary", "P1")]),
    ],
)
def test_a_statement_is_named_by_ids_and_ranges(identifier: str, expected: list[tuple[int, str, str]]) -> None:
    found = list(told("FURPS/relay.md", identifier))
    assert found == [("draft-roadmap/relay.md", *each) for each in expected]


def test_a_feature_is_quoted_and_linked() -> None:
    assert list(told("FURPS/relay.md")) == [
        ("FURPS/README.md", 3, "entry", "relay.md"),
        ("FURPS/README.md", 7, "link", "relay.md#functionality"),
        ("README.md", 3, "link", "FURPS/relay.md"),
        ("draft-roadmap/relay.md", 5, "link", "/FURPS/relay.md"),
        ("draft-roadmap/relay.md", 5, "summary", "F1-2"),
        ("draft-roadmap/relay.md", 5, "summary", "P1"),
        ("draft-roadmap/relay.md", 11, "link", "../FURPS/relay.md"),
        ("draft-roadmap/relay.md", 14, "quote", "F2"),
        ("draft-roadmap/relay.md", 15, "range", "F1-3"),
    ]


def test_a_file_that_is_no_document_can_be_asked_about() -> None:
    assert list(told("img.png")) == [("README.md", 3, "link", "img.png")]
    assert impact(files_of(FILES), "img.png").kind == "file"


def test_a_deliverable_of_two_features_quotes_the_one_whose_words_it_has() -> None:
    both = PAGE.replace("**Feature**: [Store]", "**Feature**: [Relay](/FURPS/relay.md), [Store]")
    files = {**FILES, "draft-roadmap/relay.md": both}
    assert ("draft-roadmap/relay.md", 22, "quote", "F2") in told("FURPS/store.md", "F2", files)
    assert ("draft-roadmap/relay.md", 22, "quote", "F2") not in told("FURPS/relay.md", "F2", files)


def test_wiki_links_and_links_without_an_ending_count_in_a_site() -> None:
    files = {
        "content/unit/store.md": "# Store\n",
        "content/unit/updates/2025-01-06.md": "---\ntitle: x\n---\n\n- [[store|it]], ![[store]], [it](/unit/store#a)\n",
        "README.md": "[[store]]\n",
    }
    found = [each[2:] for each in told("content/unit/store.md", files=files)]
    assert found == [("link", "store"), ("link", "store"), ("link", "/unit/store#a")]


def test_files_that_cannot_be_read_are_named_and_links_to_files_are_not() -> None:
    config = preset("waku")
    data = {
        "gone.md": None,
        "good.md": b"[a](a.md) [b](https://example.org) [c](#c)\n",
        "bytes.md": b"\xff",
        "deep.md": b">" * 10_000,
        "link.md": b"[a](a.md)\n",
        ".github/ISSUE_TEMPLATE/bug.yml": b"\xff",
    }
    sources = {path: SourceFile(path, content) for path, content in data.items()}
    files = Files(tuple(sorted(data)), sources, config, {"link.md": "good.md"})
    assert files.unread == ("bytes.md", "deep.md", "gone.md")
    assert {path: [each.value for each in found] for path, found in files.targets.items()} == {"good.md": ["a.md"]}


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("a.md", True),
        (".github/ISSUE_TEMPLATE/bug.yml", True),
        (".github/workflows/a.yml", False),
        ("a.md.png", False),
    ],
)
def test_what_can_refer_to_others_is_markdown_or_a_document(name: str, wanted: bool) -> None:
    assert Files.wanted(name, preset("waku")) is wanted


def test_each_place_that_names_statements_is_told_once_and_what_it_stands_for() -> None:
    page = PAGE.replace("- F1-3\n", "- All\n- F2\n- F3-1\n")
    found = [
        (each.title, each.how, each.id.value, each.ids, [feature.document.path for feature in each.features])
        for each in tokens(files_of({**FILES, "draft-roadmap/relay.md": page}).project)
    ]
    relay, store = ["FURPS/relay.md"], ["FURPS/store.md"]
    assert found == [
        ("Metrics", "quote", "F2", ("F2",), relay),
        ("Metrics", "range", "All", ("F1", "F2", "F3", "P1"), relay),
        ("Metrics", "quote", "F2", ("F2",), relay),
        ("Metrics", "range", "F3-1", (), relay),  # no range
        ("Storing", "quote", "F2", ("F2",), store),
        (None, "summary", "F1-2", ("F1", "F2"), relay),
        (None, "summary", "P1", ("P1",), relay),
    ]


@pytest.mark.parametrize(
    ("path", "identifier", "words"),
    [
        ("FURPS/relay.md", "F9", r"FURPS/relay\.md has no statement 'F9'; known: F1, F2, F3\Z"),
        ("FURPS/relay.md", "f9", r"FURPS/relay\.md has no statement 'f9'; known: F1, F2, F3\Z"),
        ("FURPS/relay.md", "U1", r"FURPS/relay\.md has no statement 'U1'; known: F1, F2, F3, P1\Z"),
        ("img.png", "F1", r"img\.png: is no feature file"),
        ("draft-roadmap/relay.md", "F1", r"draft-roadmap/relay\.md: is no feature file"),
        ("FURPS/gone.md", "F1", r"FURPS/gone\.md: no such file"),
    ],
)
def test_a_statement_that_is_not_there_is_told_with_those_that_are(path: str, identifier: str, words: str) -> None:
    with pytest.raises(CannotRun, match=words):
        files_of(FILES).statement(path, identifier)


def test_which_of_two_features_is_meant_is_told_by_the_words_or_by_the_id() -> None:
    both = PAGE.replace("**Feature**: [Store]", "**Feature**: [Relay](/FURPS/relay.md), [Store]")
    page = both.replace("- F2. Nodes drop.", "- F2. Nodes drop.\n- F2. Nodes fly.\n- F2\n- P1\n- F9")
    files = files_of({**FILES, "draft-roadmap/relay.md": page})
    meant = [
        [feature.document.path for feature in each.means(each.id.value)]
        for each in tokens(files.project)
        if each.title == "Storing"
    ]
    relay, store = "FURPS/relay.md", "FURPS/store.md"
    assert meant == [[store], [relay, store], [relay, store], [relay], []]


def test_ids_whose_feature_is_not_found_are_unclear_on_pages_that_name_the_file() -> None:
    page = PAGE.replace("[Store](/FURPS/store.md)", "[Store](/FURPS/gone.md)")
    files = files_of({**FILES, "draft-roadmap/relay.md": page})
    assert list(unclear(files, "FURPS/relay.md", ["F2"])) == [("draft-roadmap/relay.md:22:3", "F2")]
    assert list(unclear(files, "FURPS/relay.md", ["F3"])) == []
    assert list(unclear(files, "FURPS/store.md", ["F2"])) == []  # it is not named
    assert list(unclear(files_of(FILES), "FURPS/relay.md", ["F2"])) == []


def test_the_json_is_as_its_schema_says() -> None:
    validator = Draft202012Validator(schema.builtin("impact"))
    for path, identifier in (("FURPS/relay.md", None), ("FURPS/relay.md", "F2"), ("README.md", None)):
        validator.validate(json.loads(impact_json(impact(files_of(FILES), path, identifier))))
    report = json.loads(impact_json(impact(files_of(FILES), "FURPS/relay.md", "F3")))
    assert report == {
        "version": 1,
        "target": "FURPS/relay.md#F3",
        "kind": "statement",
        "references": [
            {
                "path": "draft-roadmap/relay.md",
                "line": 15,
                "column": 3,
                "end_line": 15,
                "end_column": 7,
                "how": "range",
                "text": "F1-3",
                "deliverable": "Metrics",
            }
        ],
    }


def test_the_choices_of_format_are_the_reporters() -> None:
    (form,) = (each for each in command.params if each.name == "form")
    assert isinstance(form.type, click.Choice)
    assert tuple(form.type.choices) == tuple(IMPACT_REPORTERS)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    return tmp_path


def test_places_are_grouped_aligned_and_counted(project: Path) -> None:
    done = run("impact", "FURPS/store.md", cwd=project)
    assert done.returncode == 0
    assert done.stdout == (
        "quoted by:\n"
        "  draft-roadmap/relay.md:22:3  quote  F2  Storing\n"
        "\n"
        "linked from:\n"
        "  draft-roadmap/relay.md:19:22  link  /FURPS/store.md\n"
        "\n"
        "2 references in 1 file\n"
    )


def test_a_target_can_be_given_from_the_current_folder_or_the_root(project: Path) -> None:
    (project / ".waku-lint.yaml").write_text("extends: waku\n")
    outs = {
        run("impact", "FURPS/store.md#F2", cwd=project).stdout,
        run("impact", "store.md#F2", cwd=project / "FURPS").stdout,
        run("impact", "FURPS/store.md#F2", cwd=project / "draft-roadmap").stdout,
        run("impact", "FURPS/store.md#F2", "--root", str(project), cwd=CHECKOUT).stdout,
        run("impact", str(project / "FURPS" / "store.md#F2"), cwd=project).stdout,
    }
    assert len(outs) == 1
    assert outs.pop().endswith("1 reference in 1 file\n")


def test_nothing_that_refers_is_said_and_is_no_failure(project: Path) -> None:
    done = run("impact", "FURPS/store.md#F1", cwd=project)
    assert (done.returncode, done.stdout) == (0, "nothing refers to FURPS/store.md#F1\n")


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("FURPS/stor.md", "error: FURPS/stor.md: no such file in this project; did you mean 'FURPS/store.md'?"),
        ("FURPS/store.md#F9", "error: FURPS/store.md has no statement 'F9'; known: F1, F2"),
        ("FURPS/store.md#U1", "error: FURPS/store.md has no statement 'U1'; known: F1, F2"),
        ("FURPS/store.md#f1", "did you mean 'F1'?"),
        ("FURPS/stor.md#F1", "did you mean 'FURPS/store.md'?"),
        ("draft-roadmap/relay.md#F1", "error: draft-roadmap/relay.md: is no feature file"),
        ("README.md#F1", "error: README.md: is no feature file"),
        ("FURPS", "error: FURPS: no such file in this project"),
    ],
)
def test_what_is_not_there_is_told_and_exits_2(project: Path, target: str, words: str) -> None:
    done = run("impact", target, cwd=project)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr


def test_a_root_that_is_no_folder_exits_2(project: Path) -> None:
    assert "none: no such folder" in run("impact", "x.md", "--root", "none", cwd=project).stderr
