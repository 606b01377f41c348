"""Rules about deliverables."""

from __future__ import annotations

from typing import Final

# The module of each rule, in the order of their codes.
MODULES: Final = (
    "deliverable_format",
    "deliverable_owner_format",
    "deliverable_owner_unknown",
    "deliverable_issue_repo",
    "deliverable_issue_duplicate",
    "deliverable_checklist_missing",
    "deliverable_checklist_item_missing",
    "deliverable_dependency",
    "deliverable_heading_level",
    "deliverable_handover",
    "deliverable_dates",
)
