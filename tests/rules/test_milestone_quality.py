"""What a page says beside its deliverables, and what is reported of its quality."""

from __future__ import annotations

import pytest

from tests.conftest import covered, lint_files
from waku_lint.config.config import parse
from waku_lint.documents.extract.milestone import extract_milestone
from waku_lint.documents.model import Milestone
from waku_lint.documents.words import NO_WORDS
from waku_lint.parsing.markdown import Markdown

PULL = "https://github.com/waku-org/nwaku/pull/1"
URL = "https://github.com/waku-org/pm/milestone/12"
ISSUE = "https://github.com/waku-org/pm/issues/101"
DATE = "**Estimated date of completion**: 30 Sep 2025\n"
WHO = "**Resources Required for 2025H2**:\n- 1 nwaku engineer for 2 months, and 1 researcher\n"
WHY = "Operators see what they relay."
Told = list[tuple[str, str]]


def read(text: str) -> Milestone:
    return extract_milestone(Markdown(text), None, NO_WORDS)


def told(text: str, *codes: str, preset: str = "waku") -> Told:
    config = parse(".waku-lint.yaml", f"extends: {preset}\nrules:\n" + "".join(f"  {code}: on\n" for code in codes))
    found = lint_files({"draft-roadmap/relay.md": text}, config)
    return [(each.code, covered(text, each)) for each in found if each.code in codes]


@pytest.mark.parametrize(
    ("body", "narrative"),
    [
        (f"{DATE}\n{WHO}\n{WHY}\n", [WHY]),
        (f"{DATE}\n{WHO}{WHY}\n", []),  # a lazy continuation of the last item, to Markdown and to its reader
        (f"{DATE}{WHY}\n", [WHY]),
        (f"**Estimated date of completion**:\n\n30 Sep 2025\n\n{WHY}\n", [WHY]),
        (f"**Resources Required**:\n\n<!-- who? -->\n\n1 engineer for a month\n\n{WHY}\n", [WHY]),
        (f"**Resources Required**:\n\n| who | how long |\n|---|---|\n| nwaku | 2 |\n\n{WHY}\n", [WHY]),
        (f"- Estimated date of completion: 30 Sep 2025\n- {WHY}\n", [WHY]),
        (f"{WHY}\r\nIt costs\r\nnothing.\r\n", [f"{WHY} It costs nothing."]),
        (f"**Goal**: {WHY}\n", [WHY]),
        (f"**Goal**:\n{WHY}\n", [WHY]),
        (f"**Goal**:\n- {WHY}\n- Costs drop\n", [WHY, "Costs drop"]),
        (f"**Why?**\n\n{WHY}\n", [WHY]),
        (f"## Narrative\n\n{WHY}\n", [WHY]),
        (f"> {WHY}\n", [WHY]),
        (f"1. {WHY}\n   - Costs drop\n", [WHY, "Costs drop"]),
        (f"*{WHY}*\n", [WHY]),
        (f"~~{WHY}~~\n", []),
        (f"<!-- {WHY} -->\n", []),
        (f"```\n{WHY}\n```\n", []),
        (f"| a |\n|---|\n| {WHY} |\n", []),
        (f"- [ ] {WHY}\n- [x] Tests\n- [] Docs\n", []),
        (f"[Background]({URL}) and [more]({URL})\n", []),
        (f"{URL}\n", []),
        (f"- [Relay metrics]({URL})\n- see also [this]({URL})\n", []),
        (f"Use [RLN]({URL}) so that [operators]({URL}) can cap costs.\n", ["Use RLN so that operators can cap costs."]),
        (f"## Risks\n\n{WHY}\n\n### Technical\n\n{WHY}\n\n## Why\n\n{WHY}\n", [WHY]),
        (f"## Risks and mitigations\n\n{WHY}\n", []),
        (f"**Risks**\n\n{WHY}\n", []),
        (f"**Risks** (accept)\n- {WHY}\n", []),
        (f"**FURPS**:\n- [Relay](/FURPS/relay.md): F1\n\n{WHY}\n", [WHY]),
        (f"## Deliverables\n\n{WHY}\n\n### [A]({ISSUE})\n\n{WHY}\n\n## Motivation\n\n{WHY}\n", [WHY]),
        (f"## [A]({ISSUE})\n\n{WHY}\n", []),
        (f"**deliverables**:\n- A: F1 (nwaku)\n\n{WHY}\n", [WHY]),
        ("", []),
    ],
)
def test_the_narrative_is_the_prose_beside_the_deliverables(body: str, narrative: list[str]) -> None:
    found = [text.value for text in read(f"# Relay\n\n{body}").narrative]
    assert found == narrative


