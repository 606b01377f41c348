"""What a roadmap consists of.

Every record is frozen and knows where it stands. `span` is the record's whole extent; `anchor` is
the part a finding about the whole points at (for a section: its heading). Field names are the
property names of the kind's JSON Schema: a field is absent from the data when it is None, and what
only says where something stands (`span`, `anchor`) is never part of the data.
"""

# No `from __future__ import annotations`: msgspec builds a decoder from types five times faster than from strings.

from datetime import date
from typing import Literal

from msgspec import Struct

from waku_lint.source import Span, Text

FurpsCategory = Literal["F", "U", "R", "P", "S", "+"]


# YAML: front matter and issue forms


class YamlScalar(Struct, frozen=True, tag_field="record"):
    """A scalar; dates stay strings."""

    value: str | int | float | bool | None
    span: Span


class YamlList(Struct, frozen=True, tag_field="record"):
    items: "tuple[YamlNode, ...]"
    span: Span


class YamlMapping(Struct, frozen=True, tag_field="record"):
    """Keys are unique: of a repeated key the first is kept, and a trouble says so."""

    entries: "tuple[tuple[Text, YamlNode], ...]"
    span: Span

    def get(self, key: str) -> "YamlNode | None":
        return next((node for text, node in self.entries if text.value == key), None)


YamlNode = YamlScalar | YamlList | YamlMapping


# What a configuration names: labelled fields and sections of a project's own


class OwnSection(Struct, frozen=True, tag_field="record"):
    """A section by its key in the configuration. `text` is its paragraphs, `items` those of its lists."""

    title: Text
    text: Text | None
    items: tuple[Text, ...]
    span: Span
    anchor: Span


class Named(Struct, frozen=True):
    """Values by the keys that the configuration gives them; each key stands at the label or heading on the page.

    A field's value is the text behind its label, or the items of the list below it. It is None, and then no part of
    the data, where the label is there and nothing is said. Keys are unique: of a repeated one the first is kept.
    """

    entries: tuple[tuple[Text, Text | tuple[Text, ...] | OwnSection | None], ...]

    def get(self, key: str) -> Text | tuple[Text, ...] | OwnSection | None:
        return next((value for name, value in self.entries if name.value == key), None)


# Milestones


class Labelled(Struct, frozen=True):
    """A labelled value, such as `**Estimated date of completion**: 30 Sep 2025`, and its words."""

    label: Text
    value: Text | None
    words: tuple[Text, ...]
    span: Span
    anchor: Span


class Resources(Struct, frozen=True):
    """The effort estimate: who works on the milestone, and for how long."""

    label: Text
    items: tuple[Text, ...]
    span: Span
    anchor: Span


class FeatureLink(Struct, frozen=True):
    """A feature a deliverable names; `target` is None where the name is not a link."""

    title: Text
    target: Text | None
    span: Span
    anchor: Span


class FeatureSummary(Struct, frozen=True):
    """A feature that a page names as a whole, `[Relay](/FURPS/relay.md): F1-3`, and the ids given for it.

    `shared` tells one on the line of its label, `**FURPS**: [Relay](/FURPS/relay.md)`: it holds for all the
    page's deliverables. `note` is what stands in place of ids: `via integration`.
    """

    feature: FeatureLink
    ids: tuple[Text, ...]
    note: Text | None
    shared: bool
    span: Span
    anchor: Span


class FurpsReference(Struct, frozen=True):
    """A statement a deliverable delivers: `F1`, `+2`, a range `F1-3`, or `all`.

    `id` is what was written, valid or not; `separator` what stands between it and `text`, the quotation
    that follows it, if any. `place` tells whether it is a list item, a line of a paragraph, or one of
    several on a line.
    """

    id: Text
    separator: Text | None
    text: Text | None
    place: Literal["item", "line", "inline"]
    span: Span
    anchor: Span


class ChecklistItem(Struct, frozen=True):
    """`- [ ] label: text`; without a colon the whole item is its label."""

    label: Text
    text: Text | None
    checked: bool
    span: Span
    anchor: Span


class Checklist(Struct, frozen=True):
    items: tuple[ChecklistItem, ...]
    label: Text
    span: Span
    anchor: Span


class CompactLine(Struct, frozen=True):
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


