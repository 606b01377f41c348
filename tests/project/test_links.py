"""Where links between files lead."""

from __future__ import annotations

import pytest

from tests.conftest import covered, lint_files
from waku_lint.project.links import Tree, is_local

FILES = (
    "README.md", "FURPS/core/light push.md", "FURPS/README.md", "draft-roadmap/relay.md", "draft-roadmap/store.md",
    "content/unit/index.md", "content/unit/furps/relay.md", "content/unit/roadmap/2026-beta.md",
    "content/other/beta.md", "content/other/deep/beta.md",
)  # fmt: skip
TREE = Tree(FILES, ["content"])


@pytest.mark.parametrize(
    ("target", "source", "found"),
    [
        # in the repository, as GitHub shows it
        ("store.md", "draft-roadmap/relay.md", "draft-roadmap/store.md"),
        ("./store.md#api", "draft-roadmap/relay.md", "draft-roadmap/store.md"),
        ("store.md?plain=1#L3", "draft-roadmap/relay.md", "draft-roadmap/store.md"),
        ("../README.md", "draft-roadmap/relay.md", "README.md"),
        ("/README.md", "draft-roadmap/relay.md", "README.md"),
        ("/FURPS/core/light%20push.md", "draft-roadmap/relay.md", "FURPS/core/light push.md"),
        ("../FURPS", "draft-roadmap/relay.md", "FURPS"),
        ("../FURPS/", "draft-roadmap/relay.md", "FURPS"),
        ("..", "draft-roadmap/relay.md", ""),
        ("/", "draft-roadmap/relay.md", ""),
        ("#risks", "draft-roadmap/relay.md", "draft-roadmap/relay.md"),
        ("store", "draft-roadmap/relay.md", None),
        ("Store.md", "draft-roadmap/relay.md", None),
        ("../../README.md", "draft-roadmap/relay.md", None),
        ("FURPS/README.md", "draft-roadmap/relay.md", None),
        ("relay.md", "README.md", None),
        # in a web site
        ("/unit/furps/relay.md", "content/unit/roadmap/2026-beta.md", "content/unit/furps/relay.md"),
        ("/unit/furps/relay", "content/unit/roadmap/2026-beta.md", "content/unit/furps/relay.md"),
        ("unit/furps/relay", "content/unit/roadmap/2026-beta.md", "content/unit/furps/relay.md"),
        ("../furps/relay.md", "content/unit/roadmap/2026-beta.md", "content/unit/furps/relay.md"),
        ("/unit", "content/other/beta.md", "content/unit/index.md"),
        ("/unit/", "content/other/beta.md", "content/unit/index.md"),
        ("/unit/furps", "content/other/beta.md", "content/unit/furps"),  # a folder without a page of its own
        ("2026-beta", "content/other/beta.md", "content/unit/roadmap/2026-beta.md"),
        ("beta", "content/unit/index.md", "content/other/beta.md"),
        ("deep/beta", "content/unit/index.md", "content/other/deep/beta.md"),
        ("beta.md", "content/unit/index.md", "content/other/beta.md"),
        ("tags/unit-updates", "content/unit/index.md", "content"),
        ("/tags/unit-updates", "content/unit/index.md", "content"),
        ("store", "content/unit/index.md", None),  # a page, but none of the site
        ("/README.md", "content/unit/index.md", None),
        ("/unit/Furps/relay.md", "content/other/beta.md", None),
        ("./gone", "content/other/beta.md", None),
        ("content/unit/furps/relay", "content/other/beta.md", None),  # that would be content/content/unit
        ("/content/unit/furps/relay.md", "content/unit/index.md", None),
    ],
)
def test_a_target_means_a_file(target: str, source: str, found: str | None) -> None:
    assert TREE.locate(target, source) == found


