"""Issue templates and forms: what GitHub takes, and what the process wants of them."""

# ruff: noqa: E501 - one document a line reads like a table

from __future__ import annotations

import pytest

from tests.conftest import covered, lint_files

Told = list[tuple[str, str, str]]
HEAD = "---\nname: Task\nabout: One piece of work\nlabels: task\n---\n\n"
FORM = "name: Task\ndescription: One piece of work\nbody:\n"
FIELD = "  - type: textarea\n    id: criteria\n    attributes:\n      label: Acceptance criteria\n"


def told(text: str, path: str) -> Told:
    return [(each.code, covered(text, each), each.message) for each in lint_files({path: text})]


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}## Acceptance criteria\n",
        f"{HEAD}**Acceptance Criteria**\n\nWhat must hold.\n",
        f"{HEAD}Acceptance criteria: given x, when y\n",
        f"{HEAD}## Tasks\n\n- [ ] \n- [ ] \n",
        "---\nname: Bug\nabout: Broken\ntitle:\nlabels: [bug, 'triage']\nassignees: octocat, hubot\n---\n",
        "---\nname: Bug\nabout: Broken\ntitle: ''\nlabels: ''\nassignees: ''\n\n---\n\n{describe it} <here>\n",
    ],
)
def test_a_good_template_is_left_alone(text: str) -> None:
    assert told(text, ".github/ISSUE_TEMPLATE/x.md") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## Output\n", [("WL501", "## Output", "front matter: 'name' is missing")]),
        ("---\nname: Bug\n---\n", [("WL501", "name", "front matter: 'about' is missing")]),
        (
            "---\nname: Bug\nabout: ' '\nlabels: [bug, 7]\n---\n",
            [
                ("WL501", "' '", "front matter: `about` ' ' is not of the form some words"),
                ("WL501", "7", "front matter: `labels` expected text, found the number 7"),
            ],
        ),
        ("---\nname: Bug\nabout: Broken\n", [("WL002", "---", "front matter is opened here and never closed")]),
    ],
)
def test_a_bad_template_is_told_once_for_each_mistake(text: str, expected: Told) -> None:
    assert told(text, ".github/ISSUE_TEMPLATE/x.md") == expected


@pytest.mark.parametrize(
    "text",
    [
        FORM + FIELD,
        FORM + "  - type: markdown\n    attributes: {value: Hello}\n" + FIELD,
        FORM + FIELD + "    validations: {required: true}\n",
        FORM
        + "  - type: textarea\n    attributes:\n      label: All\n      value: |\n        ## Acceptance criteria\n",
        FORM
        + "  - type: checkboxes\n    attributes:\n      label: Done\n      options:\n        - label: one\n          required: true\n",
        FORM
        + FIELD
        + "  - type: dropdown\n    attributes: {label: Size, options: [s, m, 3], multiple: true, default: 0}\n",
        FORM.replace("body", "title: '[Task] '\nlabels: [task]\nassignees: octocat\nprojects: [a/1]\ntype: Task\nbody")
        + FIELD,
    ],
)
def test_a_good_form_is_left_alone(text: str) -> None:
    assert told(text, ".github/ISSUE_TEMPLATE/x.yml") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("name: Bug\n", [("WL100", "name", "'body' is missing"), ("WL100", "name", "'description' is missing")]),
        (
            FORM.replace("description", "descripton") + FIELD,
            [
                ("WL100", "name", "'description' is missing"),
                ("WL100", "descripton", "unknown key 'descripton'; did you mean 'description'?"),
            ],
        ),
        (
            FORM + FIELD + "    validation: {required: true}\n",
            [("WL100", "validation", "unknown key 'validation'; did you mean 'validations'?")],
        ),
        (
            FORM + FIELD + "  - type: dropdown\n    attributes: {label: Ok, options: [true, false]}\n",
            [
                ("WL100", "true", "expected text or a number, found true or false"),
                ("WL100", "false", "expected text or a number, found true or false"),
            ],
        ),
        (FORM + FIELD + "    id: a b\n", [("WL003", "id", "key 'id' is there twice")]),
        ("name: Task\nabout: x\n: y\n", [("WL003", ":", "not valid YAML: ")]),
    ],
)
def test_a_bad_form_is_told_at_the_key_or_value(text: str, expected: Told) -> None:
    found = told(text, ".github/ISSUE_TEMPLATE/x.yml")
    assert [(code, words) for code, words, _ in found] == [(code, words) for code, words, _ in expected]
    for (_, _, message), (_, _, start) in zip(found, expected, strict=True):
        assert message.startswith(start)
