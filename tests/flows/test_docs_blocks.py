"""Every fenced block of the documentation is run, loaded or checked, by its kind.

A comment on the line before a block says more of it: `in: FOLDER` runs a console block in a fresh copy of that fixture
(`in: FOLDER, with pre-commit` with the hook in place), `goes on` where the block before it ended, `file: PATH`
writes the block to that file there, and `not run: REASON` is for what no test can do.
`python -m tests.flows.test_docs_blocks` writes what the commands print now into the pages: read the difference.
"""

from __future__ import annotations

import json
import re
import shlex
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from docs import hooks
from tests.blocks import Block, blocks, matches, steps
from tests.conftest import CHECKOUT, lint_files
from tests.console import Console
from waku_lint import __version__, schema
from waku_lint.cli.main import cli
from waku_lint.config.config import parse
from waku_lint.rules import registry
from waku_lint.rules.base import Rule

# docs/rules.md is held against the rules, whose examples are tests of their own; the changelog has no blocks.
PAGES = sorted({*CHECKOUT.glob("*.md"), *(CHECKOUT / "docs").rglob("*.md")} - {CHECKOUT / "docs" / "rules.md"})
MANIFEST = {hook["id"] for hook in yaml.safe_load((CHECKOUT / ".pre-commit-hooks.yaml").read_text())}
ACTION = yaml.safe_load((CHECKOUT / "action.yml").read_text())
ELSEWHERE = {"output", "try", "test"}  # marks of README.md whose blocks tests/flows/test_docs.py and the gate look at
# Files that a configuration names, by their endings: what stands in them is shown elsewhere, or nowhere.
NAMED_FILES = {".yaml": b"rules: {WL205: warning}\n", ".json": b"{}", ".py": b"RULES = ()\n"}
TAG = f"v{__version__}"
ADDRESS = re.compile(r"github\.com/waku-org/waku-lint@(?P<tag>[\w.-]+)")
OUR_ACTION = re.compile(r"waku-org/waku-lint@(?P<tag>[\w.-]+)")


