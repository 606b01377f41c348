"""An issue form is valid YAML: a mapping, each key once.

GitHub does not offer a form that it cannot read, and tells nobody.
"""

from __future__ import annotations

from collections.abc import Iterator

from waku_lint.rules.base import Document, Examples, Finding, Rule, RuleContext

_BODY = "description: One piece of work\nbody:\n  - type: input\n    attributes:\n      label: Summary\n"


def check(document: Document, _ctx: RuleContext) -> Iterator[Finding]:
    for trouble in document.troubles:
        if trouble.kind == "yaml":
            yield Finding(trouble.span, trouble.message)


_EXAMPLES = Examples(path=".github/ISSUE_TEMPLATE/task.yml")

RULE = Rule(
    code="WL003",
    name="yaml-invalid",
    doc=__doc__ or "",
    remedy="Correct the YAML at the place shown; indent with spaces, and quote values that contain `: ` or `#`.",
    applies_to=Document,
    check=check,
    examples=(
        _EXAMPLES.clean(f"name: Task\n{_BODY}"),
        _EXAMPLES.clean(f"# A form\n'name': \"Task: small\"\n{_BODY}"),
        _EXAMPLES.clean(f"name: >-\n  Task\n{_BODY}"),
        _EXAMPLES.reports(f"name: Task\nname: Chore\n{_BODY}", "name"),
        _EXAMPLES.reports("name: Task\nbody:\n\t- type: markdown\n", "\t"),
        _EXAMPLES.reports("name: [Task\n", ""),
    ),
)
