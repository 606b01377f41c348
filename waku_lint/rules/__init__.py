"""The built-in meaning rules, one a file.

Shape rules are annotations of the schemas; `registry` brings both together. `catalogue` has what can be known of a rule
without its code.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from waku_lint.rules.base import Rule

# The module of each rule, in the order of their codes.
MODULES: Final = (
    "file_unreadable", "front_matter_invalid", "yaml_invalid", "file_empty", "suppression_unexplained",
    "suppression_unknown", "suppression_unused", "schema", "front_matter_missing", "front_matter_key_unknown",
    "placeholder_left", "todo_marker", "link_malformed", "link_empty", "link_broken", "section_empty",
    "section_duplicate", "heading_space", "table_cells", "list_item_empty", "milestone_estimate_label",
    "milestone_estimate_format", "milestone_github_missing", "milestone_github_duplicate",
    "milestone_section_missing", "milestone_benefit_missing", "milestone_title_mismatch", "milestone_tag_missing",
    "milestone_furps_summary", "milestone_scope", "milestone_transversal", "deliverable_format",
    "deliverable_owner_format", "deliverable_owner_unknown", "deliverable_issue_repo", "deliverable_issue_duplicate",
    "deliverable_checklist_missing", "deliverable_checklist_item_missing", "deliverable_dependency",
    "deliverable_heading_level", "deliverable_handover", "deliverable_dates", "furps_title", "furps_section_missing",
    "furps_section_order", "furps_numbering", "furps_list_style", "furps_continuation", "furps_section_placeholder",
    "performance_signoff", "reliability_signoff", "signoff_style", "furps_unreferenced", "furps_feature_unresolved",
    "furps_id_unknown", "furps_id_duplicate", "furps_id_malformed", "furps_drift", "furps_drift_format",
    "furps_separator", "furps_text_missing", "furps_not_list_item", "furps_shorthand", "feature_title_mismatch",
    "issue_template_label_unknown", "issue_template_acceptance_criteria", "issue_template_output",
    "issue_template_checklist", "issue_form_invalid", "issue_template_duplicate", "issue_template_dependencies",
    "milestone_not_indexed", "feature_not_indexed", "index_title_mismatch", "index_target_mismatch",
    "index_date_mismatch", "furps_mask_mismatch", "update_date", "update_title_date", "update_milestone_number",
    "update_status_key", "update_team_tag",
)  # fmt: skip


def meaning_rules() -> tuple[Rule, ...]:
    """All of them; imports every module."""
    return tuple(import_module(f"waku_lint.rules.{name}").RULE for name in MODULES)
