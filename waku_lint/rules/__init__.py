"""The rules: their public API, the built-in ones by family, plugins, and the registry that brings them together.

A family is a package with one rule a module. Rules about the shape of a document are annotations of its JSON Schema.
Import `base` to write a rule, `registry.load` to have all rules of a project.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from waku_lint.rules.base import Rule

FAMILIES: Final = ("file", "markdown", "milestone", "deliverable", "furps", "issue_template", "index", "update")


def modules() -> tuple[str, ...]:
    """The modules of the built-in rules, by family."""
    families = (import_module(f"waku_lint.rules.{family}") for family in FAMILIES)
    return tuple(f"{family.__name__}.{name}" for family in families for name in family.MODULES)


def meaning_rules() -> tuple[Rule, ...]:
    """The built-in rules with a check, in the order of their codes; imports every module."""
    return tuple(sorted((import_module(name).RULE for name in modules()), key=lambda rule: rule.code))
