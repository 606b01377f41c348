"""Records of a weekly update."""

from typing import Literal

from msgspec import Struct

from waku_lint.documents.model.declared import Named
from waku_lint.parsing.nodes import YamlMapping
from waku_lint.positions import Span, Text

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


class Update(Struct, frozen=True, tag="update", tag_field="t"):
    """A weekly update. One that nowhere says what was `achieved:` is prose, without deliverables and statuses."""

    title: Text | None
    front_matter: YamlMapping | None
    date: Text | None
    sections: tuple[UpdateSection, ...]
    fields: Named | None
    span: Span
    anchor: Span