@pytest.mark.parametrize(
    ("text", "heading", "sections"),
    [
        (f"# Relay\n\n{DATE}\n## Risks\n", "Relay", [("Estimated date of completion", 0), ("Risks", 2)]),
        (
            f"## Milestone: [Relay]({URL})\n\n## Risks\n\n### Technical\n",
            "Milestone: Relay",
            [("Risks", 2), ("Technical", 3)],
        ),
        (f"[Milestone Relay]({URL})\n\n**Risks**\n", "Milestone Relay", [("Risks", 0)]),
        (f"Follows [Relay]({URL}).\n\n## Risks\n", None, [("Risks", 2)]),
        ("# Relay\n\n**FURPS** (see below)\n**Risks**: none\n", "Relay", [("FURPS", 0), ("Risks", 0)]),
        ("# Relay\n\n**Risks** are few.\n", "Relay", []),
        (f"# Relay\n\n## Deliverables\n\n### [A]({ISSUE})\n\n**Owner**: nwaku\n", "Relay", [("Deliverables", 2)]),
        ("Relay\n=====\n\nRisks\n-----\n", "Relay", [("Risks", 2)]),
        ("# ~~Relay~~\n", None, []),
        (f"## Risks\n\n## After: [Alerts]({URL})\n", None, [("Risks", 2), ("After: Alerts", 2)]),
        (f"{WHY}\n\n[Milestone Relay]({URL})\n", None, []),
        (f"{URL}\n", None, []),
        (f"[GitHub milestone and deliverables]({URL})\n", None, []),
        (f"[GitHub milestone browser]({URL})\n", "GitHub milestone browser", []),
    ],
)
def test_sections_and_the_title_on_the_page(text: str, heading: str | None, sections: list[tuple[str, int]]) -> None:
    milestone = read(text)
    assert (milestone.heading.value if milestone.heading else None) == heading
    assert [(each.title.value, each.level) for each in milestone.sections] == sections


@pytest.mark.parametrize(
    "narrative",
    [
        "Operators can prune old messages.",
        "Status Desktop runs on nwaku instead of go-waku",
        "With it:\n- users send files\n- operators prune\n- researchers see what is lost\n- nobody pays",
        "運用者は自分のノードが中継するものを見ることができます。",
        "🏗️ **Operators** can prune _old_ messages!",
        "See which of your peers cost the most bandwidth.",
        "## Strategic Objective\n\nEvery wallet can talk to every other one.",
        "{what people get}",
        "TODO: write this with the research team",
        "TBD",
    ],
)
def test_a_sentence_of_prose_is_a_benefit_and_a_placeholder_is_told_by_its_own_rule(narrative: str) -> None:
    assert told(f"# Relay\n\n{DATE}\n{narrative}\n\n## Deliverables\n", "WL208") == []


@pytest.mark.parametrize(
    "narrative",
    [
        "",
        "Growth: Dev Journey",
        "## Strategic Objective\n\nProject Vision: Core Values Alignment",
        "See deliverables.",
        f"Tracked in the [GitHub milestone]({URL}).",
        "**Track:** [Relay](/roadmap/relay.md)\n\n**FURPS:** [Relay](/FURPS/relay.md)",
        "**Owner**: the subteam that looks after the relay, with help.",
        "---\n\n![a picture of the relay, drawn for the talk in Prague](relay.png)",
    ],
)
def test_labels_pointers_and_pictures_are_no_benefit(narrative: str) -> None:
    assert told(f"# Relay\n\n{DATE}\n{narrative}\n\n## Deliverables\n", "WL208") == [("WL208", "Relay")]


