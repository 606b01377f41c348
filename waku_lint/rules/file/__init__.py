"""Rules about files, front matter and suppressions."""

from __future__ import annotations

from typing import Final

# The module of each rule, in the order of their codes.
MODULES: Final = (
    "file_unreadable",
    "front_matter_invalid",
    "yaml_invalid",
    "file_empty",
    "suppression_unexplained",
    "suppression_unknown",
    "suppression_unused",
    "schema",
    "front_matter_missing",
    "front_matter_key_unknown",
)
