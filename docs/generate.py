"""Write the generated parts of the documentation: rules, options, commands, and the output in README.md."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from docs import reference
from waku_lint.config.config import PRESETS, preset
from waku_lint.engine.examples import run_example, text_of
from waku_lint.reporters import explanation
from waku_lint.rules import registry
from waku_lint.rules.active_rule import ActiveRule
from waku_lint.rules.base import Example, Rule
from waku_lint.rules.registry import Registry

HERE: Final = Path(__file__).parent
CHECKOUT: Final = HERE.parent
EXAMPLE: Final = "fixtures/example"
PROCESS_HEADER: Final = "| the process says | edition | enforced | by | what is checked, or why not |"
# The area of a rule, by the beginning of its code.
AREAS: Final = {
    "WL0": "Files and suppressions",
    "WL1": "Structure",
    "WL2": "Milestones",
    "WL3": "Deliverables",
    "WL4": "FURPS",
    "WL5": "Issue templates",
    "WL6": "Indexes",
    "WL7": "Weekly updates",
}
_BAR: Final = r"\|"  # within a cell


def main() -> None:
    """Rewrite the files in place; a second run changes nothing."""
    from docs import terminal  # needs a terminal and the test suite, which the site does not

    terminal.main()
    (HERE / "rules.md").write_text(rules_page(), encoding="utf-8")
    process = HERE / "process.md"
    process.write_text(process_page(process.read_text(encoding="utf-8")), encoding="utf-8")
    for page, made in ((HERE / "configuration.md", configuration_page), (HERE / "commands.md", commands_page)):
        page.write_text(made(page.read_text(encoding="utf-8")), encoding="utf-8")
    readme = CHECKOUT / "README.md"
    readme.write_text(with_output(readme.read_text(encoding="utf-8")), encoding="utf-8")


def with_output(readme: str) -> str:
    """The README with the block after `<!-- output -->` replaced by what the example's check prints."""
    command = [sys.executable, "-m", "waku_lint", "check", "--root", EXAMPLE]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, encoding="utf-8", check=False)
    block = f"<!-- output -->\n```console\n$ waku-lint check --root {EXAMPLE}\n{done.stdout}```\n"
    return re.sub(r"<!-- output -->\n```console\n.*?\n```\n", lambda _: block, readme, count=1, flags=re.DOTALL)


def configuration_page(page: str) -> str:
    """The page with the keys of the schema and the options of the rules."""
    known = Registry(registry.builtin_rules(), {})
    page = _with_block(page, "keys", "\n".join(reference.config_keys()))
    options = reference.option_table(known, lambda rule: f"rules.md{_anchor(rule)}")
    return _with_block(page, "options", "\n".join(options))


def commands_page(page: str) -> str:
    """The page with the commands and options of the command line."""
    return _with_block(page, "options", "\n".join(reference.command_options()))


def rules_page() -> str:
    """All rules in the order of their codes, with an index on top."""
    known = Registry(registry.builtin_rules(), {})
    lines = [
        "# Rules",
        "",
        "After this page you can look up a rule by its code or name. `waku-lint explain CODE` shows the same text.",
        "`python docs/generate.py` writes this page from the rules.",
        "",
        *rule_table(known.rules, _anchor),
    ]
    for rule in known.rules:
        lines += ["", f"## {rule.code} {rule.name}", "", *rule_body(rule, known)]
    return "\n".join(lines) + "\n"


def rule_table(rules: Iterable[Rule], target: Callable[[Rule], str]) -> list[str]:
    """A row for each rule: its code with a link to `target`, its name, its summary, and its severity in each preset."""
    lines = [
        "| rule | what | " + " | ".join(f"`{name}`" for name in PRESETS) + " |",
        "|---|---|" + "---|" * len(PRESETS),
    ]
    for rule in rules:
        cells = (f"[{rule.code}]({target(rule)})<br>{rule.name}", rule.summary, *states(rule))
        lines += [f"| {' | '.join(cells)} |"]
    return lines


def states(rule: Rule) -> Iterator[str]:
    """The severity of a built-in rule in each preset: `error`, `warning` or `off`."""
    for name in PRESETS:
        settled = _settled(name)[rule.code]
        yield settled.severity.value if settled.on else "off"


@cache
def _settled(name: str) -> Mapping[str, ActiveRule]:
    return Registry(registry.builtin_rules(), {}).settled(preset(name))


@dataclass(frozen=True, slots=True)
class ProcessRow:
    """A sentence of the process, its editions, and whether it is enforced: `yes`, `partly` or `no (reason)`."""

    sentence: str
    editions: str
    enforced: str
    codes: tuple[str, ...]
    note: str


def process_rows(page: str) -> list[ProcessRow]:
    """The rows of all tables of docs/process.md."""
    return [_process_row(line) for line in page.splitlines() if _is_process_row(line)]


