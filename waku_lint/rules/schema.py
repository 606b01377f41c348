"""A document has the shape its kind's schema gives it.

This is the code of every violation of a JSON Schema that carries no rule of its own: of ours, or of
one that a repository lays over ours with `kinds: {milestone: {schema: ...}}`.
"""

from __future__ import annotations

from waku_lint.rules.base import Example, Rule

_PATH = ".github/ISSUE_TEMPLATE/task.yml"

RULE = Rule(
    code="WL100",
    name="schema",
    doc=__doc__ or "",
    remedy="Give the field the type or value that the message names.",
    examples=(
        Example(
            "name: Task\ndescription: One piece of work\nbody:\n  - type: input\n    attributes: {label: Summary}\n",
            path=_PATH,
        ),
        Example(
            "name: Task\ndescription: One piece of work\nbody:\n  - type: text\n    attributes: {label: Summary}\n",
            reports=("text",),
            path=_PATH,
        ),
    ),
)
