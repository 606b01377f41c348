"""Write docs/rules.md from the rules, and the output in README.md from a real run."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Final

from waku_lint import explain, registry
from waku_lint.config import PRESETS, preset
from waku_lint.registry import Registry
from waku_lint.rules.base import Example, Rule

HERE: Final = Path(__file__).parent
CHECKOUT: Final = HERE.parent
EXAMPLE: Final = "fixtures/example"


def main() -> None:
    """Rewrite both files in place; a second run changes nothing."""
    (HERE / "rules.md").write_text(rules_page(), encoding="utf-8")
    readme = CHECKOUT / "README.md"
    readme.write_text(with_output(readme.read_text(encoding="utf-8")), encoding="utf-8")


def with_output(readme: str) -> str:
    """The README with the block after `<!-- output -->` replaced by what the example's check prints."""
    command = [sys.executable, "-m", "waku_lint", "check", "--root", EXAMPLE]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, encoding="utf-8", check=False)
    block = f"<!-- output -->\n```console\n$ waku-lint check --root {EXAMPLE}\n{done.stdout}```\n"
    return re.sub(r"<!-- output -->\n```console\n.*?\n```\n", lambda _: block, readme, count=1, flags=re.DOTALL)


def rules_page() -> str:
    """All rules in the order of their codes, with an index on top."""
    known = Registry(registry.builtin_rules(), {})
    active = {name: known.active(preset(name)) for name in PRESETS}
    lines = [
        "# Rules",
        "",
        "Generated from the rules by `python docs/generate.py`. `waku-lint explain CODE` tells the same.",
        "",
        "| code | name | " + " | ".join(f"`{name}`" for name in PRESETS) + " | what |",
        "|---|---|" + "---|" * len(PRESETS) + "---|",
    ]
    for rule in known.rules:
        states = (active[name][rule.code].severity.value if rule.code in active[name] else "off" for name in PRESETS)
        link = f"[{rule.code}](#{rule.code.casefold()}-{rule.name})"
        lines.append(f"| {link} | {rule.name} | {' | '.join(states)} | {rule.summary} |")
    for rule in known.rules:
        lines += ["", *_section(rule, known)]
    return "\n".join(lines) + "\n"


def _section(rule: Rule, known: Registry) -> list[str]:
    lines = [f"## {rule.code} {rule.name}", "", f"**{rule.summary}**", "", rule.why]
    if rule.source:
        lines += ["", f"> {rule.source}"]
    bad = next(example for example in rule.examples if example.reports)
    good = next(example for example in rule.examples if not example.reports)
    lines += ["", "Reported:", "", *_block(bad), "", *_findings(rule, bad, known)]
    lines += ["", "Fine:", "", *_block(good), "", f"To fix it: {rule.remedy}"]
    if rule.options:
        lines += ["", "| option | default | what |", "|---|---|---|"]
        for option in rule.options:
            lines.append(f"| `{option.name}` | {explain.shown(option.default)} | {option.description} |")
    return lines


def _block(example: Example) -> list[str]:
    """The example's text in a fence longer than any in it."""
    text = explain.text_of(example).rstrip("\n")
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall(r"`+", text)), default=0))
    language = "yaml" if example.path.endswith(".yml") else "markdown"
    return [f"{fence}{language}", *text.splitlines(), fence]


def _findings(rule: Rule, example: Example, known: Registry) -> list[str]:
    return ["```text", explain.findings(rule, example, known), "```"]


if __name__ == "__main__":
    main()
