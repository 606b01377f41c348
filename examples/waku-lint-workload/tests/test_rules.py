from waku_lint_workload import RULES

from waku_lint.testing import check_examples, deliverable, lint, milestone


def test_examples() -> None:
    check_examples(RULES)


def test_deliverables_count_wherever_they_are() -> None:
    four = [deliverable(f"Part {number}", "js-waku", issue=number) for number in range(1, 5)]
    pages = {"draft-roadmap/a.md": milestone(*four[:2]), "draft-roadmap/b.md": milestone(*four[2:])}
    (found,) = lint(pages, RULES)
    assert (found.path, found.text) == ("draft-roadmap/b.md", "js-waku")
    assert "js-waku has 4 open deliverables" in found.message
    assert [place.path for place in found.related] == ["draft-roadmap/a.md"] * 2 + ["draft-roadmap/b.md"]
