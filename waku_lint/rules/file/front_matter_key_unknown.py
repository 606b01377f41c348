"""The keys of the front matter are ones that are read.

A key with a typing error says nothing to anybody: the page has no date, the template no labels. Known are the keys that
Quartz and GitHub read, and `github`, the page's milestone; a project that has others adds them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from waku_lint.errors import did_you_mean, one_edit_apart
from waku_lint.parsing.nodes import YamlMapping
from waku_lint.rules.base import Document, Edit, Example, Finding, Fix, Option, Rule, RuleContext, Severity

_TEMPLATE: Final = ["name", "about", "title", "labels", "assignees", "projects", "type"]


def check(document: Document, ctx: RuleContext) -> Iterator[Finding]:
    front_matter = getattr(document.root, "front_matter", None)
    if not isinstance(front_matter, YamlMapping):
        return
    known = _TEMPLATE if document.kind == "issue-template" else ctx.options["keys"]
    for key, _ in front_matter.entries:
        if key.value in known:
            continue
        word = _letters(key.value)
        meant = next((name for name in known if word == _letters(name) or one_edit_apart(word, _letters(name))), None)
        if meant is None:
            hint = did_you_mean(key.value, list(known))
            yield Finding(key.span, f"front matter has an unknown key `{key.value}`; {hint}")
        else:
            free = front_matter.get(meant) is None
            fix = Fix((Edit(key.span, meant),), safe=True) if free else None
            yield Finding(key.span, f"front matter has an unknown key `{key.value}`; did you mean `{meant}`?", fix)


def _letters(key: str) -> str:
    return re.sub(r"[\s_-]", "", key.casefold())


_PAGE = "\n---\n\n# Relay metrics\n"

RULE = Rule(
    code="WL102",
    name="front-matter-key-unknown",
    doc=__doc__ or "",
    remedy="Correct the key, or add it to the rule's option `keys` if something reads it.",
    severity=Severity.WARNING,
    applies_to=Document,
    check=check,
    options=(
        Option(
            "keys",
            [
                "title", "date", "lastmod", "tags", "draft", "description", "github",
                "aliases", "alias", "comments", "cover", "created", "cssclass", "cssclasses", "enableToc", "image",
                "lang", "last-modified", "modified", "permalink", "publish", "publishDate", "published",
                "socialDescription", "socialImage", "tag", "toc", "updated",
            ],
            "The keys a page may have.",
            {"type": "array", "items": {"type": "string", "minLength": 1}},
        ),
    ),
    examples=(
        Example(f"---\ntitle: Relay metrics\ntags: [relay]\ndate: 2025-09-30\nlastmod: 2025-10-02{_PAGE}"),
        Example(f"---\ngithub: https://github.com/waku-org/pm/milestone/7{_PAGE}"),
        Example("# Relay metrics\n\n---\n\ntilte: this is text\n\n---\n"),
        Example(
            f"---\ntilte: Relay metrics\nlast_mod: 2025-10-02{_PAGE}",
            reports=("tilte", "last_mod"),
            fixed=f"---\ntitle: Relay metrics\nlastmod: 2025-10-02{_PAGE}",
        ),
        Example(
            "---\nname: Bug\nabout: Something is broken\nLabel: bug\n---\n",
            reports=("Label",),
            path=".github/ISSUE_TEMPLATE/bug.md",
            fixed="---\nname: Bug\nabout: Something is broken\nlabels: bug\n---\n",
        ),
        Example(f"---\ntitle: Relay metrics\nteam board: https://example.org/board{_PAGE}", reports=("team board",)),
    ),
)  # fmt: skip
