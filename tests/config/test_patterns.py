"""Usual patterns of paths match what pathspec says that they match."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pathspec import GitIgnoreSpec

from tests.flows.test_any_input import CASES
from waku_lint.config.config import preset
from waku_lint.config.layers import PRESETS
from waku_lint.config.patterns import Patterns

# What is drawn is short and of few letters, so that much of it matches.
names = st.lists(st.sampled_from(["a", "b", ".md", "*", "?", "[ab]", "-", "é"]), min_size=1, max_size=3).map("".join)
usual = names.filter(lambda name: "**" not in name)
folders = st.lists(st.one_of(st.just("**"), usual), max_size=3)
patterns = st.builds(
    lambda sign, top, above, name: f"{sign}{top}{'/'.join([*above, name])}",
    st.sampled_from(["", "", "!"]), st.sampled_from(["", "/"]), folders, usual,
)  # fmt: skip
paths = st.lists(st.sampled_from(["a", "b", "ab", "a.md", "b.md", "A", "-", "é", ".md"]), min_size=1, max_size=4).map(
    "/".join
)


def pathspec(texts: list[str], path: str) -> tuple[bool, int | None]:
    """What pathspec says: whether the patterns match, and which of them decides."""
    anchored = [f"{'!' * text.startswith('!')}/{text.removeprefix('!').removeprefix('/')}" for text in texts]
    found = GitIgnoreSpec.from_lines(anchored).check_file(path)
    return bool(found.include), found.index


@settings(max_examples=CASES)
@given(st.lists(patterns, min_size=1, max_size=4), paths)
@example(["a", "!a/b"], "a/b")
@example(["!a/b", "a"], "a/b")
@example(["a", "!a"], "a/b")
@example(["**/*"], "a/b")
@example(["**/**/a"], "b/b/a")
@example(["a/**/**/b"], "a/b")
def test_usual_patterns_decide_as_pathspec_does(texts: list[str], path: str) -> None:
    ours = Patterns(tuple(texts))
    assert ours._usual is not None
    assert (ours.match(path), ours.deciding(path)) == pathspec(texts, path)


@pytest.mark.parametrize("name", PRESETS)
def test_those_of_presets_are_usual(name: str) -> None:
    assert all(kind.patterns._usual is not None for kind in preset(name).kinds)


@pytest.mark.parametrize("text", ["a/", "a/**", "**", "a**b", "a b", "[!a]", "[a-z]", "a\\*", "a//b", "#a", "[a", "a]"])
def test_others_are_left_to_pathspec(text: str) -> None:
    ours = Patterns((text,))
    assert ours._usual is None
    for path in ("a", "a/b", "a/b/c", "ab", "a b", "b", "a*", "#a"):
        assert (ours.match(path), ours.deciding(path)) == pathspec([text], path)


def test_no_patterns_match_nothing() -> None:
    assert (Patterns(()).match("a"), Patterns(()).deciding("a")) == (False, None)
