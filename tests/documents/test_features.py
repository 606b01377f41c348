"""How feature files are read, and what is reported of them."""

from __future__ import annotations

import pytest

from tests.conftest import covered, lint_files
from waku_lint.config.config import parse, preset
from waku_lint.diagnostics import Diagnostic
from waku_lint.documents.model import FurpsSet
from waku_lint.documents.reader import read_document
from waku_lint.files.source import SourceFile

PATH = "FURPS/core/relay.md"
TITLE = "# Relay FURPS\n\n"
F = f"{TITLE}## Functionality\n\n"
P = f"{TITLE}## Performance\n\n"
R = f"{TITLE}## Reliability\n\n"
ALL = f"{F}## Usability\n\n## Reliability\n\n## Performance\n\n## Supportability\n\n## + (Privacy)\n\n1. So.\n"
PLUS = "## + (Privacy, Anonymity, Censorship-Resistance, Deployments)"


def found(text: str, code: str, preset_name: str = "waku") -> list[Diagnostic]:
    return [each for each in lint_files({PATH: text}, preset(preset_name)) if each.code == code]


def told(text: str, code: str) -> list[str]:
    return [covered(text, each) for each in found(text, code)]


def fixed(text: str, code: str) -> str:
    edits = [edit for each in found(text, code) if each.fix for edit in each.fix.edits]
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def read(text: str) -> FurpsSet:
    root = read_document(SourceFile(PATH, text.encode()), "furps").root
    assert isinstance(root, FurpsSet)
    return root


@pytest.mark.parametrize(
    ("title", "mended"),
    [
        ("# Store\n", "# Store FURPS\n"),
        ("# Store ##\r\n", "# Store FURPS ##\r\n"),
        ("Store\n=====\n", "Store FURPS\n=====\n"),
        ("# 存储\n", "# 存储 FURPS\n"),
        ("# `libwaku`\n", None),
        ("# **Store**\n", None),
        ("## Functionality\n", None),
        ("# Functionality\n\n1. Stores.\n\n# Notes\n", None),
    ],
)
def test_a_title_without_furps_is_mended_where_it_is_plain(title: str, mended: str | None) -> None:
    assert len(found(title, "WL401")) == 1
    assert fixed(title, "WL401") == (mended or title)


@pytest.mark.parametrize(
    "title",
    ["# Store Furps\n", "# FURPS of the store\n", "---\ntitle: Store\n---\n\n## Notes\n", "# {Feature Name}\n"],
)
def test_a_title_may_say_furps_anywhere_and_stand_in_the_front_matter(title: str) -> None:
    assert told(title, "WL401") == []


def test_a_heading_below_the_sections_is_no_title() -> None:
    assert read("## Functionality\n\n1. Relays.\n\n## Dependencies\n").title is None


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("", "", []),
        ("## Performance", "## **Performance**", []),
        ("## Performance", "# Performance: all", []),
        ("## Performance", "## Perfomance:", ["Perfomance:"]),
        ("## Performance", "## Performance and size", ["Performance and size"]),
        ("## Performance", "**Performance:**", ["**Performance:**"]),
        ("## Performance", "### Performing\n\n**Well**", ["Relay FURPS"]),
        ("## + (Privacy)", "## Plus", ["Plus"]),
        ("## + (Privacy)", "## Dependencies", ["Relay FURPS"]),
        ("## Reliability\n\n## Performance", "## Performance", ["Relay FURPS"]),
    ],
)
def test_a_missing_section_is_told_at_the_title_or_where_it_seems_to_be(old: str, new: str, where: list[str]) -> None:
    assert told(ALL.replace(old, new) if old else ALL, "WL402") == where


@pytest.mark.parametrize("missing", ["## Performance\n\n", "## Usability\n\n## Reliability\n\n", f"{PLUS}\n"])
def test_a_missing_section_gets_its_place(missing: str) -> None:
    whole = ALL.replace("## + (Privacy)\n\n1. So.\n", f"{PLUS}\n")
    without = whole.replace(missing, "").rstrip("\n") + "\n"
    assert fixed(without, "WL402") == whole


def test_the_last_section_gets_its_place_before_what_is_none() -> None:
    text = ALL.replace("## + (Privacy)", "## Dependencies")
    assert fixed(text, "WL402") == text.replace("## Dependencies", f"{PLUS}\n\n## Dependencies")


