"""How deliverables are read: each line as a contributor may write it, and what is reported in it."""

from __future__ import annotations

import pytest

from tests.conftest import covered, lint_files
from waku_lint.config.config import parse, preset
from waku_lint.documents.extract.milestone import extract_milestone
from waku_lint.documents.words import NO_WORDS
from waku_lint.parsing.markdown import Markdown

PAGE = "# Relay\n\n## Deliverables\n\n"
ISSUE = "https://github.com/waku-org/pm/issues/101"
LINK = f"[Relay]({ISSUE})"
FORMAT = {"WL301", "WL302", "WL303", "WL304"}
Told = list[tuple[str, str]]


def told(text: str, codes: set[str], process: str) -> Told:
    found = lint_files({"draft-roadmap/relay.md": text}, preset(process))
    return [(each.code, covered(text, each)) for each in found if each.code in codes]


@pytest.mark.parametrize("process", ["waku", "waku-classic"])
@pytest.mark.parametrize(
    ("line", "expected"),
    [
        # both orders, every kind of id and separator
        ("Relay: F1 (nwaku)", []),
        ("Relay: F1, U2-3, +2 (nwaku)", []),
        ("Relay: F1 and U2 (nwaku & js-waku)", []),
        ("Relay: F1 U2; S1 (nwaku + js-waku)", []),
        ("Relay: F1 – F3 (nwaku and js-waku)", []),
        ("Relay: F1-F3 (nwaku or js-waku)", []),
        ("Relay: F1 to F3, +1 (nwaku)", []),
        ("Relay: F1 ... F3 (nwaku)", []),
        ("Relay: F3 to F1 (nwaku)", [("WL301", "F3 to F1")]),
        ("Relay: all (nwaku)", []),
        ("Relay: for S1 (nwaku)", []),
        ("Relay: F1. (nwaku).", []),
        ("Relay: F1, ... (nwaku)", []),
        ("Relay: F1 (nwaku, , a&amp;b)", [("WL303", "(nwaku, , a&amp;b)"), ("WL304", "a"), ("WL304", "b")]),
        ("Relay (nwaku, js-waku): F1, F2", []),
        # names
        ("Relay: metrics: F1 (nwaku)", []),
        ("Relay (PoC): F1 (nwaku)", []),
        ("Relay (see (this)): F1 (nwaku)", []),
        ("`a: F9 (b)`: F1 (nwaku)", []),
        (f"{LINK}: F1 (nwaku)", []),
        (f"[Relay: sync (PoC)]({ISSUE}): F1 (nwaku)", []),
        (f"[Relay: F1 (nwaku)]({ISSUE})", []),
        (f"{ISSUE}: F1 (nwaku)", []),
        ("🏗️ Relay: F1 (nwaku)", []),
        ("**Relay**: F1 (**nwaku**)", []),
        (r"Relay \(x\): F1 (nwaku)", []),
        ("Relay：F1 (nwaku)", []),
        ("Relay &amp; store: F1 (nwaku)", []),
        # what is missing
        ("Relay F1, U2 (nwaku)", [("WL301", "F1, U2")]),
        ("Relay: (nwaku)", [("WL301", ":")]),
        ("Relay: TBD (nwaku)", [("WL301", "TBD")]),
        ("Relay: F1, U2", [("WL302", "Relay")]),
        ("Relay (PoC): F1", [("WL302", "Relay (PoC)")]),
        ("Relay (v2): F1", [("WL302", "Relay (v2)")]),
        ("Relay (2025-H2): F1", [("WL302", "Relay (2025-H2)")]),
        (": F1 (nwaku)", [("WL301", ": F1 (nwaku)")]),
        # bad ids
        ("Relay: f1 (nwaku)", [("WL301", "f1")]),
        ("Relay: F1, G2 (nwaku)", [("WL301", "G2")]),
        ("Relay: F1/F2 (nwaku)", [("WL301", "F1/F2")]),
        ("Relay: F 1 (nwaku)", [("WL301", "F 1")]),
        ("Relay: F3-1 (nwaku)", [("WL301", "F3-1")]),
        ("Relay: F1-U3 (nwaku)", [("WL301", "F1-U3")]),
        ("Relay: F0 (nwaku)", [("WL301", "F0")]),
        ("Relay: +PRIV1 (nwaku)", [("WL301", "+PRIV1")]),
        # owners
        ("Relay: F1 (nwaku) until May", [("WL301", "until May")]),
        ("Relay: F1 (nwaku) ✅", [("WL301", "✅")]),
        ("Relay: F1 (nwaku", [("WL303", "(nwaku")]),
        ("Relay: F1 nwaku)", [("WL303", "nwaku)")]),
        ("Relay: F1 nwaku", [("WL303", "nwaku")]),
        ("Relay: F1 [nwaku]", [("WL303", "[nwaku]")]),
        ("Relay: F1 ()", [("WL303", "()")]),
        ("Relay: F1 (nwaku, )", [("WL303", ",")]),
        ("Relay: F1 (, nwaku)", [("WL303", ",")]),
        ("Relay: F1 (nwaku and)", [("WL303", "and")]),
        ("Relay: F1 ((nwaku))", [("WL303", "((nwaku))")]),
        ("Relay: F1 (nwaku) (js-waku)", [("WL303", "(nwaku) (js-waku)")]),
        ("Relay (nwaku): F1 (js-waku)", [("WL303", "(nwaku)")]),
        ("Relay: F1, U2 (nwaku) and S3 (js-waku)", [("WL301", "(nwaku)")]),
        ("Relay: F1 (nwakku)", [("WL304", "nwakku")]),
        ("Relay: F1 (js-waku / nwakku)", [("WL304", "js-waku / nwakku")]),
        ("Relay: F1 (nwaku/js-waku)", [("WL304", "nwaku/js-waku")]),
    ],
)
def test_a_compact_line_is_read_alike_in_headings_lists_and_task_lists(line: str, expected: Told, process: str) -> None:
    for before in ("- ", "* [ ] ", "- [x] ", "1. ", "### "):
        if before == "### " and line.startswith(": "):
            continue  # a heading that starts with a colon is no compact deliverable
        text = f"{PAGE}{before}{line}\n"
        assert told(text, FORMAT, process) == expected, before
        assert told(text.replace("\n", "\r\n"), FORMAT, process) == expected, before


