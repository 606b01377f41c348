"""What was told of a document is told again while all that was asked is answered the same, and no longer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT
from tests.engine.test_memory import copied, result
from waku_lint.documents.model import Document
from waku_lint.engine import memory, verdicts
from waku_lint.engine.checker import Checker
from waku_lint.engine.memory import Told, Verdict
from waku_lint.files.source import SourceFile
from waku_lint.project.project import Project
from waku_lint.project.queries import Answers, Question, Watched

ROOT = CHECKOUT / "fixtures" / "dirty" / "references"
PAGE = "draft-roadmap/measure_the_water.md"
FEATURE = "FURPS/core/gauge.md"
FEATURES = (FEATURE, "FURPS/core/forecast.md")  # of which the page quotes statements
OTHER = "draft-roadmap/forecast_the_tide.md"  # which has an issue that the page has as well


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = copied(ROOT, tmp_path / "plan")
    result(root, cache=True)
    return root


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The documents that rules are run on."""
    seen: list[str] = []
    original = Checker.diagnostics

    def diagnostics(self: Checker, document: Document) -> object:
        seen.append(document.path)
        return original(self, document)

    monkeypatch.setattr(Checker, "diagnostics", diagnostics)
    return seen


def edited(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_nothing_is_checked_again_while_nothing_has_changed(root: Path, checked: list[str]) -> None:
    assert result(root, cache=True) == result(root, baseline=False, cache=True)
    assert checked == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            lambda root: (root / PAGE).write_text((root / PAGE).read_text() + "\nOne more word.\n"),
            {PAGE, OTHER, *FEATURES},
        ),
        (lambda root: (root / "notes.txt").write_text("a file\n"), set()),
        (
            lambda root: (root / FEATURE).write_text((root / FEATURE).read_text() + "\n<!-- more -->\n"),
            {PAGE, *FEATURES},
        ),
    ],
    ids=["a page", "the files there are", "a feature"],
)
def test_only_what_asks_for_a_change_is_checked_again(
    root: Path, checked: list[str], change: Callable[[Path], object], expected: set[str]
) -> None:
    change(root)
    again = result(root, cache=True)
    assert set(checked) == expected
    assert again == result(root)


def test_a_feature_that_could_not_be_read_is_asked_for_nevertheless(root: Path) -> None:
    text = (root / FEATURE).read_bytes()
    for data in (b"\xff\xfe" + text, text, b"\xff" + text):
        (root / FEATURE).write_bytes(data)
        assert result(root, cache=True) == result(root)


def test_both_sides_of_a_change_are_kept(root: Path, checked: list[str]) -> None:
    text = (root / FEATURE).read_text()
    for _ in range(2):
        edited(root / FEATURE, "# ", "# The ")
        result(root, cache=True)
        (root / FEATURE).write_text(text)
        result(root, cache=True)
        seen, checked[:] = list(checked), []
    assert seen == []


