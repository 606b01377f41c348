"""What a roadmap consists of.

Every record is frozen and knows where it stands. `span` is the record's whole extent; `anchor` is
the part a finding about the whole points at (for a section: its heading). Field names are the
property names of the kind's JSON Schema: a field is absent from the data when it is None, and what
only says where something stands (`span`, `anchor`) is never part of the data.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from waku_lint.source import Span, Text

FurpsCategory = Literal["F", "U", "R", "P", "S", "+"]


# YAML: front matter and issue forms


@dataclass(frozen=True, slots=True)
class YamlScalar:
    """A scalar; dates stay strings."""

    value: str | int | float | bool | None
    span: Span


@dataclass(frozen=True, slots=True)
class YamlList:
    items: tuple[YamlNode, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class YamlMapping:
    """Keys are unique: of a repeated key the first is kept, and a trouble says so."""

    entries: tuple[tuple[Text, YamlNode], ...]
    span: Span

    def get(self, key: str) -> YamlNode | None:
        return next((node for text, node in self.entries if text.value == key), None)


YamlNode = YamlScalar | YamlList | YamlMapping


# Milestones


@dataclass(frozen=True, slots=True)
class Labelled:
    """A labelled value, such as `**Estimated date of completion**: 30 Sep 2025`, and its words."""

    label: Text
    value: Text | None
    words: tuple[Text, ...]
    span: Span
    anchor: Span


@dataclass(frozen=True, slots=True)
class Resources:
    """The effort estimate: who works on the milestone, and for how long."""

    label: Text
    items: tuple[Text, ...]
    span: Span
    anchor: Span


@dataclass(frozen=True, slots=True)
class FeatureLink:
    """A feature a deliverable names; `target` is None where the name is not a link."""

    title: Text
    target: Text | None
    span: Span
    anchor: Span


@dataclass(frozen=True, slots=True)
class FurpsReference:
    """A statement a deliverable delivers: `F1`, `+2`, a range `F1-3`, or `all`.

    `id` is what was written, valid or not; `text` the quotation that follows it, if any.
    """

    id: Text
    text: Text | None
    span: Span
    anchor: Span


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """`- [ ] label: text`; without a colon the whole item is its label."""

    label: Text
    text: Text | None
    checked: bool
    span: Span
    anchor: Span


@dataclass(frozen=True, slots=True)
class Checklist:
    items: tuple[ChecklistItem, ...]
    label: Text
    span: Span
    anchor: Span


@dataclass(frozen=True, slots=True)
class CompactLine:
    """The parts of `name: FURPS (owners)`, as far as they are there.

    `colon` is the separator. `rest` is text that stands where nothing is expected any more.
    """

    name: Text | None
    colon: Text | None
    ids: tuple[Text, ...]
    rest: Text | None
    span: Span
    anchor: Span


DeliverableForm = Literal["section", "compact", "reference", "bare"]


@dataclass(frozen=True, slots=True)
class Deliverable:
    """A deliverable of a milestone.

    `form` tells how it is written: `section` has labelled fields, `compact` is one line
    `name: FURPS (owners)`, `reference` is `Deliverable: [name](issue)` whose details live in its
    issue, `bare` is a heading with none of these.

    `link` is the target of the title's link, empty for `[name]()`; `issue` is set only if that is a
    GitHub issue. `owners_text` is the owners as written, parentheses included.
    """

    title: Text
    form: DeliverableForm
    level: int
    link: Text | None
    issue: Text | None
    owners: tuple[Text, ...]
    owners_text: Text | None
    features: tuple[FeatureLink, ...]
    no_furps: bool
    furps: tuple[FurpsReference, ...]
    output: Text | None
    checklist: Checklist | None
    compact: CompactLine | None
    span: Span
    anchor: Span


@dataclass(frozen=True, slots=True)
class Milestone:
    """A milestone page. `github` holds every URL that is given as its GitHub milestone."""

    title: Text | None
    front_matter: YamlMapping | None
    estimate: Labelled | None
    resources: Resources | None
    github: tuple[Text, ...]
    deliverables_heading: Text | None
    deliverables_elsewhere: bool
    deliverables: tuple[Deliverable, ...]
    span: Span
    anchor: Span


# Features


@dataclass(frozen=True, slots=True)
class Statement:
    """One FURPS statement. `number` is the one written, `id` the one its position gives it."""

    id: str
    number: int | None
    marker: Text
    text: Text | None
    span: Span
    anchor: Span


@dataclass(frozen=True, slots=True)
class StatementList:
    """The statements under one heading of a category."""

    statements: tuple[Statement, ...]
    span: Span
    anchor: Span


@dataclass(frozen=True, slots=True)
class Category:
    """One of the six FURPS categories."""

    letter: FurpsCategory
    title: Text
    lists: tuple[StatementList, ...]
    span: Span
    anchor: Span


@dataclass(frozen=True, slots=True)
class FurpsSet:
    """A feature file."""

    title: Text | None
    front_matter: YamlMapping | None
    categories: tuple[Category, ...]
    span: Span
    anchor: Span


# Issue templates and forms

IssueType = Literal["milestone", "deliverable", "epic", "task", "bug"]


@dataclass(frozen=True, slots=True)
class IssueTemplate:
    """A Markdown issue template. `sections` are its headings, `tasks` its task-list items."""

    type: IssueType | None
    front_matter: YamlMapping | None
    sections: tuple[Text, ...]
    tasks: tuple[Text, ...]
    furps: bool
    span: Span
    anchor: Span


@dataclass(frozen=True, slots=True)
class IssueForm:
    """A YAML issue form. `sections` are the labels of its fields, `tasks` its checkbox options."""

    type: IssueType | None
    form: YamlMapping
    sections: tuple[Text, ...]
    tasks: tuple[Text, ...]
    furps: bool
    span: Span
    anchor: Span


# Documents

Root = Milestone | FurpsSet | IssueTemplate | IssueForm
TroubleKind = Literal["unreadable", "empty", "front-matter", "yaml"]


@dataclass(frozen=True, slots=True)
class Trouble:
    """What kept a part of a document from being read."""

    kind: TroubleKind
    message: str
    span: Span


@dataclass(frozen=True, slots=True)
class Link:
    """An inline link or image; `target` is empty for `[text]()`."""

    text: Text
    target: Text
    span: Span


@dataclass(frozen=True, slots=True)
class Prose:
    """One line of a Markdown document as it is on disk, with code, comments and links' targets blanked.

    `value` is as long as `span`, so an offset into it is an offset into the document.
    """

    value: str
    span: Span
    where: Literal["heading", "paragraph", "row"]


@dataclass(frozen=True, slots=True)
class Document:
    """One file of a known kind. `root` is None when nothing could be read from it."""

    path: str
    kind: str
    text: str
    root: Root | None
    links: tuple[Link, ...]
    prose: tuple[Prose, ...]
    troubles: tuple[Trouble, ...]
    span: Span