@pytest.mark.parametrize("line", ["F1, F2 (nwaku)", "F1 (nwaku)", "F1 to F3 (nwaku)"])
def test_an_item_without_a_name_is_told_alike_whatever_stands_before_it(line: str) -> None:
    for before in ("- ", "* ", "1. ", "- [ ] ", "* [ ] ", "- [x] ", "- 🏗️ ", "- [ ] 🏗️ "):
        text = f"{PAGE}{before}{line}\n"
        assert {where.removeprefix("🏗️ ") for _, where in told(text, FORMAT, "waku")} == {line}, before
        messages = [each.message for each in lint_files({"draft-roadmap/relay.md": text}) if each.code == "WL301"]
        assert [message[:23] for message in messages] == ["deliverable has no name"], before
        # Elsewhere on a page it is no deliverable, since it has no name.
        assert told(f"# Relay\n\n## Risks\n\n{before}{line}\n", FORMAT, "waku") == [], before


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- Relay: F1\n  (nwaku)", []),
        ("- Relay:\n  F1 (nwaku)", []),
        ("- Relay: F1, F2,\nF3 (nwaku)", []),
        ("- Relay: F1 (nwaku)\n  It counts messages (all of them).", []),
        ("- Relay: F1 (nwaku):\n  - a task\n  - another (nobody)", []),
        ("- Relay: F1 (nwaku)\n\n  Its story, at length: 7 (seven).", []),
        ("- Core\n  - Relay: F1 (nwakku)", [("WL304", "nwakku")]),
        ("### Core\n\n- Relay: F1 (nwakku)", [("WL304", "nwakku")]),
        ("### Core\n\n#### Relay: F1 (nwakku)", [("WL304", "nwakku")]),
        ("- Relay: F1 (nwakku)\n\n### Store: F2 (nwakku)", [("WL304", "nwakku"), ("WL304", "nwakku")]),
        ("- Relay: F1 (nwaku)\n\nNotes:\n\n- Timeline: Q3\n- Nobody has started.", []),
        ("The parts are:\n\n- Relay: F1 (nwakku)", [("WL304", "nwakku")]),
        ("### Timeline\n\nLater.\n\n### Dependencies\n\n- Store: it must be done\n\n### Relay: F1 (nwaku)", []),
        ("- Relay", [("WL301", "Relay")]),
        ("- Relay (nwaku)", [("WL301", "Relay")]),
        ("-\n- Relay: F1 (nwaku)", []),
        ("**Owner**: nwaku\n\n**FURPS**:\n- F1. Counts.\n\n**Checklist**:\n- [ ] Specs: a", []),
        (f"###{LINK}\n\n**FURPS**:\n- F1. Counts.\n\n**Checklist**:\n- [ ] Specs: a", [("WL302", "Relay")]),
        (f"**{LINK}**\n\n**FURPS**:\n- F1. Counts.\n\n**Checklist**:\n- [ ] Specs: a", []),
        (f"### {LINK}: F1 (nwaku)\n\n**Output**: a page", []),
        (f"### {LINK}: F1\n\n**Owner**: nwaku", []),
        ("### Deliverable: Relay", []),
        (f"### {LINK} (PoC", []),
        ("- ~~Relay: F1 (nwakku)~~\n- Store: F1 (nwaku)", []),
        ("- <a id='x'></a>\n- ![](a.png)\n- Store: F1 (nwaku)", []),
        (f"### ~~{LINK}~~\n\ntext\n\n### Store: F1 (nwaku)", []),
    ],
)
def test_what_surrounds_a_compact_line_does_not_change_how_it_is_read(text: str, expected: Told) -> None:
    assert told(f"{PAGE}{text}\n", FORMAT, "waku") == expected


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Relay", [("WL301", "Relay"), ("WL302", "Relay")]),
        ("Relay (nwaku)", [("WL301", "Relay")]),
        ("Relay: second phase", [("WL302", "Relay: second phase"), ("WL301", "second phase")]),
    ],
)
def test_where_the_process_wants_compact_headings_others_are_told(heading: str, expected: Told) -> None:
    assert told(f"{PAGE}### {heading}\n\nIts story.\n", FORMAT, "waku-classic") == expected
    assert "WL301" not in [code for code, _ in told(f"{PAGE}### {heading}\n\nIts story.\n", FORMAT, "waku")]


