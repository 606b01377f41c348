"""Issue templates and forms: what GitHub takes, and what the process wants of them."""

# ruff: noqa: E501 - one document a line reads like a table

from __future__ import annotations

import pytest

from tests.conftest import covered, lint_files
from waku_lint.config.config import parse, preset
from waku_lint.errors import one_edit_apart

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
        "---\nname: Bug\nabout: Broken\ntitle:\nlabels: [bug, 'help wanted']\nassignees: octocat, hubot\n---\n",
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
        FORM
        + FIELD
        + "  - type: checkboxes\n    id: yes\n    attributes: {label: '是', options: [{label: '是'}, {label: '否', required: false}]}\n".replace(
            "id: yes", "id: ok"
        ),
        FORM
        + FIELD
        + "  - type: input\n    attributes: {label: Name}\n  - type: input\n    id: name_2\n    attributes: {label: Name}\n",
        FORM
        + FIELD
        + "  - type: upload\n    attributes: {label: Picture}\n    validations: {required: no, accept: '.png'}\n",
        FORM.replace("body", "assignees:\ntype:\nbody") + FIELD.replace("\n", "\r\n"),
        FORM.replace("body", "title: '[Task] '\nlabels: [task]\nassignees: octocat\nprojects: [a/1]\ntype: Task\nbody")
        + FIELD,
    ],
)
def test_a_good_form_is_left_alone(text: str) -> None:
    assert told(text, ".github/ISSUE_TEMPLATE/x.yml") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("name: Bug\n", [("WL506", "Bug", "form has no `body`"), ("WL506", "Bug", "form has no `description`")]),
        (
            FORM.replace("description", "descripton") + FIELD,
            [("WL506", "descripton", "form has an unknown key `descripton`; did you mean 'description'?")],
        ),
        (
            FORM + FIELD + "  - type: input\n    attribute: {label: Name}\n",
            [("WL506", "attribute", "element has an unknown key `attribute`; did you mean 'attributes'?")],
        ),
        (
            FORM + FIELD + "    validation: {required: true}\n",
            [("WL506", "validation", "element has an unknown key `validation`; did you mean 'validations'?")],
        ),
        (
            FORM + FIELD + "    validations: {required: maybe}\n",
            [("WL506", "maybe", "`required` is not `true` or `false`")],
        ),
        (
            FORM + FIELD + "    validations: required\n",
            [("WL506", "textarea", "`validations` of this `textarea` are not a mapping")],
        ),
        (
            FORM + FIELD.replace("id: criteria", "id: 7"),
            [("WL506", "7", "`id` is not text until you put `7` in quotes")],
        ),
        (
            FORM + FIELD + "  - type: input\n    attributes:\n      label: Yes\n",
            [("WL506", "Yes", "`label` is not text until you put `Yes` in quotes")],
        ),
        (
            FORM + FIELD + "  - type: input\n    attributes: {label: Your password}\n",
            [("WL506", "Your password", "`label` has the word `password`")],
        ),
        (FORM + FIELD + "  - type: input\n", [("WL506", "input", "`input` has no `attributes`")]),
        (
            FORM + FIELD + "  - type: input\n    attributes: Name\n",
            [("WL506", "input", "`attributes` of this `input` are not a mapping")],
        ),
        (FORM + FIELD + "  - type: input\n    attributes:\n      label:\n", [("WL506", "label", "`label` is empty")]),
        (FORM + FIELD + "  - attributes: {label: Name}\n", [("WL506", "attributes", "element has no `type`")]),
        (FORM + FIELD + "  - {}\n", [("WL506", "{}", "element has no `type`")]),
        (FORM + FIELD + "  - input\n", [("WL506", "input", "an element of `body` is a mapping")]),
        (
            FORM.replace("body:", "body: []"),
            [("WL503", "Task", "task"), ("WL506", "[]", "`body` is not a list of elements")],
        ),
        (
            FORM + "  - type: markdown\n    attributes: {value: Hello}\n",
            [("WL503", "Task", "task"), ("WL506", "body", "form asks for nothing")],
        ),
        (
            FORM + FIELD + "  - type: dropdown\n    attributes: {label: Ok, options: [true, No, none, a, a, ~]}\n",
            [
                ("WL506", "true", "option is not text until you put `true` in quotes"),
                ("WL506", "No", "option is not text until"),
                ("WL506", "none", "option `none` is reserved"),
                ("WL506", "a", "option `a` is there twice"),
                ("WL506", "~", "an option of a `dropdown` is text"),
            ],
        ),
        (
            FORM + FIELD + "  - type: dropdown\n    attributes: {label: Ok, options: [a, b], default: a}\n",
            [("WL506", "a", "`default` is not the number of an option")],
        ),
        (
            FORM + FIELD + "  - type: dropdown\n    attributes: {label: Ok, options: a}\n",
            [("WL506", "a", "`options` of this `dropdown` are not a list")],
        ),
        (
            FORM + FIELD + "  - type: dropdown\n    attributes: {label: Ok, options: [{label: a}]}\n",
            [("WL506", "{label: a}", "an option of a `dropdown` is text")],
        ),
        (
            FORM
            + FIELD
            + "  - type: checkboxes\n    attributes: {label: Ok, options: [a, {labl: b}, {label: c}, {label: c}]}\n",
            [
                ("WL506", "a", "an option of `checkboxes` is a mapping"),
                ("WL506", "labl", "option has an unknown key `labl`"),
                ("WL506", "c", "option `c` is there twice"),
            ],
        ),
        (
            FORM + FIELD + "  - type: checkboxes\n    attributes: {label: Ok, options: [{}]}\n",
            [("WL506", "{}", "option has no `label`")],
        ),
        (FORM + FIELD + FIELD, [("WL506", "criteria", "id `criteria` is that of another field, too")]),
        (
            FORM
            + FIELD
            + "  - type: input\n    attributes: {label: Name}\n  - type: input\n    attributes: {label: NAME!}\n",
            [("WL506", "NAME!", "label `NAME!` is that of another field, too")],
        ),
        (
            FORM
            + FIELD
            + "  - type: input\n    attributes: {label: Name}\n  - type: checkboxes\n    attributes: {label: Ok, options: [{label: Name}]}\n",
            [("WL506", "Name", "label `Name` is that of another field, too")],
        ),
        (
            FORM.replace("body", "title: ' '\nassignees: [a, true]\nlabels: {}\nbody") + FIELD,
            [
                ("WL506", "' '", "`title` is empty"),
                ("WL506", "true", "`assignees` is not text until"),
                ("WL506", "{}", "`labels` is not text"),
            ],
        ),
        (FORM.replace("body", "projects: [a]\nbody") + FIELD, [("WL100", "a", "'a' is not of the form owner/number")]),
        (FORM + FIELD + "    id: a b\n", [("WL003", "id", "key 'id' is there twice")]),
        ("name: Task\nabout: x\n: y\n", [("WL003", ":", "not valid YAML: ")]),
    ],
)
def test_a_bad_form_is_told_at_the_key_or_value(text: str, expected: Told) -> None:
    found = told(text, ".github/ISSUE_TEMPLATE/x.yml")
    assert [(code, words) for code, words, _ in found] == [(code, words) for code, words, _ in expected]
    for (_, _, message), (_, _, start) in zip(found, expected, strict=True):
        assert message.startswith(start)


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ("Deliverable", []),
        ("BUG, Track:Store", []),
        ("['good first issue', 'E:1.2: Sharding']", []),
        ("[]", []),
        ("[' ']", []),
        ("[taks, bug]", [("taks", "error")]),
        ("'bug, mileston'", [("mileston", "error")]),
        ("Deliverables", [("Deliverables", "error")]),
        ("bug v1, chore", [("bug v1", "warning"), ("chore", "warning")]),
        ("[7]", []),
    ],
)
def test_a_label_is_one_of_the_known_ones(labels: str, expected: list[tuple[str, str]]) -> None:
    text = f"---\nname: Chore\nabout: Sweep\nlabels: {labels}\n---\n"
    found = [each for each in lint_files({".github/ISSUE_TEMPLATE/x.md": text}) if each.code == "WL502"]
    assert [(covered(text, each), each.severity.value) for each in found] == expected


