"""Rules to begin with: one for each tier, whose reported example fails until the rule looks for something."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final, Literal

Tier = Literal["schema", "local", "package"]
TIERS: Final[tuple[Tier, ...]] = ("schema", "local", "package")
# Of the kinds that a rule is begun for: the record of the model, a path, a short text, and what of it a finding covers.
KINDS: Final[Mapping[str, tuple[str, str, str, str]]] = {
    "milestone": ("Milestone", "draft-roadmap/relay.md", "# Relay metrics\n", "Relay metrics"),
    "furps": ("FurpsSet", "FURPS/relay.md", "# Relay FURPS\n", "Relay FURPS"),
    "index": ("Index", "FURPS/README.md", "# Features\n", "Features"),
    "issue-template": ("IssueTemplate", ".github/ISSUE_TEMPLATE/task.md", "---\nname: Task\n---\n", "Task"),
    "update": ("Update", "content/waku/updates/2025-01-06.md", "# Waku, 6 January\n", "Waku, 6 January"),
}


def files(tier: Tier, kind: str, name: str, code: str) -> dict[str, str]:
    """The files of a new rule, by path from the root, those of a package from the current folder."""
    module = name.replace("-", "_")
    if tier == "schema":
        return {f"lint/{name}.schema.json": _schema(kind, name, code)}
    if tier == "local":
        return {f"lint/{module}.py": _module(kind, name, code)}
    folder = f"waku-lint-{name}"
    package = f"waku_lint_{module}"
    return {
        f"{folder}/pyproject.toml": _project(name, package),
        f"{folder}/{package}/__init__.py": _module(kind, name, code),
        f"{folder}/tests/test_rules.py": _test(package),
    }


def next_steps(tier: Tier, kind: str, name: str) -> str:
    """What is to be done with them."""
    if tier == "schema":
        key, label = _field(name)
        setting = (
            f"kinds:\n  {kind}:\n    fields: {{{key}: {label}}}    # **{label}**: ...\n"
            f"    schema: [lint/{name}.schema.json]"
        )
        return f"Add to .waku-lint.yaml:\n\n{_indented(setting)}\n\nthen: waku-lint rule test"
    if tier == "local":
        setting = f"local-rules: [lint/{name.replace('-', '_')}.py]"
        return f"Add to .waku-lint.yaml:\n\n{_indented(setting)}\n\nthen: waku-lint rule test --allow-local-rules"
    return f"Then: pip install -e waku-lint-{name} && waku-lint rule test"


def _field(name: str) -> tuple[str, str]:
    """The field that a rule may be about, by its name: the key in the data, and the label on the page."""
    words = name.removesuffix("-missing").split("-")
    return "_".join(words), " ".join(words).capitalize()


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())


def _schema(kind: str, name: str, code: str) -> str:
    _, path, text, reported = KINDS[kind]
    _, label = _field(name)
    rule: dict[str, Any] = {
        "code": code,
        "name": name,
        "message": "say what is wrong, and what was expected",
        "doc": "Say in a sentence what must be so.\n\nSay why.",
        "remedy": "Say what to do about it.",
        "examples": [
            {"path": path, "text": text, "reports": [reported]},
            {"path": path, "text": f"{text}\n**{label}**: Ana\n"},
        ],
    }
    shape = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "properties": {"fields": {"required": []}},
        "x-rule": rule,
    }
    return json.dumps(shape, indent=2, ensure_ascii=False) + "\n"


def _module(kind: str, name: str, code: str) -> str:
    record, path, text, reported = KINDS[kind]
    variable = kind.replace("-", "_")
    fine = f"{text}\nWhat makes it fine.\n"
    return f'''"""Say in a sentence what must be so.

Say why.
"""

from __future__ import annotations

from collections.abc import Iterator

from waku_lint.documents.model import {record}
from waku_lint.rules.base import Example, Finding, Rule, RuleContext


def check({variable}: {record}, ctx: RuleContext) -> Iterator[Finding]:
    if False:  # say when it is wrong
        yield Finding({variable}.anchor, "say what is wrong, and what was expected")


RULE = Rule(
    code="{code}",
    name="{name}",
    doc=__doc__ or "",
    remedy="Say what to do about it.",
    applies_to={record},
    check=check,
    examples=(
        Example({_quoted(text)}, reports=({_quoted(reported)},), path="{path}"),
        Example({_quoted(fine)}, path="{path}"),
    ),
)

RULES = (RULE,)
'''


def _quoted(text: str) -> str:
    """A string as formatters of Python want it."""
    return json.dumps(text, ensure_ascii=False)


def _project(name: str, package: str) -> str:
    return f'''[build-system]
requires = ["hatchling>=1.27"]
build-backend = "hatchling.build"

[project]
name = "waku-lint-{name}"
version = "0.1.0"
description = "A rule for waku-lint"
requires-python = ">=3.10"
dependencies = ["waku-lint>=0.1,<0.2"]

[project.entry-points."waku_lint.rules"]
{name} = "{package}:RULES"

[tool.hatch.build.targets.wheel]
packages = ["{package}"]
'''


def _test(package: str) -> str:
    return f"""from waku_lint.testing import check_examples

from {package} import RULES


def test_examples() -> None:
    check_examples(RULES)
"""