FULL = f"""### {LINK}

**Owner**: nwaku

**Feature**: [Relay](/FURPS/relay.md)

**FURPS**:
- F1. Counts.

**Checklist**:
- [ ] Specs: a
- [ ] Code: b
- [ ] Dogfood: c
- [ ] Docs: d
"""
FIELDS = "WL302 WL303 WL304 WL305 WL306 WL309 WL310 WL311 WL312 WL313 WL424"  # whether a field is there, and in order
SECTION = set(FIELDS.split())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("**Owner**: nwaku\n\n**Feature**", "**Owner**: nwaku\n**Feature**"),
        ("**Owner**: nwaku", "**Owner:** nwaku"),
        ("**Owner**: nwaku", "**Owner** : nwaku"),
        ("**Owner**: nwaku", "**Owner** nwaku"),
        ("**Owner**: nwaku", "**Owner** – nwaku"),
        ("**Owner**: nwaku", "**Owner**：nwaku"),
        ("**Owner**: nwaku", "**Owner: nwaku**"),
        ("**Owner**: nwaku", "Owner: nwaku"),
        ("**Owner**: nwaku", "__OWNER__: nwaku"),
        ("**Owner**: nwaku", "**Owner(s)**: nwaku"),
        ("**Owner**: nwaku", "👤 **Owner**: nwaku"),
        ("**Owner**: nwaku", "**Owner**:\n\nnwaku"),
        ("**Owner**: nwaku", "**Owner**:\nnwaku"),
        ("**Owner**: nwaku", "**Owner**:\n- nwaku"),
        ("**Owner**: nwaku", "- **Owner**: nwaku"),
        ("**Owner**: nwaku", "- Owner: nwaku"),
        ("**Owner**: nwaku", "#### Owner\n\nnwaku"),
        ("**Owner**: nwaku", "#### **Owner**: nwaku"),
        ("**Owner**: nwaku", "**Owner**: (nwaku)"),
        ("**Owner**: nwaku", "**Owner**: nwaku (with js-waku, nwakku advising)"),
        ("**Owner**: nwaku", "**Owner**: ~~nwakku~~ nwaku"),
        ("**Owner**: nwaku", "**Owner**: [nwaku](https://github.com/orgs/waku-org/teams/nwaku)"),
        ("**Feature**: [Relay](/FURPS/relay.md)", "#### **Feature**: [Relay](/FURPS/relay.md)"),
        ("**Feature**: [Relay](/FURPS/relay.md)", "**Feature**:\n- [Relay](/FURPS/relay.md)"),
        ("**Feature**: [Relay](/FURPS/relay.md)", "**Feature**: [Relay](/FURPS/relay.md) ([issue](https://x.org/1))"),
        ("**Feature**: [Relay](/FURPS/relay.md)", "**Feature**: Relay"),
        ("**Feature**: [Relay](/FURPS/relay.md)", "**No FURPS**\n\n**Output**: a page"),
        ("**Feature**: [Relay](/FURPS/relay.md)", "(No FURPS)\n\nOutput: a page"),
        ("**FURPS**:\n- F1. Counts.", "**FURPS**:\n\nF1. Counts.\nU2. Shows."),
        ("**FURPS**:\n- F1. Counts.", "**FURPS**: F1, U2"),
        ("**FURPS**:\n- F1. Counts.", "**FURPS**\n\nFor S1. Browser."),
        ("**FURPS**:\n- F1. Counts.", "**FURPS**:\n\nFor:\n- S1. Browser."),
        ("**FURPS**:\n- F1. Counts.", "**FURPS**: (see [issue](https://x.org/1))\n- F1-3\n- all"),
        ("**FURPS**:\n- F1. Counts.", "**FURPS**:\n- 🏗️ F1. Counts."),
        ("**FURPS**:\n- F1. Counts.", "**FURPS**:\n- F1: Counts\n  over two lines"),
        (
            "**FURPS**:\n- F1. Counts.",
            "**FURPS**:\n- F1. Counts.\n- P2P peers are counted, too\n- S3-compatible",
        ),
        ("**FURPS**:\n- F1. Counts.", "**FURPS**:\n- Core\n  - F1. Counts."),
        ("**Checklist**:\n", "**Checklist**:\n\nAll of:\n\n"),
        ("**Checklist**:\n", "#### Checklist\n\n"),
        ("**Checklist**:\n", "**Checklist**:\n\n<!-- tick what is done -->\n\n"),
        ("**Owner**: nwaku", "#### Owner\n\n<!-- one team -->\n\nnwaku"),
        ("- [ ] Docs: d", "- [] Docs: d"),
        ("- [ ] Docs: d", "- Docs"),
        ("- [ ] Specs: a\n", "- [ ] Writing\n  - [x] Specification: a\n"),
        ("### ", "### 🏗️ "),
        ("\n", "\r\n"),
    ],
)
def test_fields_are_found_in_every_shape(old: str, new: str) -> None:
    assert old in FULL
    text = PAGE + FULL.replace(old, new)
    assert told(text, SECTION, "waku") == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("nwaku", "nwaku, js-waku", [("WL305", "nwaku, js-waku")]),
        ("nwaku", "nwaku, and js-waku", [("WL305", "nwaku, and js-waku")]),
        ("nwaku", "nwaku &amp; js-waku", [("WL305", "nwaku &amp; js-waku")]),
        ("nwaku", "{one waku subteam}", []),
        ("nwaku", "<one waku subteam>", []),
        ("nwaku", "(nwaku", [("WL303", "(nwaku")]),
        ("nwaku", "TBD", [("WL304", "TBD")]),
        ("nwaku", "", [("WL302", "Relay")]),
        (f"({ISSUE})", "()", []),
        (f"({ISSUE})", "(./relay.md)", [("WL306", "Relay")]),
        ("**Owner**: nwaku\n", "**Onwer**: nwaku\n", [("WL302", "Onwer")]),
        ("- F1. Counts.", "- F1, U2, X3", [("WL424", "X3")]),
        ("- F1. Counts.", "- F1 and G2", [("WL424", "G2")]),
        ("- F1. Counts.", "- F1/F2", [("WL424", "F1/F2")]),
        ("- F1. Counts.", "- F1.2. Counts.", [("WL424", "F1.2")]),
        ("- F1. Counts.", "- F1a. Counts.", [("WL424", "F1a")]),
        ("- F1. Counts.", "- f1", [("WL424", "f1")]),
        ("- F1. Counts.", "- F 1. Counts.", [("WL424", "F 1")]),
        ("- F1. Counts.", "- (F1) Counts.", []),
        ("- F1. Counts.", "- {F1. copy-paste the statement}", []),
        ("- F1. Counts.", "- Counts messages.", [("WL311", "Relay")]),
        ("- F1. Counts.", "- ~~F1. Counts.~~", [("WL311", "Relay")]),
        ("**Checklist**:\n", "**Checklist**: later\n\n**Tasks**:\n", [("WL312", "Relay")]),
        ("- [ ] Docs: d\n", "", [("WL313", "Checklist")]),
    ],
)
def test_a_mistake_in_a_section_is_told_once_and_at_its_place(old: str, new: str, expected: Told) -> None:
    assert old in FULL
    text = PAGE + FULL.replace(old, new, 1)
    assert told(text, SECTION, "waku") == expected
    assert told(text.replace("\n", "\r\n"), SECTION, "waku") == expected