class Deliverable(Struct, frozen=True):
    """A deliverable of a milestone.

    `form` tells how it is written: `section` has labelled fields, `compact` is one line
    `name: FURPS (owners)`, `reference` is `Deliverable: [name](issue)` whose details live in its
    issue, `bare` is a heading with none of these.

    `link` is the target of the title's link, empty for `[name]()`; `issue` is set only if that is a
    GitHub issue. `owners_text` is the owners as written, parentheses included. `fields` are those that the
    configuration names (`deliverable-fields`); None where it names none. `slips` are labels that may mean a field
    that is not there, by its name: `Onwer` by `owner`; None where there are none.
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
    start: Labelled | None
    due: Labelled | None
    dependencies: tuple[Text, ...]
    checklist: Checklist | None
    done: bool
    compact: CompactLine | None
    fields: Named | None
    slips: Named | None
    span: Span
    anchor: Span


class PageSection(Struct, frozen=True):
    """A section of a page, deliverables aside; `level` is 0 for a bold label that stands for a heading."""

    title: Text
    level: int
    span: Span
    anchor: Span


class Milestone(Struct, frozen=True, tag_field="record"):
    """A milestone page.

    `title` is the page's heading, else the front matter's title; `heading` is the title on the page
    itself. `github` holds every URL that is given as its GitHub milestone. `features` are those it names as
    a whole, above its deliverables or in a summary. `narrative` is the prose, deliverables, labelled values
    and lists of links aside. `fields` are those that the configuration names; None where it names none, here as in
    the other kinds.
    """

    title: Text | None
    heading: Text | None
    front_matter: YamlMapping | None
    estimate: Labelled | None
    resources: Resources | None
    github: tuple[Text, ...]
    features: tuple[FeatureSummary, ...]
    sections: tuple[PageSection, ...]
    narrative: tuple[Text, ...]
    deliverables_heading: Text | None
    deliverables_elsewhere: bool
    deliverables: tuple[Deliverable, ...]
    fields: Named | None
    span: Span
    anchor: Span


# Features


class Statement(Struct, frozen=True):
    """One FURPS statement. `number` is the one written, `id` the one its position gives it.

    `signoffs` say who or what attests it, `Vac-DST`, `Vac-QA` or `Grafana`; each stands where it is
    written, its parentheses included.
    """

    id: str
    number: int | None
    marker: Text
    text: Text | None
    signoffs: tuple[Text, ...]
    span: Span
    anchor: Span


class StatementList(Struct, frozen=True):
    """The statements under one heading of a category."""

    statements: tuple[Statement, ...]
    span: Span
    anchor: Span


class Category(Struct, frozen=True):
    """One of the six FURPS categories. `signoffs` stand beside its statements, for all of them."""

    letter: FurpsCategory
    title: Text
    lists: tuple[StatementList, ...]
    signoffs: tuple[Text, ...]
    span: Span
    anchor: Span


class FurpsSet(Struct, frozen=True, tag_field="record"):
    """A feature file."""

    title: Text | None
    front_matter: YamlMapping | None
    categories: tuple[Category, ...]
    fields: Named | None
    span: Span
    anchor: Span


# Indexes


class IndexEntry(Struct, frozen=True):
    """A page that an index lists: a list item or table row that begins with its link.

    `date` and `furps` are the row's cells in columns of that meaning, as written.
    """

    text: Text
    target: Text
    date: Text | None
    furps: Text | None
    span: Span
    anchor: Span


class Index(Struct, frozen=True, tag_field="record"):
    """A page that lists others: a README, a half-year summary, a roadmap's overview."""

    title: Text | None
    front_matter: YamlMapping | None
    entries: tuple[IndexEntry, ...]
    fields: Named | None
    span: Span
    anchor: Span


# Issue templates and forms

IssueType = Literal["milestone", "deliverable", "epic", "task", "bug"]


class IssueTemplate(Struct, frozen=True, tag_field="record"):
    """A Markdown issue template. `sections` are its headings, `tasks` its task-list items."""

    type: IssueType | None
    front_matter: YamlMapping | None
    sections: tuple[Text, ...]
    tasks: tuple[Text, ...]
    furps: bool
    fields: Named | None
    span: Span
    anchor: Span


class IssueForm(Struct, frozen=True, tag_field="record"):
    """A YAML issue form. `sections` are the labels of its fields, `tasks` its checkbox options."""

    type: IssueType | None
    form: YamlMapping
    sections: tuple[Text, ...]
    tasks: tuple[Text, ...]
    furps: bool
    span: Span
    anchor: Span


# Weekly updates

StatusKind = Literal["achieved", "next", "blockers"]


class StatusItem(Struct, frozen=True):
    """One thing told under a status; `team` is its tag without brackets, None where there is none."""

    text: Text
    team: Text | None
    span: Span
    anchor: Span


class Status(Struct, frozen=True):
    """`achieved: ...` and what is told there. `key` is the word as written, `kind` the one that is meant."""

    kind: StatusKind
    key: Text
    items: tuple[StatusItem, ...]
    span: Span
    anchor: Span


class ReportedDeliverable(Struct, frozen=True):
    """A list item that links a deliverable's issue, and how the deliverable fares."""

    title: Text
    issue: Text
    statuses: tuple[Status, ...]
    span: Span
    anchor: Span


