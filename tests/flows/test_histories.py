"""Whatever happens to a repository, a run with the cache prints the same bytes as one without it.

`WAKU_LINT_EDITS=200 pytest tests/flows/test_histories.py` looks at more histories.
"""

from __future__ import annotations

import io
import os
import random
import sys
from pathlib import Path

import pytest

from tests.engine.test_incremental import FIXTURES, copied
from tests.flows.test_hooks import git
from waku_lint.__main__ import main

RULE = """\
from waku_lint.rules.base import Document, Finding, Rule, Span

def check(document, ctx):
    yield Finding(Span(0, 1), "{message}")

RULES = (Rule("ACME001", "theirs", "It is so.\\n\\nWhy.", "Do.", (), applies_to=Document, check=check),)
"""


def printed(root: Path, *arguments: str, index: bool = False) -> tuple[int | str | None, str, str]:
    """The exit status of a command that is run in `root`, and what it prints on both streams."""
    streams = {name: io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for name in ("stdout", "stderr")}
    here = Path.cwd()
    with pytest.MonkeyPatch.context() as patched:
        for name, stream in streams.items():
            patched.setattr(sys, name, stream)
        patched.setattr(sys, "argv", ["waku-lint", *arguments])
        if index:
            patched.setenv("GIT_INDEX_FILE", ".git/index")
        os.chdir(root)
        try:
            status = main()
        finally:
            os.chdir(here)
    out, err = (stream.buffer.getvalue().decode() for stream in streams.values())
    return status, out, err


class History:
    """A repository, and what can happen to it."""

    def __init__(self, root: Path, chance: random.Random) -> None:
        self.root = root
        self.chance = chance
        for arguments in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-qm", "start"]):
            git(root, *arguments)
        self.lines = [line for page in self.pages() for line in page.read_text(errors="replace").splitlines()]
        self.number = 0

    def pages(self) -> list[Path]:
        return sorted(self.root.rglob("*.md"))

    def happen(self) -> str:
        """Do one thing at random, and give its name."""
        self.number += 1
        things = (
            self.edit, self.edit, self.edit, self.rename, self.delete, self.add, self.stage_a_part, self.commit,
            self.commit, self.switch, self.configure, self.baseline, self.upgrade,
        )  # fmt: skip
        thing = self.chance.choice(things)
        thing()
        return thing.__name__

    def edit(self) -> None:
        page = self.chance.choice(self.pages())
        old = page.read_text(errors="replace").splitlines()
        at = self.chance.randrange(len(old) + 1)
        new = self.chance.choices(self.lines, k=self.chance.randrange(3))
        page.write_text("\n".join([*old[:at], *new, *old[at + self.chance.randrange(4) :]]) + "\n")

    def rename(self) -> None:
        page = self.chance.choice(self.pages())
        page.rename(page.with_name(f"moved_{self.number}.md"))

    def delete(self) -> None:
        if len(self.pages()) > 3:
            self.chance.choice(self.pages()).unlink()

    def add(self) -> None:
        page = self.chance.choice(self.pages())
        hidden = '<!-- waku-lint: disable-file=WL112,WL425,WL304 reason="a test" until=2026-01-01 -->\n'
        page.with_name(f"new_{self.number}.md").write_text(hidden + page.read_text(errors="replace"))

    def stage_a_part(self) -> None:
        self.edit()
        git(self.root, "add", "-A")
        self.edit()

    def commit(self) -> None:
        git(self.root, "add", "-A")
        git(self.root, "commit", "-qm", str(self.number))

    def switch(self) -> None:
        self.commit()
        if git(self.root, "switch", "-q", "other").returncode != 0 and self.number > 5:
            git(self.root, "switch", "-qc", "other", "HEAD~1")
        elif self.chance.randrange(2):
            git(self.root, "switch", "-q", "main")

    def configure(self) -> None:
        rules = self.chance.choice(
            ["WL112: warning", "WL304: {per-path: {'**/*.md': off}}", "WL425: error", "WL107: off"]
        )
        (self.root / ".waku-lint.yaml").write_text(f"local-rules: [theirs.py]\nrules: {{{rules}}}\n")
        (self.root / "theirs.py").write_text(RULE.format(message="first"))

    def baseline(self) -> None:
        printed(self.root, "baseline", "--force", "--today", "2025-12-01")

    def upgrade(self) -> None:
        (self.root / "theirs.py").write_text(RULE.format(message=f"version {self.number}"))


@pytest.mark.parametrize("seed", range(int(os.environ.get("WAKU_LINT_EDITS", "3"))))
def test_any_history_prints_the_same_with_and_without_the_cache(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    history = History(copied(FIXTURES[seed % len(FIXTURES)], tmp_path / "plan"), chance)
    happened: list[str] = []
    for _ in range(15):
        happened.append(history.happen())
        day = chance.choice(["2025-12-01", "2025-12-01", "2026-02-01"])
        more = chance.choice([[], [], ["--allow-local-rules"], ["--select", "WL1,WL4"], ["--format", "json"]])
        command = chance.choice(["check", "hook"])
        if command == "hook":
            git(history.root, "add", "-A")
        arguments = [command, "--today", day, *more]
        cold = printed(history.root, *arguments, "--no-cache", index=command == "hook")
        for _ in range(2):
            assert printed(history.root, *arguments, index=command == "hook") == cold, (happened, arguments)
    assert cold[0] in (0, 1)
