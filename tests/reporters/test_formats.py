"""The formats for programs: what is written is of its format, and is what was found.

`python -m tests.reporters.test_formats` writes the files of tests/golden anew.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from jsonschema.validators import validator_for
from msgspec.structs import replace

from tests.conftest import CHECKOUT
from waku_lint import __version__, schema
from waku_lint.cli.options import FORMATS
from waku_lint.config.config import preset
from waku_lint.diagnostics import Diagnostic, Fix, Severity
from waku_lint.engine import pipeline
from waku_lint.engine.result import Crash, RunResult
from waku_lint.files import snapshot
from waku_lint.files.source import SourceFile
from waku_lint.positions import BOM, Position
from waku_lint.reporters import reporter
from waku_lint.reporters.context import Context
from waku_lint.reporters.github import LIMIT, report_github, step_summary
from waku_lint.reporters.identity import identities
from waku_lint.reporters.xml import cleaned
from waku_lint.rules import registry

GOLDEN = CHECKOUT / "tests" / "golden"
SCHEMAS = CHECKOUT / "tests" / "schemas"
PUBLIC = CHECKOUT.parent / "shared" / "schemas"
RULES = registry.builtin_rules()
EXTENSIONS = {"text": "txt", "github": "txt", "junit": "xml", "checkstyle": "xml", "jsonl": "jsonl"}

ODD_PATH = "draft-roadmap/100% a b, #1: 中文🚀.md"
_ODD = """\
##Sync {0}

**Estimated date of completion**: 100%, 31 Aug: "soon" & <b> ]]> 中文🚀

##Deliverables

### [Sync {notes} [v1]](https://github.com/waku-org/pm/issues/1)

**Owner**: 中文🚀 [team](x) ]]> "100%" ::error {1}\x07
**Feature**: [Sync](/FURPS/sync.md)
**FURPS**:

