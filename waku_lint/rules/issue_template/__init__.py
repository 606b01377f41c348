"""Rules about GitHub issue templates and forms."""

from __future__ import annotations

from typing import Final

# The module of each rule, in the order of their codes.
MODULES: Final = (
    "issue_template_label_unknown",
    "issue_template_acceptance_criteria",
    "issue_template_output",
    "issue_template_checklist",
    "issue_form_invalid",
    "issue_template_duplicate",
    "issue_template_dependencies",
)
