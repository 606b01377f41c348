"""What a repository holds, and the configuration to begin with."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from msgspec import Struct

from waku_lint.config.config import Config, preset
from waku_lint.config.file import folded
from waku_lint.config.patterns import Patterns
from waku_lint.documents.model import Milestone
from waku_lint.documents.reader import read_document
from waku_lint.files.snapshot import Snapshot
from waku_lint.parsing.yaml import written
from waku_lint.regexes import lazy
from waku_lint.rules.wording import is_placeholder, names_several, teams_by_name

OFTEN: Final = 3  # an owner that is named so often is a team; one that is not may be a slip

_UNITS: Final = Patterns(("content/*/furps/**/*.md", "content/*/roadmap/**/*.md"))
_REPOSITORY: Final = lazy(
    r"https?://(?:www\.)?github\.com/([\w.-]+/[\w.-]+)/(?:issues|milestones?)(?:/|\Z)", re.ASCII | re.IGNORECASE
)

PRE_COMMIT: Final = """\
repos:
  - repo: <address of waku-lint's repository>
    rev: <a tag or commit of it>
    hooks:
      - id: waku-lint
"""


class Survey(Struct, frozen=True):
    """What was found. `reason` tells what speaks for the preset.

    `kinds` are kinds and how many files each has, `teams` the owners that the preset does not know and how often each
    is named, `repositories` those whose issues and milestones are linked and how often; the most frequent first.
    """

    config: Config
    reason: str
    kinds: tuple[tuple[str, int], ...]
    teams: tuple[tuple[str, int], ...]
    repositories: tuple[tuple[str, int], ...]

    @property
    def new_teams(self) -> tuple[str, ...]:
        return tuple(name for name, count in self.teams if count >= OFTEN)

    @property
    def new_repositories(self) -> tuple[str, ...]:
        """Those that the preset lacks, if the project plans elsewhere than it says; else none."""
        often = tuple(name for name, count in self.repositories if count >= OFTEN)
        known = {name.casefold() for name in self.config.repositories}
        return often if any(name.casefold() not in known for name in often) else ()


def survey(state: Snapshot) -> Survey:
    """Look at the files of a project, whatever is configured in it."""
    if any(map(_UNITS.match, state.names)):
        config, reason = preset("logos"), "there are folders of units: content/*/furps, content/*/roadmap"
        pages = _milestones(state, config)
    else:
        config = preset("waku")
        pages = _milestones(state, config)
        forms = Counter(deliverable.form for page in pages for deliverable in page.deliverables)
        compact, sections = forms["compact"], forms["section"] + forms["reference"]
        if compact > sections:
            config = preset("waku-classic")
        reason = (
            f"of the deliverables {compact} are compact lines, {sections} sections or links" if forms else "the default"
        )
    found = Counter(kind.name for path in state.names if (kind := config.kind_of(path)) is not None)
    return Survey(
        config,
        reason,
        tuple((kind.name, found[kind.name]) for kind in config.kinds),
        _teams((owner.value for page in pages for each in page.deliverables for owner in each.owners), config),
        _repositories(pages),
    )


def _milestones(state: Snapshot, config: Config) -> list[Milestone]:
    paths = [path for path in state.names if (kind := config.kind_of(path)) is not None and kind.name == "milestone"]
    roots = (read_document(file, "milestone").root for file in state.read(paths))
    return [root for root in roots if isinstance(root, Milestone)]


def _teams(owners: Iterable[str], config: Config) -> tuple[tuple[str, int], ...]:
    """The owners that are none of the configured teams, each by its most frequent spelling."""
    known = teams_by_name(config.teams)
    spellings: dict[str, Counter[str]] = {}
    for owner in owners:
        if folded(owner) not in known and not names_several(owner, known) and not is_placeholder(owner):
            spellings.setdefault(folded(owner), Counter())[owner] += 1
    found = Counter({each.most_common(1)[0][0]: each.total() for each in spellings.values()})
    return tuple(found.most_common())


def _repositories(pages: Iterable[Milestone]) -> tuple[tuple[str, int], ...]:
    def linked() -> Iterator[str]:
        for page in pages:
            yield from (url.value for url in page.github)
            yield from (each.issue.value for each in page.deliverables if each.issue is not None)

    matches = map(_REPOSITORY.match, linked())
    return tuple(Counter(match[1] for match in matches if match is not None).most_common())


def summary(found: Survey) -> str:
    """What was found, for people."""
    lines = [f"preset: {found.config.preset} ({found.reason})"]
    lines.append(f"files: {_files(found)}")
    if not any(count for _, count in found.kinds):
        lines.append("no file is a document by this preset: name yours under `kinds`")
    if found.repositories:
        lines.append("issues and milestones: " + ", ".join(f"{name} ({count})" for name, count in found.repositories))
    if found.teams:
        lines.append("owners that the preset does not know: " + ", ".join(f"{n} ({count})" for n, count in found.teams))
    return "\n".join(lines) + "\n"


def configuration(found: Survey) -> str:
    """A `.waku-lint.yaml` to begin with: what differs from the preset, and the rest as comments."""
    return "\n".join((*_head(found), "", *_team_lines(found), "", *_repository_lines(found), "", *_TAIL)) + "\n"


_TAIL: Final = (
    "# rules:",
    "#   milestone-github-missing: warning      # off, on, error or warning; `waku-lint rules` lists them",
    "#   deliverable-owner-missing:",
    "#     per-path: {draft-roadmap/old/**: off}",
    "",
    "# exclude: [draft-roadmap/archive/**]",
)


def _head(found: Survey) -> Iterator[str]:
    yield "# What `waku-lint` expects of this repository; `waku-lint config` shows all that is in effect."
    yield f"extends: {found.config.preset}"
    yield ""
    yield "# Which files are what, as in .gitignore, from the root; what is given takes the place of the preset's."
    yield f"# By the preset: {_files(found)}."
    yield "# kinds:"
    yield "#   milestone: {paths: [plan/**/*.md]}"


def _files(found: Survey) -> str:
    return ", ".join(f"{kind} {count}" for kind, count in found.kinds)


def _team_lines(found: Survey) -> Iterator[str]:
    new = set(found.new_teams)
    sign = "" if new else "# "
    yield "# Who can own a deliverable, and other names for them; what is given takes the place of the preset's."
    yield f"{sign}teams:"
    if not found.teams:
        yield "#   Name of a Team: [Another Name of It]"
        return
    for team, aliases in found.config.teams.items():
        yield f"{sign}  {written(team)}: {written(list(aliases))}"
    for name, count in found.teams:
        often = f"named {count} time{'' if count == 1 else 's'}"
        yield f"{sign if name in new else '# '}  {written(name)}: [] # {often}"


def _repository_lines(found: Survey) -> Iterator[str]:
    new = found.new_repositories
    yield "# Where issues and milestones are, the preferred one first."
    if found.repositories:
        yield "# Linked: " + ", ".join(f"{name} ({count})" for name, count in found.repositories)
    yield "repositories:" if new else "# repositories:"
    yield f"{'' if new else '# '}  issues: {written(list(new or found.config.repositories))}"