class UpdateSection(Struct, frozen=True):
    """What an update tells under one heading.

    `milestone` is the URL of the GitHub milestone that the heading links, `name` the milestone's, without
    the word Milestone. `statuses` are those that stand under no deliverable.
    """

    title: Text
    name: Text | None
    milestone: Text | None
    deliverables: tuple[ReportedDeliverable, ...]
    statuses: tuple[Status, ...]
    span: Span
    anchor: Span


class Update(Struct, frozen=True, tag_field="record"):
    """A weekly update. One that nowhere says what was `achieved:` is prose, without deliverables and statuses."""

    title: Text | None
    front_matter: YamlMapping | None
    date: Text | None
    sections: tuple[UpdateSection, ...]
    fields: Named | None
    span: Span
    anchor: Span


# Kinds of a project's own


class Page(Struct, frozen=True, tag_field="record"):
    """A page of a kind that the configuration describes: what it names of it, and what every page has."""

    title: Text | None
    front_matter: YamlMapping | None
    fields: Named | None
    sections: Named | None
    span: Span
    anchor: Span


# Documents

Root = Milestone | FurpsSet | Index | IssueTemplate | IssueForm | Update | Page
TroubleKind = Literal["unreadable", "empty", "front-matter", "yaml", "suppression"]


class Trouble(Struct, frozen=True):
    """What kept a part of a document, or of a suppression, from being read."""

    kind: TroubleKind
    message: str
    span: Span


class Link(Struct, frozen=True):
    """An inline link or image; `target` is empty for `[text]()`. `wiki` tells a `[[page|text]]` of a web site."""

    text: Text
    target: Text
    span: Span
    wiki: bool = False


class Prose(Struct, frozen=True):
    """One line of a Markdown document as it is on disk, with code, comments and links' targets blanked.

    `value` is as long as `span`, so an offset into it is an offset into the document.
    """

    value: str
    span: Span
    where: Literal["heading", "paragraph", "row"]


class Heading(Struct, frozen=True):
    """A heading and what is below it, down to the next heading of its level.

    `title` is None where there is none, or it is struck. `empty` tells that nothing is below: neither a deeper
    heading nor anything that a reader sees; a table without a filled cell is nothing.
    """

    title: Text | None
    level: int
    empty: bool
    span: Span
    anchor: Span


class Row(Struct, frozen=True):
    """A row of a table, the header aside.

    `cells` is how many are written, `columns` how many the header has. `surplus` is the text in the cells beyond
    these, if any. `broken` marks the delimiter row of what is no table for that reason.
    """

    cells: int
    columns: int
    surplus: Text | None
    broken: bool
    span: Span


class EmptyItem(Struct, frozen=True):
    """A list item without content; `last` of its list, or the `only` one.

    A bullet right below a text `underlines` it: that makes a heading of the text.
    """

    marker: Text
    only: bool
    last: bool
    underlines: bool
    span: Span


class Layout(Struct, frozen=True):
    """How a Markdown document is laid out, whatever it says."""

    headings: tuple[Heading, ...] = ()
    rows: tuple[Row, ...] = ()
    empty_items: tuple[EmptyItem, ...] = ()


class Comment(Struct, frozen=True):
    """A comment addressed to waku-lint: `<!-- waku-lint: ... -->`, or `# waku-lint: ...` in YAML.

    `text` is what stands between the comment's marks.
    """

    text: Text
    span: Span


class Document(Struct, frozen=True):
    """One file of a known kind. `root` is None when nothing could be read from it."""

    path: str
    kind: str
    text: str
    root: Root | None
    links: tuple[Link, ...]
    prose: tuple[Prose, ...]
    layout: Layout
    troubles: tuple[Trouble, ...]
    span: Span
    comments: tuple[Comment, ...] = ()


# Suppressions: what comments come to once the findings are known

SuppressionScope = Literal["disable-next-line", "disable-line", "disable", "disable-file", "enable"]


class SuppressedRule(Struct, frozen=True):
    """A rule that a suppression names, as it is written and by its code.

    `used` tells whether it hides a finding, or would if it had not expired; that of an `enable`, whether it ends a
    `disable`. It is None where the rule did not run.
    """

    name: Text
    code: str
    used: bool | None


class Suppression(Struct, frozen=True):
    """What a comment asks waku-lint to hide.

    `names` are all that stand in it, `rules` those of them that can be hidden; `troubles` tell of the others, and
    of what cannot be understood: then the scope is None and nothing is hidden. `until` is the last day on
    which it hides anything. `line` is 1-based.
    """

    path: str
    line: int
    scope: SuppressionScope | None
    names: tuple[Text, ...]
    rules: tuple[SuppressedRule, ...]
    reason: str | None
    until: date | None
    expired: bool
    troubles: tuple[Trouble, ...]
    span: Span