@pytest.mark.parametrize(
    ("label", "message"),
    [
        ("**Estimated date of completion**", None),
        ("## Estimated date of completion\n\n", None),
        ("**Estimated  date of completion**", None),
        ("**ETA**", "ETA"),
        ("*estimated date of completion*", "estimated date of completion"),
        ("Estimated Completion", "Estimated Completion"),
        ("- **Estimated Date of Completion**", "Estimated Date of Completion"),
        ("**🗓️ Estimated date of completion**", None),
    ],
)
def test_the_estimates_label_is_the_templates(label: str, message: str | None) -> None:
    text = f"# Relay\n\n{label}: 30 Sep 2025\n".replace("\n\n: ", "\n\n")
    assert told(text, "WL202") == ([("WL202", message)] if message else [])


@pytest.mark.parametrize(
    ("title", "heading", "differs"),
    [
        ("Relay metrics", "# Relay Metrics", False),
        ("Relay metrics", "# 🏗️ [Relay metrics]", False),
        ("'Relay: metrics'", "# Relay — metrics", False),
        ("Relay & metrics", "# Relay and metrics.", False),
        ("Milestone Relay metrics", "# Relay metrics", False),
        ("Relay metrics", "# Relay metrics (TBD: milestone)", False),
        ("Relay metrics", "# ~~Relay~~", False),
        ("{title}", "# Relay", False),
        ("2025", "# Relay", False),
        ("", "# Relay", False),
        ("Milestone", "# Milestone", False),
        ("Relay metrics", "# Relay metrics v2", True),
        ("中継の指標", "# 中継", True),
    ],
)
def test_titles_are_compared_by_their_words(title: str, heading: str, differs: bool) -> None:
    text = f"---\ntitle: {title}\n---\n\n{heading}\n"
    assert bool(told(text, "WL210")) == differs


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("tags:\n  - a\n  - b\n", "tags:\n  - a\n  - b\n  - waku-milestone\n"),
        ("tags:\n- a\n", "tags:\n- a\n- waku-milestone\n"),
        ("tags:\n  - 'a'\ntitle: x\n", "tags:\n  - 'a'\n  - waku-milestone\ntitle: x\n"),
        ("tags: [a, b]\n", "tags: [a, b, waku-milestone]\n"),
        ("tags: []\n", "tags: [waku-milestone]\n"),
        ("tags: [a,\n  b]\n", "tags: [a,\n  b, waku-milestone]\n"),
        ("tags: a\n", "tags: [a, waku-milestone]\n"),
        ("title: x\n", "tags: [waku-milestone]\ntitle: x\n"),
        ("tags:\r\n  - a\r\n", "tags:\r\n  - a\r\n  - waku-milestone\r\n"),
        ("title: x\r\n", "tags: [waku-milestone]\r\ntitle: x\r\n"),
        ("tags:\n  - a # why\n", None),
        ("tags: 'a'\n", None),
        ("tags:\n", None),
        ("tags: {a: b}\n", None),
        ("{title: x}\n", None),
        ("tags: &t [a]\n", None),
    ],
)
def test_the_tag_is_added_in_the_style_of_the_page(before: str, after: str | None) -> None:
    end = "\r\n" if "\r" in before else "\n"
    text = f"---{end}{before}---{end}{end}# Relay{end}"
    config = parse(".waku-lint.yaml", "rules: {WL211: on}")
    (found,) = [each for each in lint_files({"draft-roadmap/relay.md": text}, config) if each.code == "WL211"]
    if after is None:
        assert found.fix is None
        return
    assert found.fix is not None
    (edit,) = found.fix.edits
    fixed = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert fixed == f"---{end}{after}---{end}{end}# Relay{end}"
    assert told(fixed, "WL211") == []


@pytest.mark.parametrize("tags", ["[a, waku-milestone]", "waku-milestone", "'#waku-milestone'", "a waku-milestone"])
def test_the_tag_is_found_however_tags_are_written(tags: str) -> None:
    assert told(f"---\ntags: {tags}\n---\n\n# Relay\n", "WL211") == []


