"""Roadmaps of any size that look like real ones, and keep all rules of the preset waku."""

from __future__ import annotations

import random
from typing import Final

_THINGS: Final = ("relay", "store", "filter", "gauge", "beacon", "ledger", "mailbox", "archive", "compass", "harbour")
_VERBS: Final = ("counts", "keeps", "shows", "forgets", "repeats", "signs", "orders", "compares", "publishes", "reads")
_OBJECTS: Final = ("messages", "peers", "queries", "readings", "receipts", "members", "topics", "errors", "sessions")
_TEAMS: Final = ("nwaku", "js-waku", "Core Research", "Chat/App Dev")
_CATEGORIES: Final = (
    ("F", "Functionality"), ("U", "Usability"), ("R", "Reliability"), ("P", "Performance"), ("S", "Supportability"),
    ("+", "+ (Privacy, Anonymity, Censorship-Resistance, Deployments)"),
)  # fmt: skip
_MARKS: Final = {"R": " (**Vac-QA**)", "P": " (**Vac-DST**)"}


def generate(documents: int, seed: int = 0) -> dict[str, str]:
    """About `documents` files by path: as many milestone pages as feature files, and the two indexes."""
    chance = random.Random(seed)
    count = max(documents // 2 - 1, 1)
    files: dict[str, str] = {}
    features = ["# FURPS", ""]
    plan = ["# Plan", "", "| Milestone | End Date |", "|---|---|"]
    for number in range(count):
        thing = f"{chance.choice(_THINGS).capitalize()} {number}"
        name = thing.replace(" ", "_").lower()
        statements = _statements(chance)
        files[f"FURPS/core/{name}.md"] = _feature(thing, statements)
        day = f"{chance.randint(1, 28)} {chance.choice(('Mar', 'Jun', 'Sep', 'Dec'))} 2025"
        files[f"draft-roadmap/use_{name}.md"] = _milestone(chance, number, thing, name, day, statements)
        features.append(f"- [{thing}](core/{name}.md)")
        plan.append(f"| [Use {thing}](use_{name}.md) | {day} |")
    files["FURPS/README.md"] = "\n".join(features) + "\n"
    files["draft-roadmap/README.md"] = "\n".join(plan) + "\n"
    return files


def _statements(chance: random.Random) -> dict[str, list[str]]:
    return {
        letter: [
            f"A node {chance.choice(_VERBS)} {chance.choice(_OBJECTS)} within {chance.randint(1, 900)} steps"
            f"{_MARKS.get(letter, '')}."
            for _ in range(chance.randint(1, 6))
        ]
        for letter, _ in _CATEGORIES
    }


def _feature(thing: str, statements: dict[str, list[str]]) -> str:
    lines = [f"# {thing} FURPS", ""]
    for letter, heading in _CATEGORIES:
        lines += [f"## {heading}", ""]
        lines += [f"{number}. {text}" for number, text in enumerate(statements[letter], start=1)]
        lines.append("")
    return "\n".join(lines)


def _milestone(
    chance: random.Random, number: int, thing: str, name: str, day: str, statements: dict[str, list[str]]
) -> str:
    lines = [
        f"# [Use {thing}](https://github.com/waku-org/pm/milestone/{number + 1})",
        "",
        f"**Estimated date of completion**: {day}",
        "",
        "**Resources Required for 2025H2**:",
        f"- {chance.randint(1, 3)} nwaku engineers for {chance.randint(1, 6)} months",
        "",
        f"Whoever runs a node sees what {thing} does for it, on one page and without a restart.",
        "",
        "## Strategic Objective",
        "",
        "A node costs less than it gives.",
        "",
        "## FURPS",
        "",
        f"- [{thing}](/FURPS/core/{name}.md)",
        "",
        "## Risks",
        "",
        "| Risk | (Accept, Own, Mitigation) |",
        "|------|---------------------------|",
        "| Few test it | Mitigation: we run it ourselves |",
        "",
        "## Deliverables",
    ]
    for at in range(chance.randint(1, 4)):
        quoted = [
            f"- {letter}{index}. {text}"
            for letter, texts in statements.items()
            for index, text in enumerate(texts, start=1)
            if chance.random() < 0.6
        ]
        lines += [
            "",
            f"### [Part {at + 1} of {thing}](https://github.com/waku-org/pm/issues/{number * 10 + at + 1})",
            "",
            f"**Owner**: {chance.choice(_TEAMS)}",
            "",
            f"**Feature**: [{thing}](/FURPS/core/{name}.md)",
            "",
            "**FURPS**:",
            *(quoted or [f"- F1. {statements['F'][0]}"]),
            "",
            "**Checklist**:",
            "- [ ] Specs: where it is written down",
            "- [ ] Code: the pull requests",
            "- [ ] Dogfood: notes of the trial",
            "- [ ] Docs: the handbook's chapter",
        ]
    return "\n".join(lines) + "\n"