def test_labels_can_be_those_of_the_repository() -> None:
    text = "---\nname: Chore\nabout: Sweep\nlabels: 'Kind/chore, [team] nwaku, bug'\n---\n"
    config = parse("x", "rules: {WL502: {labels: ['kind/', '[Team] nwaku']}}")
    found = lint_files({".github/ISSUE_TEMPLATE/x.md": text}, config)
    assert [covered(text, each) for each in found] == ["bug"]


def test_each_template_of_one_name_names_another() -> None:
    files: dict[str, str | bytes] = {
        f".github/ISSUE_TEMPLATE/{name}.md": "---\nname: Bug\nabout: b\n---\n" for name in "abc"
    }
    found = lint_files(files)
    assert [(each.code, [place.path[-4:] for place in each.related]) for each in found] == [
        ("WL507", ["b.md", "c.md"]), ("WL507", ["a.md", "c.md"]), ("WL507", ["a.md", "b.md"]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("- [ ] Specs\n- [ ] Code\n- [ ] Dogfood\n- [ ] Docs\n- [ ] C-API: usable\n", None),
        ("* [x] **Specification**: link\n* [ ] `code`\n* [ ] Dogfooding\n* [ ] README and documentation\n", None),
        (
            "- Specs\n- Code\n- Dogfood\n- Docs\n",
            "deliverable template has no checklist with `Specs`, `Code`, `Dogfood` and `Docs`",
        ),
        ("- [ ] Specs\n- [ ] Code\n", "deliverable template has no `Dogfood` and `Docs` to tick"),
        ("- [ ] Specs\n- [ ] Code\n- [ ] Dogfood\n", "deliverable template has no `Docs` to tick"),
    ],
)
def test_the_checklist_has_every_item(body: str, expected: str | None) -> None:
    text = f"---\nname: Deliverable\nabout: Work\n---\n\n## Output\n\n## Tasks\n\n{body}"
    found = [each for each in told(text, ".github/ISSUE_TEMPLATE/x.md") if each[0] != "WL503"]
    assert [message for _, _, message in found] == ([expected] if expected else [])