@pytest.mark.parametrize(
    ("page", "titles"),
    [
        ("## Deliverables\n\n### A\n\n#### Scope\n\ntext\n\n### B\n", ["A", "B"]),
        ("## Deliverables:\n\n### A\n", ["A"]),
        ("## 📦 Deliverables\n\n### A\n", ["A"]),
        ("## Deliverables (2025H2)\n\n### A\n", ["A"]),
        ("## List of deliverables\n\n### A\n", ["A"]),
        ("## Deliverables\n\n## [A](%s)\n\n## Risks\n\n## [B](%s)\n", ["A", "B"]),
        ("## Deliverables\n\n### Phase 1\n\n#### [A](%s)\n\n#### [B](%s)\n", ["A", "B"]),
        ("## Deliverables\n\n### A\n\n## Risks\n\n### Not one\n", ["A"]),
        ("**deliverables**:\n\n## A\n\n**Owner**: x\n\n## Scope changes\n", ["A"]),
        ("**deliverables**:\n- A: F1 (x)\n- B: F2 (y)\n", ["A", "B"]),
        ("## A\n\n**Owner**: x\n\n## Notes\n\ntext\n\n## B: F1 (x)\n\n## Deliverable: [C](%s)\n", ["A", "B", "C"]),
        ("## FURPS\n\n- [Relay](/FURPS/relay.md): F1, U2\n", []),
        ("> ## Deliverables\n>\n> ### A\n", []),
        ("- ## Deliverables\n", []),
        ("", []),
    ],
)
def test_the_deliverables_of_a_page_are_found(page: str, titles: list[str]) -> None:
    milestone = extract_milestone(Markdown("# Relay\n\n" + page.replace("%s", ISSUE)), None, NO_WORDS)
    assert [each.title.value for each in milestone.deliverables] == titles


