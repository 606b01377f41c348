"""A document has the shape its kind's schema gives it.

This is the code of every violation of a JSON Schema that carries no rule of its own: of ours, or of
one that a repository lays over ours with `kinds: {milestone: {schema: ...}}`.
"""

from __future__ import annotations

from waku_lint.rules.base import Examples, Rule

_FORM = "name: Task\ndescription: One piece of work\nbody:\n  - type: input\n    attributes: {label: Summary}\n"
_EXAMPLES = Examples(path=".github/ISSUE_TEMPLATE/task.yml")

RULE = Rule(
    code="WL100",
    name="schema",
    doc=__doc__ or "",
    remedy="Give the field the type or value that the message names.",
    examples=(
        _EXAMPLES.clean(f"projects: [fernwire/3]\n{_FORM}"),
        _EXAMPLES.clean(_FORM),
        _EXAMPLES.clean(f"projects: fernwire/3\n{_FORM}"),
        _EXAMPLES.reports(f"projects: [7]\n{_FORM}", "7"),
        _EXAMPLES.reports(f"projects: 'fernwire/3, 4'\n{_FORM}", "'fernwire/3, 4'"),
        _EXAMPLES.reports(f"projects: [fernwire/3, roadmap]\n{_FORM}", "roadmap"),
    ),
)
