"""Weekly updates, as contributors write them."""

from __future__ import annotations

from datetime import date

import pytest

from tests.conftest import covered, lint_files
from waku_lint.config.config import parse
from waku_lint.documents.extract.dates import date_in_name, written_dates
from waku_lint.positions import Span

URL = "https://github.com/waku-org/pm"
PATH = "content/waku/updates/2025-03-03.md"
HEADING = f"## [Milestone - Offline relay]({URL}/milestone/12)\n\n"
RELAY = f"- [Relay metrics]({URL}/issues/101)\n"
DOCS = f"- [Relay docs]({URL}/issues/102)\n"
DONE = "  - achieved: [nwaku] counts messages\n"
PAGES = {
    "draft-roadmap/offline_relay.md": f"# [Offline relay]({URL}/milestone/12)\n",
    "draft-roadmap/shared_store.md": f"# [Milestone: Shared store]({URL}/milestone/13)\n",
}
CONFIG = parse(".waku-lint.yaml", "rules: {WL707: on}")


def reported(text: str, code: str, pages: dict[str, str] | None = None, path: str = PATH) -> list[str]:
    """The texts that a rule reports in an update."""
    found = lint_files({path: text, **(PAGES if pages is None else pages)}, CONFIG)
    return [covered(text, each) for each in found if each.path == path and each.code == code]


def fixes(text: str, code: str, pages: dict[str, str] | None = None) -> list[tuple[str, bool] | None]:
    """The text that each finding puts there, and whether that is safe."""
    found = lint_files({PATH: text, **(PAGES if pages is None else pages)}, CONFIG)
    told = [each for each in found if each.path == PATH and each.code == code]
    return [(each.fix.edits[0].text, each.fix.safe) if each.fix else None for each in told]


@pytest.mark.parametrize(
    "prose",
    [
        "## Research\n\n- **Blocker:** the paper\n- Next:\n",
        f"{HEADING}{RELAY}{DOCS}",
        f"{HEADING}- [Relay metrics]({URL}/issues/101) is merged\n- Next: a dashboard\n",
        f"```\n{HEADING}{RELAY}  - blocker:\n{DONE}```\n",
        f"<!--\n{HEADING}{RELAY}  - blocker:\n{DONE}-->\n",
        "- The relay is out.\n\n  Achieved: a lot. Blocker:\n",
        "# Weekly\n\n[a]( b) and [b]() for {somebody}\n\n##Docs\n",
    ],
)
def test_free_prose_is_left_alone(prose: str) -> None:
    assert lint_files({PATH: prose}, CONFIG) == []


@pytest.mark.parametrize(
    ("below", "keys"),
    [
        ("  * **Achieved:** a\n  + Next: b\n  - BLOCKERS: c\n", []),
        ("  - achieved: a\n  - _blocker_: b\n", ["blocker"]),
        ("  - achieved: a\n  - *blocking:* b\n", ["blocking"]),
        ("  - achieved: a\n  - ***blocked :*** b\n", ["blocked"]),
        ("  - achieved: a\n  - *next: b\n", ["*next"]),
        ("  - achieved: a\n  - next_: b\n", ["next_"]),
        ("  - achieved: a\n  - [nwaku] blocker: b\n", ["blocker"]),
        ("  - achieved: a\n  - [ ] nex: b\n", ["nex"]),
        ("  - acheived:\n    - a\n", ["acheived"]),
        ("\t- achieved: a\n\t- blocker\uff1a 等待\n", ["blocker"]),
        ("  - achieved: a\n  - blocker\n    - b\n", ["blocker"]),
        ("  - achieved: a\n  - blocker\n", []),
        ("  - achieved: a\n  - risks: b\n  - Next week: c\n  - Blocked by: d\n", []),
        ("  - achieved: a\n  - [blocker](x.md): b\n  - `blocker`: c\n  - ~~blocker~~: d\n", []),
    ],
)
def test_the_name_of_a_status_is_read_in_each_of_its_spellings(below: str, keys: list[str]) -> None:
    assert reported(HEADING + RELAY + below, "WL706") == keys


def test_a_stray_sign_is_mended_only_where_it_is_all_in_the_name() -> None:
    assert fixes(f"{HEADING}{RELAY}  - achieved: a\n  - _next: b\n", "WL706") == [("next", True)]
    assert fixes(f"{HEADING}{RELAY}  - achieved: a\n  - **_next**:_ b\n", "WL706") == [None]


