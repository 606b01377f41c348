"""Rules about weekly updates."""

from __future__ import annotations

from typing import Final

# The module of each rule, in the order of their codes.
MODULES: Final = (
    "update_date",
    "update_title_date",
    "update_milestone_number",
    "update_status_key",
    "update_team_tag",
)
