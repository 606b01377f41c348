"""Where the report of a run goes: the terminal, a file, GitHub."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from errno import ENAMETOOLONG
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from waku_lint.cli.console import on_github, say
from waku_lint.cli.runs import STDIN
from waku_lint.errors import CannotRun

if TYPE_CHECKING:
    from waku_lint.engine.result import RunResult
    from waku_lint.reporters.context import Context
    from waku_lint.session.session import Session


MAX_NAME: Final = 255  # bytes of a file's name


class Output(Struct, frozen=True):
    """What the options say of it; `form` is None where `--format` is not given, `path` is `--output-file`."""

    form: str | None = None
    path: Path | None = None
    statistics: bool = False

    def check(self) -> None:
        """Raises CannotRun for what could not be written at the end of the run."""
        if self.statistics and self.path is None and self.form not in (None, "text"):
            raise CannotRun(f"--statistics is a table for people; with --format {self.form} it needs --output-file")
        if self.path is not None:
            _writable(self.path)


def _writable(path: Path) -> None:
    if path == STDIN:
        raise CannotRun("--output-file - is no file; without it the report goes to the standard output")
    try:
        if not path.absolute().parent.is_dir():
            raise CannotRun(f"{path}: there is no such folder to write it to")
        if len(os.fsencode(path.name)) > MAX_NAME:
            raise CannotRun(f"{path}: cannot be written: {os.strerror(ENAMETOOLONG)}")
        if path.is_dir():
            raise CannotRun(f"{path}: is a folder; --output-file names a file")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise CannotRun(f"{path}: cannot be written: {reason}") from None


def write(
    result: RunResult, session: Session, output: Output, *, strict: bool, silent: bool, aside: bool = False
) -> None:
    """Write the report; of `silent` runs nothing is said to people. Raises CannotRun for a file it cannot write.

    `aside` puts what would go to the standard output, where a text is, to the standard error.
    """
    from waku_lint.reporters import reporter
    from waku_lint.reporters.context import Context

    form = output.form or "text"
    # On GitHub whoever has not asked for a format gets what they are used to, and annotations beside it.
    annotated = output.form is None and on_github() and bool(result.diagnostics)
    prefix = _prefix(session.state.root) if annotated or form != "text" else ""
    context = Context(output.statistics, strict, prefix, lambda: session.registry.rules)
    if output.path is not None:
        _save(output.path, reporter(form)(result, context))
    shown = form if output.path is None else "text"
    if shown != "text" or not silent:
        look = replace(context, colour=_colour() and not aside)
        say(reporter(shown)(result, look), nl=False, styled=True, err=aside, exact=shown != "text")
    if annotated:
        from waku_lint.reporters.github import report_github, workflow_commands

        # The text has shown every finding, unless it was a table.
        report = report_github if output.statistics else workflow_commands
        say(report(result, context), nl=False, err=aside, exact=True)
        say("GITHUB_ACTIONS is set: findings are annotated, too; --format text is the text alone", err=True)
    if annotated or form == "github":
        _summarize(result, context)


def _summarize(result: RunResult, context: Context) -> None:
    """Add a table to the summary of the step, where GitHub has named a file for it."""
    from waku_lint.reporters.github import step_summary

    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if path:
        try:
            with Path(path).open("a", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
                file.write(step_summary(result, context))
        except OSError as error:
            say(f"warning: GITHUB_STEP_SUMMARY {path}: cannot be written: {error.strerror}", err=True)


def _save(path: Path, text: str) -> None:
    """Put `text` at `path`, all of it or none. What is no regular file, such as a pipe, is written to as it is."""
    data = text.encode("utf-8", "backslashreplace")
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)
            return
        target = path.resolve()
        beside = target.with_name(f".waku-lint.{os.getpid()}.tmp")
        try:
            with beside.open("xb") as file:
                file.write(data)
            beside.replace(target)
        finally:
            with suppress(FileNotFoundError):
                beside.unlink()
    except OSError as error:
        raise CannotRun(f"{path}: cannot be written: {error.strerror}") from None


def _prefix(root: Path) -> str:
    """From the top of the repository to the project's root: empty, or with a `/` at its end."""
    from waku_lint.files import git

    top = git.top_level(root)
    if top is None or not root.is_relative_to(top) or root == top:
        return ""
    return f"{root.relative_to(top).as_posix()}/"


def _colour() -> bool:
    """Colour only on a terminal, and never where NO_COLOR is set (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
