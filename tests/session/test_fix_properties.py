"""What holds for the fixes of all rules, on documents as people leave them: fixtures, bent in many ways.

`WAKU_LINT_FIX_CASES=2000 pytest tests/session/test_fix_properties.py` takes longer and looks further.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from marko.ext.gfm import gfm

from tests.conftest import CHECKOUT
from waku_lint.config.config import Config, load, preset
from waku_lint.diagnostics import Diagnostic
from waku_lint.documents.reader import read_document
from waku_lint.engine import pipeline
from waku_lint.engine.result import RunResult
from waku_lint.files.source import SourceFile
from waku_lint.files.writer import Change, apply
from waku_lint.parsing.limits import LimitError
from waku_lint.parsing.markdown import Block, Markdown
from waku_lint.rules import registry
from waku_lint.rules.active_rule import ActiveRule
from waku_lint.rules.registry import Registry
from waku_lint.session import fixes as fixing

CASES = int(os.environ.get("WAKU_LINT_FIX_CASES", "50"))
many = settings(max_examples=CASES, deadline=None, suppress_health_check=[HealthCheck.too_slow])

# Rules about what the tree of a page is; a fix of any other leaves the tree alone.
ABOUT_THE_TREE = {
    "WL110",  # a heading that is none
    "WL112",  # an empty item
    "WL312",  # a checklist
    "WL313",  # its items
    "WL402",  # sections
    "WL405",  # what is a list
    "WL406",  # what belongs to an item
    "WL407",  # an item that says nothing
    "WL429",  # what is a list
    "WL430",  # items in place of one
}

Files = Mapping[str, bytes]


@dataclass(frozen=True)
class Project:
    """A project that is linted with every rule."""

    files: Files
    config: Config
    registry: Registry
    active: Mapping[str, ActiveRule]

    def check(self, changed: Files, reported: Callable[[str], bool] = lambda _path: True) -> RunResult:
        files = [SourceFile(path, data) for path, data in {**self.files, **changed}.items()]
        return pipeline.run(files, self.config, self.registry, self.active, reported, self.files, parse=_parse)

    def with_files(self, changed: Files) -> Project:
        return replace(self, files={**self.files, **changed})

    def fix(self, path: str = "", *, unsafe: bool = False, without: Collection[str] = ()) -> fixing.Outcome:
        """Fix the document at `path`, or all of them."""

        def wanted(each: Diagnostic) -> bool:
            return each.code not in without and path in ("", each.path)

        def check(changed: Files) -> RunResult:
            return self.check(changed, lambda other: path in ("", other))

        return fixing.fix(check, self.files.__getitem__, wanted, unsafe=unsafe)


_parse = cache(read_document)


@cache
def project(root: Path) -> Project:
    config = load(root)
    rules = registry.load(config, root)
    files = {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}
    return Project(files, config, rules, rules.active(config, ["WL"]))


FIXTURES = CHECKOUT / "fixtures"
DOCUMENTS = [
    (root.relative_to(FIXTURES).as_posix(), path)
    for folder in ("clean", "dirty")
    for root in sorted((FIXTURES / folder).iterdir())
    for path, data in (project(root).files.items() if root.is_dir() else ())
    if project(root).config.kind_of(path) and data == data.decode(errors="ignore").encode()
]

# Lines as they are found in roadmaps, put in wherever it happens.
LINES = (
    "##Docs", "- ", "1. ...", "2.", "* F1", "- F1: text", "- all", "- F1-2", "F2. text", "- F2) A text", "- P1. text",
    "1. A statement (Vac-DST)", "**(Vac-QA)**", "wrapped", "   wrapped", "\t- tab", "| a | b |", "> quoted", "```",
    "**Owner**: core research,, nwaku", "Owner: App/Chat Dev", "**FURPS**:", "**Completion date**: 31 Aug 2025", "---",
    "- achieved:",
    "- _blocker_: none", "## Reliability", "# Store", "## Deliverables", "tags: [a]", "date: 2025-01-01", "tilte: x",
    "- [x](RELAY.md)", "<!-- note -->", "中文 🚀 e\u0301", "\u2028", "\x0b", "\x00",
)  # fmt: skip


@dataclass(frozen=True)
class Bent:
    """A fixture of which one document has another text."""

    root: str
    path: str
    text: str

    @property
    def project(self) -> Project:
        return project(FIXTURES / self.root).with_files({self.path: self.text.encode()})


@st.composite
def bent(draw: st.DrawFn) -> Bent:
    root, path = draw(st.sampled_from(DOCUMENTS))
    lines = project(FIXTURES / root).files[path].decode().splitlines()
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(len(lines) - 1, 0)))
        bend = draw(st.sampled_from(BENDS))
        lines[at : at + 1] = bend(lines[at] if lines else "", draw(st.sampled_from(LINES)))
    return Bent(root, path, "\n".join(lines) + draw(st.sampled_from(["\n", "", "\n\n"])))


BENDS: Sequence[Callable[[str, str], list[str]]] = (
    lambda line, extra: [line, extra],
    lambda line, extra: [line, "", extra],
    lambda _line, extra: [extra],
    lambda _line, _extra: [],
    lambda line, _extra: [line, line],
    lambda line, _extra: [f"  {line}"],
    lambda line, _extra: [line.lstrip(" #-*0123456789.")],
    lambda line, _extra: [line.lower()],
    lambda line, _extra: [line.replace("**", "")],
    lambda line, _extra: [line.rstrip(".:")],
    lambda line, _extra: [f"{line}  "],
    lambda line, _extra: line.split(" ", 3) or [""],
)


# What a message quotes of a document, or how two texts differ, changes with them.
QUOTED = re.compile(r"`[^`]*`|(?<=\): ).*", re.DOTALL)


def told(result: RunResult) -> Counter[tuple[str, str, str]]:
    """How often what is told of which file, in what words of ours."""
    assert not result.crashes, result.crashes
    return Counter((each.path, each.code, QUOTED.sub("``", each.message)) for each in result.diagnostics)


def assert_sound(before: Project, path: str = "", *, unsafe: bool = False) -> tuple[Change, ...]:
    """Safe fixes add no finding, anywhere, and nothing is left for a second time; the changes."""
    outcome = before.fix(path, unsafe=unsafe)
    after = before.with_files({change.path: change.after or b"" for change in outcome.changes})
    new = told(after.check({})) - told(before.check({}))
    if any(rule.startswith("WL107") for _, rule in outcome.applied):  # where a link leads can be looked at now
        new = Counter({key: count for key, count in new.items() if key[1] != "WL212"})
    assert unsafe or not new, (new, outcome.applied)
    assert not after.fix(path, unsafe=unsafe).changes
    return outcome.changes


@given(bent(), st.booleans())
@many
def test_a_fix_adds_no_finding_and_leaves_nothing_to_fix(case: Bent, unsafe: bool) -> None:
    assert_sound(case.project, case.path, unsafe=unsafe)


@given(bent(), st.sampled_from(["\r\n", "\r"]), st.booleans())
@many
def test_line_ends_and_a_byte_order_mark_are_kept(case: Bent, end: str, marked: bool) -> None:
    """With others the same is fixed; so every line end that is there is kept, and one that is added is like them."""

    def other(text: str) -> str:
        return "\ufeff" * marked + text.replace("\n", end)

    def fixed(text: str) -> list[str]:
        return [(each.after or b"").decode() for each in replace(case, text=text).project.fix(case.path).changes]

    assert fixed(other(case.text)) == [other(text) for text in fixed(case.text)]


@given(bent())
@many
def test_a_pass_changes_nothing_but_what_its_edits_cover(case: Bent) -> None:
    found = case.project.check({}, lambda path: path == case.path).diagnostics
    fixes = [each.fix for each in fixing.choose(each for each in found if each.fix and each.path == case.path)]
    edits = sorted((edit for each in fixes for edit in (each.edits if each else ())), key=lambda edit: edit.span)
    after = apply(case.text, edits)
    at = 0  # in the text before
    for edit in edits:
        assert case.text[edit.span.start : edit.span.end] != edit.text, "an edit changes something"
        kept = case.text[at : edit.span.start] + edit.text
        assert after.startswith(kept)
        after, at = after[len(kept) :], edit.span.end
    assert after == case.text[at:]


@pytest.mark.parametrize("unsafe", [False, True])
@pytest.mark.parametrize("root", sorted({root for root, _ in DOCUMENTS}))
def test_the_fixes_of_a_whole_project_are_sound(root: str, unsafe: bool) -> None:
    assert assert_sound(project(FIXTURES / root), unsafe=unsafe) or root.startswith("clean")


Tree = tuple[object, ...]


def tree(blocks: Sequence[Block]) -> Tree:
    """The blocks of a page by kind and level, without their words."""
    return tuple((block.kind, block.level, block.checked, tree(block.children)) for block in blocks)


def tree_of(data: bytes | None) -> Tree:
    try:
        return tree(Markdown((data or b"").decode()).blocks)
    except LimitError:
        return ()


def assert_the_tree_is_kept(outcome: fixing.Outcome) -> None:
    for change in outcome.changes:
        assert tree_of(change.before) == tree_of(change.after), (change.path, outcome.applied)


@given(bent())
@many
def test_a_safe_fix_leaves_the_tree_alone_unless_its_rule_is_about_the_tree(case: Bent) -> None:
    assert_the_tree_is_kept(case.project.fix(case.path, without=ABOUT_THE_TREE))


COMMENT = '<!-- waku-lint: disable-line=WL104 reason="x" -->'
AROUND = (
    "", "A note", "---", "===", "- a", "- b", "  b", "1. a", "    code", "> q", "> - q", "<div>", "</div>", "| a | b |",
    "|---|---|", "## H", "text  ", "*", "#", "text\\", "[a]: b", "```", "lazy",
)  # fmt: skip


@given(
    st.lists(st.sampled_from(AROUND), max_size=4),
    st.sampled_from(("", "  ", "    ", "> ", "- ", "a ", "a", "a *", "* ", "**a**", "## a ", "| a ", "1. ", "a\\ ")),
    st.sampled_from(("", "  ", " ", "b", " b", " b  ", "*b*", " | b |", " * b")),
    st.lists(st.sampled_from(AROUND), max_size=4),
)
@many
def test_a_comment_that_is_taken_out_leaves_the_page_as_it_is(
    above: list[str], before: str, behind: str, below: list[str]
) -> None:
    case = project(FIXTURES / "clean" / "sections")
    text = "\n".join((*above, f"{before}{COMMENT}{behind}", *below)) + "\n"
    path = "draft-roadmap/extra.md"
    with_page = case.with_files({path: text.encode()})
    only = replace(with_page, active={code: each for code, each in case.active.items() if code in ("WL009", "WL104")})
    for change in only.fix(path).changes:
        after = (change.after or b"").decode()
        assert seen(text) == seen(after), (text, after)


def seen(text: str) -> str:
    """What a reader sees of a page: its HTML, without the comment and the blanks that set it off."""
    html = " ".join(str(gfm.convert(text)).replace(COMMENT, " ").split())
    html = re.sub(r" ?(</?[\w/ ]+>) ?", r"\1", html)
    return re.sub(
        r"(?<=<li>)<p>|</p>(?=</li>|<ul>|<ol>)", "", html
    )  # how far apart the items of a list are is no matter


REAL = [("waku-pm", "waku"), ("logos-roadmap-2024", "waku-classic"), ("logos-roadmap-2026", "logos")]


@pytest.mark.parametrize(("name", "process"), REAL if "WAKU_LINT_FIX_CASES" in os.environ else REAL[:1])
def test_the_fixes_of_real_roadmaps_are_sound(corpus: Path, name: str, process: str) -> None:
    config = preset(process)
    rules = registry.load(config, corpus / name)
    case = Project(project(corpus / name).files, config, rules, rules.active(config, ["WL"]))
    assert len(assert_sound(case)) > 10
    assert len(assert_sound(case, unsafe=True)) > 10
    assert_the_tree_is_kept(case.fix(without=ABOUT_THE_TREE))
