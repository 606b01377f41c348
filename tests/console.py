"""The commands that the documentation shows, run in a copy of a fixture as its reader would."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import yaml

from tests.command import run_bytes
from tests.conftest import CHECKOUT

HOME = "/home/you/roadmap"  # what the pages show in place of the copy's path


class Console:
    """A folder with a repository in it, and the status of the last command."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.status = 0
        self.environment: Mapping[str, str] = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT"))},
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            **{f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in _PERSON.items()},
            "PRE_COMMIT_HOME": str(folder.parent / "pre-commit"),
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        }

    def prepare(self, fixture: str, *, hooked: bool) -> None:
        """Copy a fixture and commit it; `hooked` installs the hook `waku-lint` as pre-commit would run it."""
        shutil.copytree(CHECKOUT / fixture, self.folder)
        (self.folder / "expected.txt").unlink(missing_ok=True)
        if hooked:
            (hook,) = [each for each in yaml.safe_load(_MANIFEST.read_text()) if each["id"] == "waku-lint"]
            local = {"repo": "local", "hooks": [{**hook, "language": "system"}]}  # installed already
            (self.folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": [local]}))
        self.shell("git init --quiet --initial-branch=main && git add --all && git commit --quiet -m Begin")
        if hooked:
            self.shell("pre-commit install")

    def run(self, command: str) -> str:
        """What a command prints, on both streams."""
        if command == "echo $?":
            return f"{self.status}\n"
        words = list(shlex.shlex(command, posix=True, punctuation_chars=True))
        if words[0] == "waku-lint" and not {"|", ">", "<", "&&", ";", "||"} & set(words):
            return self._here(shlex.split(command)[1:])
        return self.shell(command)

    def shell(self, command: str) -> str:
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        self.status = done.returncode
        return self._shown(done.stdout)

    def _here(self, arguments: list[str]) -> str:
        done = run_bytes(*arguments, cwd=self.folder, env=self.environment, merged=True)
        self.status = done.returncode
        return self._shown(done.stdout.decode("utf-8"))

    def _shown(self, output: str) -> str:
        return output.replace(str(self.folder), HOME)


_PERSON = {"NAME": "You", "EMAIL": "you@example.org", "DATE": "2026-01-05T12:00:00+00:00"}
_MANIFEST = CHECKOUT / ".pre-commit-hooks.yaml"
