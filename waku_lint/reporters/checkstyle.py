"""The Checkstyle XML report, which many CI servers read."""

from __future__ import annotations

from itertools import groupby

from waku_lint.engine.result import RunResult
from waku_lint.reporters.context import PLAIN, Context, message
from waku_lint.reporters.xml import cleaned, rendered


def report_checkstyle(result: RunResult, context: Context = PLAIN) -> str:
    """Report a `file` element for each document with findings.

    Paths are relative to the top of the repository; `source` is the rule, such as `waku-lint.WL305`."""
    from xml.etree.ElementTree import Element, SubElement

    root = Element("checkstyle", version="4.3")
    for path, found in groupby(result.diagnostics, key=lambda each: each.path):
        file = SubElement(root, "file", name=cleaned(context.prefix + path))
        for each in found:
            SubElement(
                file,
                "error",
                line=str(each.start.line),
                column=str(each.start.column),
                severity=each.severity.value,
                message=cleaned(f"{each.name}: {message(each)}"),
                source=f"waku-lint.{each.code}",
            )
    return rendered(root)
