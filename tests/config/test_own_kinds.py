"""Rules with no code: fields and sections of a project's own, and kinds of documents that we do not know."""

from __future__ import annotations

import json
from typing import Any

import pytest

from waku_lint.diagnostics import Diagnostic
from waku_lint.errors import ConfigError
from waku_lint.testing import deliverable, feature, lint, milestone

PAGE = "draft-roadmap/relay.md"
ADR = "adr/0001.md"


def rule(code: str, **more: object) -> dict[str, object]:
    return {"code": code, "name": f"own-{code.lower()}", "message": "this is missing", **more}


def found(config: str, schema: dict[str, Any], path: str, text: str) -> list[tuple[str, int, int, str]]:
    files = {".waku-lint.yaml": config, "lint/own.json": json.dumps(schema), path: text}
    return [_told(each) for each in lint(files) if each.code.startswith("OWN")]


def _told(each: Diagnostic) -> tuple[str, int, int, str]:
    return each.code, each.start.line, each.start.column, each.message


# Fields

RISKS = "kinds:\n  milestone:\n    fields: {risk_owner: [Risk owner, Owner of the risks]}\n    schema: lint/own.json\n"
RISK_OWNER = {"properties": {"fields": {"required": ["risk_owner"], "x-rule": rule("OWN001")}}}


@pytest.mark.parametrize(
    "line",
    [
        "**Risk owner**: Ana", "**Risk Owner:** Ana", "Risk owner: Ana", "**Owner of the risks** - Ana",
        "- Risk owner: Ana",
        "**Risk owner**:\nAna", "**Risk owner**:\n- Ana\n- Ben", "**Risk owner**:\n\nAna", "### Risk owner\n\nAna",
    ],
)  # fmt: skip
def test_a_field_is_read_however_it_is_written(line: str) -> None:
    page = milestone().replace("## Strategic", f"{line}\n\n## Strategic")
    assert found(RISKS, RISK_OWNER, PAGE, page) == []


def test_a_field_that_is_missing_is_told_at_the_title_and_an_empty_one_at_its_label() -> None:
    assert found(RISKS, RISK_OWNER, PAGE, "# Relay\n\nText.\n") == [("OWN001", 1, 3, "this is missing")]
    assert found(RISKS, RISK_OWNER, PAGE, "# Relay\n\n**Risk owner**:\n\n## Risks\n") == [
        ("OWN001", 3, 3, "this is missing")
    ]


def test_a_fields_value_stands_where_it_is_written() -> None:
    known = {"properties": {"fields": {"properties": {"risk_owner": {"enum": ["Ana"], "x-rule": rule("OWN001")}}}}}
    assert found(RISKS, known, PAGE, "# Relay\n\n**Risk owner**: Bob\n") == [("OWN001", 3, 17, "this is missing")]
    one = {"maxItems": 1, "x-rule": rule("OWN002", at="surplus")}
    listed = {"properties": {"fields": {"properties": {"risk_owner": one}}}}
    page = "# Relay\n\n**Risk owner**:\n- Ana\n- Bob\n"
    assert found(RISKS, listed, PAGE, page) == [("OWN002", 5, 3, "this is missing")]


def test_a_deliverable_has_fields_of_its_own_and_they_are_not_the_pages() -> None:
    config = (
        "kinds:\n  milestone:\n    fields: {reviewer: Reviewer}\n    deliverable-fields: {reviewer: Reviewer}\n"
        "    schema: lint/own.json\n"
    )
    wanted = {"required": ["reviewer"], "x-rule": rule("OWN001")}
    each = {"properties": {"deliverables": {"items": {"properties": {"fields": wanted}}}}}
    page = milestone(deliverable("One", fields={"Reviewer": "Ana"}), deliverable("Two", issue=102))
    ((_, line, column, _),) = found(config, each, PAGE, page)
    assert page.splitlines()[line - 1][column - 1 :].startswith("Two](")
    ((_, line, _, _),) = found(config, {"properties": {"fields": wanted}}, PAGE, page)
    assert line == 1