@pytest.mark.parametrize(
    ("below", "empty"),
    [
        ("  - next:\n", ["next"]),
        ("  - next:\r\n", ["next"]),
        ("  - next: <!-- what -->\n", ["next"]),
        ("  - next:\n    -\n  - blockers:\n", ["next", "blockers"]),
        ("  - next:\n    [nwaku] on the next line\n", []),
        ("  - next:\n\n    ```\n    code\n    ```\n", []),
        ("  - next:\n\n    | a |\n    |---|\n", []),
        ("  - next: ~~a dashboard~~\n  - blockers: ![](queue.png)\n", []),
        ("  - next:\n  - [nwaku] beside it, not below\n", []),
        ("  - next:\n    - - [nwaku] a list in a list\n", []),
        ("  - next:\n    - ```\n      code\n      ```\n", []),
        ("  - next:\n    - <b></b>\n", ["next"]),
        ("  - next: none\n  - blockers: -\n", []),
    ],
)
def test_a_status_is_empty_if_a_reader_sees_nothing(below: str, empty: list[str]) -> None:
    assert reported(HEADING + RELAY + DONE + below, "WL705") == empty


@pytest.mark.parametrize(
    ("item", "missing"),
    [
        (DOCS, ["Relay docs"]),
        (f"- **[Relay docs]({URL}/issues/102)**:\n", ["Relay docs"]),
        (f"- [ ] 🏗️ [Relay docs]({URL}/issues/102) ✅\n", ["Relay docs"]),
        (f"{DOCS}  - [nwaku] wrote a page\n", ["Relay docs"]),
        (f"{DOCS}  - blockers: [nwaku] no writer\n", []),
        (f"- [Relay docs]({URL}/issues/102): on hold\n", []),
        (f"- ~~[Relay docs]({URL}/issues/102)~~\n", []),
        (f"- [Relay docs]({URL}/issues/102), [more]({URL}/issues/103)\n", []),
        (f"- [Relay docs]({URL}/pull/102)\n", []),
        (f"- `code` [Relay docs]({URL}/issues/102)\n", []),
        (f"\n## Other Work\n\n{DOCS}", []),
    ],
)
def test_a_deliverable_that_is_only_named_has_no_status(item: str, missing: list[str]) -> None:
    assert reported(HEADING + RELAY + DONE + item, "WL704") == missing


@pytest.mark.parametrize(
    ("heading", "wrong"),
    [
        ("## [Milestone - Offline relay]({}/milestone/13)", True),
        ("### [OFFLINE  Relay]({}/milestone/13/)", True),
        ("## 🏗️ Milestone 3: [Offline-relay]({}/milestone/13?closed=1)", True),
        ("## **[Offline relay](<{}/milestone/13>)** - 2025-06-30", True),
        ("Offline relay {}/milestone/13\n---", True),
        ("##[Offline relay]({}/milestone/13)", True),
        ("## [Offline relay]({}/milestone/12?closed=1)", False),
        ("## [Offline relay at sea]({}/milestone/13)", False),
        ("## [Offline relay]({}/milestones)", False),
        ("## [Offline relay]({}/issues/13)", False),
        ("## ~~[Offline relay]({}/milestone/13)~~", False),
        ("See [Offline relay]({}/milestone/13)", False),
        ("## [Milestone]({}/milestone/13)", False),
    ],
)
def test_a_headings_number_is_compared_with_the_page_of_its_title(heading: str, wrong: bool) -> None:
    text = f"{heading.format(URL)}\n\nIt is merged.\n"
    assert reported(text, "WL703") == ([f"{URL}/milestone/13"] if wrong else [])


def test_a_number_is_mended_safely_only_where_nobody_needs_to_choose() -> None:
    relay = "draft-roadmap/offline_relay.md"
    text = f"## [Offline relay]({URL}/milestone/{{}})\n"
    assert fixes(text.format(13), "WL703") == [("12", True)]
    assert fixes(text.format(14), "WL703") == [("12", False)], "14 may as well be right"
    twice = {**PAGES, "draft-roadmap/old.md": f"# [Offline relay]({URL}/milestone/2)\n"}
    assert fixes(text.format(13), "WL703", twice) == [None]
    assert fixes(text.format(2), "WL703", twice) == []
    elsewhere = {relay: "# [Offline relay](https://github.com/waku-org/research/milestone/12)\n"}
    assert fixes(text.format(13), "WL703", elsewhere) == []
    assert fixes(text.format(13), "WL703", {relay: "# Offline relay\n"}) == []


def test_the_page_with_the_number_is_named() -> None:
    text = f"## [Offline relay]({URL}/milestone/13)\n"
    (found,) = [each for each in lint_files({PATH: text, **PAGES}) if each.code == "WL703"]
    assert found.message == (
        "milestone `Offline relay` is number 12 on its page, not 13, which is that of `Milestone: Shared store`"
    )
    assert [(each.path, each.start.line) for each in found.related] == [("draft-roadmap/offline_relay.md", 1)]


