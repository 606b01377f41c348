"""The public API is what its golden file says: a change to it is a change to `API_VERSION`, and meant.

`python -m tests.rules.test_api` writes the file anew; read the difference.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from msgspec import Struct

from waku_lint import testing
from waku_lint.documents import model
from waku_lint.parsing import nodes
from waku_lint.project.project import Project
from waku_lint.project.quotations import Feature, Quote
from waku_lint.rules import base

GOLDEN = Path(__file__).parent.parent / "golden" / "api.txt"


def public(module: ModuleType) -> Iterator[tuple[str, object]]:
    names = getattr(module, "__all__", None) or [name for name in vars(module) if not name.startswith("_")]
    for name in sorted(names):
        value = getattr(module, name)
        if not inspect.ismodule(value) and getattr(value, "__module__", "").startswith("waku_lint"):
            yield name, value


def described() -> str:
    lines = [f"version {base.API_VERSION}"]
    for module in (base, testing, model):
        lines += ["", f"# {module.__name__}"]
        for name, value in public(module):
            if module is model and not value.__module__.startswith((model.__name__, nodes.__name__)):
                continue
            lines += _described(name, value)
    lines += ["", "# what is asked of a project", *_members(Project)]
    for kind in (Feature, Quote):  # and what it answers
        lines += _described(kind.__name__, kind)
    return "\n".join(lines) + "\n"


def _described(name: str, value: object) -> Iterator[str]:
    if inspect.isfunction(value):
        yield f"{name}{inspect.signature(value)}"
    elif inspect.isclass(value) and value is not Project:
        yield f"class {name}"
        if issubclass(value, Struct):
            yield from _fields(value)
        elif hasattr(value, "__members__"):
            yield from (f"  {member}" for member in value.__members__)
        yield from _members(value)


def _fields(of: type) -> Iterator[str]:
    """A record's fields as they are written."""
    (definition,) = ast.parse(inspect.getsource(of)).body
    assert isinstance(definition, ast.ClassDef)
    for each in definition.body:
        if isinstance(each, ast.AnnAssign):
            yield f"  {ast.unparse(each.target)}: {ast.unparse(each.annotation).strip(chr(39))}"


def _members(of: type) -> Iterator[str]:
    for name, value in vars(of).items():
        if isinstance(value, property):
            yield f"  {name} (property)"
        elif not name.startswith("_") and inspect.isfunction(value):
            yield f"  {name}{inspect.signature(value)}"


def test_the_public_api_is_what_it_was() -> None:
    assert described() == GOLDEN.read_text(encoding="utf-8")


def test_everything_public_is_documented_where_its_name_does_not_say_it_all() -> None:
    undocumented = [
        name
        for module in (base, testing)
        for name, value in public(module)
        if not isinstance(value, str) and not (value.__doc__ or "").strip()
    ]
    assert undocumented == []
    assert [name for name in vars(Project) if not name.startswith("_") and not getattr(Project, name).__doc__] == []


if __name__ == "__main__":
    GOLDEN.write_text(described(), encoding="utf-8")
