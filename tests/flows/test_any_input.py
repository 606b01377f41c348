"""Whatever is typed: nothing fails, every position is one, and a line more moves findings by a line.

`WAKU_LINT_CASES=10000 pytest tests/flows/test_any_input.py` draws more documents, and cuts every file at every line.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.conftest import CHECKOUT, CORPUS
from tests.session.test_fix_properties import DOCUMENTS, FIXTURES, Bent, bent, project
from waku_lint.cli.options import FORMATS
from waku_lint.config.config import Config, preset
from waku_lint.documents.reader import read_document
from waku_lint.engine import incremental, pipeline
from waku_lint.engine.result import RunResult
from waku_lint.files.cache import Cache, open_cache
from waku_lint.files.source import SourceFile
from waku_lint.reporters import reporter
from waku_lint.reporters.context import Context
from waku_lint.rules import registry
from waku_lint.rules.registry import Registry
from waku_lint.session import fixes

CASES = int(os.environ.get("WAKU_LINT_CASES", "250"))
EVERY_LINE = CASES > 500
some = settings(max_examples=CASES // 3, deadline=None, suppress_health_check=[HealthCheck.too_slow])

PATHS = (
    "draft-roadmap/relay.md",
    "draft-roadmap/README.md",
    "FURPS/core/relay.md",
    ".github/ISSUE_TEMPLATE/task.md",
    ".github/ISSUE_TEMPLATE/task.yml",
    "updates/2025-01-06.md",
)
PIECES = (
    b"# ", b"## Deliverables\n", b"### ", b"- ", b"- [ ] ", b"1. ", b"> ", b"|", b"|-|-|\n", b"**", b"_", b"`", b"[",
    b"](", b")", b"<", b">", b"<!-- ", b" -->", b"waku-lint: disable=WL203 ", b"---\n", b"---\ntitle: ", b": ",
    b"\n", b"\n\n", b"\r\n", b"\r", b"\t", b"    ", b"\\", b"&amp;", b"http://a.b/", b"Owner", b"**FURPS**:", b"F1",
    b"F1-3.", b"30 Sep 2025", b"\xef\xbb\xbf", b"\xe2\x80\xa8", b"\xff", b"\xed\xa0\x80", b"\x00", b"\x0c",
    b"\xf0\x9f\x8f\x97\xef\xb8\x8f", b"e\xcc\x81", b"a", b"*id001", b"&a ", b"{", b"}", b"? ", b"!x ", b"'", b'"',
    b"```\n",
)  # fmt: skip
soup = st.lists(st.one_of(st.sampled_from(PIECES), st.binary(max_size=6)), max_size=40).map(b"".join)


@cache
def _rules(name: str = "waku") -> tuple[Config, Registry]:
    config = preset(name)
    return config, registry.load(config, Path())


def check(files: Mapping[str, bytes], name: str = "waku") -> RunResult:
    """Check a project with every rule, and look at each position with eyes of our own."""
    config, rules = _rules(name)
    sources = [SourceFile(path, data) for path, data in files.items()]
    result = pipeline.run(sources, config, rules, rules.active(config, ["WL"]), names=files, parse=read_document)
    assert not result.crashes, result.crashes
    for each in result.diagnostics:
        lines = re.split("\r\n|\r|\n", result.texts[each.path].removeprefix("\ufeff"))
        assert (1, 1) <= (each.start.line, each.start.column) <= (each.end.line, each.end.column), each
        assert each.end.line <= len(lines), each
        assert each.start.column <= len(lines[each.start.line - 1]) + 1, each
        assert each.end.column <= len(lines[each.end.line - 1]) + 1, each
        assert each.source_line == lines[each.start.line - 1], each
    return result


def through(files: Mapping[str, bytes]) -> None:
    """All the way: checked, reported in every format, fixed, and reported again."""
    _, rules = _rules()
    result = check(files)
    outcome = fixes.fix(lambda changed: check({**files, **changed}), files.__getitem__, lambda _each: True, unsafe=True)
    assert not outcome.result.crashes, outcome.result.crashes
    for told in (result, outcome.result):
        for statistics in (False, True):
            context = Context(statistics, strict=True, rules=lambda: rules.rules)
            assert all(reporter(form)(told, context).endswith("\n") or form == "github" for form in FORMATS)


@given(bent())
@some
def test_a_document_as_people_leave_them_goes_all_the_way(case: Bent) -> None:
    through({case.path: case.text.encode()})


@given(soup, st.sampled_from(PATHS))
@some
@example(b"# Relay\n\n```\n\xff", "draft-roadmap/relay.md")
def test_bytes_of_any_kind_go_all_the_way(data: bytes, path: str) -> None:
    through({path: data})


@given(bent(), st.data())
@some
def test_a_blank_line_more_moves_what_is_below_by_a_line(case: Bent, data: st.DataObject) -> None:
    """Where there is one already it has no meaning."""
    blank = [match.start() for match in re.finditer(r"(?<=\n)\n", case.text)]
    if not blank:
        return
    at = data.draw(st.sampled_from(blank))
    line = case.text.count("\n", 0, at) + 1  # the blank line's own number
    more = f"{case.text[:at]}\n{case.text[at:]}"

    def told(text: str, moved: int) -> list[tuple[object, ...]]:
        found = check({case.path: text.encode()}).diagnostics
        return sorted(
            (
                each.code,
                each.message,
                each.start.line + (moved if each.start.line > line else 0),
                each.start.column,
                each.end.line + (moved if each.end.line > line else 0),
            )
            for each in found
        )

    assert told(more, 0) == told(case.text, 1)


@cache
def _cache() -> Cache:
    opened = open_cache()
    assert opened is not None
    return opened


pages = st.one_of(
    bent().map(lambda case: (case.path, case.text.encode())),
    st.tuples(st.sampled_from(PATHS), soup),
)


@given(st.lists(pages, min_size=1, max_size=3).map(dict), st.integers(2, 3))
@settings(some, max_examples=CASES // 10)
def test_what_is_known_and_how_many_processes_read_makes_no_difference(files: dict[str, bytes], processes: int) -> None:
    config, rules = _rules()
    active = rules.active(config, ["WL"])
    sources = [SourceFile(path, data) for path, data in files.items()]
    run = partial(pipeline.run, sources, config, rules, active, names=files, parse=read_document)
    one = run()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(incremental, "FEW", 1)
        patched.setattr(incremental, "LITTLE", 1)
        assert run(processes=processes) == one
        assert run(processes=processes, store=_cache()) == one
    assert run(store=_cache()) == one


def beginnings(data: bytes, chance: random.Random) -> list[bytes]:
    """What a file has been while it was typed, line by line; a few of them, unless all are wanted."""
    lines = data.splitlines(keepends=True)
    found = [b"".join(lines[:count]) for count in range(1, len(lines))]
    found += [each[: -chance.randint(1, 4)] for each in found]
    return found if EVERY_LINE else chance.sample(found, min(len(found), 4))


@pytest.mark.parametrize("root", sorted({root for root, _ in DOCUMENTS}))
def test_every_beginning_of_a_fixture_can_be_checked(root: str) -> None:
    chance = random.Random(root)
    for path, data in project(FIXTURES / root).files.items():
        for beginning in beginnings(data, chance):
            check({path: beginning})


@pytest.mark.parametrize("number", range(50))
def test_every_beginning_of_a_real_document_can_be_checked(number: int) -> None:
    files = [path for name in ("waku-pm", "logos-roadmap-2024") for path in sorted((CORPUS / name).rglob("*.md"))]
    if not files:
        pytest.skip("the corpus of real documents is not beside this checkout")
    path = random.Random(7).sample(files, 50)[number]
    name = "draft-roadmap/page.md" if number % 2 else "FURPS/core/page.md"
    for beginning in beginnings(path.read_bytes(), random.Random(number)):
        check({name: beginning})


def test_the_documents_of_this_repository_can_be_checked() -> None:
    for path in (*CHECKOUT.glob("*.md"), *(CHECKOUT / "docs").glob("*.md")):
        for name in PATHS:
            check({name: path.read_bytes()})