@pytest.mark.parametrize(
    ("kind", "path", "text"),
    [
        ("furps", "FURPS/relay.md", feature()),
        ("index", "FURPS/README.md", "# Features\n"),
        ("issue-template", ".github/ISSUE_TEMPLATE/task.md", "---\nname: Task\nabout: A task\n---\n"),
        ("update", "content/waku/updates/2025-01-06.md", "# Waku\n"),
        ("adr", "adr/1.md", "# Use GossipSub\n"),
    ],
)
def test_every_kind_of_markdown_can_have_fields(kind: str, path: str, text: str) -> None:
    config = f"kinds: {{{kind}: {{paths: ['{path}'], fields: {{status: Status}}, schema: lint/own.json}}}}"
    wanted = {"properties": {"fields": {"required": ["status"], "x-rule": rule("OWN001")}}}
    assert [each[0] for each in found(config, wanted, path, text)] == ["OWN001"]
    assert found(config, wanted, path, text + "\n**Status**: accepted\n") == []


def test_a_field_that_the_configuration_does_not_name_is_refused() -> None:
    schema = {"properties": {"fields": {"required": ["risk_ownr"]}}}
    with pytest.raises(ConfigError, match=r"lint/own\.json:1:\d+: .*no field 'risk_ownr'; did you mean 'risk_owner'"):
        found(RISKS, schema, PAGE, milestone())


# Kinds of one's own

DECISIONS = """\
kinds:
  adr:
    paths: [adr/*.md]
    fields: {status: Status, deciders: [Deciders, Decision makers]}
    sections: {context: Context, decision: [Decision, Outcome]}
    schema: lint/own.json
"""
DECISION = {
    "properties": {
        "fields": {"required": ["status"], "x-rule": rule("OWN001")},
        "sections": {
            "required": ["decision"],
            "x-rule": rule("OWN002"),
            "properties": {"decision": {"required": ["text"], "x-rule": rule("OWN003", message="nothing is decided")}},
        },
    }
}


def test_a_kind_of_ones_own_is_read_as_the_configuration_says() -> None:
    good = "# Use GossipSub\n\nStatus: accepted\n\n## Context\n\nPeers.\n\n## Outcome\n\n### Why\n\nIt scales.\n"
    assert found(DECISIONS, DECISION, ADR, good) == []
    bad = "---\ntitle: Use GossipSub\n---\n\nNo status.\n\n## Outcome\n\n- later\n"
    assert found(DECISIONS, DECISION, ADR, bad) == [
        ("OWN001", 2, 8, "this is missing"),
        ("OWN003", 7, 4, "nothing is decided"),
    ]
    assert found(DECISIONS, DECISION, ADR, "# Use GossipSub\n\nStatus: open\n") == [("OWN002", 1, 3, "this is missing")]


def test_a_kind_of_ones_own_wins_over_ours_and_rules_on_text_hold_in_it() -> None:
    files = {
        ".waku-lint.yaml": "kinds: {note: {paths: [draft-roadmap/notes.md]}}",
        "draft-roadmap/notes.md": "# Notes\n\n[there](nowhere.md) and [x]()\n\n##Docs\n",
    }
    assert [each.code for each in lint(files)] == ["WL107", "WL106", "WL110"]


def test_a_section_has_its_text_and_its_items() -> None:
    section = {
        "properties": {"text": {"const": "One. Two."}, "items": {"const": ["a", "b"]}, "title": {"const": "Decision"}},
        "x-rule": rule("OWN001", message="{problem}"),
    }
    schema = {"properties": {"sections": {"properties": {"decision": section}}}}
    page = "# D\n\n## Decision\n\nOne.\n\n- a\n- b\n\nTwo.\n"
    assert found(DECISIONS, schema, ADR, page) == []
    assert len(found(DECISIONS, schema, ADR, page.replace("- b", "- c"))) == 1


def test_two_schemas_can_be_laid_over_a_kind() -> None:
    files = {
        ".waku-lint.yaml": "kinds: {adr: {paths: adr/*.md, fields: {a: A, b: B}, schema: [one.json, two.json]}}",
        "one.json": json.dumps({"properties": {"fields": {"required": ["a"], "x-rule": rule("OWN001")}}}),
        "two.json": json.dumps({"properties": {"fields": {"required": ["b"], "x-rule": rule("OWN002")}}}),
        ADR: "# D\n",
    }
    assert [each.code for each in lint(files)] == ["OWN001", "OWN002"]
    with pytest.raises(
        ConfigError, match=r"two\.json:1:\d+: rule OWN001 own-own001: OWN001 is taken by .* of schema one"
    ):
        lint({**files, "two.json": files["one.json"]})
