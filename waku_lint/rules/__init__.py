"""The built-in meaning rules, one a file, in the order of their codes.

Shape rules are annotations of the schemas; `registry` brings both together.
"""

from __future__ import annotations

from typing import Final

from waku_lint.rules import (
    deliverable_checklist_item_missing,
    deliverable_format,
    deliverable_owner_format,
    deliverable_owner_unknown,
    file_empty,
    file_unreadable,
    front_matter_invalid,
    furps_id_malformed,
    furps_numbering,
    heading_space,
    issue_template_acceptance_criteria,
    issue_template_output,
    link_empty,
    link_malformed,
    milestone_estimate_format,
    milestone_github_missing,
    placeholder_left,
    schema,
    yaml_invalid,
)
from waku_lint.rules.base import Rule

RULES: Final[tuple[Rule, ...]] = (
    file_unreadable.RULE,
    front_matter_invalid.RULE,
    yaml_invalid.RULE,
    file_empty.RULE,
    schema.RULE,
    placeholder_left.RULE,
    link_malformed.RULE,
    link_empty.RULE,
    heading_space.RULE,
    milestone_estimate_format.RULE,
    milestone_github_missing.RULE,
    deliverable_format.RULE,
    deliverable_owner_format.RULE,
    deliverable_owner_unknown.RULE,
    deliverable_checklist_item_missing.RULE,
    furps_numbering.RULE,
    furps_id_malformed.RULE,
    issue_template_acceptance_criteria.RULE,
    issue_template_output.RULE,
)
