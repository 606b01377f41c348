"""A link within the project leads to a file that is there.

A page that was renamed or never added leaves its readers at an error. In the repository `/page.md` counts from the
root, any other target from the file it stands in, and upper and lower case differ on every system but the author's.
Below a folder that is published as a web site (`sites` in the configuration) targets may count from there and leave
`.md` out.
"""

from __future__ import annotations

from collections.abc import Iterator

from waku_lint.documents.model import Link
from waku_lint.project.links import is_local
from waku_lint.rules.base import Document, Edit, Examples, Finding, Fix, Rule, RuleContext, Span
from waku_lint.rules.wording import TEMPLATES, is_target_placeholder, shortened


def check(document: Document, ctx: RuleContext) -> Iterator[Finding]:
    if document.kind in TEMPLATES:
        return  # GitHub shows it as an issue, from where links lead elsewhere
    tree = ctx.project.tree
    for link in document.links:
        target = link.target.value
        if not is_local(target) or is_target_placeholder(target):
            continue  # WL106 reports an empty target, WL103 a placeholder
        if link.wiki and not tree.in_site(document.path):
            continue
        if tree.locate(target, document.path) is not None:
            continue
        path = tree.meant(target, document.path)
        written = document.text[link.target.span.start : link.target.span.end]
        span = _place(link, written)
        if path is not None and tree.beside(path):
            yield Finding(span, f"`{_shown(path)}` is there, but not in this commit: `git add` it", about=path)
            continue
        other = tree.suggest(target, document.path)
        if other is None:
            yield Finding(span, f"there is no file `{_shown(target)}` in this project", about=path)
            continue
        better = tree.target(other, document.path, target)
        if tree.locate(better, document.path) != other:
            yield Finding(span, f"there is no file `{_shown(target)}` in this project", about=path)
            continue
        place, _, fragment = target.partition("#")
        message = f"there is no file `{_shown(target)}`; did you mean `{better}`?"
        fix = None
        if better.casefold() == place.casefold() and written == target:
            fix = Fix((Edit(link.target.span, better + (f"#{fragment}" if fragment else "")),), safe=True)
        yield Finding(span, message, fix, about=path)


def _shown(target: str) -> str:
    """The file that a target names, without the place in it."""
    return shortened(target.partition("#")[0].strip(), 100)


def _place(link: Link, written: str) -> Span:
    """The target without `<>`."""
    span = link.target.span
    return Span(span.start + 1, span.end - 1) if written.startswith("<") and written.endswith(">") else span


_EXAMPLES = Examples(files={"FURPS/core/relay.md": "# Relay FURPS\n", "draft-roadmap/store.md": "# Store\n"})

RULE = Rule(
    code="WL107",
    name="link-broken",
    doc=__doc__ or "",
    remedy="Correct the link's target, or add the file to the commit.",
    applies_to=Document,
    check=check,
    examples=(
        _EXAMPLES.clean("# Relay\n\nSee [Relay](/FURPS/core/relay.md) and [Store](store.md#api).\n"),
        _EXAMPLES.clean("# Relay\n\nSee [all features](../FURPS/), [above](#relay) and <https://example.org>.\n"),
        _EXAMPLES.clean(
            "# Relay\n\nSee [store](/unit/store), [tags](tags/relay) and [[store|the store]].\n",
            path="content/waku/milestones/open/relay.md",
            files={"content/unit/store.md": "# Store\n"},
        ),
        _EXAMPLES.reports("# Relay\n\nSee [Relay](/FURPS/relay.md).\n", "/FURPS/relay.md"),
        _EXAMPLES.reports("# Relay\n\nSee [the plan](plan.md).\n", "plan.md"),
        _EXAMPLES.reports(
            "# Relay\n\nSee [Relay](/FURPS/Core/relay.md#functionality).\n",
            "/FURPS/Core/relay.md#functionality",
            fixed="# Relay\n\nSee [Relay](/FURPS/core/relay.md#functionality).\n",
        ),
        _EXAMPLES.reports("# Relay\n\nSee [[gone]].\n", "gone", path="content/waku/milestones/open/relay.md", files={}),
    ),
)
