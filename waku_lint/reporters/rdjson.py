"""The Reviewdog Diagnostic Format: https://github.com/reviewdog/reviewdog/tree/master/proto/rdf."""

from __future__ import annotations

from waku_lint.diagnostics import Diagnostic
from waku_lint.engine.result import RunResult
from waku_lint.positions import BOM, Lines, Position
from waku_lint.reporters.context import PLAIN, Context, message
from waku_lint.reporters.json_text import dumped


def report_rdjson(result: RunResult, context: Context = PLAIN) -> str:
    """Report paths relative to the top of the repository; columns are 1-based UTF-8 bytes, ends are exclusive."""
    texts = {path: _Text(text) for path, text in result.texts.items()}
    report = {
        "source": {"name": "waku-lint"},
        "diagnostics": [_diagnostic(each, texts, context) for each in result.diagnostics],
    }
    return dumped(report)


class _Text:
    """The text of a document, with positions in bytes."""

    def __init__(self, text: str) -> None:
        self.lines = Lines(text)
        # Readers count the byte order mark as bytes of the first line; waku-lint gives it no column.
        self.mark = len(BOM.encode()) if text.startswith(BOM) else 0

    def position(self, at: Position) -> dict[str, int]:
        before = self.lines.line(at.line)[: at.column - 1].encode("utf-8", "surrogatepass")
        return {"line": at.line, "column": len(before) + 1 + (self.mark if at.line == 1 else 0)}

    def range(self, start: Position, end: Position) -> dict[str, object]:
        return {"start": self.position(start), "end": self.position(end)}


def _diagnostic(each: Diagnostic, texts: dict[str, _Text], context: Context) -> dict[str, object]:
    text = texts[each.path]
    record: dict[str, object] = {
        "message": message(each),
        "location": {"path": context.prefix + each.path, "range": text.range(each.start, each.end)},
        "severity": each.severity.name,
        "code": {"value": each.code},
    }
    if each.fix is not None:
        record["suggestions"] = [
            {
                "range": text.range(text.lines.position(edit.span.start), text.lines.position(edit.span.end)),
                "text": edit.text,
            }
            for edit in each.fix.edits
        ]
    if each.related:
        record["related_locations"] = [
            {
                "message": place.message,
                "location": {
                    "path": context.prefix + place.path,
                    "range": {"start": texts[place.path].position(place.start)},
                },
            }
            for place in each.related
        ]
    return record
