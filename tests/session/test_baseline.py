"""The baseline as its users have it: old mistakes are quiet, new ones never, and it only shrinks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.command import run
from tests.conftest import CHECKOUT, lint_files
from tests.flows.test_hooks import git
from waku_lint import schema
from waku_lint.config.config import parse as configuration
from waku_lint.diagnostics import Diagnostic, Severity
from waku_lint.errors import ConfigError
from waku_lint.positions import Position
from waku_lint.session.baseline import HEADER, Baseline, Entry, dump, entry_of, load, match, parse

DIRTY = CHECKOUT / "fixtures" / "dirty" / "references"
PAGE = "draft-roadmap/measure_the_water.md"
OTHER = "draft-roadmap/answer_the_alarm.md"
FILE = ".waku-lint-baseline"
PLANTED = "\n\nSee [the notes of nobody]().\n"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """The dirty fixture in a repository of its own, committed with its baseline of 26 entries."""
    root = tmp_path / "plan"
    for source in sorted(DIRTY.rglob("*")):
        if source.is_file():
            target = root / source.relative_to(DIRTY)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())
    git(root, "init", "-q", "-b", "main")
    assert run("baseline", cwd=root).stdout == f"{FILE}: 26 entries, 26 added, 0 removed\n"
    commit(root, "start")
    return root


def commit(root: Path, message: str) -> None:
    git(root, "add", "-A")
    assert git(root, "commit", "-qm", message).returncode == 0


def edit(root: Path, page: str, old: str, new: str) -> None:
    text = (root / page).read_text()
    assert old in text
    (root / page).write_text(text.replace(old, new))


def mend(root: Path, page: str = PAGE) -> None:
    """One mistake of the page less: WL427."""
    edit(root, page, "- F2: ", "- F2. ")


def plant(root: Path, page: str = PAGE) -> None:
    """One mistake of the page more: WL106."""
    (root / page).write_text((root / page).read_text() + PLANTED)


def summary(root: Path, *arguments: str) -> dict[str, int]:
    done = run("check", "--format", "json", *arguments, cwd=root)
    report = json.loads(done.stdout)
    Draft202012Validator(schema.builtin("report")).validate(report)
    counts: dict[str, int] = report["summary"]
    return counts


def told(root: Path, *arguments: str) -> tuple[int, int, int]:
    """How many findings are told, how many are in the baseline, and its stale entries."""
    counts = summary(root, *arguments)
    return counts["errors"] + counts["warnings"], counts["baselined"], counts["stale"]


# What is told.


def test_old_mistakes_are_quiet_and_counted(repository: Path) -> None:
    done = run("check", "--strict", cwd=repository)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "10 documents checked, no findings\n26 findings in .waku-lint-baseline not shown (check --no-baseline)\n"
    )
    assert told(repository) == (0, 26, 0)
    assert told(repository, "--no-baseline") == (26, 0, 0)


def test_the_folder_of_a_baseline_is_made(repository: Path) -> None:
    settings = repository / ".waku-lint.yaml"
    settings.write_text(f"{settings.read_text()}\nbaseline: lint/old/known\n")
    assert run("baseline", cwd=repository).stdout == "lint/old/known: 26 entries, 26 added, 0 removed\n"
    assert run("check", cwd=repository).returncode == 0


def test_a_new_mistake_fails(repository: Path) -> None:
    plant(repository)
    done = run("check", cwd=repository)
    assert done.returncode == 1
    assert "WL106 link-empty" in done.stdout
    assert "1 error in 1 of 10 documents\n26 findings in .waku-lint-baseline" in done.stdout


def test_another_one_of_the_same_words_is_new(repository: Path) -> None:
    plant(repository)
    assert run("baseline", "--force", cwd=repository).stdout == f"{FILE}: 27 entries, 1 added, 0 removed\n"
    plant(repository)
    assert told(repository) == (1, 27, 0)
    run("baseline", "--force", cwd=repository)
    lines = [line for line in (repository / FILE).read_text().splitlines() if "WL106" in line]
    assert len(lines) == 2
    assert len(set(lines)) == 1


def test_what_is_mended_is_told_and_pruned(repository: Path) -> None:
    mend(repository)
    done = run("check", cwd=repository)
    assert done.returncode == 0
    assert done.stdout.endswith("\n1 stale entry in .waku-lint-baseline; waku-lint baseline --prune\n")
    assert run("check", "--strict", cwd=repository).returncode == 1
    plant(repository)
    before = (repository / FILE).read_text().splitlines()
    assert run("baseline", "--prune", cwd=repository).stdout == f"{FILE}: 25 entries, 0 added, 1 removed\n"
    assert [line for line in before if '"WL427"' not in line] == (repository / FILE).read_text().splitlines()
    assert told(repository) == (1, 25, 0)


def test_a_baseline_gets_no_new_findings_unless_it_is_forced(repository: Path) -> None:
    mend(repository)
    plant(repository)
    before = (repository / FILE).read_bytes()
    done = run("baseline", cwd=repository)
    assert done.returncode == 2
    assert f"error: {FILE}: lacks 1 of the findings, the first at {PAGE}:" in done.stderr
    assert (repository / FILE).read_bytes() == before
    assert run("baseline", "--force", cwd=repository).stdout == f"{FILE}: 26 entries, 1 added, 1 removed\n"
    assert told(repository) == (0, 26, 0)


def test_what_is_not_asked_for_is_not_stale(repository: Path) -> None:
    mend(repository)
    assert told(repository, "--select", "WL425") == (0, 1, 0)
    assert told(repository, "--ignore", "WL427") == (0, 25, 0)
    assert told(repository, "--kind", "furps") == (0, 1, 0)
    assert told(repository, OTHER)[2] == 0
    assert told(repository, PAGE)[2] == 1


def test_a_rule_that_is_switched_off_leaves_its_entries_stale(repository: Path) -> None:
    edit(repository, ".waku-lint.yaml", "rules:\n", "rules:\n  WL427: off\n")
    assert told(repository) == (0, 25, 1)


def test_files_that_cannot_be_read_can_be_in_it(tmp_path: Path) -> None:
    (tmp_path / "draft-roadmap").mkdir()
    (tmp_path / "draft-roadmap" / "a.md").write_bytes(b"# \xff\n")
    (tmp_path / "draft-roadmap" / "b.md").write_bytes(b"")
    assert run("baseline", cwd=tmp_path).stdout == f"{FILE}: 2 entries, 2 added, 0 removed\n"
    assert told(tmp_path, "--strict") == (0, 2, 0)


# What it survives.

TITLE = "# Relay\n\n"
MONEY = "## Money\n\nSee [nobody]().\n\n"
PEOPLE = "## People\n\nSee [nobody]().\n\n### Names\n\nSee [someone]().\n"


def links(text: str, path: str = "draft-roadmap/a.md") -> list[Diagnostic]:
    return [each for each in lint_files({path: text}) if each.code == "WL106"]


@pytest.mark.parametrize(
    "text",
    [
        TITLE + PEOPLE + "\n" + MONEY,
        TITLE + "Some prose.\n\n\n" + MONEY + "Some more.\n\n## Places\n\nHere.\n\n" + PEOPLE,
        "# Relay, and store\n\n" + MONEY + PEOPLE,
        "---\ntitle: Relay\n---\n" + TITLE + MONEY + PEOPLE,
        TITLE + MONEY.replace("See", "We saw") + PEOPLE.replace("See", "- now see"),
        (TITLE + MONEY + PEOPLE).replace("\n", "\r\n"),
        "\ufeff" + TITLE + MONEY + PEOPLE,
    ],
    ids=["moved", "inserted", "title", "front matter", "beside", "line ends", "mark"],
)
def test_a_finding_stays_the_same_while_its_section_and_words_do(text: str) -> None:
    entries = [entry_of(each) for each in links(TITLE + MONEY + PEOPLE)]
    assert len(entries) == 3
    found = match(entries, links(text), ["draft-roadmap/a.md"], {})
    assert (len(found.matched), found.stale, found.new) == (3, (), ())


def test_a_neighbour_with_another_heading_changes_nothing() -> None:
    entries = [entry_of(each) for each in links(TITLE + MONEY + PEOPLE)]
    found = match(entries, links(TITLE + MONEY + PEOPLE.replace("People", "Team")), ["draft-roadmap/a.md"], {})
    assert [entry.context for entry, _ in found.matched] == [("Relay", "Money")]
    assert [each.context for each in found.new] == [("Relay", "Team"), ("Relay", "Team", "Names")]


def test_another_item_that_is_missing_is_new(repository: Path) -> None:
    page = "# Relay\n\n## Deliverables\n\n### Metrics\n\n**Checklist**:\n- [ ] Specs: x\n- [ ] Code: x\n- [ ] Docs: x\n"
    before = [each for each in lint_files({PAGE: page}) if each.code == "WL313"]
    after = [each for each in lint_files({PAGE: page.replace("Docs", "Dogfood")}) if each.code == "WL313"]
    assert [each.text for each in (*before, *after)] == ["Metrics: Dogfood", "Metrics: Docs"]
    found = match([entry_of(each) for each in before], after, [PAGE], {})
    assert (len(found.stale), len(found.new)) == (1, 1)


def test_an_index_that_gets_an_entry_lacks_the_same_ones_as_before(repository: Path) -> None:
    index = repository / "draft-roadmap" / "README.md"
    (repository / "draft-roadmap" / "zz.md").write_text((repository / OTHER).read_text())
    run("baseline", "--force", cwd=repository)
    before = told(repository)
    index.write_text(index.read_text() + "\n## Later\n\n- [Tell the Harbour](tell_the_harbour.md)\n")
    assert told(repository) == before


# Files that move.


def test_a_file_that_git_moves_takes_its_entries_along(tmp_path: Path) -> None:
    folder = tmp_path / "draft-roadmap"
    folder.mkdir()
    (folder / "a.md").write_text(TITLE + MONEY + PEOPLE)
    (tmp_path / ".waku-lint.yaml").write_text("rules: {WL601: off}\n")
    git(tmp_path, "init", "-q")
    run("baseline", cwd=tmp_path)
    commit(tmp_path, "start")
    size = told(tmp_path)[1]
    git(tmp_path, "mv", "draft-roadmap/a.md", "draft-roadmap/b.md")
    edit(tmp_path, "draft-roadmap/b.md", "# Relay", "# Store")  # so that git alone knows what it was
    git(tmp_path, "add", "-A")
    for arguments in (["check"], ["check", "--source", "index"], ["check", "--source", "index", "--report", "caused"]):
        done = run(*arguments, cwd=tmp_path)
        assert done.returncode == 0
        assert f"no findings\n{size} findings in {FILE}" in done.stdout
        assert "stale" not in done.stdout
    assert run("baseline", cwd=tmp_path).stdout == f"{FILE}: {size} entries, 0 added, 0 removed\n"
    assert '"draft-roadmap/b.md", "WL106", ["Store", "Money"]' in (tmp_path / FILE).read_text()


def test_without_git_too(tmp_path: Path) -> None:
    old, new = tmp_path / "draft-roadmap" / "old", tmp_path / "draft-roadmap" / "new"
    old.mkdir(parents=True)
    for name in ("a", "b"):  # of one template: all they have wrong is the same
        (old / f"{name}.md").write_text(TITLE + MONEY + PEOPLE)
    run("baseline", cwd=tmp_path)
    size = told(tmp_path)
    old.rename(new)
    assert told(tmp_path) == size
    (new / "c.md").write_text(TITLE + MONEY + PEOPLE)
    assert told(tmp_path)[0] > 0  # of three equal files nobody can tell which one is new
    (new / "c.md").unlink()
    assert run("baseline", cwd=tmp_path).returncode == 0
    assert "old/" not in (tmp_path / FILE).read_text()


def test_the_entries_of_a_deleted_file_are_stale(repository: Path) -> None:
    (repository / "FURPS/application/alarm.md").unlink()
    assert told(repository)[2] >= 1


# Git.


def test_two_branches_that_mend_something_merge(repository: Path) -> None:
    """Whoever mends leaves the file alone; pruning is for afterwards."""
    git(repository, "checkout", "-qb", "one")
    mend(repository)
    commit(repository, "one")
    git(repository, "checkout", "-q", "-b", "other", "main")
    edit(repository, "draft-roadmap/README.md", "30 Nov 2025", "15 Dec 2025")
    edit(repository, PAGE, "[Barometer]", "[Gauge]")
    commit(repository, "other")
    assert git(repository, "merge", "-q", "--no-edit", "one").returncode == 0
    assert told(repository) == (0, 23, 3)
    run("baseline", "--prune", cwd=repository)
    assert told(repository, "--strict")[2] == 0


@pytest.mark.parametrize("union", [False, True])
def test_two_branches_that_prune_merge(repository: Path, union: bool) -> None:
    """By themselves unless the lines that they remove touch; with `merge=union` always."""
    if union:
        (repository / ".gitattributes").write_text(f"{FILE} merge=union\n")
        commit(repository, "attributes")
    git(repository, "checkout", "-qb", "one")
    mend(repository)
    run("baseline", "--prune", cwd=repository)
    commit(repository, "one")
    git(repository, "checkout", "-q", "-b", "other", "main")
    if union:  # the neighbour
        edit(repository, PAGE, "- P1\n", "- P1. A measurement is with its readers within 5 s (**Vac-DST**).\n")
        edit(repository, PAGE, "without tools\n", "without tools.\n")
    else:
        edit(repository, "draft-roadmap/README.md", "[Forecast the tides]", "[Forecast the Tide]")
    done = run("baseline", "--prune", cwd=repository)
    commit(repository, "other")
    assert git(repository, "merge", "-q", "--no-edit", "one").returncode == 0, done.stdout
    assert told(repository)[0] == 0
    run("baseline", "--prune", cwd=repository)
    assert told(repository)[::2] == (0, 0)


def test_a_hook_is_quiet_about_old_mistakes_of_what_it_looks_at(repository: Path) -> None:
    index = {"GIT_INDEX_FILE": ".git/index"}
    edit(repository, PAGE, "## Deliverables", "One more line.\n\n## Deliverables")
    git(repository, "add", "-A")
    assert run("hook", cwd=repository, env=index).stdout == ""
    plant(repository)
    git(repository, "add", "-A")
    done = run("hook", cwd=repository, env=index)
    assert done.returncode == 1
    assert "\n1 error in 1 of 1 document\n26 findings in .waku-lint-baseline" in done.stdout


def test_what_a_change_causes_is_told_but_not_what_is_in_the_baseline(repository: Path) -> None:
    edit(repository, "FURPS/core/gauge.md", "once a minute", "twice a minute")
    git(repository, "add", "-A")
    report = ["--source", "index", "--report", "caused"]
    everything = summary(repository, *report, "--no-baseline")
    counts = summary(repository, *report)
    # Of the two quotations one had drifted before, which is no news with a baseline or without.
    assert everything["errors"] + everything["warnings"] == counts["errors"] + counts["warnings"] == 1
    assert (counts["held_back"], counts["baselined"]) == (0, 26)
    assert told(repository, *report, "--since", "HEAD")[2] == 0


def test_the_baseline_is_that_of_the_state_that_is_checked(repository: Path) -> None:
    (repository / FILE).write_text(f"{HEADER}\n")
    assert told(repository) == (26, 0, 0)
    assert told(repository, "--source", "HEAD") == told(repository, "--source", "index") == (0, 26, 0)


# The file.


def test_it_can_lie_elsewhere(repository: Path) -> None:
    (repository / "lint").mkdir()
    (repository / FILE).rename(repository / "lint" / "known")
    assert told(repository) == (26, 0, 0)
    with (repository / ".waku-lint.yaml").open("a") as file:
        file.write("\nbaseline: lint/known\n")
    assert told(repository) == (0, 26, 0)
    assert run("baseline", cwd=repository).stdout == "lint/known: 26 entries, 0 added, 0 removed\n"


@pytest.mark.parametrize("path", ["../known", "/known", ".", "a/../.."])
def test_it_lies_below_the_root(path: str) -> None:
    with pytest.raises(ConfigError, match=r":1:11: .* is no file below the root"):
        configuration(".waku-lint.yaml", f"baseline: {path}")


ENTRY = '["a.md", "WL106", ["Relay", "Money"], "[nobody]()"]'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "known:1:1: expected the header `# waku-lint baseline 1`"),
        (f"{ENTRY}\n", "known:1:1: expected the header"),
        (f"{HEADER} or so\n", "known:1:1: expected the header"),
        ("# waku-lint baseline 12\n", "known:1:1: is of version 12; this waku-lint reads version 1: update it"),
        ("# waku-lint baseline 2\n", "known:1:1: is of version 2; this waku-lint reads version 1: update it"),
        (f"{HEADER}\n{ENTRY}\nWL106 a.md\n", "known:3:1: is no entry; expected"),
        (f'{HEADER}\n["a.md", "WL106", [], "text"]\n', "known:2:1: is no entry"),
        (f'{HEADER}\n["a.md", "WL106", ["Relay", 7], "text"]\n', "known:2:1: is no entry"),
        (f"{HEADER}\n{'[' * 100_000}\n", "known:2:1: is no entry"),
        (
            f"{HEADER}\n<<<<<<< HEAD\n{ENTRY}\n=======\n>>>>>>> one\n",
            "known:2:1: merge conflict; keep the lines of both",
        ),
    ],
)
def test_a_broken_file_is_told_with_its_line(text: str, words: str) -> None:
    with pytest.raises(ConfigError) as raised:
        parse("known", text)
    assert words in str(raised.value)


def test_a_broken_file_cannot_run(repository: Path) -> None:
    (repository / FILE).write_text(f"{HEADER}\n\nnonsense\n")
    for command in ("check", "hook", "baseline"):
        done = run(command, cwd=repository)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith(f"error: {FILE}:3:1: is no entry")


def test_a_comment_stays_with_the_entry_below_it() -> None:
    other = ENTRY.replace("a.md", "b.md")
    text = f"{HEADER}\r\n# why b\n{other}\n\n# why a\n# and more\n{ENTRY}\n# the end"
    read = parse("known", text)
    assert dump(read) == f"{HEADER}\n# why a\n# and more\n{ENTRY}\n# why b\n{other}\n# the end\n"
    assert dump(Baseline(read.entries[:1], read.comments)) == f"{HEADER}\n# why b\n{other}\n# the end\n"


def test_any_name_and_text_is_read_as_it_was_written() -> None:
    entries = (
        Entry("a b\n.md", "WL106", ("", 'a "quoted" name', "\u2028"), "\\ # [x]"),
        Entry("\udcff.md", "WL001", ("",), "\ufffd"),
    )
    data = dump(Baseline(entries)).encode("utf-8", "surrogateescape")
    assert set(parse("known", data.decode("utf-8", "surrogateescape")).entries) == set(entries)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--prune"], "there is no baseline to prune; `waku-lint baseline` writes one"),
        (["--prune", "--force"], "give one of them"),
    ],
)
def test_what_cannot_be_done_is_said(tmp_path: Path, arguments: list[str], words: str) -> None:
    done = run("baseline", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert words in done.stderr
    assert not (tmp_path / FILE).exists()


def test_carriage_returns_at_the_end_of_a_line_are_none_of_it() -> None:
    """However many there are; each time the file was written a comment would lose one."""
    read = parse("baseline", f"{HEADER}\r\r\n# why\r\r\r\n{ENTRY}\r\r\n")
    assert [each.comments for each in read.entries] == [("# why",)]
    assert parse("baseline", dump(read)) == read


def a_finding(written: str, line: int = 1) -> Diagnostic:
    """`path title/heading text`: what a finding is known by."""
    path, context, text = written.split()
    place = Position(line, 1)
    return Diagnostic(
        path, place, place, "WL106", "a", Severity.ERROR, "", None, (), "", None, None, tuple(context.split("/")), text
    )


def shown(entry: Entry) -> str:
    return " ".join((entry.path, "/".join(entry.context), entry.text))


@pytest.mark.parametrize(
    ("entries", "found", "known", "stale", "new"),
    [
        ([], ["a T/h x"], [], [], ["a T/h x"]),
        (["a T/h x"], [], [], ["a T/h x"], []),
        (["a T/h x"], ["a T/h x", "a T/h x"], ["a T/h x"], [], ["a T/h x"]),
        (["a T/h x", "a T/h x"], ["a T/h x"], ["a T/h x"], ["a T/h x"], []),
        (["a T/h x"], ["a U/h x"], ["a U/h x"], [], []),  # its title may change
        (["a T/h x"], ["a T/i x"], [], ["a T/h x"], ["a T/i x"]),
        (["a T/h x"], ["a T/h y"], [], ["a T/h x"], ["a T/h y"]),
        (["a T/h x"], ["b T/h x"], [], ["a T/h x"], ["b T/h x"]),  # its file is there
        # The file is gone, and nobody knows where to: equal findings of any file.
        (["gone T/h x"], ["b T/h x"], ["b T/h x"], [], []),
        (["gone T/h x"], ["b U/h x"], [], ["gone T/h x"], ["b U/h x"]),  # another title
        (["gone T/h x"], ["a T/h x", "b T/h x"], [], ["gone T/h x"], ["a T/h x", "b T/h x"]),
        (["gone T/h x", "gone T/h x"], ["b T/h x"], ["b T/h x"], ["gone T/h x"], []),
        (["a T/h y", "gone T/h x", "gone T/h x"], ["b T/h x"], ["b T/h x"], ["a T/h y", "gone T/h x"], []),
        (["gone T/h x", "lost T/h x"], ["a T/h x", "b T/h x"], ["a T/h x", "b T/h x"], [], []),
        (["gone T/h x", "a T/h x"], ["a T/h x", "b T/h x"], ["a T/h x", "b T/h x"], [], []),
        # It is known to have another name now: its title may change there as well.
        (["old T/h x"], ["new U/h x"], ["new U/h x"], [], []),
        (["old T/h x"], ["b T/h x"], ["b T/h x"], [], []),
        (["old T/h x"], ["new T/h x", "b T/h x"], ["new T/h x"], [], ["b T/h x"]),
        (["a T/h x"], ["c T/h x", "b T/h y", "b T/h x"], [], ["a T/h x"], ["b T/h y", "b T/h x", "c T/h x"]),
    ],
)
def test_entries_and_findings_belong_together(
    entries: list[str], found: list[str], known: list[str], stale: list[str], new: list[str]
) -> None:
    findings = [a_finding(each, line) for line, each in enumerate(found, 1)]
    matched = match([entry_of(a_finding(each)) for each in entries], findings, ["a", "b", "c", "new"], {"old": "new"})
    assert sorted(shown(entry_of(each)) for _, each in matched.matched) == sorted(known)
    assert sorted(shown(entry) for entry in matched.stale) == stale
    assert [shown(entry_of(each)) for each in matched.new] == new
    assert len({id(each) for _, each in matched.matched} | {id(each) for each in matched.new}) == len(found)


def test_the_entries_of_a_file_that_is_there_stay_with_it_whatever_was_renamed() -> None:
    moved = a_finding("new T/h x")
    matched = match([entry_of(a_finding("old T/h x"))], [moved], ["old", "new"], {"old": "new"})
    assert [shown(each) for each in matched.stale] == ["old T/h x"]
    assert matched.new == (moved,)


def test_a_file_is_read_from_the_disk_or_as_the_configuration_is(tmp_path: Path) -> None:
    assert load(tmp_path, "known") is None
    (tmp_path / "known").write_text(f"{HEADER}\n{ENTRY}\n")
    assert load(tmp_path, "known") == parse("known", f"{HEADER}\n{ENTRY}\n")
    assert load(tmp_path, "known", lambda _path: HEADER.encode()) == Baseline()
    assert load(tmp_path, "known", lambda _path: None) is None
    (tmp_path / "folder").mkdir()
    with pytest.raises(ConfigError, match="folder: is not a regular file"):
        load(tmp_path, "folder")

    def refused(_path: str) -> bytes:
        raise PermissionError(13, "Permission denied")

    with pytest.raises(ConfigError, match="known: cannot be read: Permission denied"):
        load(tmp_path, "known", refused)


def test_the_first_of_equal_findings_is_the_one_that_is_known() -> None:
    first, second = a_finding("a T/h x", 1), a_finding("a T/h x", 2)
    matched = match([entry_of(first)], [first, second], ["a"], {})
    assert [each for _, each in matched.matched] == [first]
    assert matched.new == (second,)


def test_what_is_written_says_what_is_expected_of_a_line() -> None:
    with pytest.raises(ConfigError, match=r"""expected \["path", "code", \["title", "heading", ...\], "text"\]"""):
        parse("known", f"{HEADER}\n7\n")


@pytest.mark.parametrize("end", ["", "\n", "\n\n", " \n\t\n"])
def test_lines_are_sorted_and_blank_ones_left_out(end: str) -> None:
    other = ENTRY.replace("a.md", "b.md")
    read = parse("known", f"{HEADER}\n{other}\n  \n{ENTRY}{end}")
    assert dump(read) == f"{HEADER}\n{ENTRY}\n{other}\n"


def test_an_entry_is_written_in_its_own_letters() -> None:
    entry = Entry("\u4e2d.md", "WL106", ("Caf\u00e9",), "\U0001f3d7")
    assert dump(Baseline((entry,))) == f'{HEADER}\n["\u4e2d.md", "WL106", ["Caf\u00e9"], "\U0001f3d7"]\n'


def test_equal_entries_are_sorted_by_their_comments() -> None:
    read = parse("known", f"{HEADER}\n# b\n{ENTRY}\n# a\n{ENTRY}\n")
    assert dump(read) == f"{HEADER}\n# a\n{ENTRY}\n# b\n{ENTRY}\n"