def test_a_missing_section_gets_the_line_ends_and_hashes_of_the_others() -> None:
    text = (
        "# Functionality\r\n\r\n1. Relays.\r\n\r\n# Usability\r\n\r\n# Performance\r\n\r\n# Supportability\r\n\r\n# +"
    )
    assert fixed(text, "WL402") == text.replace("# Performance", "# Reliability\r\n\r\n# Performance")


def test_sections_without_order_get_no_heading() -> None:
    text = f"{R}## Functionality\n\n1. Relays.\n"
    assert [each.fix for each in found(text, "WL402")] == [None]


def test_a_process_can_do_without_a_section() -> None:
    config = parse(".waku-lint.yaml", "rules: {furps-section-missing: {sections: [F, U, R, P, S]}}")
    text = ALL[: ALL.index("## +")]
    assert [each.code for each in lint_files({PATH: text}, config) if each.code == "WL402"] == []


@pytest.mark.parametrize(
    ("order", "out"),
    [
        ("FURPS+", ""),
        ("FRPS", ""),
        ("FRUPS+", "U"),
        ("PFURS+", "P"),
        ("FUPSR+", "R"),
        ("+FURPS", "+"),
        ("FURPSF", ""),
        ("SF", "F"),
    ],
)
def test_only_the_section_out_of_order_is_told(order: str, out: str) -> None:
    names = {"F": "Functionality", "U": "Usability", "R": "Reliability", "P": "Performance", "S": "Supportability"}
    text = "".join(f"## {names.get(letter, letter)}\n\n1. Is so.\n\n" for letter in order)
    assert told(TITLE + text, "WL403") == [names.get(letter, letter) for letter in out]


@pytest.mark.parametrize(
    ("items", "where"),
    [
        ("1. a\n1. b\n1. c\n", []),
        ("1. a\n\n1. b\n\n   more\n\n1. c\n", []),
        ("1. a\n   - note\n1. b\n", []),
        ("1. a\n\ntext\n\n1. b\n\ntext\n\n1. c\n", ["1.", "1."]),
        ("1. a\n1. b\n\ntext\n\n1. c\n1. d\n", ["1."]),
        ("1. a\n\n- note\n\n1. b\n", ["1."]),
        ("1. a\n<!-- later -->\n1. b\n", ["1."]),
        ("1. a\n\ntext\n\n2. b\n", []),
        ("1. a\n1. b\n\n### More\n\n1. c\n1. d\n", []),
        ("- F1. a\n- F1. b\n", ["F1."]),
    ],
)
def test_a_list_of_ones_counts_on_until_something_ends_it(items: str, where: list[str]) -> None:
    assert told(F + items, "WL404") == where


@pytest.mark.parametrize(
    ("items", "where", "mended"),
    [
        ("- P1. a\n- P2. b\n", ["- P1.", "- P2."], "1. a\n2. b\n"),
        ("* P1: a\r\n", ["* P1:"], "1. a\r\n"),
        ("1. a\n- P2. b\n", ["- P2."], "1. a\n2. b\n"),
        ("- F1. a\n", ["- F1."], None),
        ("- P1. a\n  - sub\n", ["- P1."], None),
        ("- **P1.** a\n", ["- **P1."], None),
        ("- a\n- b\n", [], None),
        ("- P1 a\n", [], None),
        ("1. P1. a\n", [], None),
        ("P1. a\nP2. b\n\n**P3.** c\n", ["P1.", "P2.", "**P3."], None),
        ("A line that wraps before\nP1. and goes on.\n", [], None),
        ("F1. a\n", [], None),
        ("> P1. a\n", [], None),
        ("```\nP1. a\n```\n\n<!--\n\nP1. a\n-->\n", [], None),
        ("1. a\n\n   P1. b\n", [], None),
        ("| P1. a |\n|---|\n| P2. b |\n", [], None),
    ],
)
def test_a_statement_is_a_numbered_item(items: str, where: list[str], mended: str | None) -> None:
    assert told(P + items, "WL405") == where
    assert fixed(P + items, "WL405") == P + (mended or items)


