"""Run the examples of rules, which are their tests and part of their documentation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from waku_lint.config.config import Config, preset
from waku_lint.diagnostics import Diagnostic
from waku_lint.engine import pipeline
from waku_lint.engine.result import RunResult
from waku_lint.files.source import SourceFile
from waku_lint.files.writer import apply
from waku_lint.positions import Lines
from waku_lint.rules.base import Example, Rule
from waku_lint.rules.registry import Registry


def run_example(rule: Rule, example: Example, registry: Registry, config: Config | None = None) -> RunResult:
    """Check an example with its rule alone, with default options.

    Kinds, teams and other settings come from `config`, or from the preset of the example. Rules that the example names
    in `beside` run, too, but their findings are not reported.
    """
    chosen = replace(config, rules=(), exclude=()) if config is not None else preset(example.preset)
    data = example.text.encode() if isinstance(example.text, str) else example.text
    codes = (rule.code, *example.beside)
    active = {code: each for code, each in registry.active(chosen, select=codes).items() if code in codes}
    files = [SourceFile(example.path, data), *(SourceFile(path, text.encode()) for path, text in example.files.items())]
    result = pipeline.run(files, chosen, registry, active, lambda path: path == example.path, example.files)
    return replace(result, diagnostics=tuple(each for each in result.diagnostics if each.code not in example.beside))


def config_for(rule: Rule, registry: Registry, config: Config) -> Config | None:
    """The configuration for a rule's examples; a rule of the project sees documents as the project reads them."""
    return config if registry.source(rule.code).tier in ("schema", "file") else None


def problems(rule: Rule, registry: Registry, config: Config | None = None) -> Iterator[str]:
    """Describe each difference between a rule's findings and its examples."""
    for number, example in enumerate(rule.examples, 1):
        yield from (f"example {number}: {problem}" for problem in _problems(rule, example, registry, config))
    if not any(example.reports for example in rule.examples):
        yield "no example is reported: give one whose `reports` are the texts that are"
    if all(example.reports for example in rule.examples):
        yield "no example is clean: give one that is close to a reported one, and fine"


def _problems(rule: Rule, example: Example, registry: Registry, config: Config | None) -> Iterator[str]:
    chosen = config or preset(example.preset)
    if chosen.kind_of(example.path) is None:
        yield f"its path {example.path!r} is of no kind"
        return
    result = run_example(rule, example, registry, config)
    for crash in result.crashes:
        yield f"the rule failed: {crash.reason}"
    text = text_of(example)
    lines = Lines(text)
    told = tuple(text[lines.offset(each.start) : lines.offset(each.end)] for each in result.diagnostics)
    if told != example.reports and not result.crashes:
        yield f"is to report {_listed(example.reports)}, and reports {_listed(told)}"
        return
    if example.fixed is not None:
        yield from _fix_problems(rule, example, registry, config, result.diagnostics)
    elif any(each.fix for each in result.diagnostics):
        yield "a finding carries a fix; give the mended text as `fixed`"


def _fix_problems(
    rule: Rule, example: Example, registry: Registry, config: Config | None, found: Iterable[Diagnostic]
) -> Iterator[str]:
    edits = sorted((edit for each in found if each.fix for edit in each.fix.edits), key=lambda edit: edit.span)
    after = apply(text_of(example), edits)
    if after != example.fixed:
        yield f"fixed it reads {after!r}, not {example.fixed!r}"
    elif run_example(rule, replace(example, text=after), registry, config).diagnostics:
        yield "fixed it is still reported"


def text_of(example: Example) -> str:
    """The content of an example; invalid UTF-8 becomes U+FFFD."""
    return example.text if isinstance(example.text, str) else example.text.decode("utf-8", errors="replace")


def _listed(texts: Iterable[str]) -> str:
    return ", ".join(f"`{text}`" for text in texts) or "nothing"