def process_page(page: str) -> str:
    """The page with names and presets of the rules in each row, the count of rows, and the rules in no row."""
    known = Registry(registry.builtin_rules(), {})
    rows = process_rows(page)
    counts = Counter(row.enforced for row in rows).most_common()
    named = {code for row in rows for code in row.codes}
    others = [f"- {_link(rule)}" for rule in known.rules if rule.code not in named]
    page = re.sub(
        r"^.*$",
        lambda line: _shown(_process_row(line[0]), known) if _is_process_row(line[0]) else line[0],
        page,
        flags=re.MULTILINE,
    )
    page = _with_block(page, "count", f"{len(rows)} sentences: {', '.join(f'{state} {n}' for state, n in counts)}.")
    return _with_block(page, "others", "\n".join(others))


def _is_process_row(line: str) -> bool:
    return line.startswith("|") and not line.startswith("|--") and line != PROCESS_HEADER


def _process_row(line: str) -> ProcessRow:
    cells = [cell.strip().replace(_BAR, "|") for cell in re.split(r"(?<!\\)\|", line)]
    _, sentence, editions, enforced, rules, note, _ = cells
    return ProcessRow(sentence, editions, enforced, tuple(dict.fromkeys(re.findall(r"\bWL\d{3}\b", rules))), note)


def _shown(row: ProcessRow, known: Registry) -> str:
    active = {name: known.active(preset(name)) for name in PRESETS}
    rules = []
    for rule in (each for each in known.rules if each.code in row.codes):
        presets = ", ".join(f"`{name}`" for name in PRESETS if rule.code in active[name])
        rules.append(f"{_link(rule)} ({presets or 'off'})")
    cells = (row.sentence, row.editions, row.enforced, "<br>".join(rules), row.note)
    return "|" + "|".join(f" {cell.replace('|', _BAR)} " if cell else " " for cell in cells) + "|"


def _with_block(page: str, name: str, text: str) -> str:
    """The page with new content between the marker and the next heading."""
    block = f"<!-- {name} -->\n\n{text}\n"
    return re.sub(rf"<!-- {name} -->\n.*?(?=\n## |\Z)", lambda _: block, page, count=1, flags=re.DOTALL)


def _link(rule: Rule) -> str:
    return f"[{rule.code} {rule.name}](rules.md{_anchor(rule)})"


def _anchor(rule: Rule) -> str:
    """The rule's heading in rules.md, as GitHub names it."""
    return f"#{rule.code.casefold()}-{rule.name}"


def rule_body(rule: Rule, known: Registry) -> list[str]:
    """The documentation of a rule, without its heading."""
    lines = [f"**{rule.summary}**", "", rule.why]
    if rule.source:
        lines += ["", f"> {rule.source}"]
    bad = next(example for example in rule.examples if example.reports)
    good = next(example for example in rule.examples if not example.reports)
    lines += ["", "Reported:", "", *_blocks(bad), "", *_findings(rule, bad, known)]
    lines += ["", "Fine:", "", *_blocks(good), "", f"To fix it: {rule.remedy}"]
    if fixable := _fixable(rule, known):
        lines += ["", fixable]
    if rule.options:
        lines += ["", "| option | default | what |", "|---|---|---|"]
        for option in rule.options:
            lines.append(f"| `{option.name}` | {explanation.shown(option.default)} | {option.description} |")
    return lines


def _fixable(rule: Rule, known: Registry) -> str:
    """Whether `fix` fixes findings of the rule, from its examples; empty without fixes."""
    fixed = [example for example in rule.examples if example.fixed is not None]
    safe = {each.fix.safe for example in fixed for each in run_example(rule, example, known).diagnostics if each.fix}
    return {
        frozenset(): "",
        frozenset({True}): "`waku-lint fix` fixes this where it can.",
        frozenset({False}): "The fix is unsafe: `waku-lint fix --unsafe` applies it. Review the result.",
        frozenset({True, False}): "`waku-lint fix` applies the safe fixes, `--unsafe` also the others. Review those.",
    }[frozenset(safe)]


def _blocks(example: Example) -> list[str]:
    """The other files of an example, each with its path, and then its document."""
    if not example.files:
        return _block(example.path, text_of(example))
    lines = []
    for path, text in (*example.files.items(), (example.path, text_of(example))):
        lines += [f"`{path}`:", "", *_block(path, text), ""]
    return lines[:-1]


def _block(path: str, text: str) -> list[str]:
    """Content in a fence that is longer than any fence in it."""
    text = text.rstrip("\n")
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall(r"`+", text)), default=0))
    language = "yaml" if path.endswith(".yml") else "markdown"
    return [f"{fence}{language}", *text.splitlines(), fence]


def _findings(rule: Rule, example: Example, known: Registry) -> list[str]:
    return ["```text", explanation.findings(rule, example, known), "```"]


if __name__ == "__main__":
    main()