@pytest.mark.parametrize(
    ("path", "text", "codes"),
    [
        ("draft-roadmap/relay.md", PAGE + FULL.replace("### ", "###"), {"WL209", *SECTION}),
        ("draft-roadmap/relay.md", "#[Relay](https://github.com/waku-org/pm/milestone/40)\n", {"WL205"}),
        ("FURPS/relay.md", "# Relay FURPS\n\n## Functionality\n\n1. a\n2. b\n\n##Usability\n\n1. c\n", {"WL404"}),
    ],
)
def test_a_heading_without_its_space_is_all_there_is_to_tell(path: str, text: str, codes: set[str]) -> None:
    found = [each.code for each in lint_files({path: text}) if each.code in codes | {"WL110"}]
    assert found == ["WL110"]


@pytest.mark.parametrize("levels", ["###-####-###", "####-###-###", "###-##-###", "###-###-####"])
def test_a_heading_on_another_level_is_a_deliverable_of_its_own(levels: str) -> None:
    parts = [
        f"{level} [Relay {number}](https://github.com/waku-org/pm/issues/{number})\n\n**Owner**: nwaku\n"
        for number, level in enumerate(levels.split("-"), 1)
    ]
    wrong = next(number for number, level in enumerate(levels.split("-"), 1) if level != "###")
    assert told(PAGE + "\n".join(parts), {"WL305", "WL308", "WL315"}, "waku") == [("WL315", f"Relay {wrong}")]


