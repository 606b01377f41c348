"""Rules about indexes."""

from __future__ import annotations

from typing import Final

# The module of each rule, in the order of their codes.
MODULES: Final = (
    "milestone_not_indexed",
    "feature_not_indexed",
    "index_title_mismatch",
    "index_target_mismatch",
    "index_date_mismatch",
    "furps_mask_mismatch",
)