@pytest.mark.parametrize(
    ("heading", "reported"),
    [
        ("## Nice to have", True),
        ("## 🎁 Nice-to-have deliverables", True),
        ("## Deliverables: nice to have", True),
        ("## Deliverables — stretch goals", True),
        ("## Deliverables (stretch)", True),
        ("### [Advanced shaping](https://github.com/waku-org/pm/issues/101)", True),
        ("**Bonus**: alerts", True),
        ("## Stretching the quota", False),
        ("## Research advanced shaping", False),
        ("## A nice way to have metrics", False),
    ],
)
def test_what_is_beyond_the_scope_shows_in_a_heading(heading: str, reported: bool) -> None:
    assert bool(told(f"# Relay\n\n{heading}\n", "WL213")) == reported


@pytest.mark.parametrize(
    ("page", "missing"),
    [
        ("- Metrics: F1 (nwaku)", "no research, no QA, no documentation, no dev rel"),
        ("- RFC: F1 (nwaku)\n- Tests: R1 (nwaku)\n- Blog post: U1 (nwaku)", ""),
        ("- Metrics, tested on the testnet: F1 (nwaku)\n- Docs and specs: U1 (nwaku)", ""),
        ("- Metrics on the testnet: F1 (nwaku)\n- Docs and specs: U1 (nwaku)", "no QA"),
        (
            "- Metrics: F1 (nwaku, Core Research)\n- R1 signed off: R1 (**Vac-QA**)\n- Doctor: F2 (nwaku)",
            "no documentation, no dev rel",
        ),
        (f"### [Metrics]({ISSUE})\n\n**Owner**: nwaku\n\n**No FURPS**\n\n**Output**: a list", ""),
        ("", ""),
    ],
)
def test_an_area_that_nothing_on_the_page_mentions_is_named(page: str, missing: str) -> None:
    text = f"# Relay\n\n{DATE}\n## Deliverables\n\n{page}\n"
    found = [
        each
        for each in lint_files({"draft-roadmap/relay.md": text}, parse(".waku-lint.yaml", "extends: waku-classic"))
        if each.code == "WL214"
    ]
    named = [
        part
        for each in found
        for part in ("no research", "no engineering", "no QA", "no documentation", "no dev rel")
        if part in each.message
    ]
    assert ", ".join(named) == missing


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("**Planned Start**: 1 Sep 2025\n**Due Date**: 1 Sep 2025", []),
        ("**Planned Start:** Sep 1, 2025\n\n**Due date:** 2025-09-02 (if reviewed)", []),
        ("- **Start date**: 2025-09-01\n- **Due**: 2025-09-30", []),
        ("Planned start: ~~1 Aug 2025~~ 1 Sep 2025\nDue by: 30 Sep 2025", []),
        ("Due: whatever the audit makes of it", []),
        ("Start: `nwaku --metrics` on a fresh machine", []),
        ("Start where it hurts: the relay", []),
        ("**Due Date**: {date}\n**Planned Start**: <date>", []),
        ("**Due Date**: 30 Sep 2025", ["Due Date"]),
        ("**Start**: 1 Sep 2025", ["Start"]),
        ("**Start**: 1 Sep 2025\n**Due**:", ["Due"]),
        ("**Start**: 1 Sep 2025\n**Due**: 31 Sep 2025", ["31 Sep 2025"]),
        ("**Start**: 1 Sep\n**Due**: TBD", ["1 Sep", "TBD"]),
        ("**Start**: 1 Sep 2025\n**Due**: 31 Aug 2025", ["31 Aug 2025"]),
        ("#### Planned Start\n\n1 Sep 2025\n\n#### Due Date\n\n31 Aug 2025", ["31 Aug 2025"]),
        ("```\nDue: 31 Aug 2025\n```", []),
        ("<!-- Due: 31 Aug 2025 -->", []),
    ],
)
def test_a_planned_start_and_a_due_date_go_together(fields: str, expected: list[str]) -> None:
    text = f"# Relay\n\n## Deliverables\n\n### [A]({ISSUE})\n\n**Owner**: nwaku\n\n{fields}\n"
    assert [part for _, part in told(text, "WL317", preset="waku-classic")] == expected


def test_dates_do_not_turn_a_reference_into_a_section() -> None:
    text = (
        f"# Relay\n\n### Deliverable: [A]({ISSUE})\n\nPlanned start: 1 Sep 2025\nDue date: 30 Sep 2025\nStatus: open\n"
    )
    assert [each.form for each in read(text).deliverables] == ["reference"]