@pytest.mark.parametrize("question", [("nonsense",), (), ("title",), ("place", PAGE, "x"), ("day", "more")])
def test_what_is_no_question_of_ours_is_true_of_nothing(
    root: Path, question: Question, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = memory.Memory.told

    def odd(self: memory.Memory, file: SourceFile, rules: str) -> Told | None:
        found = told(self, file, rules)
        return None if found is None else Told(found.facts, (Verdict("-", ((question, "-"),), ()),))

    monkeypatch.setattr(memory.Memory, "told", odd)
    assert result(root, cache=True) == result(root)


def test_every_question_can_be_answered_again() -> None:
    project = Project({}, lambda _path: pytest.fail("there is no document"))
    seen = Watched(project)
    for ask in (
        lambda: seen.paths, lambda: seen.tree.files, lambda: seen.tree.locate("a", "b"),
        lambda: seen.tree.suggest("a", "b"), lambda: seen.kind("a"), lambda: seen.document("a"),
        lambda: list(seen.of_kind("furps")), lambda: list(seen.of("furps")), lambda: seen.feature("a", "b"),
        lambda: seen.features("a"), lambda: seen.naming("a"), lambda: seen.title("a"), lambda: seen.estimate("a"),
        lambda: seen.letters("a"), lambda: seen.called("furps", str), lambda: seen.tracked("a"),
        lambda: seen.filed("a"), lambda: seen.unlisted("furps"), lambda: list(seen),
    ):  # fmt: skip
        seen.asked = set()
        ask()
        assert seen.asked
        files: dict[str, SourceFile] = {}
        answers = Answers(project, files, lambda _path: False, None)
        assert all(isinstance(answers.digest(question), str) for question in seen.asked)
    public = {name for name in vars(Project) if not name.startswith("_")}
    assert public <= {name for name in vars(Watched) if not name.startswith("_")}


SETTINGS = ".waku-lint.yaml"
INDEX = "draft-roadmap/README.md"
A, B = "draft-roadmap/a.md", "draft-roadmap/b.md"
OWNED = "# A\n\n## Deliverables\n\n### [B](https://github.com/waku-org/pm/issues/1)\n\n**Owner**: dst\n"
QUOTED = OWNED.replace("**Owner**: dst", "**Feature**: [Store](/FURPS/core/gauge.md)")
TITLED = '---\ntitle: "{}"\n---\n\ntext\n'


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        (
            "WL207",
            {SETTINGS: "rules: {WL207: {sections: {Alpha: [], Beta: []}}}\n", A: "# A\n\ntext\n"},
            {SETTINGS: "rules: {WL207: {sections: {Beta: [], Alpha: []}}}\n"},
        ),
        (
            "WL304",
            {SETTINGS: "teams: {DST: [], Dst: []}\n", A: OWNED},
            {SETTINGS: "teams: {Dst: [], DST: []}\n"},
        ),
        (
            "WL604",
            {INDEX: "# Plan\n\n- [Alpha](c.md)\n", "draft-roadmap/c.md": "# Other\n",
             A: TITLED.format(f"Alpha\\0{B}\\0Beta"), B: TITLED.format("Gamma")},
            {A: TITLED.format("Alpha"), B: TITLED.format(f"Beta\\0{B}\\0Gamma")},
        ),
        ("WL603", {INDEX: "# Plan\n\n- [Beta](a.md)\n", A: TITLED.format("Alpha \\ud83d\\ude00")}, {"x.txt": "x"}),
        ("WL431", {A: QUOTED, FEATURE: ""}, {FEATURE: "# Gauge FURPS\n\n## Functionality\n\n1. A.\n"}),
    ],
    ids=["the order of an option", "the order of teams", "a title with a NUL", "half characters", "an empty feature"],
)  # fmt: skip
def test_what_has_changed_is_seen(rule: str, before: dict[str, str], after: dict[str, str], tmp_path: Path) -> None:
    found = []
    for files in (before, {}, after):
        for path, text in files.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text)
        found.append(result(tmp_path, cache=True, select=(rule,)))
        assert found[-1] == result(tmp_path, select=(rule,))
    assert any(each.diagnostics for each in found)


def test_the_name_of_a_rule_that_is_not_ours_is_not_known(tmp_path: Path) -> None:
    page = tmp_path / "draft-roadmap" / "a.md"
    page.parent.mkdir()
    page.write_text('# A\n\n<!-- waku-lint: disable-file=XX001 reason="ours" -->\n')
    rules = tmp_path / "rules.py"
    rules.write_text(
        "from waku_lint.documents.model import Milestone\nfrom waku_lint.rules.base import Rule, Example\n"
        "def check(page, ctx):\n    yield from ()\n"
        'RULES = (Rule("XX001", "theirs", "Doc.", "Mend.", (Example("# A\\n"),), applies_to=Milestone, check=check),)\n'
    )
    (tmp_path / ".waku-lint.yaml").write_text("local-rules: [rules.py]\n")
    more: dict[str, object] = {"select": ("WL008",), "local_rules": True}
    assert not result(tmp_path, cache=True, **more).diagnostics
    rules.write_text(rules.read_text().replace("XX001", "XX002"))
    assert [each.code for each in result(tmp_path, cache=True, **more).diagnostics] == ["WL008"]


def test_however_few_are_held_the_same_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verdicts, "_HELD", 1)
    assert result(root, cache=True) == result(root)


def test_a_place_in_a_document_that_is_gone_is_nowhere() -> None:
    answers = Answers(Project({}, lambda _path: pytest.fail("there is no document")), {}, lambda _path: False, None)
    assert answers.digest(("place", PAGE, "0")) == "nowhere"
