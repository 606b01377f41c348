"""The JUnit XML report: a test case for each document."""

from __future__ import annotations

from collections import defaultdict

from waku_lint.diagnostics import Diagnostic, Severity
from waku_lint.engine.result import Crash, RunResult
from waku_lint.reporters.context import PLAIN, Context, line
from waku_lint.reporters.xml import cleaned, rendered


def report_junit(result: RunResult, context: Context = PLAIN) -> str:
    """Report warnings as failures in a strict run only, else as output; without times: they vary."""
    from xml.etree.ElementTree import Element, SubElement

    found: dict[str, list[Diagnostic]] = defaultdict(list)
    for each in result.diagnostics:
        found[each.path].append(each)
    crashes: dict[str, list[Crash]] = defaultdict(list)
    for crash in result.crashes:
        crashes[crash.path].append(crash)
    paths = sorted({*result.documents, *found, *crashes})
    failing = {
        path for path, some in found.items() if context.strict or any(each.severity is Severity.ERROR for each in some)
    }
    suite = Element(
        "testsuite",
        name="waku-lint",
        tests=str(len(paths)),
        failures=str(len(failing - crashes.keys())),
        errors=str(len(crashes)),
        skipped="0",
    )
    for path in paths:
        case = SubElement(suite, "testcase", classname="waku-lint", name=cleaned(path))
        text = cleaned("\n".join(map(line, found[path])))
        if path in crashes:
            words = [f"{crash.rule}: {type(crash.error).__name__}: {crash.error}" for crash in crashes[path]]
            error = SubElement(case, "error", message=cleaned(words[0]), type="internal error")
            error.text = cleaned("\n".join(words))
        elif path in failing:
            rest = len(found[path]) - 1
            first = found[path][0].message + (f" (and {rest} more)" if rest else "")
            SubElement(case, "failure", message=cleaned(first), type="findings").text = text
            continue
        if text:
            SubElement(case, "system-out").text = text
    suites = Element("testsuites")
    suites.append(suite)
    return rendered(suites)
