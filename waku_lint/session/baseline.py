"""The baseline: existing findings that are not reported.

Each line of the file is one finding. Lines are sorted and contain no line numbers, so that they change rarely.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from waku_lint.config.config import Reader, from_disk
from waku_lint.diagnostics import Diagnostic
from waku_lint.errors import ConfigError
from waku_lint.regexes import lazy

VERSION: Final = 1
HEADER: Final = f"# waku-lint baseline {VERSION}"
_HEADER: Final = lazy(r"# waku-lint baseline (\d+)")
_EXPECTED: Final = '["path", "code", ["title", "heading", ...], "text"]'


class Entry(Struct, frozen=True):
    """A finding in the baseline; `context` and `text` are those of a diagnostic.

    `comments` are the lines above it in the file.
    """

    path: str
    code: str
    context: tuple[str, ...]
    text: str
    comments: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        return json.dumps([self.path, self.code, self.context, self.text], ensure_ascii=False)

    @property
    def here(self) -> tuple[object, ...]:
        """The identity of a finding in its file, without the title, which may change."""
        return self.path, self.code, self.context[1:], self.text

    @property
    def anywhere(self) -> tuple[object, ...]:
        """The identity of a finding in any file."""
        return self.code, self.context, self.text


class Baseline(Struct, frozen=True):
    """The content of a baseline file; `comments` are the lines below its last entry."""

    entries: tuple[Entry, ...] = ()
    comments: tuple[str, ...] = ()


class Match(Struct, frozen=True):
    """The baseline entries of the findings of a run.

    `matched` pairs entries with their findings; `stale` are entries without a finding, `new` are findings without an
    entry.
    """

    matched: tuple[tuple[Entry, Diagnostic], ...]
    stale: tuple[Entry, ...]
    new: tuple[Diagnostic, ...]


def entry_of(each: Diagnostic, comments: tuple[str, ...] = ()) -> Entry:
    """The baseline entry of a finding."""
    return Entry(each.path, each.code, each.context, each.text, comments)


def load(root: Path, path: str, reader: Reader | None = None) -> Baseline | None:
    """Load the baseline at `path` with `reader`; None if the file is missing. Raises ConfigError."""
    read = reader or from_disk(root)
    try:
        data = read(path)
    except OSError as error:
        raise ConfigError(path, f"cannot be read: {error.strerror}") from None
    return None if data is None else parse(path, data.decode("utf-8", "surrogateescape"))


def parse(path: str, text: str) -> Baseline:
    """Parse a baseline; errors name `path`. Raises ConfigError with the line."""
    header, *lines = (line.rstrip("\r") for line in text.split("\n"))
    version = _HEADER.fullmatch(header)
    if version is None:
        raise ConfigError(path, f"expected the header `{HEADER}`", 1, 1)
    if int(version[1]) != VERSION:
        raise ConfigError(path, f"is of version {version[1]}; this waku-lint reads version {VERSION}: update it", 1, 1)
    entries: list[Entry] = []
    comments: list[str] = []
    for number, line in enumerate(lines, 2):
        if line.startswith("#"):
            comments.append(line)
        elif line.strip():
            entries.append(replace(_entry(path, number, line), comments=tuple(comments)))
            comments = []
    return Baseline(tuple(entries), tuple(comments))


def _entry(path: str, number: int, line: str) -> Entry:
    if line.startswith("<<<<<<<"):
        raise ConfigError(path, "merge conflict; keep the lines of both sides", number, 1)
    try:
        match json.loads(line):
            case [str(file), str(code), [str(), *_] as context, str(text)] if all(
                isinstance(each, str) for each in context
            ):
                return Entry(file, code, tuple(context), text)
    except (ValueError, RecursionError):
        pass
    raise ConfigError(path, f"is no entry; expected {_EXPECTED}", number, 1)


def dump(baseline: Baseline) -> str:
    """Write a baseline as a string, sorted; a comment stays with the entry below it."""
    lines = [HEADER]
    for entry in sorted(baseline.entries, key=lambda each: (each.line, each.comments)):
        lines += (*entry.comments, entry.line)
    return "\n".join((*lines, *baseline.comments)) + "\n"


def match(
    entries: Sequence[Entry], found: Iterable[Diagnostic], names: Collection[str], renamed: Mapping[str, str]
) -> Match:
    """Match each entry with at most one finding, and each finding with at most one entry.

    `names` are the existing files. The entries of a missing file match findings of the file that it is `renamed` to. If
    the new path is unknown, they match equal findings of any file, unless there are more findings than entries: then
    the new ones cannot be distinguished.
    """
    there = set(names)
    matched: list[tuple[Entry, Diagnostic]] = []
    stale: list[Entry] = []
    lost: dict[tuple[object, ...], list[Entry]] = defaultdict(list)
    waiting: dict[tuple[object, ...], list[Diagnostic]] = defaultdict(list)
    for each in found:
        waiting[entry_of(each).here].append(each)
    for entry in entries:
        gone = entry.path not in there
        now = replace(entry, path=renamed.get(entry.path, entry.path)) if gone else entry
        same = waiting[now.here]
        if same:
            matched.append((entry, same.pop(0)))
        elif gone:
            lost[entry.anywhere].append(entry)
        else:
            stale.append(entry)
    apart: dict[tuple[object, ...], list[Diagnostic]] = defaultdict(list)
    for each in (each for same in waiting.values() for each in same):
        apart[entry_of(each).anywhere].append(each)
    for key, equal in lost.items():
        if len(apart[key]) > len(equal):
            stale += equal
        else:
            same = apart.pop(key)
            matched += zip(equal, same, strict=False)
            stale += equal[len(same) :]
    new = sorted((each for same in apart.values() for each in same), key=lambda each: each.sort_key)
    return Match(tuple(matched), tuple(stale), tuple(new))
