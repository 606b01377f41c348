"""Edits to texts, and texts to files."""

from __future__ import annotations

import os
import re
import signal
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import posix
from waku_lint.diagnostics import Edit
from waku_lint.errors import CannotRun
from waku_lint.files import writer as writing
from waku_lint.files.writer import Change, apply, create, replace, write
from waku_lint.positions import Span


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ([], "0123456789"),
        ([(2, 4, "xyz")], "01xyz456789"),
        ([(8, 9, "B"), (2, 4, "A")], "01A4567B9"),  # in any order
        ([(2, 4, "A"), (4, 6, "B")], "01AB6789"),  # side by side
        ([(4, 4, "A"), (4, 4, "B"), (4, 5, "C")], "0123ABC56789"),  # what is put in comes first
        ([(0, 0, "A"), (10, 10, "B")], "A0123456789B"),
        ([(0, 10, "")], ""),
    ],
)
def test_edits_are_made_where_they_are_meant(edits: list[tuple[int, int, str]], expected: str) -> None:
    assert apply("0123456789", [Edit(Span(start, end), text) for start, end, text in edits]) == expected


@pytest.mark.parametrize(
    "spans", [[(2, 5), (4, 6)], [(2, 5), (2, 5)], [(2, 6), (3, 3)], [(8, 11)], [(5, 4)], [(-1, 2)]]
)
def test_edits_that_overlap_or_reach_beyond_the_text_raise(spans: list[tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match="overlap"):
        apply("0123456789", [Edit(Span(*span), "x") for span in spans])


@given(st.text(), st.data())
def test_edits_do_the_same_in_whatever_order_they_are_given(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True)))
    edits = [Edit(Span(start, end), f"<{start}>") for start, end in zip(cuts[::2], cuts[1::2], strict=False)]
    expected = text
    for edit in reversed(edits):
        expected = expected[: edit.span.start] + edit.text + expected[edit.span.end :]
    assert apply(text, data.draw(st.permutations(edits))) == expected


def tree(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    (root / "sub").mkdir(parents=True)
    (root / "a.md").write_bytes(b"\xef\xbb\xbfone\r\ntwo\r\n")
    (root / "sub" / "b.md").write_bytes(b"three")
    return root


@posix
def test_bytes_are_written_as_they_are_and_the_mode_is_kept(folder: Path) -> None:
    (folder / "a.md").chmod(0o640)
    write(folder, [Change("a.md", b"\xef\xbb\xbfone\r\ntwo\r\n", b"\xef\xbb\xbfone\r\n2\r\n")])
    assert tree(folder) == {"a.md": b"\xef\xbb\xbfone\r\n2\r\n", "sub/b.md": b"three"}
    assert stat.S_IMODE((folder / "a.md").stat().st_mode) == 0o640


@posix
def test_a_file_is_moved_with_and_without_new_content(folder: Path) -> None:
    (folder / "a.md").chmod(0o755)
    write(folder, [Change("a.md", None, None, "new/deep/a.md"), Change("sub/b.md", b"three", b"3", "b.md")])
    assert tree(folder) == {"b.md": b"3", "new/deep/a.md": b"\xef\xbb\xbfone\r\ntwo\r\n"}
    assert stat.S_IMODE((folder / "new" / "deep" / "a.md").stat().st_mode) == 0o755


@posix
@pytest.mark.parametrize("failing", range(1, 4))
def test_an_error_in_the_middle_leaves_everything_as_it_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    before = tree(folder)
    changes = [
        Change("a.md", before["a.md"], b"1"),
        Change("sub/b.md", before["sub/b.md"], b"3", "new/b.md"),
    ]
    count = 0

    def fails(name: str) -> None:
        real = getattr(os, name)

        def call(*arguments: object) -> object:
            nonlocal count
            count += 1
            if count == failing:
                raise PermissionError(13, "Permission denied", str(arguments[1]))
            return real(*arguments)

        monkeypatch.setattr(writing.os, name, call)  # type: ignore[attr-defined]

    fails("replace")
    fails("rename")
    with pytest.raises(CannotRun, match="cannot be written: Permission denied; nothing was changed"):
        write(folder, changes)
    assert tree(folder) == before
    assert not (folder / "new").exists()


@posix
def test_nothing_is_left_behind_if_new_content_cannot_be_stored(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tree(folder)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing.shutil, "copymode", full)  # type: ignore[attr-defined]
    with pytest.raises(CannotRun, match="a file cannot be written: No space left"):
        write(folder, [Change("a.md", before["a.md"], b"1")])
    assert tree(folder) == before


def test_a_symbolic_link_within_the_project_stays_one(folder: Path) -> None:
    (folder / "link.md").symlink_to("sub/b.md")
    write(folder, [Change("link.md", b"three", b"3")])
    assert (folder / "link.md").is_symlink()
    assert (folder / "sub" / "b.md").read_bytes() == b"3"


@posix
@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change("out.md", b"outside", b"x"), "out.md: leads out of the project"),
        (Change("../outside.md", b"outside", b"x"), "leads out of the project"),
        (Change("a.md", moved="away/a.md"), "away/a.md: leads out of the project"),
        (Change("a.md", moved="../a.md"), "leads out of the project"),
        (Change("a.md", moved="sub/b.md"), "sub/b.md: is there already"),
        (Change("a.md", moved="sub"), "sub: is there already"),
        (Change("a.md", b"other", b"x"), "a.md: has changed in the meantime"),
        (Change("gone.md", b"other", b"x"), "gone.md: has changed in the meantime"),
    ],
)
def test_what_must_not_be_written_is_refused(folder: Path, change: Change, words: str) -> None:
    outside = folder.parent / "outside.md"
    outside.write_bytes(b"outside")
    (folder.parent / "elsewhere").mkdir()
    (folder / "out.md").symlink_to(outside)
    (folder / "away").symlink_to(folder.parent / "elsewhere")
    before = tree(folder.parent)
    with pytest.raises(CannotRun, match=words):
        write(folder, [Change("sub/b.md", b"three", b"3"), change])
    assert tree(folder.parent) == before


