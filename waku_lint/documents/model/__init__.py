"""The records of a document, by kind: what a page says, and where.

Every record is frozen and knows where it stands. `span` is the record's whole extent; `anchor` is
the part that a finding about the whole points at (for a section: its heading). Field names are the
property names of the kind's JSON Schema. A field that is None is absent from the data; `span` and
`anchor` are never part of the data. Import every record from this package.
"""

from waku_lint.documents.model.declared import Named, OwnSection, Page
from waku_lint.documents.model.document import (
    Comment,
    Document,
    EmptyItem,
    Heading,
    Layout,
    Link,
    Prose,
    Root,
    Row,
    SuppressedRule,
    Suppression,
    SuppressionScope,
    Trouble,
    TroubleKind,
)
from waku_lint.documents.model.furps import Category, FurpsCategory, FurpsSet, Statement, StatementList
from waku_lint.documents.model.index import Index, IndexEntry
from waku_lint.documents.model.issue_template import IssueForm, IssueTemplate, IssueType
from waku_lint.documents.model.milestone import (
    Checklist,
    ChecklistItem,
    CompactLine,
    Deliverable,
    DeliverableForm,
    FeatureLink,
    FeatureSummary,
    FurpsReference,
    Labelled,
    Milestone,
    PageSection,
    Resources,
)
from waku_lint.documents.model.update import ReportedDeliverable, Status, StatusItem, StatusKind, Update, UpdateSection
from waku_lint.parsing.nodes import YamlList, YamlMapping, YamlNode, YamlScalar

__all__ = [
    "Category",
    "Checklist",
    "ChecklistItem",
    "Comment",
    "CompactLine",
    "Deliverable",
    "DeliverableForm",
    "Document",
    "EmptyItem",
    "FeatureLink",
    "FeatureSummary",
    "FurpsCategory",
    "FurpsReference",
    "FurpsSet",
    "Heading",
    "Index",
    "IndexEntry",
    "IssueForm",
    "IssueTemplate",
    "IssueType",
    "Labelled",
    "Layout",
    "Link",
    "Milestone",
    "Named",
    "OwnSection",
    "Page",
    "PageSection",
    "Prose",
    "ReportedDeliverable",
    "Resources",
    "Root",
    "Row",
    "Statement",
    "StatementList",
    "Status",
    "StatusItem",
    "StatusKind",
    "SuppressedRule",
    "Suppression",
    "SuppressionScope",
    "Trouble",
    "TroubleKind",
    "Update",
    "UpdateSection",
    "YamlList",
    "YamlMapping",
    "YamlNode",
    "YamlScalar",
]