@pytest.mark.parametrize(
    ("page", "done"),
    [
        ("### A\n\n**Owner**: nwaku\n\n**Checklist**:\n- [x] Specs\n- [x] Code", True),
        ("### A\n\n**Owner**: nwaku\n\n**Checklist**:\n- [x] Specs\n- [ ] Code", False),
        ("### A\n\n**Owner**: nwaku\n\n**Checklist**:", False),
        ("### ✅ A\n\n**Owner**: nwaku", True),
        ("### A\n\n**Owner**: nwaku\n\nStatus: Done on 3 May", True),
        ("### A\n\n**Owner**: nwaku\n\n**Status**: ✅", True),
        ("### A\n\n**Owner**: nwaku\n\n**Status**: not done", False),
        ("### A\n\n**Owner**: nwaku\n\n**Status**:", False),
        ("- [x] A: F1 (nwaku)", True),
        ("- [ ] A: F1 (nwaku)", False),
    ],
)
def test_a_deliverable_is_done_when_it_is_marked_so(page: str, done: bool) -> None:
    assert [each.done for each in read(f"# Relay\n\n## Deliverables\n\n{page}\n").deliverables] == [done]


@pytest.mark.parametrize(
    ("page", "reported"),
    [
        (
            "**Owner**: Core Research\n\nRFC: https://rfc.example.org/42, [PoC](x.md)",
            False,
        ),
        (
            f"**Owner**: Core Research\n\n**Checklist**:\n- [x] Specs:\n  {PULL}\n- [x] Code: [PR](x.md)",
            False,
        ),
        ("**Owner**: Core Research\n\nRFC and PoC are merged.", True),
        ("**Owner**: Core Research\n\n- [RFC]()\n- [PoC]()", True),
        ("**Owner**: Chat/App Dev\n\nTests: https://github.com/waku-org/nwaku/pull/2", True),
        ("**Owner**: Business Dev\n\nTalks held.", False),
        ("", False),
    ],
)
def test_what_is_handed_over_is_linked(page: str, reported: bool) -> None:
    text = f"# Relay\n\n## Deliverables\n\n### ✅ [A]({ISSUE})\n\n{page}\n\n### [B]({ISSUE})\n\nRFC, PoC: https://example.org\n"
    assert bool(told(text, "WL316")) == reported


@pytest.mark.parametrize(
    ("url", "reported"),
    [
        ("https://github.com/waku-org/pm/issues/1", False),
        ("http://www.github.com/Waku-Org/pm/issues/1/", False),
        ("https://github.com/waku-org/pm/issues/1#issuecomment-2", False),
        ("https://github.com/logos-messaging/pm/issues/1?x=1", False),
        ("https://github.com/waku-org/pm2/issues/1", True),
        ("https://github.com/waku-org/pm/pull/1", False),
        ("", False),
    ],
)
def test_the_issue_of_another_repository_is_reported(url: str, reported: bool) -> None:
    text = f"# Relay\n\n## Deliverables\n\n### [A]({url})\n\n**Owner**: nwaku\n"
    assert told(text, "WL307") == ([("WL307", url)] if reported else [])


@pytest.mark.parametrize(
    ("sections", "message"),
    [
        ("## Strategic Objectives\n\n## furps:\n\n## Risk table\n", ""),
        ("**Objective**: growth\n\n**FURPS:** [Relay](x)\n**Risks** (accept)\n", ""),
        ("##Goal\n\n## Features\n\n### Risks\n", ""),
        ("Goal\n---\n\n## [FURPS](x.md)\n\n## ⚠️ Risks\n", ""),
        ("## Goal\n\n## FURPSY\n\n## ~~Risks~~\n", "page has no sections `FURPS` and `Risks`, which the template has"),
        ("## Goal\n\n## FURPS\n\n<!-- ## Risks -->\n", "page has no section `Risks`, which the template has"),
        ("## Goal\n\n## FURPS\n\nThe **Risks** are few.\n", "page has no section `Risks`, which the template has"),
    ],
)
def test_a_missing_section_is_named(sections: str, message: str) -> None:
    found = lint_files({"draft-roadmap/relay.md": f"# Relay\n\n{sections}\n## Deliverables\n\n### [A]({ISSUE})\n"})
    assert [each.message for each in found if each.code == "WL207"] == ([message] if message else [])
