"""Fixes to a fixed point: which go together, when it ends, and what a fight leaves behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from waku_lint.diagnostics import Diagnostic, Edit, Fix, Severity
from waku_lint.engine.result import RunResult
from waku_lint.positions import Lines, Span
from waku_lint.session.fixes import MAX_PASSES, Fight, Outcome, choose, fix

Rule = Callable[[Mapping[str, str], str], Iterator[tuple[int, int, str]]]  # the texts and a path, to edits of it


def found(code: str, *edits: tuple[int, int, str], path: str = "a.md", text: str = "", safe: bool = True) -> Diagnostic:
    place = Lines(text).position(edits[0][0])
    mended = Fix(tuple(Edit(Span(start, end), new) for start, end, new in edits), safe)
    return Diagnostic(path, place, place, code, code.lower(), Severity.ERROR, "", mended, (), "")


def run(files: Mapping[str, str], rules: Mapping[str, Rule], *, unsafe: bool = False, wanted: str = "") -> Outcome:
    """Fix files by rules that know no documents: each says what to replace. A code that ends in `u` is not safe."""

    def check(changed: Mapping[str, bytes]) -> RunResult:
        texts = {**files, **{path: data.decode() for path, data in changed.items()}}
        diagnostics = [
            found(code, edit, path=path, text=texts[path], safe=not code.endswith("u"))
            for path in texts
            for code, rule in rules.items()
            for edit in rule(texts, path)
        ]
        return RunResult(tuple(sorted(diagnostics, key=lambda each: each.sort_key)), (), tuple(texts))

    return fix(check, lambda path: files[path].encode(), lambda each: each.path.startswith(wanted), unsafe=unsafe)


def replaces(old: str, new: str) -> Rule:
    def rule(texts: Mapping[str, str], path: str) -> Iterator[tuple[int, int, str]]:
        at = texts[path].find(old)
        while at >= 0:
            yield at, at + len(old), new
            at = texts[path].find(old, at + len(old))

    return rule


def after(outcome: Outcome) -> dict[str, str]:
    return {change.path: (change.after or b"").decode() for change in outcome.changes}


def test_what_begins_first_is_taken_and_then_the_lower_code() -> None:
    early, late, other = found("B", (0, 3, "x")), found("A", (2, 4, "y")), found("C", (9, 9, "z"))
    one, two = found("A", (5, 6, "x")), found("B", (5, 6, "y"))
    for order in permutations([early, late, other, one, two]):
        assert choose(order) == [early, one, other]


def test_a_fix_is_taken_wholly_or_not_at_all() -> None:
    wide = found("A", (0, 1, ""), (20, 21, ""))
    within, across = found("B", (5, 6, "")), found("B", (10, 11, ""), (19, 20, ""))
    assert choose([across, within, wide]) == [wide, within]


@pytest.mark.parametrize(("one", "other"), [((3, 3), (3, 3)), ((3, 3), (3, 5)), ((1, 3), (3, 3)), ((1, 3), (3, 5))])
def test_edits_that_touch_are_made_in_two_passes(one: tuple[int, int], other: tuple[int, int]) -> None:
    assert choose([found("A", (*one, "x")), found("B", (*other, "y"))]) == [found("A", (*one, "x"))]


spans = st.tuples(st.integers(0, 30), st.integers(0, 4)).map(lambda pair: (pair[0], sum(pair), ""))
fixes = st.lists(spans, min_size=1, max_size=3).filter(lambda edits: apart(edits, touching=True))


def apart(edits: list[tuple[int, int, str]], *, touching: bool) -> bool:
    ordered = sorted(edits)
    return all(a[1] < b[0] or (touching and a[1] == b[0]) for a, b in pairwise(ordered))


@given(st.lists(fixes, max_size=12))
def test_what_is_chosen_is_apart_and_what_is_left_is_in_its_way(every: list[list[tuple[int, int, str]]]) -> None:
    diagnostics = [found(f"A{number:02}", *edits) for number, edits in enumerate(every)]
    chosen = choose(diagnostics)
    taken = [[(edit.span.start, edit.span.end, "") for edit in each.fix.edits] for each in chosen if each.fix]
    for one in diagnostics:
        edits = every[int(one.code[1:])]
        clear = all(apart([a, b], touching=False) for other in taken if other != edits for a in edits for b in other)
        assert (one in chosen) == clear or (edits in taken and one not in chosen)


def test_passes_go_on_until_there_is_nothing_to_fix() -> None:
    outcome = run({"a.md": "x 1", "b.md": "y"}, {"A": replaces("1", "2"), "B": replaces("2", "3")})
    assert after(outcome) == {"a.md": "x 3"}
    assert outcome.applied == {("a.md", "A a"): 1, ("a.md", "B b"): 1}
    assert not outcome.result.diagnostics
    assert not outcome.result.crashes


def test_a_fix_of_one_file_matters_to_another() -> None:
    def follows(texts: Mapping[str, str], path: str) -> Iterator[tuple[int, int, str]]:
        if path == "index.md" and texts[path] != texts["page.md"]:
            yield 0, len(texts[path]), texts["page.md"]

    outcome = run({"index.md": "Old", "page.md": "new"}, {"A": follows, "B": replaces("new", "New")})
    assert after(outcome) == {"index.md": "New", "page.md": "New"}


def test_only_what_is_wanted_is_fixed() -> None:
    outcome = run({"a.md": "1", "b.md": "1"}, {"A": replaces("1", "2")}, wanted="b")
    assert after(outcome) == {"b.md": "2"}
    assert [each.path for each in outcome.result.diagnostics] == ["a.md"]


def test_what_is_not_safe_is_counted_and_left() -> None:
    rules = {"A": replaces("1", "2"), "Bu": replaces("x", "y")}
    outcome = run({"a.md": "x1"}, rules)
    assert (after(outcome), outcome.withheld) == ({"a.md": "x2"}, 1)
    outcome = run({"a.md": "x1"}, rules, unsafe=True)
    assert (after(outcome), outcome.withheld) == ({"a.md": "y2"}, 0)


def test_what_is_not_safe_is_counted_only_where_it_is_wanted_and_was_not_asked_for() -> None:
    assert run({"a.md": "x", "b.md": "x"}, {"Au": replaces("x", "y")}, wanted="b").withheld == 1
    rules = {"Au": replaces("yes", "no"), "Bu": replaces("no", "yes")}
    outcome = run({"a.md": "yes"}, rules, unsafe=True)
    assert (fights(outcome), outcome.withheld) == ([("Au au and Bu bu", "a.md")], 0)


def test_changes_come_by_path_whichever_began_first() -> None:
    def follows(texts: Mapping[str, str], path: str) -> Iterator[tuple[int, int, str]]:
        if path == "a.md" and texts["b.md"] == "2":
            yield from replaces("x", "y")(texts, path)

    outcome = run({"a.md": "x", "b.md": "1"}, {"A": follows, "B": replaces("1", "2")})
    assert [change.path for change in outcome.changes] == ["a.md", "b.md"]


@pytest.mark.parametrize(("text", "count"), [("", 1), ("1", 2), ("0", 3)])
def test_a_check_follows_each_pass_and_no_other(text: str, count: int) -> None:
    checked: list[str] = []

    def check(changed: Mapping[str, bytes]) -> RunResult:
        now = changed.get("a.md", text.encode()).decode()
        checked.append(now)
        told = (found("A", (0, 1, str(int(now) + 1))),) if now in ("0", "1") else ()
        return RunResult(told, (), ("a.md",))

    fix(check, lambda _path: text.encode(), lambda _each: True, unsafe=False)
    assert len(checked) == count


def fights(outcome: Outcome) -> list[tuple[str, str]]:
    assert all(isinstance(each.error, Fight) for each in outcome.result.crashes)
    assert {str(each.error) for each in outcome.result.crashes} <= {
        "fixes have no end; the file is left as it was before"
    }
    return [(each.rule, each.path) for each in outcome.result.crashes]


def test_rules_that_undo_each_other_are_named_and_their_file_is_as_before() -> None:
    rules = {"A": replaces("yes", "no"), "B": replaces("no", "yes"), "C": replaces("1", "2")}
    outcome = run({"a.md": "yes 1", "b.md": "1"}, rules)
    assert fights(outcome) == [("A a and B b", "a.md")]
    assert after(outcome) == {"b.md": "2"}
    assert [each.code for each in outcome.result.diagnostics] == ["A", "C"]
    assert outcome.withheld == 0  # they are safe


def test_what_was_fixed_before_the_fight_stays() -> None:
    rules = {"A": replaces("1", "2"), "B": replaces("2", "yes"), "C": replaces("yes", "no"), "D": replaces("no", "yes")}
    outcome = run({"a.md": "1"}, rules)
    assert fights(outcome) == [("C c and D d", "a.md")]
    assert after(outcome) == {"a.md": "yes"}
    assert outcome.applied == {("a.md", "A a"): 1, ("a.md", "B b"): 1}


def test_a_fix_that_changes_nothing_is_a_fight_of_one() -> None:
    outcome = run({"a.md": "x"}, {"A": replaces("x", "x")})
    assert fights(outcome) == [("A a", "a.md")]
    assert not outcome.changes


def test_fights_are_told_by_path_whichever_began_first() -> None:
    def follows(texts: Mapping[str, str], path: str) -> Iterator[tuple[int, int, str]]:
        if path == "a.md" and texts["b.md"] == "no":
            yield from replaces("1", "yes")(texts, path)

    outcome = run({"a.md": "1", "b.md": "yes"}, {"A": follows, "B": replaces("yes", "no"), "C": replaces("no", "yes")})
    assert fights(outcome) == [("B b and C c", "a.md"), ("B b and C c", "b.md")]


@pytest.mark.parametrize("mended", [None, Fix((), safe=True)])
def test_a_finding_without_a_fix_is_left(mended: Fix | None) -> None:
    broken = replace(found("A", (0, 1, "x")), fix=mended)

    def check(changed: Mapping[str, bytes]) -> RunResult:
        text = changed.get("a.md", b"1 2").decode()
        return RunResult((broken, *([found("B", (2, 3, "3"))] if "2" in text else [])), (), ("a.md",))

    outcome = fix(check, lambda _path: b"1 2", lambda _each: True, unsafe=False)
    assert after(outcome) == {"a.md": "1 3"}
    assert (outcome.result.diagnostics, outcome.withheld) == ((broken,), 0)


def grows_at(mark: str) -> Rule:
    def rule(texts: Mapping[str, str], path: str) -> Iterator[tuple[int, int, str]]:
        if mark in texts[path]:
            yield len(texts[path]), len(texts[path]), "+"

    return rule


def test_who_fixes_only_in_the_first_half_of_the_passes_is_not_to_blame() -> None:
    steps = {f"A{at}": replaces("abcde"[at], "bcdef"[at]) for at in range(MAX_PASSES // 2)}
    outcome = run({"a.md": "a"}, {**steps, "B": grows_at("f")})
    assert fights(outcome) == [("B b", "a.md")]
    assert after(outcome) == {"a.md": "f"}


def test_what_can_only_be_fixed_after_the_last_pass_is_told() -> None:
    def follows(texts: Mapping[str, str], path: str) -> Iterator[tuple[int, int, str]]:
        if path == "b.md" and texts["a.md"].count("+") >= MAX_PASSES:
            yield 0, 1, "3"

    outcome = run({"a.md": "1", "b.md": "2"}, {"A": grows_at("1"), "B": follows})
    assert fights(outcome) == [("A a", "a.md")]
    assert after(outcome) == {}


def test_a_fix_without_an_end_is_given_up_after_so_many_passes() -> None:
    def grows(texts: Mapping[str, str], path: str) -> Iterator[tuple[int, int, str]]:
        if "+" in texts[path]:
            yield len(texts[path]), len(texts[path]), "+"

    outcome = run({"a.md": "1 +", "b.md": "1"}, {"A": grows, "B": replaces("1", "2")})
    assert fights(outcome) == [("A a", "a.md")]
    assert after(outcome) == {"b.md": "2"}
    outcome = run({"a.md": "1"}, {"A": grows, "B": replaces("1", "2"), "C": replaces("2", "+")})
    assert fights(outcome) == [("A a", "a.md")]
    assert after(outcome) == {"a.md": "+"}
    assert [each.code for each in outcome.result.diagnostics] == ["A"]


def test_as_many_passes_as_are_allowed_are_enough_for_as_many_steps() -> None:
    steps = {f"A{digit}": replaces(chr(97 + digit), chr(98 + digit)) for digit in range(MAX_PASSES)}
    outcome = run({"a.md": "a"}, steps)
    assert after(outcome) == {"a.md": chr(97 + MAX_PASSES)}
    assert not outcome.result.crashes


def test_what_is_told_of_a_file_whose_fixes_have_no_end_is_of_the_file_as_it_was() -> None:
    """Its text grows with each pass; what has been fixed on the way is as it was, too."""
    outcome = run({"a.md": "ab", "b.md": "b"}, {"A1": replaces("a", "aa"), "B1": replaces("b", "c")})
    assert after(outcome) == {"a.md": "ac", "b.md": "c"} or after(outcome) == {"b.md": "c"}
    text = after(outcome).get("a.md", "ab")
    assert [each.fix.edits[0].span for each in outcome.result.diagnostics if each.fix and each.path == "a.md"] == [
        Span(at, at + 1) for at, letter in enumerate(text) if letter in "ab"
    ]
    assert [(crash.rule, crash.path) for crash in outcome.result.crashes] == [("A1 a1", "a.md")]
