"""The kit for authors of rules: examples that fail are told, and documents of a few words are clean."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from waku_lint.documents.model import Milestone
from waku_lint.rules.base import Edit, Example, Finding, Fix, Rule, RuleContext, Severity
from waku_lint.testing import check_examples, deliverable, feature, lint, milestone


def check(page: Milestone, ctx: RuleContext) -> Iterator[Finding]:
    if page.title and page.title.value == "Store":
        yield Finding(page.title.span, "not Relay", Fix((Edit(page.title.span, "Relay"),), safe=True))


RULE = Rule(
    code="OWN001",
    name="is-relay",
    doc="A milestone is called Relay.",
    remedy="Call it so.",
    applies_to=Milestone,
    check=check,
    examples=(Example("# Relay\n"), Example("# Store\n", reports=("Store",), fixed="# Relay\n")),
)


def test_a_rule_that_does_what_its_examples_say_passes() -> None:
    check_examples([RULE])


@pytest.mark.parametrize(
    ("examples", "expected"),
    [
        ((Example("# Relay\n"),), "no example is reported"),
        ((RULE.examples[1],), "no example is clean"),
        ((Example("# Store\n"), *RULE.examples), "example 1: is to report nothing, and reports `Store`"),
        ((*RULE.examples, Example("# X\n", reports=("X",))), "example 3: is to report `X`, and reports nothing"),
        ((*RULE.examples, replace(RULE.examples[1], fixed=None)), "example 3: a finding carries a fix"),
        (
            (*RULE.examples, replace(RULE.examples[1], fixed="# X\n")),
            "example 3: fixed it reads '# Relay\\n', not '# X",
        ),
        ((*RULE.examples, Example("# X\n", path="x.md")), "example 3: its path 'x.md' is of no kind"),
        ((*RULE.examples, Example("# X\n", preset="x")), "an example names the preset 'x'"),
    ],
)
def test_an_example_that_fails_is_told(examples: tuple[Example, ...], expected: str) -> None:
    with pytest.raises(AssertionError) as error:
        check_examples([replace(RULE, examples=examples)])
    assert expected in str(error.value)


def test_a_fix_that_does_not_mend_is_told() -> None:
    def stubborn(page: Milestone, ctx: RuleContext) -> Iterator[Finding]:
        if page.title and page.title.value != "Relay":
            yield Finding(page.title.span, "odd", Fix((Edit(page.title.span, "Stoer"),), safe=True))

    examples = (Example("# Relay\n"), Example("# Store\n", reports=("Store",), fixed="# Stoer\n"))
    with pytest.raises(AssertionError, match="fixed it is still reported"):
        check_examples([replace(RULE, check=stubborn, examples=examples)])


def test_a_rule_that_fails_is_told_by_examples_and_by_lint() -> None:
    def failing(page: Milestone, ctx: RuleContext) -> Iterator[Finding]:
        raise KeyError(page.title)
        yield

    with pytest.raises(AssertionError, match="example 1: the rule failed: KeyError"):
        check_examples([replace(RULE, check=failing)])
    with pytest.raises(AssertionError, match=r"OWN001 is-relay of tests failed on draft-roadmap/a\.md: KeyError"):
        lint({"draft-roadmap/a.md": "# Relay\n"}, [replace(RULE, check=failing)])


def test_lint_runs_the_rules_that_are_given_under_the_projects_configuration() -> None:
    files = {"draft-roadmap/a.md": "# Store\n", ".waku-lint.yaml": "rules: {is-relay: warning}\n"}
    (found,) = lint(files, [RULE])
    assert (found.path, found.start.line, found.start.column, found.severity, found.text) == (
        "draft-roadmap/a.md", 1, 3, Severity.WARNING, "",
    )  # fmt: skip


def test_documents_of_a_few_words_are_clean() -> None:
    files = {
        "draft-roadmap/relay.md": milestone(deliverable(), deliverable("Count", "js-waku", issue=2, done=True)),
        "FURPS/relay.md": feature(),
        "FURPS/README.md": "# Features\n\n- [Relay](relay.md)\n",
        "draft-roadmap/README.md": "# Plan\n\n- [Relay metrics](relay.md)\n",
    }
    assert lint(files) == ()
    page = milestone(deliverable(fields={"Reviewer": "Ana"}), fields={"Risk owner": "Ben"})
    assert "**Reviewer**: Ana" in page
    assert "**Risk owner**: Ben" in page
    assert "1. It sleeps." in feature("Relay", {"P": ["It sleeps."]})