- F1. 🚀 other | words
"""
ODD = {
    "FURPS/sync.md": "# Sync FURPS\n\n## Functionality\n\n1. 🚀 some | words\n",
    ODD_PATH: BOM + _ODD.replace("\n", "\r\n"),
    "draft-roadmap/plain.md": _ODD.replace("{0}", "").replace("\n", "\r"),
}


def lint_odd(files: dict[str, str] = ODD) -> RunResult:
    settings = preset("waku")
    rules = registry.load(settings, CHECKOUT)
    sources = [SourceFile(path, text.encode()) for path, text in files.items()]
    return pipeline.run(sources, settings, rules, rules.active(settings), names=files)


def lint_example() -> RunResult:
    root = CHECKOUT / "fixtures" / "example"
    settings = preset("waku")
    rules = registry.load(settings, root)
    names = snapshot.paths_below(root)
    sources = [snapshot.read(root, path) for path in names if settings.kind_of(path)]
    return pipeline.run(sources, settings, rules, rules.active(settings), names=names)


def result_of(name: str) -> tuple[RunResult, Context]:
    """The results that the golden files show."""
    if name == "example":
        return lint_example(), Context(prefix="fixtures/example/", rules=lambda: RULES)
    result = lint_odd()
    first, *others = result.diagnostics
    assert first.fix is not None
    said = replace(first, message="see [a](c), [d] for {1}, {two}: 1%, \x1b[31m", cause="`x.md` is now `y.md`")
    crash = Crash("WL999 odd", "FURPS/sync.md", ValueError("100% of {0} ]]> \x00"))
    return replace(result, diagnostics=(said, *others), crashes=(crash,)), Context(rules=lambda: RULES)


def written(name: str, form: str) -> str:
    result, context = result_of(name)
    return reporter(form)(result, context).replace(f'"version": "{__version__}"', '"version": "0"')


def golden(name: str, form: str) -> Path:
    return GOLDEN / f"{name}.{form}.{EXTENSIONS.get(form, 'json')}"


NAMES = ("example", "odd")


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", NAMES)
def test_each_format_is_written_as_its_golden_file_shows(name: str, form: str) -> None:
    assert written(name, form) == golden(name, form).read_bytes().decode()


def load(name: str, form: str) -> Any:
    return json.loads(written(name, form))


@pytest.mark.parametrize("form", ["sarif", "gitlab", "rdjson"])
@pytest.mark.parametrize("name", NAMES)
def test_json_formats_are_as_their_schemas_say(name: str, form: str) -> None:
    shape = json.loads((SCHEMAS / f"{form}.schema.json").read_text())
    Draft202012Validator.check_schema(shape)
    Draft202012Validator(shape).validate(load(name, form))


@pytest.mark.parametrize(("form", "file"), [("sarif", "sarif-schema-2.1.0.json"), ("rdjson", "DiagnosticResult.json")])
@pytest.mark.parametrize("name", NAMES)
def test_json_formats_are_as_the_public_schemas_say(name: str, form: str, file: str) -> None:
    if not (PUBLIC / file).is_file():
        pytest.skip("the public schemas are not beside this checkout")
    shape = json.loads((PUBLIC / file).read_text())
    validator_for(shape)(shape).validate(load(name, form))


def test_json_lines_are_the_findings_of_the_json_report_and_its_summary() -> None:
    result, context = result_of("odd")
    whole = json.loads(reporter("json")(result, context))
    Draft202012Validator(schema.builtin("report")).validate(whole)
    *findings, last = map(json.loads, reporter("jsonl")(result, context).splitlines())
    assert findings == whole["diagnostics"]
    assert last == {"version": whole["version"], "summary": whole["summary"]}


def test_no_character_breaks_a_line_of_json_lines() -> None:
    result, context = result_of("odd")
    odd = replace(result.diagnostics[0], message="a\u2028b\x85c\ud800")
    assert len(reporter("jsonl")(replace(result, diagnostics=(odd,)), context).splitlines()) == 2


def test_regions_of_sarif_cover_what_was_found() -> None:
    """By columns in code points, without the byte order mark, and lines that end as the log says."""
    result, _ = result_of("odd")
    (run,) = load("odd", "sarif")["runs"]
    ends = re.compile("|".join(run["newlineSequences"]))

    def text_at(path: str, region: dict[str, int]) -> str:
        text = result.texts[path].removeprefix(BOM)
        starts = [0, *(match.end() for match in ends.finditer(text))]
        start = starts[region["startLine"] - 1] + region["startColumn"] - 1
        return text[start : starts[region["endLine"] - 1] + region["endColumn"] - 1]

    seen = set()
    for found, each in zip(run["results"], result.diagnostics, strict=True):
        place = found["locations"][0]["physicalLocation"]
        path = unquote(place["artifactLocation"]["uri"])
        assert path == each.path
        assert run["tool"]["driver"]["rules"][found["ruleIndex"]]["id"] == each.code
        if each.code == "WL103":
            assert text_at(path, place["region"]) == "{notes}"
        if each.code == "WL304":
            seen.add(text_at(path, place["region"]))
        if each.code == "WL425":
            assert text_at(path, place["region"]) == "🚀 other | words"
        for fix in found.get("fixes", ()):
            assert each.fix is not None
            replaced = [
                (text_at(path, one["deletedRegion"]), one["insertedContent"]["text"])
                for one in fix["artifactChanges"][0]["replacements"]
            ]
            texts = result.texts[path]
            assert replaced == [
                (texts[edit.span.start : edit.span.end].removeprefix(BOM), edit.text) for edit in each.fix.edits
            ]
    assert seen == {'中文🚀 [team](x) ]]> "100%" ::error {1}\x07'}


def test_messages_of_sarif_are_no_links_and_no_templates() -> None:
    (run,) = load("odd", "sarif")["runs"]
    assert run["results"][0]["message"]["text"].startswith("see \\[a](c), [d] for {{1}}, {two}: 1%,")
    assert run["invocations"][0]["executionSuccessful"] is False
    (told,) = run["invocations"][0]["toolExecutionNotifications"]
    assert told["exception"]["kind"] == "ValueError"


def test_columns_of_rdjson_count_the_bytes_of_the_file() -> None:
    result, _ = result_of("odd")

    def bytes_at(path: str, start: dict[str, int], end: dict[str, int]) -> bytes:
        lines = re.split(rb"\r\n|\r|\n", result.texts[path].encode())
        assert start["line"] == end["line"]
        return lines[start["line"] - 1][start["column"] - 1 : end["column"] - 1]

    (drift,) = [each for each in result.diagnostics if each.code == "WL425" and each.path == ODD_PATH]
    told = load("odd", "rdjson")["diagnostics"]
    (found,) = [each for each in told if each["code"]["value"] == "WL425" and each["location"]["path"] == ODD_PATH]
    assert bytes_at(ODD_PATH, **found["location"]["range"]).decode() == "🚀 other | words"
    assert drift.fix is not None
    text = result.texts[ODD_PATH]
    covered = [text[edit.span.start : edit.span.end].encode() for edit in drift.fix.edits]
    assert [bytes_at(ODD_PATH, **each["range"]) for each in found["suggestions"]] == covered
    spaces = [each for each in told if each["code"]["value"] == "WL110" and each["location"]["path"] == ODD_PATH]
    assert [bytes_at(ODD_PATH, **each["location"]["range"]) for each in spaces] == [b"##", b"##"]


@pytest.mark.parametrize("name", NAMES)
def test_junit_has_a_case_for_each_document_and_counts_right(name: str) -> None:
    result, context = result_of(name)
    (suite,) = ET.fromstring(written(name, "junit"))
    cases = list(suite)
    assert {case.tag for case in cases} == {"testcase"}
    assert [case.get("name") for case in cases] == sorted(result.documents)
    counts = {kind: len(suite.findall(f"testcase/{kind}")) for kind in ("failure", "error")}
    assert suite.attrib == {
        "name": "waku-lint",
        "tests": str(len(cases)),
        "failures": str(counts["failure"]),
        "errors": str(counts["error"]),
        "skipped": "0",
    }
    for case in cases:
        assert [child.tag for child in case] in ([], ["failure"], ["error"], ["error", "system-out"], ["system-out"])
        errors = any(each.severity is Severity.ERROR and each.path == case.get("name") for each in result.diagnostics)
        assert (case.find("failure") is not None) == (errors and case.find("error") is None)
    assert context.strict is False


def test_warnings_fail_a_case_of_junit_in_a_strict_run_only() -> None:
    result, context = result_of("odd")
    warnings = replace(
        result,
        crashes=(),
        diagnostics=tuple(each for each in result.diagnostics if each.severity is Severity.WARNING),
    )
    lax = ET.fromstring(reporter("junit")(warnings, context))
    strict = ET.fromstring(reporter("junit")(warnings, replace(context, strict=True)))
    assert (len(lax.findall(".//failure")), len(strict.findall(".//failure"))) == (0, 3)
    outputs = [each.text for each in lax.findall(".//system-out")]
    assert outputs == [each.text for each in strict.findall(".//failure")]


@pytest.mark.parametrize("name", NAMES)
def test_checkstyle_has_every_finding_below_its_file(name: str) -> None:
    result, context = result_of(name)
    root = ET.fromstring(written(name, "checkstyle"))
    assert root.tag == "checkstyle"
    found = [
        (file.get("name"), error.get("line"), error.get("column"), error.get("severity"), error.get("source"))
        for file in root
        for error in file
    ]
    assert found == [
        (
            context.prefix + each.path,
            str(each.start.line),
            str(each.start.column),
            each.severity.value,
            f"waku-lint.{each.code}",
        )
        for each in result.diagnostics
    ]


@given(st.text(st.characters(codec=None, exclude_categories=())))
def test_any_text_can_stand_in_xml(text: str) -> None:
    element = ET.Element("a", b=cleaned(text))
    element.text = cleaned(text)
    read = ET.fromstring(ET.tostring(element))
    assert read.get("b", "").replace("\r", "\n") == cleaned(text).replace("\r", "\n")
    assert len(read.text or "") == len(re.sub("\r\n", "\n", text))


_COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")


def decoded(text: str) -> str:
    for code, char in (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(code, char)
    return text


def commands(report: str) -> list[tuple[str, dict[str, str], str]]:
    """What GitHub's runner reads of a log: it parts properties at `,` and `=`, and undoes the escapes last."""
    found = []
    for line in report.splitlines():
        match = _COMMAND.fullmatch(line)
        if match:
            pairs = dict(pair.split("=", 1) for pair in match[2].split(","))
            found.append((match[1], {key: decoded(value) for key, value in pairs.items()}, decoded(match[3])))
    return found


