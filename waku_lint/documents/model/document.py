"""What a roadmap consists of.

Every record is frozen and knows where it stands. `span` is the record's whole extent; `anchor` is
the part a finding about the whole points at (for a section: its heading). Field names are the
property names of the kind's JSON Schema: a field is absent from the data when it is None, and what
only says where something stands (`span`, `anchor`) is never part of the data.
"""

from datetime import date
from typing import Literal

from msgspec import Struct

from waku_lint.documents.model.declared import Page
from waku_lint.documents.model.furps import FurpsSet
from waku_lint.documents.model.index import Index
from waku_lint.documents.model.issue_template import IssueForm, IssueTemplate
from waku_lint.documents.model.milestone import Milestone
from waku_lint.documents.model.update import Update
from waku_lint.positions import Span, Text

# YAML: front matter and issue forms


# What a configuration names: labelled fields and sections of a project's own


# Milestones


# Features


# Indexes


# Issue templates and forms


# Weekly updates


# Kinds of a project's own


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
