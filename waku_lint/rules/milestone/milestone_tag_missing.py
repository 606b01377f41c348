"""A milestone page carries the tag by which the site lists milestones.

A page without it is published, but no list shows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from waku_lint.documents.model import Milestone
from waku_lint.parsing.nodes import YamlList, YamlMapping, YamlNode, YamlScalar
from waku_lint.positions import line_end, line_start
from waku_lint.rules.base import Edit, Example, Finding, Fix, Option, Rule, RuleContext, Severity, Span


def check(milestone: Milestone, ctx: RuleContext) -> Iterator[Finding]:
    given, tag = milestone.front_matter, ctx.options["tag"]
    if given is None or not given.entries:
        return  # WL101 reports missing front matter
    node = given.get("tags")
    if tag in _tags(node):
        return
    key = next((key.span for key, _ in given.entries if key.value == "tags"), None)
    edit = _edit(ctx.document.text, given, node, tag)
    fix = Fix((edit,), safe=True) if edit else None
    yield Finding(key or milestone.anchor, f"page lacks the tag `{tag}`", fix)


def _tags(node: YamlNode | None) -> set[str]:
    """The tags of a list, or of a text that lists them."""
    nodes = node.items if isinstance(node, YamlList) else (node,)
    texts = [str(each.value) for each in nodes if isinstance(each, YamlScalar) and each.value is not None]
    return {tag.removeprefix("#") for text in texts for tag in re.split(r"[,\s]+", text)}


def _edit(text: str, front_matter: YamlMapping, node: YamlNode | None, tag: str) -> Edit | None:
    """Where the tag can be added in the style of the page; None where a person has to look."""
    first = front_matter.entries[0][0].span.start
    if node is None:
        if text[first - 1 : first] not in ("\n", "\r"):
            return None
        return Edit(Span(first, first), f"tags: [{tag}]{line_end(text)}")
    if isinstance(node, YamlScalar) and isinstance(node.value, str):
        plain = re.fullmatch(r"[\w/-]+", text[node.span.start : node.span.end])
        return Edit(node.span, f"[{node.value}, {tag}]") if plain else None
    if not isinstance(node, YamlList):
        return None
    end = node.items[-1].span.end if node.items else node.span.end - 1
    if text[node.span.start] == "[":
        return Edit(Span(end, end), f", {tag}" if node.items else tag)
    line = line_start(text, node.items[-1].span.start)
    lead = text[line : node.items[-1].span.start]
    if not re.fullmatch(r"[ \t]*-[ \t]+", lead) or text[end : end + 1] not in ("\r", "\n", ""):
        return None
    return Edit(Span(end, end), f"{line_end(text)}{lead}{tag}")


RULE = Rule(
    code="WL211",
    name="milestone-tag-missing",
    doc=__doc__ or "",
    remedy="Add the tag to `tags` in the front matter.",
    severity=Severity.WARNING,
    applies_to=Milestone,
    check=check,
    options=(Option("tag", "waku-milestone", "The tag.", {"type": "string", "pattern": r"^[\w/-]+$"}),),
    examples=(
        Example("---\ntitle: Relay\ntags:\n  - waku-milestone\n---\n\n# Relay\n"),
        Example("---\ntitle: Relay\ntags: relay, waku-milestone\n---\n\n# Relay\n"),
        Example("# Relay\n\nThe page has no front matter at all.\n"),
        Example(
            "---\ntitle: Relay\ntags:\n    - relay\n---\n\n# Relay\n",
            reports=("tags",),
            fixed="---\ntitle: Relay\ntags:\n    - relay\n    - waku-milestone\n---\n\n# Relay\n",
        ),
        Example(
            "---\ntitle: Relay\ntags: [relay]\n---\n\n# Relay\n",
            reports=("tags",),
            fixed="---\ntitle: Relay\ntags: [relay, waku-milestone]\n---\n\n# Relay\n",
        ),
        Example(
            "---\ntitle: Relay\n---\n\n# Relay metrics\n",
            reports=("Relay metrics",),
            fixed="---\ntags: [waku-milestone]\ntitle: Relay\n---\n\n# Relay metrics\n",
        ),
    ),
)