@pytest.mark.parametrize(
    ("items", "where", "mended"),
    [
        ("1. a\nb\n", ["b"], "1. a\n   b\n"),
        ("1. a\r\nb\r\nc\r\n", ["b"], "1. a\r\n   b\r\n   c\r\n"),
        ("1. a\n   b\nc\n2. d\ne\n", ["c", "e"], "1. a\n   b\n   c\n2. d\n   e\n"),
        (" 1. a\n b\n", ["b"], " 1. a\n    b\n"),
        ("10.  a\nb\n", ["b"], "10.  a\n     b\n"),
        ("1. a\n   - b\nc\n", ["c"], "1. a\n   - b\n   c\n"),
        ("- P1. a\nb\n", ["b"], "- P1. a\n  b\n"),
        ("1. a\n延续\n", ["延续"], "1. a\n   延续\n"),
        ("1. a\n b\n", [], None),
        ("1. a\n\tb\n", [], None),
        ("1. a\n\nb\n", [], None),
        ("1. a\n```\nb\n```\n", [], None),
        ("1. a\n<!-- b -->\n", [], None),
        ("1. a\n===\n", [], None),
        ("1. a\n| b | c |\n|---|---|\n", [], None),
        ("1. a\n[b]: https://example.org\n", [], None),
        ("1. a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> theirs\n", [], None),
    ],
)
def test_a_line_that_goes_on_is_indented(items: str, where: list[str], mended: str | None) -> None:
    assert told(P + items, "WL406") == where
    assert fixed(P + items, "WL406") == P + (mended or items)


@pytest.mark.parametrize(
    ("items", "count", "mended"),
    [
        ("1. ...\n\n## +\n", 1, "## +\n"),
        ("1. ...", 1, ""),
        ("1. ...\n2. …\n\n## +\n", 2, "## +\n"),
        ("1. a\n2. **...**\n\n## +\n", 1, "1. a\n\n## +\n"),
        ("Text:\n1. ...\n\n## +\n", 1, "Text:\n\n## +\n"),
        ("1. ...\n2. a\n", 1, None),
        ("1. ~~a~~ ...\n", 0, None),
        ("1. a ...\n   - ...\n", 0, None),
        ("1.\n", 0, None),
        ("...\n", 0, None),
    ],
)
def test_a_placeholder_goes_with_its_line(items: str, count: int, mended: str | None) -> None:
    assert len(told(R + items, "WL407")) == count
    assert fixed(R + items, "WL407").rstrip("\n") == (R + (items if mended is None else mended)).rstrip("\n")


def test_a_placeholder_goes_with_its_line_end() -> None:
    text = "## Reliability\r\n\r\n- ...\r\n\r\n## +\r\n"
    assert fixed(text, "WL407") == "## Reliability\r\n\r\n## +\r\n"


@pytest.mark.parametrize(
    ("section", "due"),
    [
        ("1. a\n2. b (**Vac-DST**)\n", ["a"]),
        ("1. a (DST)\n2. b (Vac DST)\n3. c\n   (vac-dst)\n4. d\n\n   Vac-DST has run.\n5. e\n   - Vac-DST\n", []),
        ("1. a, see [Grafana](https://example.org)\n2. b: https://grafana.example.org/d\n", []),
        ("1. a, see [the dashboard](https://example.org)\n2. b ![panel](a.png)\n", []),
        ("1. a (**Vac-QA**)\n", ["a (**Vac-QA**)"]),
        ("1. a (**Vac-DST**\n2. b Vac-DST)\n3. c (Vac-DST has run)\n", ["a (**Vac-DST**", "b Vac-DST)"]),
        ("1. a <!-- Vac-DST -->\n", ["a"]),
        ("1. a ~~(**Vac-DST**)~~\n2. src/dst\n", ["a", "src/dst"]),
        ("All of these: Vac-DST.\n\n1. a\n2. b\n", []),
        ("1. a\n\nSee [dashboards](https://grafana.example.org/goto/x).\n", []),
        ("1. a\n- all of them: Vac-DST\n", []),
        ("### Sync (**Vac-DST**)\n\n1. a\n", []),
        ("1. 🏗️ a\n2. ~~b~~\n3. ~~c~~ (dropped)\n4. None\n5. N/A\n6. TBD\n7. ...\n8.\n9. {a target}\n", []),
        ("None\n", []),
        ("1. [ ] a\n", ["a"]),
    ],
)
def test_a_performance_statement_is_signed_off_or_not_due(section: str, due: list[str]) -> None:
    assert told(P + section, "WL408") == due


