"""The texts of new documents: what the rules in force want, with placeholders for what only a person knows.

A placeholder stands in braces, and is a finding until it is filled in: of WL103, and where something counts that a
placeholder is not, of the rule that wants it (WL205 a milestone's number, WL301 ids, WL306 an issue's number).
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Sequence
from typing import Any, Final

from waku_lint.documents.extract.outline import normal
from waku_lint.documents.model import Statement
from waku_lint.errors import CannotRun
from waku_lint.project.links import Tree
from waku_lint.project.quotations import Feature, source_of, text_of
from waku_lint.regexes import lazy
from waku_lint.rules.base import Rule
from waku_lint.rules.wording import FURPS_SECTIONS, any_word, is_placeholder
from waku_lint.session.session import Session

_PLANNED: Final = "\U0001f3d7"
_FURPS: Final = lazy(r"\s*\bfurps\b\s*", re.IGNORECASE)
_FEATURE: Final = "[{Feature}]({its file})"
_STATEMENTS: Final = {
    "F": "{what it does}",
    "U": "{how people use it}",
    "R": "{what it withstands}",
    "P": "{how fast it is, or how much it bears}",
    "S": "{where it runs, and how it is looked after}",
    "+": "{what stays private, and where it is deployed}",
}
# By what an issue is for, in the order in which its template's words are looked at.
_ABOUT: Final = {
    "deliverable": "What one team delivers",
    "epic": "Several tasks with one aim",
    "task": "One piece of work",
    "milestone": "What users get, and when",
    "bug": "Something does not work as it should",
}


class Template:
    """Texts for one project; what is None becomes a placeholder.

    `path` is where the document will stand, or a pattern of where. `owner` is a team as the project calls it, the
    statements of `feature` are quoted. `is_compact` tells the form of deliverables.
    """

    def __init__(
        self, session: Session, path: str, title: str | None, owner: str | None, feature: Feature | None
    ) -> None:
        self.session = session
        self.path = path
        self.title = title
        self.owner = owner or "{team}"
        self.feature = feature
        # Where WL301 wants even a heading to be compact, the process has no other form.
        self.is_compact = self.on("deliverable-format") and bool(self.option("deliverable-format", "headings"))

    def on(self, name: str) -> bool:
        return self.rule(name).code in self.session.active

    def option(self, name: str, option: str) -> Any:
        """An option of a rule as it is configured; where the rule is off, by default."""
        rule = self.rule(name)
        active = self.session.active.get(rule.code)
        return active.options[option] if active else next(each.default for each in rule.options if each.name == option)

    def rule(self, name: str) -> Rule:
        rule = self.session.registry.find(name)
        assert rule is not None, name  # noqa: S101 - the names here are ours
        return rule

    # Parts

    @property
    def in_site(self) -> bool:
        """Whether the page is part of a web site, which takes its title from the front matter."""
        return Tree((), self.session.config.sites).in_site(self.path)

    def front_matter(self, kind: str) -> str:
        """The front matter of a page that is to have it; empty for others."""
        wanted = self.on("front-matter-missing") and kind in self.option("front-matter-missing", "kinds")
        if not (wanted or self.in_site):
            return ""
        if self.title is None:
            raise CannotRun("the front matter needs a title; give a PATH or --title")
        tagged = kind == "milestone" and self.on("milestone-tag-missing")
        tags = f"tags: [{self.option('milestone-tag-missing', 'tag')}]\n" if tagged else ""
        return f"---\ntitle: {_yaml(self.title)}\n{tags}---\n\n"

    def link(self, text: str, what: str, rule: str) -> str:
        """`text` with a link to a GitHub milestone or issue, if `rule` wants one."""
        return f"[{text}]({self.url(what)})" if self.on(rule) else text

    def url(self, what: str) -> str:
        repositories = self.session.config.repositories
        return f"https://github.com/{repositories[0]}/{what}/{{number}}" if repositories else "{GitHub link}"

    @property
    def feature_link(self) -> str:
        if self.feature is None:
            return _FEATURE
        title = _FURPS.sub(" ", self.feature.title).strip() or self.feature.title
        target = Tree((), self.session.config.sites).target(self.feature.document.path, self.path, "/")
        return f"[{_escaped(title)}]({target.replace(' ', '%20')})"

    def ids(self, otherwise: str) -> str:
        return ", ".join(each.id for each in deliverable_statements(self.feature)) if self.feature else otherwise

    # Deliverables

    @property
    def name(self) -> str:
        return _escaped(self.title) if self.title else "{Name}"

    @property
    def level(self) -> int:
        """The level of a deliverable's heading; 0 for a list item."""
        return 0 if self.is_compact else 3

    def compact(self, name: str) -> str:
        return f"{self.link(name, 'issues', 'deliverable-issue-missing')}: {self.ids('{FURPS}')} ({self.owner})\n"

    def deliverable(self, level: int, name: str | None = None) -> str:
        """A deliverable with a heading of this level; level 0 is a list item. It is called by the title, or `name`."""
        name = name or self.name
        marker = f"{'#' * level} " if level else "- "
        if self.is_compact or not level:
            return marker + self.compact(name)
        feature = self.feature
        quoted = (
            [f"{each.id}. {source_of(feature, each) or text_of(each)}" for each in deliverable_statements(feature)]
            if feature
            else []
        )
        parts = [
            marker + self.link(name, "issues", "deliverable-issue-missing"),
            f"**Owner**: {self.owner}",
            f"**Feature**: {self.feature_link}",
            _listed("**FURPS**:", quoted or ["F1. {statement, as the feature has it}"]),
        ]
        if self.on("deliverable-checklist-missing") or self.on("deliverable-checklist-item-missing"):
            parts.append(
                _listed(
                    "**Checklist**:",
                    [f"[ ] {item}" for item in self.option("deliverable-checklist-item-missing", "items")],
                )
            )
        return "\n\n".join(parts) + "\n"

    # Documents

    def milestone(self) -> str:
        title = _escaped(self.title) if self.title else "{Title, such as what users can do}"
        front_matter = self.front_matter("milestone")
        parts = []
        if not self.in_site:
            parts.append(f"# {self.link(title, 'milestone', 'milestone-github-missing')}")
        elif self.on("milestone-github-missing"):
            parts.append(f"**GitHub Milestone**: {self.url('milestone')}")
        if self.on("milestone-estimate-missing"):
            parts.append(f"**{self.option('milestone-estimate-label', 'label')}**: {{date, such as 30 Sep 2025}}")
        if self.on("milestone-effort-missing") or self.on("milestone-transversal"):
            parts.append(_listed("**Resources Required for {half-year}**:", self.resources()))
        if self.on("milestone-benefit-missing"):
            parts.append("{What users get once this is done, and why now}")
        wanted = self.option("milestone-section-missing", "sections") if self.on("milestone-section-missing") else {}
        sections = {name: {normal(each) for each in (name, *others)} for name, others in wanted.items()}
        if self.is_compact and not any("furps" in names for names in sections.values()):
            parts.append(f"**Features**: {self.feature_link}")
        # Deliverables come last: a section that follows them may be read as a part of theirs.
        own = {name: names for name, names in sections.items() if "deliverables" not in names}
        parts += [f"## {name}\n\n{self.section(names)}" for name, names in own.items()]
        return front_matter + "\n\n".join([*parts, f"## Deliverables\n\n{self.deliverables()}"])

    def resources(self) -> list[str]:
        """An item for each area in which work is to be planned, where WL214 wants that; else one."""
        who = "{who, and for how long}"
        if not self.on("milestone-transversal"):
            return [who]
        areas = {area: words for area, words in self.option("milestone-transversal", "areas").items() if words}
        named = [area if any_word(words).search(area) else words[0].rstrip("*") for area, words in areas.items()]
        return [f"{name}: {who}" for name in named]

    def section(self, names: Collection[str]) -> str:
        """What stands below a heading that goes by these names."""
        if "furps" in names:
            return self.summary
        if "risks" in names:
            return (
                "| Risk | (Accept, Own, Mitigation) |\n|------|---------------------------|\n"
                "| {what may go wrong} | {what is done about it} |"
            )
        return "{which one this serves, and how}" if "strategic objective" in names else "{what belongs here}"

    @property
    def summary(self) -> str:
        return f"- {self.feature_link}: {self.ids('{ids, such as F1}')}"

    def deliverables(self) -> str:
        """As many as the process wants at least; the title is the page's, none of theirs."""
        count = (
            max(1, self.option("milestone-deliverables-missing", "min"))
            if self.on("milestone-deliverables-missing")
            else 1
        )
        names = [f"{{Name {number}}}" for number in range(1, count + 1)] if count > 1 else ["{Name}"]
        return ("" if self.is_compact else "\n").join(self.deliverable(self.level, name) for name in names)

    def furps(self) -> str:
        title = _FURPS.sub(" ", self.title or "").strip()
        front_matter = self.front_matter("furps")
        wanted = (
            self.option("furps-section-missing", "sections") if self.on("furps-section-missing") else FURPS_SECTIONS
        )
        parts = [] if self.in_site else [f"# {_escaped(title) if title else '{Feature}'} FURPS"]
        parts += [f"## {name}\n\n1. {self.statement(each)}" for each, name in FURPS_SECTIONS.items() if each in wanted]
        return front_matter + "\n\n".join(parts) + "\n"

    def statement(self, letter: str) -> str:
        """A statement to fill in, with the sign-off that its category wants."""
        text = _STATEMENTS[letter]
        if letter == "R" and self.on("reliability-signoff"):
            return f"{text} (**Vac-QA**)"
        if letter == "P" and self.on("performance-signoff"):
            panel = (
                ", see the [Grafana panel]({panel})" if self.option("performance-signoff", "require") == "all" else ""
            )
            return f"{text}{panel} (**Vac-DST**)"
        return text

    def issue_template(self) -> str:
        """A template is full of placeholders by nature: what its author fills in are comments."""
        name = self.title or "Deliverable"
        words = re.findall(r"[a-z]+", name.casefold())
        of = next((kind for kind in _ABOUT if kind in words or f"{kind}s" in words), None)
        label = next(
            (each for each in self.option("issue-template-label-unknown", "labels") if each.casefold() == of), None
        )
        head = f"name: {_yaml(name)}\nabout: {_yaml(_ABOUT.get(of or '', 'What is to be done'))}\n"
        head += f"labels: {_yaml(label)}\n" if label else ""
        sections = {"Summary": "<!-- What there is once this is done, in two or three sentences. -->"}
        if of == "deliverable":
            sections["Output"] = "<!-- What it results in: what can be seen, used or read. -->"
            if "furps" in {each.casefold() for each in self.option("issue-template-output", "accept")}:
                sections["FURPS"] = "<!-- The feature, and the statements that are delivered, copied from its file. -->"
        if of == "bug":
            sections = {"What happened": "<!-- And what was expected. -->", "How to see it": "<!-- Step by step. -->"}
        elif of == "deliverable" and self.on("issue-template-checklist"):
            sections["Checklist"] = "\n".join(
                f"- [ ] {item}" for item in self.option("issue-template-checklist", "items")
            )
        else:
            sections["Acceptance criteria"] = "<!-- By what anybody can tell that it is done. -->"
        if of == "task" and self.on("issue-template-dependencies"):
            sections["Dependencies"] = "<!-- What has to be done before. -->"
        return f"---\n{head}---\n" + "".join(f"\n## {title}\n\n{text}\n" for title, text in sections.items())


def deliverable_statements(feature: Feature) -> list[Statement]:
    """What can be delivered: not what is planned for later, struck, or a placeholder."""
    return [
        each
        for each in feature.statements
        if text_of(each)
        and not is_placeholder(text_of(each))
        and _PLANNED not in feature.document.text[each.span.start : each.span.end]
    ]


def _listed(label: str, items: Sequence[str]) -> str:
    return "\n".join((label, *(f"- {item}" for item in items)))


def _escaped(title: str) -> str:
    """A title as the text of a link."""
    return re.sub(r"([\\\[\]])", r"\\\1", title)


def _yaml(text: str) -> str:
    """Text as a YAML scalar: JSON's strings are among these."""
    return json.dumps(text, ensure_ascii=False)