@pytest.mark.parametrize(
    ("item", "told"),
    [
        ("[nwaku] a", []),
        ("[NWAKU]: a", []),
        ("**[nwaku]** a", []),
        ("[research] a", []),
        ("[App/Chat Dev] a", []),
        ("[nwaku/chat] [nwaku + js-waku] a", []),
        ("[nwaku, chat] a", []),
        ("[the dashboard](x.md)", ["the dashboard"]),
        ("[nwalu] a", ["nwalu"]),
        ("[nwaku/foo] a", ["nwaku/foo"]),
        ("a [nwaku]", ["a [nwaku]"]),
    ],
)
def test_a_team_is_told_by_its_name_or_a_word_of_it(item: str, told: list[str]) -> None:
    assert reported(f"{HEADING}{RELAY}{DONE}  - next:\n    - {item}\n", "WL707") == told
    assert reported(f"{HEADING}{RELAY}{DONE}  - next: {item}\n", "WL707") == told


@pytest.mark.parametrize(
    ("title", "fixed"),
    [
        ("2025-02-24 Waku weekly", "2025-03-03"),
        ("'2025-02-24'", "2025-03-03"),
        ("Waku 2025/2/24", "2025/3/3"),
        ("2025.02.24", "2025.03.03"),
        ("第2025-02-24周", "2025-03-03"),
        ("2025-02-30 Waku weekly", "2025-03-03"),
        ("Waku, 24 Feb 2025", "3 Mar 2025"),
        ("Waku, 05 Feb 2025", "03 Mar 2025"),
        ("Waku, Feb. 24, 2025", "Mar. 3, 2025"),
        ("Waku, FEBRUARY 22ND, 2025", "MARCH 3RD, 2025"),
        ("Waku, 24th of february 2025", "3rd of march 2025"),
        ("2025-02-24 - Waku weekly", "2025-03-03"),
        ("2025-03-03 Waku weekly", None),
        ("Waku, 3rd March 2025", None),
        ("Waku weekly 10", None),
        ("Waku 3/2/2025", None),
        ("Waku 2025-02", None),
        ("Waku v1.2025-02-24", None),
        ("2025-02-24 to 2025-03-02", None),
        ("2025-02-24/2025-03-02", None),
        ("24 Feb - 2 Mar 2025", None),
        ("Feb 24th to March 2nd, 2025", None),
        ("2025-02-24 to 02 Mar", None),
    ],
)
def test_a_titles_date_is_mended_in_its_own_form(title: str, fixed: str | None) -> None:
    text = f"---\ntitle: {title}\ndate: 2025-03-03\n---\n"
    assert fixes(text, "WL702") == ([(fixed, True)] if fixed else [])
    assert fixes(text, "WL701") == []


@pytest.mark.parametrize(
    ("title", "day", "codes"),
    [
        ("2025-03-03", "2025-03-04", {"WL701": [("2025-03-03", True)]}),
        ("Weekly", "2025-03-04", {"WL701": [("2025-03-03", False)]}),
        ("2025-02-24", "2025-03-04", {"WL701": [("2025-03-03", False)], "WL702": [("2025-03-03", False)]}),
        ("2025-03-04", "2025-03-04", {"WL701": [None]}),
        ("2025-02-24", "TBD", {"WL702": [("2025-03-03", False)]}),
        ("2025-03-03", "03-04-2025", {}),
    ],
)
def test_a_date_is_mended_safely_only_where_two_of_three_agree(title: str, day: str, codes: dict[str, object]) -> None:
    text = f"---\ntitle: {title}\ndate: {day}\n---\n"
    assert {code: found for code in ("WL701", "WL702") if (found := fixes(text, code))} == codes


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("updates/2025-03-03.md", date(2025, 3, 3)),
        ("updates/2025/2025-03-03-waku.md", date(2025, 3, 3)),
        ("updates/weekly 2025-03-03.md", date(2025, 3, 3)),
        ("2025-03-03/notes.md", None),
        ("2025-02-30.md", None),
        ("2025-03-03_2025-03-10.md", None),
        ("2025-03.md", None),
    ],
)
def test_a_files_name_holds_one_day_or_none(name: str, day: date | None) -> None:
    assert date_in_name(name) == day


@pytest.mark.parametrize(
    "day", ["11th March 2025", "12th March 2025", "21st March 2025", "22nd March 2025", "23rd March 2025"]
)
def test_an_ordinal_goes_with_its_day(day: str) -> None:
    (first,) = written_dates("1st May 2024", Span(0, 12))
    assert first.rewritten(date(2025, 3, int(day[:2]))) == day
