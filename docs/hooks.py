"""Hooks of mkdocs: add a page for each rule, and the files of the repository that pages link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import dirname, join, normpath, relpath
from typing import TYPE_CHECKING, Final

from mkdocs.structure.files import File, Files

from docs import generate, reference
from waku_lint.config.config import PRESETS
from waku_lint.reporters import explanation
from waku_lint.rules import registry
from waku_lint.rules.base import Rule
from waku_lint.rules.registry import Registry

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page

RULES: Final = "Rules"
INDEX: Final = "rules/index.md"
# Files outside `docs` that are on the site, with their paths there.
ELSEWHERE: Final = {
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "tests/golden/api.txt": "api.txt",
    **{f"waku_lint/config/presets/{name}.yaml": f"presets/{name}.yaml" for name in PRESETS},
    **{
        f"schemas/{path.name}": f"schemas/{path.name}"
        for path in sorted((generate.CHECKOUT / "schemas").glob("*.json"))
    },
}
# Side columns that wide pages and the home page do not show.
HIDDEN: Final = {
    "index.md": ["navigation", "toc"],
    "architecture.md": ["toc"],
    "process.md": ["toc"],
    INDEX: ["toc"],
}
_LINK: Final = re.compile(r"(?<=\]\()(?![a-z]+:|#)(?P<path>[^)#\s]+)(?P<anchor>#[^)\s]*)?(?=\))")
_FENCE: Final = re.compile(r"^ *(`{3,}|~{3,})")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Add the rules' pages to the navigation, by area."""
    rules: list[object] = [INDEX]
    for prefix, area in generate.AREAS.items():
        pages = [{f"{rule.code} {rule.name}": page_of(rule)} for rule in _known().rules if rule.code.startswith(prefix)]
        rules.append({area: pages})
    config.nav = [{RULES: rules} if item == {RULES: INDEX} else item for item in config.nav or ()]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the rules' pages and the files outside `docs`."""
    known = _known()
    files.append(File.generated(config, INDEX, content=rules_index(known)))
    for rule in known.rules:
        files.append(File.generated(config, page_of(rule), content=rule_page(rule, known)))
    for path, uri in ELSEWHERE.items():
        files.append(File.generated(config, uri, abs_src_path=str(generate.CHECKOUT / path)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    """Turn links of the repository into links of the site."""
    uri = page.file.src_uri
    page.meta["hide"] = HIDDEN.get(uri, [])
    origin = next((path for path, there in ELSEWHERE.items() if there == uri), f"docs/{uri}")
    return "\n".join(_retargeted(markdown, origin, uri))


def page_of(rule: Rule) -> str:
    """The source of a rule's page."""
    return f"{explanation.page(rule).rstrip('/')}.md"


def rules_index(known: Registry) -> str:
    """All rules by area, each with a link to its page."""
    lines = ["# Rules", "", "After this page you can find a rule and its severity in each preset."]
    for prefix, area in generate.AREAS.items():
        rules = [rule for rule in known.rules if rule.code.startswith(prefix)]
        table = generate.rule_table(rules, lambda rule: relpath(page_of(rule), dirname(INDEX)))
        lines += ["", f"## {area}", "", *table]
    return "\n".join(lines) + "\n"


def rule_page(rule: Rule, known: Registry) -> str:
    """A rule's page: its section of docs/rules.md, and how to configure it and turn it off."""
    lines = [f"# {rule.code} {rule.name}", "", *generate.rule_body(rule, known)]
    if rule.options:
        lines += ["", "Defaults:", "", *reference.options_example(rule)]
    lines += ["", "## Presets", "", "| preset | severity |", "|---|---|"]
    lines += [f"| `{name}` | {state} |" for name, state in zip(PRESETS, generate.states(rule), strict=True)]
    off = {"rules": {rule.name: "off"}}
    there = {"rules": {rule.name: {"per-path": {"draft-roadmap/2024/**": "off"}}}}
    lines += ["", "## Turn it off", "", "Everywhere:", "", *reference.configuration(off)]
    lines += ["", "For some paths:", "", *reference.configuration(there), ""]
    lines += ["At one place, with a reason: [suppression comments](../configuration.md#suppression-comments)."]
    return "\n".join(lines) + "\n"


def _known() -> Registry:
    return Registry(registry.builtin_rules(), {})


def _retargeted(markdown: str, origin: str, uri: str) -> Iterator[str]:
    """The lines of a page, with links outside code changed from the repository's paths to the site's."""

    def moved(link: re.Match[str]) -> str:
        target, anchor = normpath(join(dirname(origin), link["path"])), link["anchor"] or ""
        if target == "docs/rules.md":
            code = re.match(r"#(wl\d{3})-", anchor)
            place, anchor = (f"rules/{code[1].upper()}.md" if code else INDEX), ""
        else:
            place = ELSEWHERE.get(target, target.removeprefix("docs/"))
        return relpath(place, dirname(uri) or ".") + anchor

    fence = ""
    for line in markdown.splitlines():
        opened = _FENCE.match(line)
        if opened and not fence:
            fence = opened[1]
        elif opened and opened[1].startswith(fence) and line.strip() == opened[1]:
            fence = ""
        yield line if fence else _LINK.sub(moved, line)
