"""The SARIF 2.1.0 report, an OASIS standard: https://docs.oasis-open.org/sarif/sarif/v2.1.0/."""

from __future__ import annotations

import os
from typing import Any, Final

from waku_lint import __version__
from waku_lint.diagnostics import Diagnostic
from waku_lint.engine.result import Crash, RunResult
from waku_lint.positions import Lines, Position
from waku_lint.regexes import lazy
from waku_lint.reporters.context import PLAIN, Context, message
from waku_lint.reporters.identity import identities
from waku_lint.reporters.json_text import dumped
from waku_lint.rules.base import Rule

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
ROOT: Final = "SRCROOT"
FINGERPRINT: Final = "wakuLintIdentity/v1"

_PLACEHOLDER: Final = lazy(r"\{\d+\}")
_LINK: Final = lazy(r"\[(?=[^\]]*\]\()")

Json = dict[str, Any]


def report_sarif(result: RunResult, context: Context = PLAIN) -> str:
    """Report one run with the rules of its findings. Columns count code points, ends are exclusive.

    URIs are relative to the top of the repository, so that the report is the same on every machine.
    """
    codes = {each.code for each in result.diagnostics}
    rules = [rule for rule in context.rules() if rule.code in codes]
    indexes = {rule.code: index for index, rule in enumerate(rules)}
    lines = {path: Lines(text) for path, text in result.texts.items()}
    run = {
        "tool": {"driver": {"name": "waku-lint", "version": __version__, "rules": [_rule(rule) for rule in rules]}},
        "invocations": [
            {
                "executionSuccessful": not result.crashes,
                "toolExecutionNotifications": [_notification(crash, context) for crash in result.crashes],
            }
        ],
        "originalUriBaseIds": {ROOT: {"description": {"text": "the top of the repository"}}},
        "results": [
            _result(each, indexes[each.code], identity, lines, context)
            for each, identity in zip(result.diagnostics, identities(result), strict=True)
        ],
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
    }
    return dumped({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(rule: Rule) -> Json:
    source = f"The process says:\n\n> {rule.source}" if rule.source else ""
    remedy = f"How to fix it: {rule.remedy}" if rule.remedy else ""
    markdown = "\n\n".join(part for part in (rule.why, source, remedy) if part) or rule.summary
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": _message(rule.summary),
        "fullDescription": _message(rule.why or rule.summary),
        "help": {**_message(markdown.replace("\n\n> ", " ")), "markdown": _template(markdown)},
        "defaultConfiguration": {"level": rule.severity.value},
    }


def _result(each: Diagnostic, index: int, identity: str, lines: dict[str, Lines], context: Context) -> Json:
    record: Json = {
        "ruleId": each.code,
        "ruleIndex": index,
        "level": each.severity.value,
        "message": _message(message(each)),
        "locations": [{"physicalLocation": _place(context.prefix + each.path, _region(each.start, each.end))}],
        "partialFingerprints": {FINGERPRINT: identity},
    }
    if each.related:
        record["relatedLocations"] = [
            {
                "id": number,
                "physicalLocation": _place(context.prefix + place.path, _region(place.start)),
                "message": _message(place.message),
            }
            for number, place in enumerate(each.related, start=1)
        ]
    if each.fix is not None:
        position = lines[each.path].position
        replacements = [
            {
                "deletedRegion": _region(position(edit.span.start), position(edit.span.end)),
                "insertedContent": {"text": edit.text},
            }
            for edit in each.fix.edits
        ]
        change = {**_place(context.prefix + each.path), "replacements": replacements}
        kind = "a fix" if each.fix.safe else "a fix that a person has to look at"
        record["fixes"] = [{"description": {"text": kind}, "artifactChanges": [change]}]
    return record


def _notification(crash: Crash, context: Context) -> Json:
    error = f"{type(crash.error).__name__}: {crash.error}"
    return {
        "level": "error",
        "message": _message(f"{crash.rule} failed on {crash.path}: {error}"),
        "locations": [{"physicalLocation": _place(context.prefix + crash.path)}],
        "exception": {"kind": type(crash.error).__name__, "message": str(crash.error)},
    }


def _message(text: str) -> Json:
    """A plain message; brackets are escaped, because SARIF would read them as links."""
    return {"text": _LINK.sub(r"\\[", _template(text))}


def _template(text: str) -> str:
    """Escape placeholders such as `{0}` in `text` with double braces.

    The standard requires to double all braces, but viewers such as GitHub's show these doubled.
    """
    return _PLACEHOLDER.sub(r"{\g<0>}", text)


def _place(path: str, region: Json | None = None) -> Json:
    from urllib.parse import quote

    place: Json = {"artifactLocation": {"uri": quote(os.fsencode(path)), "uriBaseId": ROOT}}
    return place if region is None else {**place, "region": region}


def _region(start: Position, end: Position | None = None) -> Json:
    region = {"startLine": start.line, "startColumn": start.column}
    return region if end is None else {**region, "endLine": end.line, "endColumn": end.column}
