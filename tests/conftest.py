"""What tests share: a way to lint texts, and the corpus where it is there."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import cache as cached
from functools import lru_cache
from pathlib import Path

import pytest
from filelock import FileLock
from msgspec.structs import replace

from waku_lint.config.config import Config, preset
from waku_lint.diagnostics import Diagnostic
from waku_lint.documents.reader import read_document
from waku_lint.engine import pipeline
from waku_lint.files import cache
from waku_lint.files.source import SourceFile
from waku_lint.parsing.limits import DEFAULTS, Limits
from waku_lint.rules import active_rule, registry

CHECKOUT = Path(__file__).parent.parent
CORPUS = CHECKOUT.parent / "shared" / "corpus"

posix = pytest.mark.skipif(sys.platform == "win32", reason="is about modes, errors or pipes of POSIX")

# Tests of pipes, limits and pseudo-terminals, which Windows does not have.
collect_ignore = ["cli/test_progress.py", "flows/test_interruption.py"] if sys.platform == "win32" else []

Lint = Callable[..., list[Diagnostic]]


def lint_files(
    files: Mapping[str, str | bytes], config: Config | None = None, names: Iterable[str] = ()
) -> list[Diagnostic]:
    """All diagnostics of a project of these files, and others of these names; a crash of a rule fails the test."""
    return _lint(files, names, *(_preset("waku", DEFAULTS) if config is None else _active(config)))


parse_once = lru_cache(1000)(read_document)  # for tests that check the same documents many times
Active = tuple[Config, registry.Registry, Mapping[str, active_rule.ActiveRule]]


def _active(config: Config) -> Active:
    rules = registry.load(config, CHECKOUT)
    return config, rules, rules.active(config)


@cached
def _preset(name: str, limits: Limits) -> Active:
    return _active(replace(preset(name), limits=limits))


def _lint(
    files: Mapping[str, str | bytes],
    names: Iterable[str],
    config: Config,
    rules: registry.Registry,
    active: Mapping[str, active_rule.ActiveRule],
) -> list[Diagnostic]:
    sources = [SourceFile(path, text.encode() if isinstance(text, str) else text) for path, text in files.items()]
    result = pipeline.run(sources, config, rules, active, names=[*files, *names], parse=parse_once)
    assert not result.crashes, result.crashes
    return list(result.diagnostics)


def _no_network(event: str, arguments: tuple[object, ...]) -> None:
    # pytest's own processes and pre-commit talk to each other, but to no other machine.
    if event == "socket.__new__" and arguments[1] in (socket.AF_INET, socket.AF_INET6):
        raise AssertionError("no test talks to a network")
    if event in ("socket.getaddrinfo", "socket.gethostbyname"):
        raise AssertionError(f"no test talks to a network: {arguments[0]}")


sys.addaudithook(_no_network)
# What tests start is held to that as well.
_PATHS = [str(Path(__file__).parent / "offline"), *filter(None, [os.environ.get("PYTHONPATH")])]
os.environ["PYTHONPATH"] = os.pathsep.join(_PATHS)


@pytest.fixture(autouse=True)
def _nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The tests are run on GitHub, too, where `check` would annotate; and what one has cached is not another's."""
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def lint() -> Lint:
    """`lint(text, path=..., preset_name=..., limits=...) -> diagnostics`."""

    def run(
        text: str | bytes,
        path: str = "draft-roadmap/relay.md",
        preset_name: str = "waku",
        limits: Limits = DEFAULTS,
    ) -> list[Diagnostic]:
        return _lint({path: text}, (), *_preset(preset_name, limits))

    return run


Once = Callable[[str, Callable[[Path], None]], Path]


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """`once(name, make) -> folder`: a folder that `make` fills, one for all processes of this test run."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def made(name: str, make: Callable[[Path], None]) -> Path:
        folder = shared / "once" / name
        folder.parent.mkdir(exist_ok=True)
        with FileLock(f"{folder}.lock"):
            if not Path(f"{folder}.made").exists():
                folder.mkdir()
                make(folder)
                Path(f"{folder}.made").touch()
        return folder

    return made


@pytest.fixture(scope="session")
def corpus() -> Path:
    if not CORPUS.is_dir():
        pytest.skip("the corpus of real documents is not beside this checkout")
    return CORPUS


def covered(text: str, each: Diagnostic) -> str:
    """The text from a diagnostic's start to its end, found by line and column as an editor would."""
    lines = [*_lines(text)]
    start = lines[each.start.line - 1][0] + each.start.column - 1
    end = lines[each.end.line - 1][0] + each.end.column - 1
    return text[start:end]


def _lines(text: str) -> list[tuple[int, str]]:
    """Each line with the offset it starts at, by a method of its own."""
    found: list[tuple[int, str]] = []
    at = 1 if text.startswith("\ufeff") else 0
    current = at
    while current < len(text):
        if text[current] in "\r\n":
            found.append((at, text[at:current]))
            current += 2 if text[current : current + 2] == "\r\n" else 1
            at = current
        else:
            current += 1
    found.append((at, text[at:]))
    return found
