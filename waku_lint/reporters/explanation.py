"""What a rule is about: for the terminal and for the documentation."""

from __future__ import annotations

from waku_lint.config.config import Config
from waku_lint.engine.examples import run_example, text_of
from waku_lint.reporters.text import excerpt
from waku_lint.rules.base import Example, Rule
from waku_lint.rules.registry import Registry


def explain(rule: Rule, registry: Registry, config: Config | None = None) -> str:
    """Summary, why, source, a bad and a good example, how to fix, how to switch it off.

    The example is checked under `config`, without one under the preset that it is written for.
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
        told = [f"  {option.name} (default: {shown(option.default)}): {option.description}" for option in rule.options]
        parts.append("Options:\n" + "\n".join(told))
    parts.append(f"How to switch it off, in .waku-lint.yaml:\n  rules:\n    {rule.name}: off")
    if source.tier == "ours":  # others have their pages elsewhere, if any
        parts.append(f"Its page in the documentation: {page(rule)}")
    return "\n\n".join(part for part in parts if part) + "\n"


def page(rule: Rule) -> str:
    """Where the documentation has one of our rules, from its top."""
    return f"rules/{rule.code}/"


def findings(rule: Rule, example: Example, registry: Registry, config: Config | None = None) -> str:
    """What the rule reports in an example, as the text report shows it."""
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
    """An option's value as a person writes it."""
    if isinstance(value, dict):
        return "; ".join(f"{key}: {shown(each)}" for key, each in value.items()) or "none"
    if isinstance(value, list):
        return ", ".join(map(shown, value)) or "none"
    return str(value).lower() if isinstance(value, bool) else str(value)
