"""Rules about milestone pages."""

from __future__ import annotations

from typing import Final

# The module of each rule, in the order of their codes.
MODULES: Final = (
    "milestone_estimate_label",
    "milestone_estimate_format",
    "milestone_github_missing",
    "milestone_github_duplicate",
    "milestone_section_missing",
    "milestone_benefit_missing",
    "milestone_title_mismatch",
    "milestone_tag_missing",
    "milestone_furps_summary",
    "milestone_scope",
    "milestone_transversal",
)