class Page:
    """A page on its way through its blocks: the console stays from one to the next that goes on."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.console: Console | None = None
        self.consoles = 0

    def check(self, block: Block) -> str | None:
        """What is wrong with a block, if anything."""
        if block.marked("not run"):
            return None if block.value else "a block that is not run says why"
        if block.mark in ELSEWHERE:
            return None
        if block.kind not in KINDS:
            return f"no test knows blocks of the kind {block.kind!r}; mark it `<!-- not run: REASON -->`"
        if block.marked("file"):
            self._write(block)
        return KINDS[block.kind](self, block)

    def run(self, block: Block) -> Iterator[tuple[str, str, str]]:
        """Each command of a console block, what is expected of it, and what it prints."""
        if block.marked("in"):
            fixture, _, extra = block.value.partition(", ")
            self.consoles += 1
            self.console = Console(self.folder / str(self.consoles) / "roadmap")
            self.console.prepare(fixture, hooked=extra == "with pre-commit")
        elif block.mark != "goes on" or self.console is None:
            message = "a console block says where it runs: `<!-- in: fixtures/... -->` or `<!-- goes on -->`"
            raise AssertionError(message)
        for step in steps(block.text):
            yield step.command, step.output, self.console.run(step.command)

    def _write(self, block: Block) -> None:
        assert self.console is not None, "a file is written where the console block before it ended"
        path = self.console.folder / block.value
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text)


def console(page: Page, block: Block) -> str | None:
    for command, expected, printed in page.run(block):
        if not matches(expected, printed):
            hint = "`python -m tests.flows.test_docs_blocks` writes what is printed now into the pages"
            return f"$ {command}\nexpected:\n{expected}\nprinted:\n{printed}\n{hint}"
    return None


def yaml_block(_page: Page, block: Block) -> str | None:
    """A configuration, hooks of pre-commit or a workflow, by its first line."""
    head = block.text.splitlines()[0]
    if head.startswith("# .waku-lint.yaml"):
        config = parse(".waku-lint.yaml", block.text, _named_file)
        assert registry.load(config, CHECKOUT, _named_file).active(config)
    elif head.startswith("# .pre-commit-config.yaml"):
        for repo in _plain(block)["repos"]:
            assert (repo["repo"], repo["rev"]) == ("https://github.com/waku-org/waku-lint", TAG)
            named = {hook["id"] for hook in repo["hooks"]}
            assert named <= MANIFEST, named
    elif head.startswith("# .github/workflows/"):
        for job in _plain(block)["jobs"].values():
            _workflow(job["steps"])
    elif head.startswith("# .gitlab-ci.yml"):
        for job in _plain(block).values():
            for line in job["script"]:
                if line.startswith("waku-lint"):
                    parsed(line)
    else:
        return "the first line of a yaml block names the file that it is: `# .waku-lint.yaml`"
    return None


def _named_file(path: str) -> bytes | None:
    return None if path == ".waku-lint.yaml" else NAMED_FILES[Path(path).suffix]


def _plain(block: Block) -> Any:
    return yaml.safe_load(block.text)


def _workflow(given: list[dict[str, Any]]) -> None:
    """Steps that use our action give it inputs that it has, and ask for outputs that it has."""
    ours = [step for step in given if OUR_ACTION.fullmatch(step.get("uses", ""))]
    for step in ours:
        assert step["uses"].endswith(f"@{TAG}")
        assert set(step.get("with", {})) <= set(ACTION["inputs"])
        parsed(f"waku-lint check {step.get('with', {}).get('args', '')}")
    named = set(re.findall(rf"steps\.(?:{'|'.join(step['id'] for step in ours)})\.outputs\.([\w-]+)", str(given)))
    assert ours, "the workflow does not use our action"
    assert named <= set(ACTION["outputs"])


def json_block(_page: Page, block: Block) -> str | None:
    """A schema that is laid over that of a milestone, or any JSON."""
    value = json.loads(block.text)
    if "x-rule" in value:
        kind = "page" if block.value == "lint/decision.schema.json" else "milestone"
        overlay = schema.Overlay("example.json", block.text, schema.builtin(kind))
        assert [*schema.named_rules(overlay.schema)]
    return None


def markdown(_page: Page, block: Block) -> str | None:
    """Deliverables of a milestone page: whatever else there is to say of them, the comments to us are in order."""
    found = lint_files({"draft-roadmap/page.md": f"# Page\n\n## Deliverables\n\n{block.text}"})
    wrong = [each for each in found if each.code in {"WL007", "WL008", "WL009"}]
    return "\n".join(f"{each.code} {each.message}" for each in wrong) or None


def python(_page: Page, block: Block) -> str | None:
    names: dict[str, Any] = {"__name__": "example", "__doc__": ""}
    exec(compile(block.text, "example", "exec"), names)
    return None


def text(_page: Page, block: Block) -> str | None:
    """Command lines, each with what it is for behind it."""
    lines = [line for line in block.text.splitlines() if not line.startswith(" ")]
    if not lines or not all(line.startswith("waku-lint ") for line in lines):
        return "a text block lists commands, one a line; mark another `<!-- not run: REASON -->`"
    for line in lines:
        known(line.split()[1])
    for option in re.findall(r"--[\w-]+", block.text):
        assert any(option in options(name) for name in _commands()), option
    return None


KINDS: dict[str, Callable[[Page, Block], str | None]] = {
    "console": console, "yaml": yaml_block, "json": json_block, "markdown": markdown, "python": python, "text": text,
}  # fmt: skip


def _commands() -> list[str]:
    return cli.list_commands(click.Context(cli))


def known(name: str) -> click.Command:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None, f"no command {name!r}"
    return command


def options(name: str) -> set[str]:
    command = known(name)
    commands = [command, *(command.commands.values() if isinstance(command, click.Group) else ())]
    return {option for each in commands for parameter in each.params for option in parameter.opts}


def parsed(line: str) -> None:
    """A command line of ours has options that there are, with values that they take. It is not run."""
    _, name, *arguments = shlex.split(line, comments=True)
    known(name).make_context(name, arguments, resilient_parsing=False)


def ids(path: Path) -> str:
    return path.relative_to(CHECKOUT).as_posix()


@pytest.mark.parametrize("path", PAGES, ids=ids)
def test_every_block_of_the_page_is_true(path: Path, tmp_path: Path) -> None:
    page = Page(tmp_path)
    for block in blocks(path.read_text(encoding="utf-8")):
        try:
            wrong = page.check(block)
        except Exception as error:
            raise AssertionError(f"{ids(path)}:{block.line}") from error
        assert wrong is None, f"{ids(path)}:{block.line}: {wrong}"


@pytest.mark.parametrize("path", PAGES, ids=ids)
def test_the_page_installs_the_current_version(path: Path) -> None:
    assert {*ADDRESS.findall(path.read_text(encoding="utf-8"))} <= {TAG}


@pytest.mark.parametrize("path", PAGES, ids=ids)
def test_command_lines_in_the_text_have_commands_and_options_that_there_are(path: Path) -> None:
    prose = re.sub(r"^(`{3,}).*?^\1$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for line in re.findall(r"`(?:\w+=\S+ )?waku-lint ([a-z][^`]*)`", prose):
        name, *rest = line.split()
        assert {word.partition("=")[0] for word in rest if word.startswith("--")} <= options(name), line


@pytest.mark.parametrize("rule", registry.builtin_rules(), ids=lambda rule: rule.code)
def test_what_a_rules_page_shows_to_set_it_is_a_configuration(rule: Rule) -> None:
    page = hooks.rule_page(rule, registry.Registry(registry.builtin_rules(), {}))
    shown = [block for block in blocks(page) if block.text.startswith("# .waku-lint.yaml")]
    assert len(shown) >= 2
    for block in shown:
        assert yaml_block(Page(Path()), block) is None


@pytest.mark.parametrize(
    ("block", "wrong"),
    [
        ("```fortran\nX\n```\n", "no test knows blocks of the kind 'fortran'"),
        ("```\nX\n```\n", "no test knows blocks of the kind ''"),
        ("<!-- not run: -->\n```sh\nX\n```\n", "says why"),
        ("<!-- in: fixtures/example -->\n```console\n$ waku-lint check\nall is well\n```\n", "5 errors in 2 of 3"),
        ("```yaml\na: 1\n```\n", "names the file"),
        ("```markdown\n<!-- waku-lint: disable-next-line=WL306 -->\n### A\n```\n", "WL007"),
        ("```text\nwaku-lint check\nfind .\n```\n", "lists commands"),
    ],
)
def test_a_block_that_is_wrong_is_told(block: str, wrong: str, tmp_path: Path) -> None:
    (found,) = blocks(block)
    assert wrong in (Page(tmp_path).check(found) or "")


def test_a_line_of_dots_stands_for_any_lines() -> None:
    assert matches("a\n...\nd\n", "a\nb\nc\nd\n")
    assert matches("a\n...\nd\n", "a\nd\n")
    assert not matches("a\n...\nd\n", "a\nb\n")
    assert not matches("a.c\n", "abc\n")


def main() -> None:
    """Write anew what the commands of the pages print, where it does not fit."""
    for path in (Path(name).resolve() for name in sys.argv[1:]) if sys.argv[1:] else PAGES:
        page = path.read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder:
            reader = Page(Path(folder))
            for block in blocks(page):
                if block.kind != "console" or block.mark in ELSEWHERE or block.marked("not run"):
                    reader.check(block) if block.marked("file") else None
                    continue
                ran = list(reader.run(block))
                kept = [(line, old if matches(old, new) else new) for line, old, new in ran]
                fresh = "".join(f"$ {line}\n{out}" for line, out in kept).rstrip("\n") + "\n"
                page = page.replace(f"console\n{block.text}```", f"console\n{fresh}```", 1)
        path.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