@posix
def test_the_file_that_cannot_be_written_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_old: Path, new: Path) -> None:
        raise PermissionError(13, "Permission denied", str(new))

    monkeypatch.setattr(writing.os, "replace", refused)  # type: ignore[attr-defined]
    with pytest.raises(CannotRun, match=r"\Ab\.md cannot be written: Permission denied; nothing was changed\Z"):
        write(folder, [Change("sub/b.md", b"three", b"3")])


@posix
def test_the_file_that_is_to_be_replaced_is_named_not_its_new_content(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(old: Path, new: Path) -> None:
        raise PermissionError(13, "Permission denied", str(old), None, str(new))

    monkeypatch.setattr(writing.os, "replace", refused)  # type: ignore[attr-defined]
    with pytest.raises(CannotRun, match=r"\Ab\.md cannot be written: Permission denied; nothing was changed\Z"):
        write(folder, [Change("sub/b.md", b"three", b"3")])


@pytest.mark.parametrize("refusals", [1, 4, 100])
def test_on_windows_a_file_that_is_open_for_a_moment_is_waited_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch, refusals: int
) -> None:
    replaced = os.replace
    pauses: list[float] = []

    def busy(old: Path, new: Path) -> None:
        if len(pauses) < refusals:
            raise PermissionError(13, "Access is denied", str(old), 5, str(new))
        replaced(old, new)

    monkeypatch.setattr(writing.os, "replace", busy)  # type: ignore[attr-defined]
    monkeypatch.setattr(writing.time, "sleep", pauses.append)  # type: ignore[attr-defined]
    monkeypatch.setattr("sys.platform", "win32")
    if refusals == 100:
        words = r"b\.md cannot be written: Access is denied \(is it read-only, or open in another program\?\); nothing"
        with pytest.raises(CannotRun, match=words):
            write(folder, [Change("sub/b.md", b"three", b"3")])
        with pytest.raises(CannotRun, match=r"b\.md: cannot be written: Access is denied \(is it"):
            replace(folder / "sub" / "b.md", b"3")
    else:
        write(folder, [Change("sub/b.md", b"three", b"3")])
    assert tree(folder)["sub/b.md"] == (b"three" if refusals == 100 else b"3")
    assert not list(folder.rglob("*.tmp"))
    assert pauses == [0.05, 0.1, 0.2, 0.4][:refusals] * (1 + (refusals == 100))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("relay.md", None),
        ("console.md", None),
        (".waku-lint.yaml", None),
        ("Ünï côde.md", None),
        ("CON", "is a device on Windows"),
        ("aux.md", "is a device on Windows"),
        ("com1.tar.gz", "is a device on Windows"),
        ("LPT²", "is a device on Windows"),
        ("nul .md", "is a device on Windows"),
        ("a:b.md", "has ':'"),
        ("what?.md", r"has '\?'"),
        ("a\\b.md", r"has '\\\\'"),
        ("a\x1f.md", r"has '\\x1f'"),
        ("a.", r"has '\.'"),
        ("a ", "has ' '"),
    ],
)
def test_names_that_windows_does_not_allow_are_known(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, words: str | None
) -> None:
    problem = writing.name_problem(name)
    assert problem is None if words is None else re.search(words, str(problem))
    monkeypatch.setattr("sys.platform", "win32")
    before = tree(folder)
    if words is None:
        create(folder / "new" / name, b"x")
        write(folder, [Change("a.md", moved=f"other/{name}")])
        return
    for place in (folder / name, folder / name / "a.md"):
        with pytest.raises(CannotRun, match=words):
            create(place, b"x")
    with pytest.raises(CannotRun, match=words):
        write(folder, [Change("a.md", moved=f"sub/{name}")])
    assert tree(folder) == before


