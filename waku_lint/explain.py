"""What a rule is about: for the terminal and for the documentation."""

from __future__ import annotations

from dataclasses import replace

from waku_lint import engine
from waku_lint.config import Config, preset
from waku_lint.registry import Registry
from waku_lint.report.text import excerpt
from waku_lint.rules.base import Example, Rule
from waku_lint.source import SourceFile


def explain(rule: Rule, registry: Registry) -> str:
    """Summary, why, source, a bad and a good example, how to fix, how to switch it off."""
    parts = [f"{rule.code} {rule.name} ({rule.severity.value})", rule.summary, rule.why]
    if rule.source:
        parts.append(f"The process says:\n  {rule.source}")
    bad = next((example for example in rule.examples if example.reports), None)
    good = next((example for example in rule.examples if not example.reports), None)
    if bad is not None:
        parts.append("Reported:\n" + _indent(text_of(bad)) + "\n\n" + _indent(findings(rule, bad, registry)))
    if good is not None:
        parts.append("Fine:\n" + _indent(text_of(good)))
    if rule.remedy:
        parts.append(f"How to fix it:\n  {rule.remedy}")
    if rule.options:
        told = [f"  {option.name} (default: {shown(option.default)}): {option.description}" for option in rule.options]
        parts.append("Options:\n" + "\n".join(told))
    parts.append(f"How to switch it off, in .waku-lint.yaml:\n  rules:\n    {rule.name}: off")
    return "\n\n".join(part for part in parts if part) + "\n"


def run_example(rule: Rule, example: Example, registry: Registry, config: Config | None = None) -> engine.RunResult:
    """Check an example by its rule alone, under the preset it is written for.

    The rules it names beside this one run, too, and nothing is told of their findings.
    """
    chosen = config or preset(example.preset)
    data = example.text.encode() if isinstance(example.text, str) else example.text
    codes = (rule.code, *example.beside)
    active = {code: each for code, each in registry.active(chosen, select=codes).items() if code in codes}
    files = [SourceFile(example.path, data), *(SourceFile(path, text.encode()) for path, text in example.files.items())]
    result = engine.run(files, chosen, registry, active, lambda path: path == example.path, example.files)
    return replace(result, diagnostics=tuple(each for each in result.diagnostics if each.code not in example.beside))


def findings(rule: Rule, example: Example, registry: Registry) -> str:
    """What the rule reports in an example, as the text report shows it."""
    lines: list[str] = []
    for each in run_example(rule, example, registry).diagnostics:
        shown, carets = excerpt(each)
        number = str(each.start.line)
        lines += [
            f"{each.path}:{number}:{each.start.column}: {each.severity.value} {each.code} {each.name}: {each.message}",
            f" {number} | {shown}",
            f" {' ' * len(number)} | {carets}",
        ]
    return "\n".join(lines)


def text_of(example: Example) -> str:
    """An example's text; bytes that are no UTF-8 are shown as U+FFFD."""
    return example.text if isinstance(example.text, str) else example.text.decode("utf-8", errors="replace")


def _indent(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.rstrip("\n").splitlines())


def shown(value: object) -> str:
    """An option's value as a person writes it."""
    if isinstance(value, dict):
        return "; ".join(f"{key}: {shown(each)}" for key, each in value.items()) or "none"
    if isinstance(value, list):
        return ", ".join(map(shown, value)) or "none"
    return str(value).lower() if isinstance(value, bool) else str(value)
