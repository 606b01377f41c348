"""How a milestone page's own fields are read, and what is reported of them."""

from __future__ import annotations

import pytest

from tests.conftest import covered, lint_files
from waku_lint.documents.model import Milestone
from waku_lint.documents.reader import read_document
from waku_lint.files.source import SourceFile

TITLE = "# [Relay](https://github.com/waku-org/pm/milestone/12)\n\n"
Told = list[tuple[str, str]]


def told(text: str, *codes: str) -> Told:
    found = lint_files({"draft-roadmap/relay.md": text})
    return [(each.code, covered(text, each)) for each in found if each.code in codes]


@pytest.mark.parametrize(
    "value",
    [
        "30 Sep 2025",
        "30 September 2025",
        "30 Sept 2025",
        "1st Oct 2025",
        "Sep 30, 2025",
        "September 30 2025",
        "2025-09-30",
        "29 Feb 2028",
        "**30 Sep 2025**",
        "30 sep 2025.",
        "~~31 Aug 2025~~ 30 Sep 2025",
        "[30 Sep 2025](https://example.org/calendar)",
    ],
)
def test_a_date_is_a_date_however_it_is_spelled(value: str) -> None:
    for label in (
        "**Estimated date of completion**: ",
        "Estimated Date of Completion: ",
        "**Estimated date of delivery:** ",
    ):
        assert told(f"{TITLE}{label}{value}\n", "WL201", "WL203") == []


@pytest.mark.parametrize(
    ("value", "where"),
    [
        ("TBD", "TBD"),
        ("Q2 2025", "Q2 2025"),
        ("2025H2 Period", "2025H2 Period"),
        ("end of June 2025", "end of June 2025"),
        ("June 2025", "June 2025"),
        ("31 Aug", "31 Aug"),
        ("August 31", "August 31"),
        ("30 Sep 25", "30 Sep 25"),
        ("{?}", "{?}"),
        ("{30 Sep}", "{30 Sep}"),
        ("<30 Sep>", "<30 Sep>"),
        ("29 Feb 2027", "29 Feb 2027"),
        ("2025-13-01", "2025-13-01"),
        ("31 Oct 2025 (clean-up later)", "(clean-up later)"),
        ("30 Sep 2025, later", ", later"),
        ("**30 Sep 2025** (later)", "(later)"),
        ("[30 Sep 2025](https://example.org) later on", "later on"),
        ("~~31 Aug 2025~~ 30 Sep 2025 *(later)*", "(later)"),
        ("30 Sep 2025 \\*", "\\*"),
    ],
)
def test_what_is_no_date_is_told_at_its_words(value: str, where: str) -> None:
    text = f"{TITLE}**Estimated date of completion**: {value}\n"
    assert told(text, "WL201", "WL203") == [("WL203", where)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**Estimated date of completion**: {Enter date}", []),
        ("**Estimated date of completion**: <Enter date>", []),
        ("**Estimated date of completion**:\n- 30 Sep 2025", []),
        ("**Estimated date of completion**:\n\n30 Sep 2025", []),
        ("## Estimated date of completion\n\n30 Sep 2025", []),
        ("**Estimated completion date: TBD**", [("WL203", "TBD")]),
        ("**Estimated date of completion**:", [("WL201", "Estimated date of completion")]),
        ("The estimated date of completion is near.", [("WL201", "Relay")]),
    ],
)
def test_the_estimate_is_found_where_it_is_written(text: str, expected: Told) -> None:
    assert told(f"{TITLE}{text}\n", "WL201", "WL203") == expected


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("**Resources Required for 2025H2**:\n- 1 nwaku engineer", False),
        ("**Resources Required**: half a researcher", False),
        ("**Resources Required (2025H2)**:\n* one", False),
        ("**Resources Required for 2025H2**:\n\n| who | how long |\n|---|---|\n| nwaku | 2 weeks |", False),
        ("## Resources\n\n- one", False),
        ("## Resources\n\n<!-- who -->\n\n- one", False),
        ("**Resources Required**:\n<!-- who -->\n- one", False),
        ("**Resources Required for 2025H2**:\n\n## Risks\n\n- none", True),
        ("**Resources Required**:\n\nHalf a researcher for 2 months.", False),
        (f"**Resources Required**:\n\n{'Operators plan for what it costs them. ' * 3}It is:\n\n- bandwidth", True),
        ("- one engineer", True),
    ],
)
def test_the_effort_is_found_where_it_is_written(text: str, missing: bool) -> None:
    assert bool(told(f"{TITLE}{text}\n", "WL204")) == missing


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("# [Relay](https://github.com/waku-org/pm/milestone/12)", None),
        ("# [Relay](https://github.com/Waku-Org/PM/milestone/12/)", None),
        ("# [Relay](https://github.com/logos-messaging/pm/milestone/12?closed=1)", None),
        ("# Relay\n\n**GitHub Milestone and deliverables**: https://github.com/waku-org/pm/milestone/12", None),
        ("# [Relay](HTTPS://GitHub.com/waku-org/pm/milestone/12)", None),
        ("---\ngithub: [https://github.com/waku-org/pm/milestone/12]\n---\n\n# Relay", None),
        ('---\ngithub: " https://github.com/waku-org/pm/milestone/12 "\n---\n\n# Relay', None),
        ("# Relay\n\n**deliverables**: https://github.com/waku-org/pm/milestone/12", None),
        ("# Relay\n\n**Milestone**:\n- https://github.com/waku-org/pm/milestone/12", None),
        ("# Relay\n\n[Milestone Relay](https://github.com/waku-org/pm/milestone/12).", None),
        ("---\ngithub: https://github.com/waku-org/pm/milestone/12\n---\n\n# Relay", None),
        ("Relay\n=====\n\n## Milestone: [Relay](https://github.com/waku-org/pm/milestone/12)", None),
        ("# Relay\n\nAfter [this](https://github.com/waku-org/pm/milestone/12) comes more.", "Relay"),
        ("# Relay", "Relay"),
        ("---\ntitle: Relay\n---\n\ntext", "Relay"),
        ("text\n\nmore", "text"),
        ("# [Relay](https://github.com/a/b/milestone/1)", "https://github.com/a/b/milestone/1"),
        ("# [Relay](https://github.com/waku-org/pm/milestones/1)", "https://github.com/waku-org/pm/milestones/1"),
        ("---\ngithub: 12/34\n---\n\n# Relay", "12/34"),
    ],
)
def test_the_github_milestone_is_found_where_it_is_given(text: str, where: str | None) -> None:
    assert told(text + "\n", "WL205") == ([("WL205", where)] if where else [])


def test_a_title_of_the_front_matter_has_no_blanks_around_it() -> None:
    text = b"---\ntitle: ' Relay '\n---\n\n**Estimated date of completion**: 30 Sep 2025\n"
    root = read_document(SourceFile("draft-roadmap/relay.md", text), "milestone").root
    assert isinstance(root, Milestone)
    assert root.title is not None
    assert root.title.value == "Relay"