@pytest.mark.parametrize(
    ("target", "source", "found"),
    [
        ("Store.md", "draft-roadmap/relay.md", "draft-roadmap/store.md"),
        ("Store.md?plain=1#api", "draft-roadmap/relay.md", "draft-roadmap/store.md"),
        ("stor.md", "draft-roadmap/relay.md", "draft-roadmap/store.md"),
        ("stor.md", "draft-roadmap/store.md", None),  # the page itself
        ("/furps/readme.md", "draft-roadmap/relay.md", "FURPS/README.md"),
        ("/core/light_push.md", "draft-roadmap/relay.md", "FURPS/core/light push.md"),
        ("beta.md", "draft-roadmap/relay.md", None),  # there are two
        ("gone.md", "draft-roadmap/relay.md", None),
        ("content/unit/furps/relay.md", "content/other/beta.md", "content/unit/furps/relay.md"),
        ("/unit/roadmap/index.md", "content/other/beta.md", "content/unit/index.md"),  # in another folder above
        ("/unit/roadmap/relay.md", "content/other/beta.md", None),  # the feature is no page of the roadmap
        ("/unit/archive/2026-beta.md", "content/other/beta.md", "content/unit/roadmap/2026-beta.md"),  # it has moved
        ("/other/furps/core/relay.md", "content/other/beta.md", None),  # another unit's
        ("stroe.md", "draft-roadmap/relay.md", "draft-roadmap/store.md"),
        ("stroe", "draft-roadmap/relay.md", "draft-roadmap/store.md"),
        ("stooore.md", "draft-roadmap/relay.md", "draft-roadmap/store.md"),
        ("stoooore.md", "draft-roadmap/relay.md", None),
        ("relai.md", "draft-roadmap/relay.md", None),  # the page itself
        ("relay", "draft-roadmap/relay.md", None),
        ("store", "draft-roadmap/relay.md", "draft-roadmap/store.md"),
        ("draft-roadmap/store.md", "draft-roadmap/relay.md", "draft-roadmap/store.md"),
        ("/FURPS/core/Light%20Push.md", "draft-roadmap/relay.md", "FURPS/core/light push.md"),
        ("a/b/store.md", "draft-roadmap/relay.md", "draft-roadmap/store.md"),  # folders that have gone
        ("/a/b/store.md", "draft-roadmap/relay.md", None),
        ("../../store.md", "draft-roadmap/relay.md", None),  # out of the project
        ("/../../store.md", "draft-roadmap/relay.md", None),
        ("stored-files.md", "draft-roadmap/relay.md", None),
        ("2027-beta", "content/unit/roadmap/relay.md", None),
        ("/FURPS/core/store.md", "draft-roadmap/store.md", None),  # the page itself
    ],
)
def test_a_broken_target_may_mean_a_file(target: str, source: str, found: str | None) -> None:
    assert TREE.suggest(target, source) == found


def test_a_link_is_written_in_the_manner_of_the_one_it_replaces() -> None:
    assert TREE.target("FURPS/README.md", "draft-roadmap/relay.md", "/furps/readme.md") == "/FURPS/README.md"
    assert TREE.target("FURPS/README.md", "draft-roadmap/relay.md", "../furps/readme.md") == "../FURPS/README.md"
    assert TREE.target("draft-roadmap/store.md", "draft-roadmap/relay.md", "Store.md") == "store.md"
    assert TREE.target("content/unit/index.md", "content/other/beta.md", "/Unit/index.md") == "/unit/index.md"


@pytest.mark.parametrize(
    ("target", "moved"),
    [
        ("/mix.md", True),  # folders came between
        ("/MIX.md", True),
        ("/mix", True),
        ("/plan/mix.md", True),
        ("/core/mix.md", True),
        ("/plan/core/old/mix.md", True),  # one is gone
        ("/plan/net/mix.md", True),  # one has another name
        ("/old/core/mix.md", True),
        ("/plan/core/Mi_x.md", True),
        ("/old/net/mix.md", False),
        ("/core/plan/mix.md", False),
        ("/plan/net/old/mix.md", False),
        ("/plan/FURPS/mix.md", False),  # a feature is no page of the plan
    ],
)
def test_the_only_page_of_that_name_is_meant_if_it_can_have_moved(target: str, moved: bool) -> None:
    assert Tree(["README.md", "plan/core/mix.md"]).suggest(target, "README.md") == (
        "plan/core/mix.md" if moved else None
    )


def test_a_page_is_not_meant_by_its_own_links_and_of_two_by_case_the_first_is() -> None:
    assert Tree(["README.md", "plan/mix.md"]).suggest("net/mix.md", "plan/mix.md") is None
    assert Tree(["a.md", "A.md"]).suggest("a.MD", "README.md") == "A.md"