def test_commands_for_github_are_read_back_as_what_was_found() -> None:
    result, context = result_of("odd")
    found = commands(reporter("github")(result, context))
    errors = [each for each in result.diagnostics if each.severity is Severity.ERROR]
    warnings = [each for each in result.diagnostics if each.severity is Severity.WARNING]
    expected = (*errors[:LIMIT], *warnings[:LIMIT])
    assert [(kind, said["file"], said["line"], said["title"]) for kind, said, _ in found[:-1]] == [
        (each.severity.value, each.path, str(each.start.line), f"{each.code} {each.name}") for each in expected
    ]
    for each, (_, _, text) in zip(expected, found, strict=False):
        assert text.startswith(each.message)
    assert found[-1][0] == "notice"


def finding(number: int, severity: Severity = Severity.ERROR, **changes: Any) -> Diagnostic:
    made = Diagnostic(
        "a.md", Position(number, 1), Position(number, 3), "WL001", "x", severity, f"no {number}", None, (), "text"
    )
    return replace(made, **changes)


def test_what_github_does_not_annotate_is_in_the_log_and_counted() -> None:
    found = tuple(finding(each, severity) for severity in Severity for each in range(1, 13))
    lines = report_github(RunResult(found, (), ("a.md",))).splitlines()
    assert [line.split(" ")[0] for line in lines[: 2 * LIMIT]] == ["::error"] * LIMIT + ["::warning"] * LIMIT
    assert lines[2 * LIMIT].startswith("::notice title=waku-lint::4 more findings not annotated")
    assert lines[2 * LIMIT + 1] == "- a.md:11:1: error WL001 x: no 11"
    assert len(lines) == 2 * LIMIT + 5


