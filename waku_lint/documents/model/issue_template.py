"""Records of GitHub issue templates and issue forms."""

from typing import Literal

from msgspec import Struct

from waku_lint.documents.model.declared import Named
from waku_lint.parsing.nodes import YamlMapping
from waku_lint.positions import Span, Text

IssueType = Literal["milestone", "deliverable", "epic", "task", "bug"]


class IssueTemplate(Struct, frozen=True, tag="issuetemplate", tag_field="t"):
    """A Markdown issue template. `sections` are its headings, `tasks` its task-list items."""

    type: IssueType | None
    front_matter: YamlMapping | None
    sections: tuple[Text, ...]
    tasks: tuple[Text, ...]
    furps: bool
    fields: Named | None
    span: Span
    anchor: Span


class IssueForm(Struct, frozen=True, tag="issueform", tag_field="t"):
    """A YAML issue form. `sections` are the labels of its fields, `tasks` its checkbox options."""

    type: IssueType | None
    form: YamlMapping
    sections: tuple[Text, ...]
    tasks: tuple[Text, ...]
    furps: bool
    span: Span
    anchor: Span