@pytest.mark.parametrize(
    ("path", "source", "like", "written"),
    [
        ("a/b/c.md", "a/d/e.md", "x", "../b/c.md"),
        ("a/b/c.md", "a/b/e.md", "x", "c.md"),
        ("a/b/c.md", "a/e.md", "x", "b/c.md"),
        ("c.md", "a/b/e.md", "x", "../../c.md"),
        ("a", "a/e.md", "x", "../a"),  # the folder itself
        ("a/100% (b).md", "e.md", "x", "a/100%25%20(b).md"),
        ("a/b c.md", "d/e.md", "/x", "/a/b%20c.md"),
        ("\u65e5 \u672c.md", "e.md", "x", "\u65e5%20\u672c.md"),
        ("content/unit/a.md", "content/other/beta.md", "/", "/unit/a.md"),
        ("content/unit/a.md", "content/other/beta.md", "x", "../unit/a.md"),
        ("content/unit/a.md", "README.md", "/", "/content/unit/a.md"),
    ],
)
def test_a_link_is_written_from_the_file_or_from_the_root(path: str, source: str, like: str, written: str) -> None:
    assert TREE.target(path, source, like) == written


def test_what_lies_in_a_submodule_is_not_ours_to_know() -> None:
    tree = Tree(["README.md", "vendor/lib"])
    assert tree.locate("vendor/lib/docs/a.md", "README.md") == "vendor/lib/docs/a.md"
    assert tree.locate("vendor/docs/a.md", "README.md") is None


@pytest.mark.parametrize(
    ("target", "local"),
    [
        ("a.md", True), ("/a", True), ("../a#b", True), ("https://example.org/a.md", False), ("mailto:a@b.c", False),
        ("//example.org/a", False), ("#a", False), ("", False), ("C:\\a.md", False),
    ],
)  # fmt: skip
def test_only_files_of_the_project_are_local(target: str, local: bool) -> None:
    assert is_local(target) is local


@pytest.mark.parametrize(
    ("line", "reported"),
    [
        ("`[a](gone.md)` and ``[[gone]]``", []),
        ("<!-- [a](gone.md) -->", []),
        ("[a](<gone file.md>)", ["gone file.md"]),
        ("![a picture](img/gone.png)", ["img/gone.png"]),
        ("[a]({path/to/file})", []),
        ("[a](TODO)", []),
        ("[[store]]", []),  # text, outside of a site
        ("~~[a](gone.md)~~", ["gone.md"]),
        ("[a][ref]\n\n[ref]: gone.md", ["[a][ref]"]),
    ],
)
def test_a_link_that_leads_nowhere_is_told_at_its_target(line: str, reported: list[str]) -> None:
    text = f"# Relay\n\n{line}\n"
    found = lint_files({"draft-roadmap/relay.md": text, "draft-roadmap/store.md": "# Store\n"})
    told = [covered(text, each) for each in found if each.code == "WL107"]
    assert told == reported


def test_a_wiki_link_of_a_site_is_checked() -> None:
    text = "# Relay\n\nSee [[store|the store]], [[gone#part]] and\n\n| a | b |\n|---|---|\n| [[lost\\|it]] | x |\n"
    found = lint_files({"content/waku/milestones/open/relay.md": text, "content/x/store.md": ""})
    assert [covered(text, each) for each in found if each.code == "WL107"] == ["gone#part", "lost"]


@pytest.mark.parametrize(
    ("target", "source", "meant"),
    [
        ("gone.md?plain=1#api", "draft-roadmap/relay.md", "draft-roadmap/gone.md"),
        ("/gone%20page.md", "draft-roadmap/relay.md", "gone page.md"),
        ("/gone.md", "content/unit/index.md", "content/gone.md"),
        ("../../gone.md", "draft-roadmap/relay.md", None),
        ("..", "draft-roadmap/relay.md", ""),
        ("..", "README.md", None),
    ],
)
def test_a_target_names_a_path_be_there_a_file_or_not(target: str, source: str, meant: str | None) -> None:
    assert TREE.meant(target, source) == meant


def test_a_place_on_a_page_is_no_part_of_the_file_that_is_not_there() -> None:
    found = lint_files({"content/waku/milestones/open/relay.md": "# Relay\n\nSee [[gone# A part of it]].\n"})
    assert [each.message for each in found if each.code == "WL107"] == ["there is no file `gone` in this project"]
