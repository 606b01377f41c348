"""Helpers for tests of rules: run examples, lint files, and generate documents.

from waku_lint.testing import check_examples

def test_examples() -> None:
    check_examples(RULES)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from waku_lint.config.config import load
from waku_lint.diagnostics import Diagnostic
from waku_lint.engine import pipeline
from waku_lint.engine.examples import problems
from waku_lint.files.source import SourceFile
from waku_lint.rules import registry
from waku_lint.rules.base import Rule
from waku_lint.rules.plugins.contract import ContractError, rules_of
from waku_lint.rules.registry import Registry

__all__ = ["check_examples", "deliverable", "feature", "lint", "milestone"]

_CATEGORIES: Final = {
    "F": "Functionality", "U": "Usability", "R": "Reliability", "P": "Performance", "S": "Supportability",
    "+": "+ (Privacy, Anonymity, Deployments)",
}  # fmt: skip


def lint(files: Mapping[str, str], rules: Iterable[Rule] = ()) -> tuple[Diagnostic, ...]:
    """Check a project of these files, by path from its root; return diagnostics sorted by path and position.

    Only `rules` run, or all rules of the project if `rules` is empty. `.waku-lint.yaml` among the files is the
    configuration; its schemas and local rules are files, too. Raises AssertionError if a rule fails, and CannotRun if
    the configuration cannot be used.
    """
    chosen = tuple(rules)

    def read(path: str) -> bytes | None:
        return files[path].encode() if path in files else None

    config = load(Path(), None, read)
    known = registry.load(config, Path(), read, allow_local=True, installed=lambda: _given(chosen))
    active = known.active(config, select=[rule.code for rule in chosen])
    sources = [SourceFile(path, text.encode()) for path, text in files.items() if config.kind_of(path) is not None]
    result = pipeline.run(sources, config, known, active, names=files)
    for crash in result.crashes:
        raise AssertionError(f"{crash.rule} failed on {crash.path}: {crash.reason}") from crash.error
    return result.diagnostics


def check_examples(rules: Iterable[Rule]) -> None:
    """Raise AssertionError unless all rules satisfy the rule contract and match their examples."""
    try:
        chosen = rules_of(tuple(rules))
    except ContractError as error:
        raise AssertionError(str(error)) from None
    known = Registry(
        tuple(sorted((*registry.builtin_rules(), *chosen), key=lambda rule: rule.code)),
        {},
        {rule.code: registry.Source("package", "tests") for rule in chosen},
    )
    found = [f"{rule.code} {rule.name}: {problem}" for rule in chosen for problem in problems(rule, known)]
    if found:
        raise AssertionError("\n".join(found))


def _given(rules: Sequence[Rule]) -> Iterable[tuple[Rule, str]]:
    return ((rule, "tests") for rule in rules)


def milestone(*deliverables: str, title: str = "Relay metrics", fields: Mapping[str, str] | None = None) -> str:
    """Generate a milestone page for the preset `waku`, with these results of `deliverable`, or with one default.

    `fields` are additional labels and values: `{"Risk owner": "Ana"}`.
    """
    lines = [
        f"# [{title}](https://github.com/waku-org/pm/milestone/12)",
        "**Estimated date of completion**: 30 Sep 2025",
        *(f"**{label}**: {value}" for label, value in (fields or {}).items()),
        "**Resources Required for 2025H2**:\n- 1 nwaku engineer for 3 months",
        "Whoever runs a node sees on one page what relay costs it.",
        "## Strategic Objective",
        "Nodes are cheap to run.",
        "## FURPS",
        "- [Relay](/FURPS/relay.md)",
        "## Risks",
        "| Risk | (Accept, Own, Mitigation) |\n|---|---|\n| Few test it | Mitigation: we run it ourselves |",
        "## Deliverables",
        *(deliverables or (deliverable(),)),
    ]
    return "\n\n".join(line.rstrip() for line in lines) + "\n"


def deliverable(
    name: str = "Export metrics",
    owner: str = "nwaku",
    *,
    issue: int = 101,
    feature: str = "[Relay](/FURPS/relay.md)",
    furps: Sequence[str] = ("F1. Nodes count their messages.",),
    checklist: Sequence[str] = ("Specs", "Code", "Dogfooding", "Docs"),
    done: bool = False,
    fields: Mapping[str, str] | None = None,
) -> str:
    """Generate a deliverable as a section; `done` checks all items of its checklist."""
    box = "x" if done else " "
    parts = [
        f"### [{name}](https://github.com/waku-org/pm/issues/{issue})",
        f"**Owner**: {owner}",
        f"**Feature**: {feature}",
        *(f"**{label}**: {value}" for label, value in (fields or {}).items()),
        "**FURPS**:\n" + "\n".join(f"- {each}" for each in furps),
        "**Checklist**:\n" + "\n".join(f"- [{box}] {item}" for item in checklist),
    ]
    return "\n\n".join(parts)


def feature(title: str = "Relay", statements: Mapping[str, Sequence[str]] | None = None) -> str:
    """Generate a feature file with these statements by letter, `{"F": ["Nodes sleep."]}`, or with one default."""
    said = {"F": ["Nodes count their messages."]} if statements is None else statements
    parts = [f"# {title} FURPS"]
    for letter, heading in _CATEGORIES.items():
        items = (f"{number}. {text}" for number, text in enumerate(said.get(letter, ()), 1))
        parts += [f"## {heading}", "\n".join(items) or "N/A"]
    return "\n\n".join(parts) + "\n"
