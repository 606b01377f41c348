"""A document has the shape its kind's schema gives it.

This is the code of every violation of a JSON Schema that carries no rule of its own: of ours, or of
one that a repository lays over ours with `kinds: {milestone: {schema: ...}}`.
"""

from __future__ import annotations

from waku_lint.rules.base import Example, Rule

_PATH = ".github/ISSUE_TEMPLATE/task.yml"
_FORM = "name: Task\ndescription: One piece of work\nbody:\n  - type: input\n    attributes: {label: Summary}\n"

RULE = Rule(
    code="WL100",
    name="schema",
    doc=__doc__ or "",
    remedy="Give the field the type or value that the message names.",
    examples=(
        Example(f"projects: [fernwire/3]\n{_FORM}", path=_PATH),
        Example(_FORM, path=_PATH),
        Example(f"projects: fernwire/3\n{_FORM}", path=_PATH),
        Example(f"projects: [7]\n{_FORM}", reports=("7",), path=_PATH),
        Example(f"projects: 'fernwire/3, 4'\n{_FORM}", reports=("'fernwire/3, 4'",), path=_PATH),
        Example(f"projects: [fernwire/3, roadmap]\n{_FORM}", reports=("roadmap",), path=_PATH),
    ),
)
