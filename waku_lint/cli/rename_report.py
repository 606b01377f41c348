"""What a renaming changes: in a few words, and as a diff that `git apply` takes."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff
from typing import Final

from waku_lint.editing.references import Files
from waku_lint.editing.rename import Plan
from waku_lint.regexes import lazy
from waku_lint.reporters.diff import header, name

_LINES: Final = lazy(r"[^\n]*\n|[^\n]+")


def diff(files: Files, plan: Plan) -> str:
    """A unified diff of all files that change, with the renaming if there is one."""
    return "".join(line for path in plan.paths for line in _file(files, plan, path))


def summary(plan: Plan) -> str:
    """What was done, and how much was changed for it."""
    references = f"{plan.count} reference{'' if plan.count == 1 else 's'}"
    files = f"{len(plan.paths)} file{'' if len(plan.paths) == 1 else 's'}"
    return f"{plan.said}\n{references} rewritten, {files} changed\n"


def _file(files: Files, plan: Plan, path: str) -> Iterator[str]:
    new = plan.moved[1] if plan.moved and path == plan.moved[0] else path
    yield f"diff --git {name(f'a/{path}')} {name(f'b/{new}')}\n"
    if new != path:
        yield f"rename from {name(path)}\nrename to {name(new)}\n"
    if path in plan.texts:
        before, after = (_LINES.findall(text) for text in (_before(files, path), plan.texts[path]))
        for line in unified_diff(before, after, header(f"a/{path}"), header(f"b/{new}")):
            yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _before(files: Files, path: str) -> str:
    return (files.sources[path].data or b"").decode("utf-8")
