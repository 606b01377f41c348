"""Questions to the project: each is noted, and its answer has a digest."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from waku_lint.files.source import SourceFile
from waku_lint.project.links import Tree
from waku_lint.project.project import Project
from waku_lint.project.queries import ClosedError, Queries

PAGE = SourceFile("draft-roadmap/a.md", b"# A\n")


def empty() -> Project:
    return Project({}, lambda _path: pytest.fail("there is no document"), Tree(["b.md"]))


QUESTIONS: list[Callable[[Project], object]] = [
    lambda project: project.paths,
    lambda project: project.tree.files,
    lambda project: project.tree.locate("a", "b"),
    lambda project: project.tree.suggest("a", "b"),
    lambda project: project.tree.beside("a"),
    lambda project: project.kind("a"),
    lambda project: project.document("a"),
    lambda project: list(project.of_kind("furps")),
    lambda project: list(project.of("furps")),
    lambda project: project.feature("a", "b"),
    lambda project: project.features("a"),
    lambda project: project.naming("a"),
    lambda project: project.title("a"),
    lambda project: project.titles("furps"),
    lambda project: project.estimate("a"),
    lambda project: project.letters("a"),
    lambda project: project.called("furps", str),
    lambda project: project.tracked("a"),
    lambda project: project.filed("a"),
    lambda project: project.unlisted("furps"),
    lambda project: project.position("a", "0"),
    list,
]


@pytest.mark.parametrize("ask", QUESTIONS)
def test_every_question_is_noted_and_has_a_digest(ask: Callable[[Project], object]) -> None:
    project = empty()
    with project.recorder.noting() as asked:
        ask(project)
    assert asked
    other = empty()
    assert [other.digest(each) for each in asked] == [project.digest(each) for each in asked]
    assert all(project.is_of_names(each) in (True, False) for each in asked)


@pytest.mark.parametrize("ask", QUESTIONS)
def test_a_closed_project_answers_nothing(ask: Callable[[Project], object]) -> None:
    project = empty()
    project.recorder.closed = True
    with pytest.raises(ClosedError):
        ask(project)


def test_every_public_method_of_a_project_asks_a_question() -> None:
    plain = {"of_kind", "feature", "called", "content", "digest", "is_of_names"}  # made of questions, or about them
    for kind in (Project, Tree):
        for name, value in vars(kind).items():
            if name.startswith("_") or name in plain | {"in_site", "meant", "site", "target", "looked_beside"}:
                continue
            method = value.fget if isinstance(value, property) else value
            assert hasattr(method, "of_names"), name


def test_a_question_that_answers_another_is_not_noted() -> None:
    project = empty()
    with project.recorder.noting() as asked:
        project.titles("milestone")
    assert asked == {("titles", "milestone")}


def test_questions_of_a_part_are_questions_of_the_whole() -> None:
    project = empty()
    with project.recorder.noting() as whole:
        with project.recorder.noting() as part:
            project.kind("a")
        project.kind("b")
    assert (part, whole) == ({("kind", "a")}, {("kind", "a"), ("kind", "b")})


def test_an_answer_is_worked_out_once() -> None:
    calls: list[str] = []

    class Counting(Tree):
        def __init__(self) -> None:
            super().__init__(["a.md"], beside=self.look)

        @staticmethod
        def look(path: str) -> bool:
            calls.append(path)
            return False

    tree = Counting()
    assert [tree.beside("b.md") for _ in range(3)] == [False] * 3
    assert calls == ["b.md"]
    assert tree.looked_beside == (("b.md", False),)


@pytest.mark.parametrize("question", [("nonsense",), ("recorder",), ("digest",), ("__init__",), ("content", "a")])
def test_what_is_not_a_question_has_no_digest(question: tuple[str, ...]) -> None:
    with pytest.raises((LookupError, TypeError, ValueError)):
        empty().digest(question)
    with pytest.raises((LookupError, TypeError, ValueError)):
        empty().is_of_names(question)


def test_a_document_counts_by_its_content() -> None:
    def project(data: bytes | None, error: str | None = None) -> Project:
        file = SourceFile(PAGE.path, data, error)
        return Project({PAGE.path: "milestone"}, lambda _path: pytest.fail("it is not read"), sources={PAGE.path: file})

    question = ("document", PAGE.path)
    found = [project(b"a"), project(b"b"), project(None, "gone"), project(None, "a folder"), empty()]
    assert len({each.digest(question) for each in found}) == len(found)
    assert isinstance(found[0], Queries)
    assert project(b"a\nbcd").digest(("position", PAGE.path, "3")) != project(b"a\n\nbc").digest(
        ("position", PAGE.path, "3")
    )
    assert empty().position(PAGE.path, "2") is None
