"""Rules about feature files and FURPS statements."""

from __future__ import annotations

from typing import Final

# The module of each rule, in the order of their codes.
MODULES: Final = (
    "furps_title",
    "furps_section_missing",
    "furps_section_order",
    "furps_numbering",
    "furps_list_style",
    "furps_continuation",
    "furps_section_placeholder",
    "performance_signoff",
    "reliability_signoff",
    "signoff_style",
    "furps_unreferenced",
    "furps_feature_unresolved",
    "furps_id_unknown",
    "furps_id_duplicate",
    "furps_id_malformed",
    "furps_drift",
    "furps_drift_format",
    "furps_separator",
    "furps_text_missing",
    "furps_not_list_item",
    "furps_shorthand",
    "feature_title_mismatch",
)