def test_the_process_of_early_2025_wants_panel_and_simulation() -> None:
    text = f"{P}1. a (**Vac-DST**)\n2. b, see Grafana\n3. c\n4. d, see Grafana (**Vac-DST**)\n"
    assert [(each.severity.value, each.message) for each in found(text, "WL408", "waku-classic")] == [
        ("error", "P1 has no Grafana panel; link the panel"),
        ("error", "P2 has no Vac-DST simulation; add `(**Vac-DST**)`"),
        ("error", "P3 has neither a Grafana panel nor a Vac-DST simulation; link the panel and add `(**Vac-DST**)`"),
    ]


@pytest.mark.parametrize(
    ("mark", "mended"),
    [
        ("(**Vac-DST**)", None),
        ("(Vac-DST)", "(**Vac-DST**)"),
        ("**(Vac-QA)**", "(**Vac-QA**)"),
        ("***(Vac-QA)***", "(**Vac-QA**)"),
        ("__(Vac-QA)__", "(**Vac-QA**)"),
        ("( `vac qa` )", "(**Vac-QA**)"),
        ("(**Vac-DST)**", "(**Vac-DST**)"),
        ("**(Vac-DST**)", "(**Vac-DST**)"),
        ("[Vac-DST]", "(**Vac-DST**)"),
        ("**(Vac-DST)** **(Vac-QA)**.", "(**Vac-DST**) (**Vac-QA**)."),
        ("[(Vac-DST)](https://example.org)", "[(**Vac-DST**)](https://example.org)"),
        ("([Vac-DST](https://example.org))", None),
        ("[Vac-DST](https://example.org)", None),
        ("(**Vac-DST**, **Vac-QA**)", None),
        ("(Vac-DST simulation)", None),
        ("**Vac-DST** has run", None),
        ("(DST)", None),
        ("~~(Vac-DST)~~", None),
    ],
)
def test_a_mark_is_written_so_that_a_search_finds_it(mark: str, mended: str | None) -> None:
    text = f"{P}1. a {mark}\n"
    assert bool(told(text, "WL410")) == (mended is not None)
    assert fixed(text, "WL410") == f"{P}1. a {mended or mark}\n"


@pytest.mark.parametrize(("words", "mark"), [("**a (Vac-DST)**", "(Vac-DST)"), ("**a (Vac-DST**)", "(Vac-DST**)")])
def test_a_mark_in_bold_words_is_left_to_a_person(words: str, mark: str) -> None:
    text = f"{P}1. {words}\n"
    assert told(text, "WL410") == [mark]
    assert fixed(text, "WL410") == text


@pytest.mark.parametrize("opened", ["```", "~~~~ text", "<!-- a", "<pre>", "<SCRIPT src='a'>"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_no_section_is_added_to_what_is_never_closed(opened: str, end: str) -> None:
    """It would be code or a comment, and be added again and again."""

    def fixes(text: str) -> list[bool]:
        found = lint_files({PATH: text.replace("\n", end)})
        return [each.fix is not None for each in found if each.code == "WL402"]

    text = f"# Relay FURPS\n\n## Functionality\n\n1. Relays.\n\n{opened}\n\n1. Text.\n"
    assert fixes(text) == [False]
    closed = {"```": "```", "~": "~~~~", "<!": "-->", "<p": "</pre>", "<S": "</script>"}
    ends = next(mark for start, mark in closed.items() if opened.startswith(start))
    assert fixes(f"{text}{ends}\n") == [True]


def test_notes_of_a_sub_heading_are_no_list_of_statements() -> None:
    (category,) = read(
        "# Relay\n\n## Functionality\n\n1. A node.\n\n### Notes\n\n- later\n\n### More\n\n2. A relay.\n"
    ).categories
    assert [[each.id for each in listed.statements] for listed in category.lists] == [["F1"], ["F2"]]


def test_a_section_that_is_misspelt_twice_is_told_once() -> None:
    text = "# Relay FURPS\n\n## Functionallity\n\n## Functionalty\n\n## Usability\n"
    assert told(text, "WL402")[1:] == ["Functionallity"]


def test_a_number_that_is_not_the_next_begins_no_item() -> None:
    text = "# Relay FURPS\n\n## Functionality\n\n1. A\n5.B\n2.C\n"
    assert told(text, "WL405") == ["2."]