def test_a_folder_that_is_spelled_otherwise_on_disk_is_not_made_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def exists(path: Path) -> bool:  # as where upper and lower case are the same
        return os.path.lexists(path) or path == folder / "SUB"

    monkeypatch.setattr(Path, "exists", exists)
    with pytest.raises(CannotRun, match=r"SUB/new/a\.md: the folder is sub on disk; write it so"):
        write(folder, [Change("a.md", moved="SUB/new/a.md")])


def test_only_the_case_of_a_name_can_change(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = (folder / "a.md").read_bytes()
    (folder / "A.md").hardlink_to(folder / "a.md")  # as where upper and lower case are the same: both names lead to it
    write(folder, [Change("a.md", content, b"new", "A.md")])
    assert (folder / "A.md").read_bytes() == b"new"


def test_content_is_on_the_disk_before_it_has_its_name(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    happened: list[object] = []
    synced, replaced = os.fsync, os.replace

    def fsync(handle: int) -> None:
        happened.append(os.fstat(handle).st_size)
        synced(handle)

    def named(old: Path, new: Path) -> None:
        happened.append(new.name)
        replaced(old, new)

    monkeypatch.setattr(writing.os, "fsync", fsync)  # type: ignore[attr-defined]
    monkeypatch.setattr(writing.os, "replace", named)  # type: ignore[attr-defined]
    write(folder, [Change("sub/b.md", b"three", b"thirty-three")])
    assert happened == [len(b"thirty-three"), "b.md"]


@posix
def test_the_mask_of_new_files_is_afterwards_as_before(folder: Path) -> None:
    before = os.umask(0o027)
    try:
        replace(folder / "c.md", b"four")
        assert os.umask(0o027) == 0o027
    finally:
        os.umask(before)


def test_signals_are_handled_afterwards_as_before(folder: Path) -> None:
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        write(folder, [Change("sub/b.md", b"three", b"3")])
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGTERM, before)


def test_a_new_file_is_made_with_its_folders(folder: Path) -> None:
    create(folder / "new" / "deep" / "c.md", b"four")
    create(folder / "new" / "d.md", b"five")
    assert (folder / "new" / "deep" / "c.md").read_bytes() == b"four"
    assert (folder / "new" / "d.md").read_bytes() == b"five"


def test_what_is_there_is_not_made_anew_be_it_a_link_that_leads_nowhere(folder: Path) -> None:
    (folder / "link.md").symlink_to("gone.md")
    before = tree(folder)
    for name in ("a.md", "sub", "link.md"):
        with pytest.raises(CannotRun, match="is there already; nothing is overwritten"):
            create(folder / name, b"x")
    assert tree(folder) == before
    assert not (folder / "gone.md").exists()


@posix
def test_a_new_file_below_a_file_is_refused(folder: Path) -> None:
    before = tree(folder)
    with pytest.raises(CannotRun, match=r"c\.md: cannot be written: (File exists|Not a directory)"):
        create(folder / "a.md" / "c.md", b"x")
    assert tree(folder) == before


@pytest.mark.parametrize(("options", "through"), [({}, True), ({"through": False}, False)])
def test_a_link_is_written_through_unless_it_is_not_to_be(
    folder: Path, options: dict[str, bool], through: bool
) -> None:
    (folder / "link.md").symlink_to("sub/b.md")
    replace(folder / "link.md", b"3", **options)
    assert (folder / "link.md").is_symlink() is through
    assert tree(folder) == {
        "a.md": b"\xef\xbb\xbfone\r\ntwo\r\n",
        "link.md": b"3",
        "sub/b.md": b"3" if through else b"three",
    }


def test_what_cannot_be_replaced_is_told_and_nothing_is_left_beside_it(folder: Path) -> None:
    before = tree(folder)
    with pytest.raises(CannotRun, match=r"sub: cannot be written: "):
        replace(folder / "sub", b"x")
    assert tree(folder) == before
