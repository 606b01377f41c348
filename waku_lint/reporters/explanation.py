"""Explain a rule, for the terminal and the documentation."""

from __future__ import annotations

from waku_lint.config.config import Config
from waku_lint.engine.examples import run_example, text_of
from waku_lint.reporters.text import excerpt
from waku_lint.rules.base import Example, Rule
from waku_lint.rules.registry import Registry


def explain(rule: Rule, registry: Registry, config: Config | None = None) -> str:
    """Show summary, reason, source, a bad and a good example, and how to fix or disable a rule.

    The example is checked with `config`, or with the preset of the example.
    """
    source = registry.source(rule.code)
    whence = f", {source}" if source.name else ""
    parts = [f"{rule.code} {rule.name} ({rule.severity.value}{whence})", rule.summary, rule.why]
    if rule.source:
        parts.append(f"The process says:\n  {rule.source}")
    bad = next((example for example in rule.examples if example.reports), None)
    good = next((example for example in rule.examples if not example.reports), None)
    if bad is not None:
        parts.append("Reported:\n" + _indent(text_of(bad)) + "\n\n" + _indent(findings(rule, bad, registry, config)))
    if good is not None:
        parts.append("Fine:\n" + _indent(text_of(good)))
    if rule.remedy:
        parts.append(f"How to fix it:\n  {rule.remedy}")
    if rule.options:
        options = [
            f"  {option.name} (default: {shown(option.default)}): {option.description}" for option in rule.options
        ]
        parts.append("Options:\n" + "\n".join(options))
    parts.append(f"How to switch it off, in .waku-lint.yaml:\n  rules:\n    {rule.name}: off")
    if source.tier == "ours":  # rules of plugins may have pages of their own
        parts.append(f"Its page in the documentation: {page(rule)}")
    return "\n\n".join(part for part in parts if part) + "\n"


def page(rule: Rule) -> str:
    """The page of a built-in rule in the documentation."""
    return f"rules/{rule.code}/"


def findings(rule: Rule, example: Example, registry: Registry, config: Config | None = None) -> str:
    """The findings in an example, as in the text report."""
    lines: list[str] = []
    for each in run_example(rule, example, registry, config).diagnostics:
        shown, carets = excerpt(each)
        number = str(each.start.line)
        lines += [
            f"{each.path}:{number}:{each.start.column}: {each.severity.value} {each.code} {each.name}: {each.message}",
            f" {number} | {shown}",
            f" {' ' * len(number)} | {carets}",
        ]
    return "\n".join(lines)


def _indent(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.rstrip("\n").splitlines())


def shown(value: object) -> str:
    """The value of an option as a user writes it."""
    if isinstance(value, dict):
        return "; ".join(f"{key}: {shown(each)}" for key, each in value.items()) or "none"
    if isinstance(value, list):
        return ", ".join(map(shown, value)) or "none"
    return str(value).lower() if isinstance(value, bool) else str(value)
