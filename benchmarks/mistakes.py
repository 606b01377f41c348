"""Mistakes for generated roadmaps: how each is made, and where it is to be found."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from typing import Final

from benchmarks.roadmap import generate

TITLE: Final = "title"  # the first line of the page
DELIVERABLE: Final = "deliverable"  # the heading above
HERE: Final = "here"  # the line where the mistake is made

_PLAIN: Final = "A node costs less than it gives."


@dataclass(frozen=True, slots=True)
class Mistake:
    """`pattern` is what stands on a sound page, `by` what takes its place; `below` counts lines from `place`."""

    code: str
    pattern: str
    by: str
    place: str = HERE
    below: int = 0
    kind: str = "milestone"


@dataclass(frozen=True, slots=True, order=True)
class Planted:
    """Where a mistake is, and of which rule."""

    path: str
    line: int
    code: str


MISTAKES: Final = (
    Mistake("WL002", r"\A# ", "---\na: [\n---\n# ", below=2),
    Mistake("WL008", r"## Risks", '<!-- waku-lint: disable=WL999 reason="x" -->\n## Risks'),
    Mistake("WL009", r"## Risks", '<!-- waku-lint: disable-next-line=WL306 reason="x" -->\n## Risks'),
    Mistake("WL102", r"\A# ", "---\nodd: 1\n---\n# ", below=1),
    Mistake("WL103", _PLAIN, "{why}"),
    Mistake("WL104", _PLAIN, "TODO: say why."),
    Mistake("WL106", _PLAIN, "See [this]()."),
    Mistake("WL107", _PLAIN, "See [this](/FURPS/core/nowhere.md)."),
    Mistake("WL108", _PLAIN + "\n\n", "", below=-2),
    Mistake("WL109", r"## Risks", "## Notes\n\na\n\n## Notes\n\nb\n\n## Risks", below=4),
    Mistake("WL110", r"## Risks", "##Notes\n\na\n\n## Risks"),
    Mistake("WL111", r"\| Few test it \| Mitigation: we run it ourselves \|", "| Few | Mitigation: we run it | more |"),
    Mistake("WL112", r"- \[ \] Code: the pull requests", "- [ ] Code: the pull requests\n-", below=1),
    Mistake("WL201", r"\*\*Estimated date of completion\*\*: .*\n\n", "", TITLE),
    Mistake("WL203", r"(\*\*Estimated date of completion\*\*: ).*", r"\1soon"),
    Mistake("WL204", r"\*\*Resources Required for 2025H2\*\*:\n- .*\n\n", "", TITLE),
    Mistake("WL205", r"\A# \[(.*?)\]\(.*", r"# \1", TITLE),
    Mistake("WL207", rf"## Strategic Objective\n\n{_PLAIN}\n\n", "", TITLE),
    Mistake("WL302", r"\*\*Owner\*\*: .*\n\n", "", DELIVERABLE),
    Mistake("WL304", r"\*\*Owner\*\*: .*", "**Owner**: nobody"),
    Mistake("WL305", r"\*\*Owner\*\*: .*", "**Owner**: nwaku, js-waku"),
    Mistake("WL306", r"### \[(.*?)\]\(.*", r"### \1"),
    Mistake("WL307", r"(### .*)waku-org/pm/issues", r"\1other/repo/issues"),
    Mistake("WL309", r"\*\*Feature\*\*: .*\n\n", "", DELIVERABLE),
    Mistake("WL311", r"\*\*FURPS\*\*:\n(?:- .*\n)+\n", "", DELIVERABLE),
    Mistake("WL312", r"\*\*Checklist\*\*:\n(?:- .*\n)+", "", DELIVERABLE),
    Mistake("WL313", r"(\*\*Checklist\*\*:\n(?:- .*\n)+?)- \[ \] Docs.*\n", r"\1"),
    Mistake("WL404", r"## Usability\n\n1\.", "## Usability\n\n3.", below=2, kind="furps"),
    Mistake("WL422", r"- F\d+(\. .*)", r"- F99\1"),
    Mistake("WL423", r"(- [FURPS+]\d+\. .*\n)", r"\1\1", below=1),
    Mistake("WL425", r"(- [FURPS+]\d+\. )A node", r"\1Some node"),
    Mistake("WL426", r"(- [FURPS+]\d+\. )A node", r"\1a node"),
    Mistake("WL427", r"(- [FURPS+]\d+)\. ", r"\1 "),
    Mistake("WL428", r"(- [FURPS+]\d+)\. .*", r"\1"),
)


def plant(documents: int, mistakes: int, seed: int = 0) -> tuple[dict[str, str], list[Planted]]:
    """A generated roadmap with so many mistakes, at most one in a file, and where they are.

    Of many mistakes there is at least one of each, but for those that no page that is left has the words for.
    """
    files = generate(documents, seed)
    chance = random.Random(seed)
    free = {
        "milestone": [path for path in files if path.startswith("draft-roadmap/use_")],
        "furps": [path for path in files if path.startswith("FURPS/core/")],
    }
    for paths in free.values():
        chance.shuffle(paths)
    planted: list[Planted] = []
    for number in range(mistakes):
        mistake = MISTAKES[number] if number < len(MISTAKES) else chance.choice(MISTAKES)
        pages = free[mistake.kind]
        path = next((path for path in pages if re.search(mistake.pattern, files[path])), None)
        if path is not None:
            pages.remove(path)
            files[path], line = _made(mistake, files[path])
            planted.append(Planted(path, line, mistake.code))
    return files, sorted(planted)


def _made(mistake: Mistake, text: str) -> tuple[str, int]:
    """The text with a mistake, and its line."""
    found = re.search(mistake.pattern, text)
    assert found is not None  # noqa: S101 - the page was chosen for that
    above = text[: found.start()].split("\n")
    if mistake.place == TITLE:
        line = 1
    elif mistake.place == DELIVERABLE:
        line = max(number for number, each in enumerate(above, 1) if each.startswith("### "))
    else:
        line = len(above) + mistake.below
    return text[: found.start()] + found.expand(mistake.by) + text[found.end() :], line
