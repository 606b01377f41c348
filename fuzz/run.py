"""What the targets share: text out of bytes, a project of one document, and the loop of atheris."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["waku_lint", "marko", "yaml"]):
    from waku_lint.cli.options import FORMATS
    from waku_lint.config.config import Config, preset
    from waku_lint.documents.reader import read_document
    from waku_lint.engine import pipeline
    from waku_lint.engine.result import RunResult
    from waku_lint.files import cache
    from waku_lint.files.source import SourceFile
    from waku_lint.reporters import reporter
    from waku_lint.reporters.context import Context
    from waku_lint.rules import registry
    from waku_lint.rules.registry import Registry
    from waku_lint.session import baseline, fixes, settings

PAGE = "draft-roadmap/relay.md"
FORM = ".github/ISSUE_TEMPLATE/task.yml"

__all__ = [
    "FORM",
    "PAGE",
    "RunResult",
    "baseline",
    "cache",
    "fixes",
    "fuzz",
    "lint",
    "pipeline",
    "read_document",
    "registry",
    "report",
    "settings",
]


@lru_cache
def setting() -> tuple[Config, Registry]:
    """The preset, with all rules."""
    config = preset("waku")
    return config, registry.load(config, Path())


def lint(files: Mapping[str, bytes]) -> RunResult:
    """Check a project; a rule that crashes raises, and so does a position that is none."""
    config, rules = setting()
    sources = [SourceFile(path, data) for path, data in files.items()]
    result = pipeline.run(sources, config, rules, rules.active(config, ["WL"]), names=files, parse=read_document)
    for crash in result.crashes:
        raise crash.error
    for each in result.diagnostics:
        text = result.texts[each.path]
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        for place in (each.start, each.end):
            assert 1 <= place.line <= len(lines), each
            assert 1 <= place.column <= len(lines[place.line - 1]) + 1, each
        assert each.start <= each.end, each
    return result


def report(result: RunResult) -> None:
    """Write it in every format."""
    context = Context(False, False, "", lambda: setting()[1].rules)
    for form in FORMATS:
        reporter(form)(result, context).encode("utf-8", "backslashreplace")


def fuzz(target: Callable[[bytes], None]) -> None:
    """Run a target with the arguments of libFuzzer, until it fails or is told to end."""
    atheris.Setup(sys.argv, target)
    atheris.Fuzz()
