"""An issue form is valid YAML: a mapping, each key once.

GitHub does not offer a form that it cannot read, and tells nobody.
"""

from __future__ import annotations

from collections.abc import Iterator

from waku_lint.rules.base import Document, Example, Finding, Rule, RuleContext

_PATH = ".github/ISSUE_TEMPLATE/task.yml"
_BODY = "description: One piece of work\nbody:\n  - type: input\n    attributes:\n      label: Summary\n"


def check(document: Document, _ctx: RuleContext) -> Iterator[Finding]:
    for trouble in document.troubles:
        if trouble.kind == "yaml":
            yield Finding(trouble.span, trouble.message)


RULE = Rule(
    code="WL003",
    name="yaml-invalid",
    doc=__doc__ or "",
    remedy="Correct the YAML at the place shown; indent with spaces, and quote values that contain `: ` or `#`.",
    applies_to=Document,
    check=check,
    examples=(
        Example(f"name: Task\n{_BODY}", path=_PATH),
        Example(f"# A form\n'name': \"Task: small\"\n{_BODY}", path=_PATH),
        Example(f"name: >-\n  Task\n{_BODY}", path=_PATH),
        Example(f"name: Task\nname: Chore\n{_BODY}", reports=("name",), path=_PATH),
        Example("name: Task\nbody:\n\t- type: markdown\n", reports=("\t",), path=_PATH),
        Example("name: [Task\n", reports=("",), path=_PATH),
    ),
)