def test_a_reference_is_enough_only_where_no_deliverable_has_its_details_on_the_page() -> None:
    codes = {"WL302", "WL309", "WL311", "WL312"}
    reference = f"### Deliverable: {LINK}\n"
    section = f"\n### {LINK.replace('Relay', 'Other')}\n\n**Owner**: nwaku\n\n**No FURPS**\n\n**Output**: x\n"
    assert told(PAGE + reference, codes, "waku") == []
    found = told(PAGE + reference + section, codes, "waku")
    assert [each for each in found if each[1] == "Relay"] == [(code, "Relay") for code in sorted(codes)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_what_begins_a_line_does_so_after_any_line_end(end: str) -> None:
    head = "# Relay\n\n## Deliverables\n\n### [Relay metrics](https://github.com/waku-org/pm/issues/101)\n"
    path = "draft-roadmap/relay.md"
    fenced = lint_files({path: f"{head}```\n\n**Owner**: nwaku\n".replace("\n", end)})
    assert [each.fix for each in fenced if each.code == "WL312"] == [None]
    items = "**Checklist**:\n- [ ] Code\n- ~[ ] Specs~\n- [ ] ~Dogfood~\n- [ ] Docs\n"
    struck = lint_files({path: f"{head}\n{items}".replace("\n", end)})
    assert not any(each.code == "WL313" for each in struck)
    template = "---\nname: Task\nabout: Depends on nothing\nlabels: task\n---\n\nWhat to do.\n".replace("\n", end)
    found = lint_files({".github/ISSUE_TEMPLATE/task.md": template}, preset("waku-classic"))
    assert [each.code for each in found if each.code == "WL508"] == ["WL508"]


def test_a_line_of_ids_alone_has_no_name() -> None:
    assert told(f"{PAGE}- F1, F2 (nwaku)\n", FORMAT, "waku") == [("WL301", "F1, F2 (nwaku)")]


def test_what_is_no_list_among_references_is_passed_over() -> None:
    text = f"{PAGE}### {LINK}\n\n**FURPS**:\n- F1\n\n```\nF9\n```\n\n- F2\n"
    (deliverable,) = extract_milestone(Markdown(text), None, NO_WORDS).deliverables
    assert [each.id.value for each in deliverable.furps] == ["F1", "F2"]


def test_an_item_that_is_a_list_itself_is_read_as_one() -> None:
    text = f"{PAGE}### {LINK}\n\n**FURPS**:\n- - F1\n  - F2\n- F3\n"
    (deliverable,) = extract_milestone(Markdown(text), None, NO_WORDS).deliverables
    assert [each.id.value for each in deliverable.furps] == ["F1", "F2", "F3"]


def test_an_item_that_further_lines_do_not_complete_is_read_by_its_first() -> None:
    text = f"{PAGE}- Relay metrics\n  and others: F1\n- {LINK}: F2 (nwaku)\n"
    first, _ = extract_milestone(Markdown(text), None, NO_WORDS).deliverables
    assert first.title.value == "Relay metrics"
    assert first.compact is not None
    assert first.compact.ids == ()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("**Owner**: nwaku", "**Onwer**: nwaku", [("WL302", "Onwer")]),
        ("**Owner**: nwaku", "**Ownr:** nwaku", [("WL302", "Ownr")]),
        ("**Owner**: nwaku", "**Ownerss**: nwaku\n**Onwer**: nwaku", [("WL302", "Ownerss")]),
        ("**Owner**: nwaku", "**Maker**: nwaku", [("WL302", "Relay")]),
        ("**Owner**: nwaku", "**Onwer**: js-waku\n**Owner**: nwaku", []),
        ("**Feature**:", "**Featrue**:", [("WL309", "Featrue")]),
        ("**FURPS**:", "**FRUPS**:", [("WL311", "FRUPS")]),
        ("**Checklist**:", "**Chekclist**:", [("WL312", "Chekclist")]),
    ],
)
def test_a_label_with_a_slip_is_where_its_field_is_found_missing(old: str, new: str, expected: Told) -> None:
    text = PAGE + FULL.replace(old, new)
    for end in ("\n", "\r\n"):
        assert told(text.replace("\n", end), SECTION, "waku") == expected


def test_a_label_that_the_configuration_names_is_no_slip() -> None:
    text = PAGE + FULL.replace("**Owner**: nwaku", "**Ownerr**: nwaku")
    config = parse(".waku-lint.yaml", "kinds: {milestone: {deliverable-fields: {maker: Ownerr}}}")
    (missing,) = (each for each in lint_files({"draft-roadmap/relay.md": text}, config) if each.code == "WL302")
    assert covered(text, missing) == "Relay"
