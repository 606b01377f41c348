"""What the project knows beyond one document."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from waku_lint.documents.model import Document
from waku_lint.documents.reader import read_document
from waku_lint.files.source import SourceFile
from waku_lint.positions import Span, Text
from waku_lint.project.project import Project

FILES = {
    "FURPS/relay.md": "# Relay FURPS\n\n## Functionality\n\n1. Nodes relay.\n",
    "plan/b.md": "# Beta\n",
    "plan/a.md": "---\ntitle: ' Alpha '\n---\n\nText\n",
    "plan/README.md": "# Plan\n\n- [b](b.md)\n",
}


def kind_of(path: str) -> str:
    if path.endswith("README.md"):
        return "index"
    return "furps" if path.startswith("FURPS") else "milestone"


def project(files: Mapping[str, str], loaded: list[str]) -> Project:
    def load(path: str) -> Document:
        loaded.append(path)
        return read_document(SourceFile(path, files[path].encode()), kind_of(path))

    return Project({path: kind_of(path) for path in files}, load)


def test_a_document_is_read_when_it_is_asked_for_and_once() -> None:
    loaded: list[str] = []
    every = project(FILES, loaded)
    assert every.kind("plan/b.md") == "milestone"
    assert every.kind("gone.md") is None
    assert every.document("gone.md") is None
    assert loaded == []
    first = every.document("plan/b.md")
    assert first is not None
    assert first is every.document("plan/b.md")
    assert [each.path for each in every] == sorted(FILES)
    assert sorted(loaded) == sorted(FILES)


def test_documents_of_a_kind_come_by_path_and_others_are_not_read() -> None:
    loaded: list[str] = []
    assert [each.path for each in project(FILES, loaded).of_kind("milestone")] == ["plan/a.md", "plan/b.md"]
    assert loaded == ["plan/a.md", "plan/b.md"]


@pytest.mark.parametrize("path", ["plan/a.md", "FURPS/a.md"])
@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Beta\n", Text("Beta", Span(2, 6))),
        ("---\ntitle: Alpha\n---\n\n# Beta\n", Text("Beta", Span(24, 28))),
        ("---\ntitle: Alpha\n---\n", Text("Alpha", Span(11, 16))),
        ("---\ntitle: '  '\n---\n", None),
        ("---\ntitle: 7\n---\n", None),
        ("---\ntitle: [a]\n---\n", None),
        ("---\ntags: [a]\n---\n", None),
        ("Text\n", None),
    ],
)
def test_a_page_has_the_title_of_its_heading_or_of_its_front_matter(path: str, text: str, title: Text | None) -> None:
    assert project({path: text}, []).title(path) == title


def test_the_title_of_a_feature_is_without_blanks_around_it() -> None:
    files = {"FURPS/a.md": "---\ntitle: ' Alpha '\n---\n"}
    assert project(files, []).title("FURPS/a.md") == Text("Alpha", Span(11, 20))


def test_what_is_no_page_of_the_plan_has_no_title_here() -> None:
    every = project(FILES, [])
    assert every.title("plan/README.md") is None
    assert every.title("gone.md") is None
    assert every.title("FURPS/relay.md") == Text("Relay FURPS", Span(2, 13))


def test_a_link_leads_to_a_feature_or_to_none() -> None:
    loaded: list[str] = []
    every = project({**FILES, "FURPS/bad.md": "x\n" * 200_000}, loaded)
    feature = every.feature("/FURPS/relay.md", "plan/a.md")
    assert feature is not None
    assert feature.document is every.document("FURPS/relay.md")
    for target in ("b.md", "/FURPS", "/FURPS/gone.md", "README.md", "../../FURPS/relay.md"):
        assert every.feature(target, "plan/a.md") is None
    assert loaded == ["FURPS/relay.md"]
    assert every.feature("/FURPS/bad.md", "plan/a.md") is None  # it cannot be read


def test_only_pages_of_the_plan_quote() -> None:
    page = (
        "# Relay\n\n## Deliverables\n\n### [Relay](https://github.com/waku-org/pm/issues/101)\n\n"
        "**Feature**: [Relay](/FURPS/relay.md)\n\n**FURPS**:\n- F1. Nodes relay.\n"
    )
    every = project({**FILES, "plan/c.md": page}, [])
    told = {document.path: every.quotes(document) for document in every}
    assert {path: quotes for path, quotes in told.items() if quotes} == {"plan/c.md": told["plan/c.md"]}
    assert [statement.id for quote in told["plan/c.md"] for _, statement in quote.statements] == ["F1"]


@pytest.mark.parametrize(
    ("indexes", "expected"),
    [
        ({"README.md": "[a](plan/a.md)"}, {"README.md": ("plan/b.md", "plan/deep/c.md")}),
        # the nearest that links others of the kind
        (
            {"README.md": "[a](plan/a.md)", "plan/README.md": "[a](a.md)"},
            {"plan/README.md": ("plan/b.md", "plan/deep/c.md")},
        ),
        (
            {"README.md": "[a](plan/a.md)", "plan/README.md": "[f](/FURPS/f.md)"},
            {"README.md": ("plan/b.md", "plan/deep/c.md")},
        ),
        # of two that are as near, the one that links more
        (
            {
                "plan/x-README.md": "[a](a.md)",
                "plan/y-README.md": "[a](a.md) [c](deep/c.md)",
                "plan/z-README.md": "[c](deep/c.md)",
            },
            {"plan/y-README.md": ("plan/b.md",)},
        ),
        (
            {"plan/README.md": "[a](a.md)", "plan/deep/README.md": "[b](../b.md)"},
            {"plan/deep/README.md": ("plan/deep/c.md",)},
        ),
        ({"other/README.md": "[a](/plan/a.md)"}, {}),  # it is not above the others
        ({"README.md": "[c](plan/deep/c.md) [a](plan/A.md) [b](https://x.org)"}, {"README.md": ("plan/b.md",)}),
        ({"README.md": "Nothing"}, {}),
        ({}, {}),
    ],
)
def test_pages_that_no_index_links_are_missed_by_the_nearest(
    indexes: dict[str, str], expected: dict[str, tuple[str, ...]]
) -> None:
    pages = {"plan/a.md": "", "plan/b.md": "", "plan/deep/c.md": "", "FURPS/f.md": ""}
    texts = {path: f"# Plan\n\n{text}\n" for path, text in {**pages, **indexes}.items()}
    every = project(texts, [])
    assert every.unlisted("milestone") == expected
    assert every.unlisted("milestone") is every.unlisted("milestone")


def test_what_a_page_quotes_is_not_kept_longer_than_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("waku_lint.project.project.HELD", 0)
    quoting = "# A\n\n## Deliverables\n\n### B\n\n**Feature**: [R](/FURPS/relay.md)\n\n**FURPS**: F1\n"
    loaded: list[str] = []
    every = project({**FILES, "plan/a.md": quoting}, loaded)
    for _ in range(2):
        page = every.document("plan/a.md")
        assert page is not None
        assert [quote.ids for quote in every.quotes(page)] == [("F1",)]
    assert loaded == ["plan/a.md", "FURPS/relay.md"] * 2
