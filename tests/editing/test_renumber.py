"""A statement gets another number: it moves, those between give way, and every id follows its statement."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.command import run
from tests.conftest import lint_files
from tests.editing.test_impact import files_of
from tests.editing.test_rename import commit, git, tree
from waku_lint.config.config import Config, load, preset
from waku_lint.editing.references import Files
from waku_lint.editing.rename import Plan, changes
from waku_lint.editing.renumber import plan_renumbering
from waku_lint.errors import CannotRun
from waku_lint.files import snapshot
from waku_lint.files.source import SourceFile

PATH, PAGE = "FURPS/relay.md", "draft-roadmap/relay.md"
HEAD = "# Relay FURPS\n\n## Functionality\n\n"
FEATURE = (
    f"{HEAD}1. Nodes relay.\n2. Nodes count.\n3. Nodes forget.\n4. Nodes sleep.\n\n"
    "## Performance\n\n- P1. It is fast.\n"
)
DELIVERABLE = (
    "# Relay\n\n## FURPS\n\n- [Relay](/FURPS/relay.md): {summary}\n\n## Deliverables\n\n"
    "### [Metrics](https://github.com/waku-org/pm/issues/101)\n\n"
    "**Feature**: [Relay](/FURPS/relay.md)\n\n**FURPS**:\n{line}\n"
)


def page(line: str = "- F1. Nodes relay.", summary: str = "F1-4") -> str:
    return DELIVERABLE.format(line=line, summary=summary)


def planned(files: dict[str, str], old: str, new: str, *, renumber: bool = True) -> Plan:
    return plan_renumbering(files_of(files), PATH, old, new, renumber=renumber)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1. A.\n2. B.\n3. C.\n4. D.\n", "1. B.\n2. C.\n3. A.\n4. D.\n"),
        ("1. A.\n1. B.\n1. C.\n1. D.\n", "1. B.\n1. C.\n1. A.\n1. D.\n"),
        ("1) A.\n\n2) B.\n\n\n3) C.\n", "1) B.\n\n2) C.\n\n\n3) A.\n"),
        ("- F1. A.\n- F2. B.\n- F3. C.\n", "- F1. B.\n- F2. C.\n- F3. A.\n"),
        ("- **F1.** A.\n* F2: B.\n- F3) C.", "- F1: B.\n* F2) C.\n- **F3.** A."),
        ("- A.\n- B.\n- C.\n", "- B.\n- C.\n- A.\n"),
        ("1. F1. A.\n2. F2. B.\n3. F3. C.\n", "1. F1. B.\n2. F2. C.\n3. F3. A.\n"),
        ("1. P1. A.\n2. B.\n3. P7. C.\n", "1. B.\n2. P7. C.\n3. P1. A.\n"),  # of another category
        (
            "1. A\n   on two lines.\n   - note\n2. B.\n3. C `x`\n   ```\n   code\n   ```\n",
            "1. B.\n2. C `x`\n   ```\n   code\n   ```\n3. A\n   on two lines.\n   - note\n",
        ),
        ("1. A.\r\n2. B.\r\n3. C.\r\n", "1. B.\r\n2. C.\r\n3. A.\r\n"),
    ],
)
def test_the_item_moves_and_numbers_stay_as_they_are_written(written: str, expected: str) -> None:
    plan = planned({PATH: HEAD + written}, "F1", "F3")
    assert plan.texts == {PATH: HEAD + expected}
    assert plan.said == "FURPS/relay.md: F1 is now F3, F2 is now F1, F3 is now F2"
    assert plan.warnings == ()


def test_an_item_is_moved_backwards_and_to_a_longer_number() -> None:
    items = [f"{number}. Nodes do {number}.\n" for number in range(1, 11)]
    items[1] = "2. Nodes do 2,\n   and more:\n\n   - a note\n"
    plan = planned({PATH: HEAD + "".join(items)}, "F2", "F10")
    assert plan.texts[PATH].endswith("9. Nodes do 10.\n10. Nodes do 2,\n    and more:\n\n    - a note\n")
    back = planned({PATH: plan.texts[PATH]}, "F10", "F2")
    assert back.texts[PATH] == HEAD + "".join(items)


def test_ids_of_more_digits_are_written_anew() -> None:
    items = [f"+ F{number}. Nodes do {'abcdefghijk'[number - 1]}.\n" for number in range(1, 12)]
    plan = planned({PATH: HEAD + "".join(items)}, "F10", "F11")
    swapped = [*items[:9], "+ F10. Nodes do k.\n", "+ F11. Nodes do j.\n"]
    assert plan.texts[PATH] == HEAD + "".join(swapped)


def test_others_do_not_change_unless_that_is_allowed() -> None:
    with pytest.raises(CannotRun, match="F1 to F2 changes others, too: F2 to F1; allow that with --renumber"):
        planned({PATH: FEATURE}, "F1", "F2", renumber=False)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("- F1. Nodes relay.", "- F3. Nodes relay."),
        ("- **F2.** Nodes count.", "- **F1.** Nodes count."),
        ("- F4. Nodes sleep.\n- P1. It is fast.", None),
        ("- F1, F2, P1", "- F3, F1, P1"),
        ("- F1-3", None),  # the same statements
        ("- F1-4", None),
        ("- F2-3", "- F1-2"),
        ("- F2 \u2013 F3", "- F1 \u2013 F2"),
        ("- F1-2", "- F1, F3"),
        ("- F3-4", "- F2, F4"),
        ("- F2-4", "- F1, F2, F4"),
        ("- F1 to F3", None),
        ("- F2 to F3", "- F1 to F2"),
        ("- F1 to F2", "- F1, F3"),
        ("- F1 To F2, F4", "- F1, F3, F4"),
        ("- F1 through F2. More", "- F1, F3. More"),
        ("- F1..F2", "- F1, F3"),
        ("- F2 \u2026 F3 F4", "- F1 \u2026 F2 F4"),
        ("- F1-2 F4", "- F1, F3 F4"),
        ("- F1 to 2", "- F3 to 2"),  # an id and prose
        ("- all", None),
        ("For F1. Nodes relay.", "For F3. Nodes relay."),
    ],
)
def test_an_id_follows_its_statement(line: str, expected: str | None) -> None:
    for end in ("\n", "\r\n"):
        files = {PATH: FEATURE, PAGE: page(line).replace("\n", end)}
        after = planned(files, "F1", "F3").texts.get(PAGE)
        assert after == (page(expected).replace("\n", end) if expected is not None else None)


@pytest.mark.parametrize(
    ("summary", "expected"),
    [("F1-4, P1", None), ("F1-2, P1", "F1, F3, P1"), ("F2", "F1"), ("F1, for F3", "F3, for F2")],
)
def test_a_summary_follows(summary: str, expected: str | None) -> None:
    after = planned({PATH: FEATURE, PAGE: page("- F4. Nodes sleep.", summary)}, "F1", "F3").texts.get(PAGE)
    assert after == (page("- F4. Nodes sleep.", expected) if expected is not None else None)


def test_a_range_of_several_stays_one_where_they_stay_together() -> None:
    plan = planned({PATH: FEATURE, PAGE: page("- F2-4\n- F4. Nodes sleep.")}, "F1", "F4")
    assert plan.texts[PAGE] == page("- F1-3\n- F3. Nodes sleep.")
    assert plan.count == 2


def test_a_compact_deliverable_follows() -> None:
    text = "# Relay\n\n**FURPS**: [Relay](/FURPS/relay.md)\n\n## Deliverables\n\n- Metrics: {} (nwaku)\n"
    plan = planned({PATH: FEATURE, PAGE: text.format("F1-2, F4")}, "F1", "F3")
    assert plan.texts[PAGE] == text.format("F1, F3, F4")


def test_ids_of_other_features_and_categories_stay() -> None:
    files = {PATH: FEATURE, "FURPS/store.md": FEATURE, PAGE: page().replace("/FURPS/relay.md", "/FURPS/store.md")}
    assert set(planned(files, "F1", "F3").texts) == {PATH}


def test_of_two_features_that_is_changed_whose_words_are_quoted() -> None:
    store = "# Store FURPS\n\n## Functionality\n\n1. Nodes store.\n2. Nodes drop.\n"
    line = "- F1. Nodes store.\n- F1. Nodes relay."
    text = page(line).replace("**Feature**: ", "**Feature**: [Store](/FURPS/store.md), ")
    plan = planned({PATH: FEATURE, "FURPS/store.md": store, PAGE: text}, "F1", "F3")
    assert plan.texts[PAGE] == text.replace("F1. Nodes relay.", "F3. Nodes relay.")
    unclear = text.replace("F1. Nodes relay.", "F1")
    with pytest.raises(CannotRun, match=r"draft-roadmap/relay\.md:15:3: F1 can be of another feature, too"):
        planned({PATH: FEATURE, "FURPS/store.md": store, PAGE: unclear}, "F1", "F3")
    broken = text.replace("/FURPS/store.md", "/FURPS/gone.md")
    with pytest.raises(CannotRun, match="can be of another feature"):
        planned({PATH: FEATURE, PAGE: broken}, "F1", "F3")
    for other in ("F4. Nodes sleep.", "all"):
        clear = broken.replace(line, f"- {other}").replace("F1-4", "F4")
        assert set(planned({PATH: FEATURE, PAGE: clear}, "F1", "F3").texts) == {PATH}


def test_a_number_that_is_out_of_order_is_given_that_of_its_place_and_no_other_changes() -> None:
    feature = f"{HEAD}1. Nodes relay.\n2. Nodes count.\n4. Nodes forget.\n"
    plan = planned({PATH: feature, PAGE: page("- F4. Nodes forget.", "F1-2")}, "F4", "F3", renumber=False)
    assert plan.texts == {PATH: feature.replace("4.", "3."), PAGE: page("- F3. Nodes forget.", "F1-2")}
    ids = f"{HEAD}- F1. Nodes relay.\n- F3. Nodes forget.\n"
    assert planned({PATH: ids}, "F3", "F2", renumber=False).texts == {PATH: ids.replace("F3", "F2")}


def test_an_id_below_an_empty_statement_is_not_its_own() -> None:
    feature = f"{HEAD}1. Nodes relay.\n2. Nodes count.\n4.\n\nF4. Of old.\n"
    plan = planned({PATH: feature}, "F4", "F3", renumber=False)
    assert plan.texts == {PATH: feature.replace("4.\n\n", "3.\n\n")}
    assert plan.warnings == (f"{PATH}:9:1: F4 is named here, and left as it is; it may have to be F3",)


def test_an_id_whose_feature_cannot_be_told_is_left_and_told() -> None:
    text = page("- F1. Nodes relay.").replace("](/FURPS/relay.md)", "(/FURPS/relay.md)")
    plan = planned({PATH: FEATURE, PAGE: text}, "F1", "F3")
    (warning,) = plan.warnings
    assert "F1 is named here, and left as it is: its deliverable names no feature that is found" in warning
    assert PAGE in warning
    assert PAGE not in plan.texts


def test_an_id_in_prose_is_left_and_told() -> None:
    feature = FEATURE.replace("Nodes forget.", "Nodes forget, see F1.")
    text = page("- F1. Nodes relay.").replace("# Relay\n", "# Relay\n\nAfter F2 and XF2, F20.\n")
    plan = planned({PATH: feature, PAGE: text}, "F1", "F3")
    assert plan.warnings == (
        "FURPS/relay.md:7:22: F1 is named here, and left as it is; it may have to be F3",
        "draft-roadmap/relay.md:3:7: F2 is named here, and left as it is; it may have to be F1",
    )


@pytest.mark.parametrize(
    ("feature", "old", "new", "words"),
    [
        (FEATURE, "F1", "F1", "the statement is F1 already"),
        (FEATURE, "F1", "F5", "has no place 'F5': it has F1 to F4"),
        (FEATURE, "F1", "P1", "'P1' is no id of F1's category; expected one from F1 to F4"),
        (FEATURE, "F1", "F", "'F' is no id of F1's category"),
        (FEATURE, "F1", "F2x", "'F2x' is no id of F1's category"),
        (FEATURE, "F7", "F1", "has no statement 'F7'"),
        (
            HEAD + "".join(f"{number}. A.\n" for number in range(1, 10)) + "\nThen:\n\n10. B.\n",
            "F9",
            "F10",
            "something stands between F9 and F10",
        ),
        (f"{HEAD}1. A.\n2. B.\n\nThen:\n\n3. C.\n", "F1", "F3", "something stands between F2 and F3"),
        (f"{HEAD}### a\n\n1. A.\n2. B.\n\n### b\n\n3. C.\n", "F3", "F1", "something stands between F2 and F3"),
        (f"{HEAD}1. A.\n2. B.\n2. C.\n", "F1", "F3", "the numbers of `Functionality` are out of order"),
        (f"{HEAD}1. A.\n2. B.\n4. C.\n5. D.\n", "F5", "F3", "the numbers of `Functionality` are out of order"),
        (f"{HEAD}1. A.\n3. B.\n4. C.\n", "F3", "F2", "two statements can be meant by F3"),
        (f"{HEAD}* F1. A.\n\n2)\n", "F1", "F2", "the statements cannot be put in another order; move them by hand"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(feature: str, old: str, new: str, words: str) -> None:
    with pytest.raises(CannotRun, match=words):
        planned({PATH: feature}, old, new)


def test_a_page_that_would_name_other_statements_is_not_written() -> None:
    with pytest.raises(CannotRun, match=r"\Adraft-roadmap/relay\.md:14:3: the ids here cannot be written anew"):
        planned({PATH: FEATURE, PAGE: page("- F1-2 to F4", "F4")}, "F1", "F3")  # `F3 to F4` would be a range


@pytest.mark.parametrize("written", ["F2-1", "F2 to F1", "F1-P2", "F1/F2"])
def test_a_range_that_names_nothing_is_left_and_told(written: str) -> None:
    plan = planned({PATH: FEATURE, PAGE: page(f"- {written}")}, "F1", "F3")
    assert plan.warnings == (f"draft-roadmap/relay.md:14:3: `{written}` names no statement, and is left as it is",)
    assert PAGE not in plan.texts
    assert planned({PATH: FEATURE, PAGE: page(f"- {written}")}, "F3", "F4").warnings == ()


def check_numbers(root: Path, config: Config, every: int = 1) -> int:
    """Move the first statement of each category to the end, and compare what is reported."""
    names = snapshot.paths_below(root)
    data = {name: (root / name).read_bytes() for name in names}
    files = Files(names, {name: SourceFile(name, data[name]) for name in names if Files.wanted(name, config)}, config)

    def found(contents: dict[str, bytes]) -> Counter[tuple[str, str]]:
        documents = {path: text for path, text in contents.items() if config.kind_of(path) is not None}
        return Counter((each.path, each.code) for each in lint_files(documents, config, names=tuple(contents)))

    before = found(data)
    count = 0
    features = [document.path for document in files.project.of_kind("furps") if document.root is not None]
    for path in features[::every]:
        feature = files.feature(path)
        for letter in "FURPS+":
            ids = feature.ids(letter)
            if len(ids) < 2:
                continue
            try:
                plan = plan_renumbering(files, path, ids[0], ids[-1], renumber=True)
            except CannotRun as error:
                if not any(words in str(error) for words in ("out of order", "stands between", "two statements")):
                    raise
                continue
            after = {**data, **{change.path: change.after or b"" for change in changes(files, plan)}}
            assert found(after) == before, (path, ids)
            count += plan.count
    return count


@pytest.mark.parametrize("name", ["clean/sections", "clean/compact", "clean/units"])
def test_other_numbers_in_the_fixtures_change_no_finding(name: str) -> None:
    root = Path(__file__).parent.parent.parent / "fixtures" / name
    assert check_numbers(root, load(root)) > 0


def test_other_numbers_in_waku_pm_change_no_finding(corpus: Path) -> None:
    assert check_numbers(corpus / "waku-pm", preset("waku"), every=12) > 8


# The command


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for path, text in ((PATH, FEATURE), (PAGE, page("- F1. Nodes relay.\n- F3. Nodes forget."))):
        (tmp_path / path).parent.mkdir()
        (tmp_path / path).write_text(text)
    git(tmp_path, "init", "-q")
    commit(tmp_path)
    return tmp_path


def test_others_change_only_if_that_is_allowed(project: Path) -> None:
    before = tree(project)
    done = run("rename", f"{PATH}#F1", "F3", cwd=project)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == ("error: F1 to F3 changes others, too: F2 to F1, F3 to F2; allow that with --renumber\n")
    assert tree(project) == before
    done = run("rename", f"{PATH}#F1", f"{PATH}#F3", "--renumber", cwd=project)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "FURPS/relay.md: F1 is now F3, F2 is now F1, F3 is now F2\n2 references rewritten, 2 files changed\n"
    )
    assert (project / PAGE).read_text() == page("- F3. Nodes relay.\n- F2. Nodes forget.")
    assert "FURPS/relay.md: not committed" not in run("rename", f"{PATH}#F3", "F1", "--diff", cwd=project).stderr


def test_the_diff_of_numbers_changes_nothing(project: Path) -> None:
    done = run("rename", f"{PATH}#F2", "F3", "--renumber", "--diff", cwd=project)
    assert done.returncode == 0
    assert "-2. Nodes count.\n-3. Nodes forget.\n+2. Nodes forget.\n+3. Nodes count.\n" in done.stdout
    assert "-- F3. Nodes forget.\n+- F2. Nodes forget.\n" in done.stdout
    assert git(project, "status", "--porcelain") == ""


def test_a_statement_stays_in_its_file(project: Path) -> None:
    (project / "FURPS" / "store.md").write_text(FEATURE)
    done = run("rename", f"{PATH}#F1", "FURPS/store.md#F2", cwd=project)
    assert (done.returncode, done.stderr) == (
        2,
        "error: FURPS/store.md#F2: a statement stays in its file, FURPS/relay.md\n",
    )


def test_a_range_with_a_link_in_it_is_left_to_a_person() -> None:
    files = {PATH: FEATURE, PAGE: page("- F[1](#a2)-2")}
    with pytest.raises(CannotRun, match=r"`F\[1\]\(#a2\)-2` cannot be written anew"):
        planned(files, "F1", "F4")