def test_a_line_of_the_log_is_no_command() -> None:
    found = tuple(finding(each, path="::error ::a.md", message="##[error]no") for each in range(1, 13))
    *_, last = report_github(RunResult(found, (), ())).splitlines()
    assert not last.startswith("::")
    assert "##[" not in last


def test_columns_are_not_told_to_github_of_a_finding_over_lines() -> None:
    command = report_github(RunResult((finding(2, end=Position(4, 1)),), (), ()))
    assert command == "::error file=a.md,line=2,endLine=4,title=WL001 x::no 2\n"


def test_an_empty_finding_has_a_column_for_github() -> None:
    command = report_github(RunResult((finding(2, end=Position(2, 1)),), (), ()))
    assert "col=1,endColumn=1," in command


def test_a_bar_in_a_message_does_not_end_its_cell() -> None:
    table = step_summary(RunResult((finding(1, message="a|b \\| c"),), (), ("a.md",)))
    assert table.splitlines()[-1] == "| error | a.md:1:1 | WL001 x | a\\|b \\\\\\| c |"
    assert step_summary(RunResult((), (), ("a.md",))) == ""


def test_a_long_table_is_cut_and_says_so() -> None:
    found = tuple(finding(each, path="long" * 100, message="x" * 900) for each in range(1, 700))
    table = step_summary(RunResult(found, (), ()))
    assert table.endswith("\n\n199 more findings\n")
    assert len(table.encode()) < 2**20


def test_identities_differ_and_stay_where_lines_are_moved() -> None:
    before = lint_odd()
    moved = {
        path: text.replace("Sync {", "Sync  {").replace("##Deliv", "> moved\n\n##Deliv") for path, text in ODD.items()
    }
    after = lint_odd(moved)
    kept = [each for each in after.diagnostics if each.code not in ("WL207", "WL208")]
    assert len(set(identities(before))) == len(before.diagnostics)
    known = set(identities(before))
    assert {each.start.line for each in kept} != {each.start.line for each in before.diagnostics}
    assert set(identities(replace(after, diagnostics=tuple(kept)))) <= known


def test_every_rule_can_be_described_in_sarif() -> None:
    found = tuple(finding(1, code=rule.code, name=rule.name) for rule in RULES)
    result = RunResult(found, (), ("a.md",), texts={"a.md": "text"})
    report = json.loads(reporter("sarif")(result, Context(rules=lambda: RULES)))
    Draft202012Validator(json.loads((SCHEMAS / "sarif.schema.json").read_text())).validate(report)


def test_statistics_count_by_rule_the_most_frequent_first() -> None:
    fix = Fix((), safe=True)
    found = (
        finding(1, code="WL002", name="longer"),
        *(finding(each, fix=fix if each > 1 else None) for each in range(1, 11)),
        finding(1, code="WL003"),
    )
    report = reporter("text")(RunResult(found, (), ("a.md",)), Context(statistics=True))
    assert report == ("10  WL001  x       9 fixable\n 1  WL002  longer\n 1  WL003  x\n\n12 errors in 1 of 1 document\n")
    clean = reporter("text")(RunResult((), (), ("a.md",)), Context(statistics=True))
    assert clean == "1 document checked, no findings\n"


if __name__ == "__main__":
    for name in NAMES:
        for form in FORMATS:
            golden(name, form).write_bytes(written(name, form).encode())