def test_a_form_has_its_checklist_in_checkboxes_or_in_a_prepared_text() -> None:
    head = "name: Deliverable\ndescription: Work\nbody:\n  - type: textarea\n    attributes:\n      label: Output\n"
    items = ("Specs", "Code", "Dogfood", "Docs")
    options = "".join(f"        - label: {item}\n" for item in items)
    value = "".join(f"        - [ ] {item}\n" for item in items)
    path = ".github/ISSUE_TEMPLATE/x.yml"
    assert (
        told(f"{head}  - type: checkboxes\n    attributes:\n      label: Done\n      options:\n{options}", path) == []
    )
    assert told(f"{head}      value: |\n{value}", path) == []
    assert [code for code, _, _ in told(head, path)] == ["WL503", "WL505"]


@pytest.mark.parametrize(
    ("name", "body", "reported"),
    [
        ("Task", "## ⛓️ Dependencies\n", False),
        ("Task", "- **Blocked by**:\n", False),
        ("Task", "## Prerequisites\n", False),
        ("Task", "| Depends on | Issue |\n|---|---|\n", False),
        ("Task", "## Links\n", True),
        ("Task", "An independent piece of work.\n\n---\n", True),
        ("Task: dependencies", "## Links\n", True),
        ("Bug", "## Links\n", False),
    ],
)
def test_a_task_template_asks_for_dependencies_in_the_process_that_wants_them(
    name: str, body: str, reported: bool
) -> None:
    text = f"---\nname: '{name}'\nabout: One piece of work\n---\n\n## Acceptance criteria\n\n{body}"
    files: dict[str, str | bytes] = {".github/ISSUE_TEMPLATE/x.md": text}
    assert [each.code for each in lint_files(files, preset("waku-classic"))] == (["WL508"] if reported else [])
    assert lint_files(files) == []


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("task", "taks", True), ("task", "tasks", True), ("task", "ask", True), ("task", "tusk", True), ("ab", "ba", True),
        ("task", "task", False), ("abcd", "badc", False), ("bug", "bug-v1", False), ("blocked", "broken", False), ("", "a", True),
    ],
)  # fmt: skip
def test_one_edit_makes_one_word_of_the_other(one: str, other: str, near: bool) -> None:
    assert one_edit_apart(one, other) is one_edit_apart(other, one) is near
