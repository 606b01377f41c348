"""Paths as they are given, and as the project has them."""

from __future__ import annotations

from pathlib import Path

import pytest

from waku_lint.errors import CannotRun
from waku_lint.files.snapshot import relative, resolved, spelled


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "furps" / "Core").mkdir(parents=True)
    (tmp_path / "furps" / "Core" / "relay.md").write_text("# Relay\n")
    return tmp_path


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("furps/Core/relay.md", "furps/Core/relay.md"),
        ("FURPS/core/Relay.MD", "furps/Core/relay.md"),
        ("FURPS", "furps"),
        ("furps/CORE/other.md", "furps/Core/other.md"),
        ("gone/a.md", "gone/a.md"),
        (".", "."),
    ],
)
def test_a_path_is_spelled_as_on_disk(root: Path, given: str, expected: str) -> None:
    assert spelled(root, given) == expected


def test_two_files_that_differ_in_case_are_two(root: Path) -> None:
    (root / "furps" / "Core" / "Relay.md").write_text("# Relay\n")
    for name in ("relay", "Relay"):
        assert spelled(root, f"furps/Core/{name}.md") == f"furps/Core/{name}.md"


def test_a_path_that_is_given_in_other_case_is_the_file_of_the_project(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = root / "furps" / "core" / "RELAY.md"
    with pytest.raises(CannotRun, match="no such file or folder"):
        relative(root, [given])
    exists = Path.exists
    monkeypatch.setattr(Path, "exists", lambda path: path == given or exists(path))  # as on Windows and macOS
    assert relative(root, [given]) == ("furps/Core/relay.md",)
    assert relative(root, [given], lambda _name: True) == ("furps/core/RELAY.md",)


@pytest.mark.parametrize(
    ("full", "expected"),
    [
        ("\\\\?\\C:\\roadmap\\a.md", "C:\\roadmap\\a.md"),
        ("\\\\?\\UNC\\server\\share\\a.md", "\\\\server\\share\\a.md"),
        ("\\\\server\\share\\a.md", "\\\\server\\share\\a.md"),
        ("C:\\roadmap", "C:\\roadmap"),
        ("/roadmap/a.md", "/roadmap/a.md"),
    ],
)
def test_the_prefix_of_long_paths_of_windows_is_removed(
    monkeypatch: pytest.MonkeyPatch, full: str, expected: str
) -> None:
    monkeypatch.setattr(Path, "resolve", lambda _path: full)
    assert str(resolved(Path("a"))) == expected
