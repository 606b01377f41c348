"""Records of a milestone page and its deliverables."""

from typing import Literal

from msgspec import Struct

from waku_lint.documents.model.declared import Named
from waku_lint.parsing.nodes import YamlMapping
from waku_lint.positions import Span, Text


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


class Milestone(Struct, frozen=True, tag="milestone", tag_field="t"):
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
