"""Bytes as what the cache keeps: of a document, of a run, and of which files matter."""

from __future__ import annotations

import copy
import io
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from msgspec import msgpack

from fuzz.run import PAGE, cache, fuzz, idle, memory, outside, read_document, replay
from waku_lint.diagnostics import Diagnostic, Severity
from waku_lint.documents.model import Document
from waku_lint.engine.memory import Known, Memory, Own, Told, Verdict, encode
from waku_lint.files.source import SourceFile
from waku_lint.positions import Position
from waku_lint.project.facts import Facts, facts_of

FOLDER: Final = Path(tempfile.mkdtemp())
FILE: Final = SourceFile(
    PAGE, b"# [Relay](https://github.com/a/b/milestone/1)\n\n**Owner**: nwaku\n\n## Deliverables\n"
)
NAME: Final = "run"
RUN: Final = {
    "said": [[False, "a.md:1:1: error\n"], [True, "note\n"]],
    "status": 1,
    "asked": [["file", "/nowhere", "-"], ["git", "/", "status", "-"], ["names", "/", "0"], ["place", "/a", "0"]],
}
PLAN: Final = {"settings": {"a.yaml": ""}, "files": ["b.md"], "patterns": ["^a/.*$", "[^/]+"], "kinds": ["furps"]}


class _Git:
    """Answers as git might, and runs nothing."""

    def __init__(self, arguments: list[str], _given: bytes | None = None) -> None:
        if any("\0" in each for each in arguments):
            raise ValueError("embedded null byte")
        self._said = {"rev-parse": b"/\n", "diff": b"M\0a/b.md\0"}.get(
            arguments[11] if len(arguments) > 11 else "", b""
        )

    def output(self) -> bytes:
        return self._said


def _opened() -> cache.Cache:
    found = cache.open_cache()
    assert found is not None
    return found


os.environ |= {cache.VARIABLE: str(FOLDER), "GIT_INDEX_FILE": "index"}
for module in (idle, memory):
    module.edition = lambda: "one"  # type: ignore[attr-defined]
outside._Child = _Git  # type: ignore[misc, assignment]  # noqa: SLF001
KEPT: Final = _opened()
idle.open_cache = lambda: KEPT  # type: ignore[attr-defined]  # each one that is opened stays open until the process ends
MEMORY: Final = Memory(KEPT, "one")
READ: Final = read_document(FILE, "milestone")
PLACE: Final = Position(1, 1)
TOLD: Final = Diagnostic(PAGE, PLACE, PLACE, "WL302", "owner", Severity.ERROR, "no owner", None, (), "# Relay")
MEMORY.keep("known", FILE, "rules", encode(Known(READ, Own((), {}))))
MEMORY.keep("told", FILE, "rules", encode(Told(facts_of(READ), (Verdict("0", ((("title", PAGE), "0"),), (TOLD,)),))))
DOCUMENTS: Final = sorted(each.name for each in (FOLDER / "v1").iterdir())
BODIES: Final = {
    **{name: KEPT.load(name) or b"" for name in DOCUMENTS},
    NAME: json.dumps(RUN).encode(),
    idle.name_for("/"): json.dumps(PLAN).encode(),
}
ODD: Final[tuple[object, ...]] = (
    None, True, -1, 0, 1, 2, 99, 0.5, float("inf"), float("nan"), "", "a", "\0", "(", "a{99999999999}", "git",
    "names", [], [[]], ["a"], [-1], [0, 0, 0], [-1, [-1]], {}, {"a": "b"},
)  # fmt: skip


def target(data: bytes) -> None:
    """The first byte chooses what they are taken for; the next ones where in an entry, and whether with a check sum."""
    if len(data) < 4:
        return
    name = list(BODIES)[data[0] % len(BODIES)]
    body = BODIES[name]
    start, size = (each * len(body) // 255 for each in data[1:3])
    part = data[4:]
    if data[3] < 50:
        KEPT.store(name, part)
    elif data[3] < 100:
        KEPT.store(name, body[:start] + part + body[start + size :])
    elif data[3] < 200:
        edits = data[1:3] + part
        if name in DOCUMENTS:
            KEPT.store(name, msgpack.encode(bent(msgpack.decode(body), edits)))
        else:
            KEPT.store(name, json.dumps(bent(json.loads(body), edits)).encode())
    else:
        KEPT.store(name, body)
        whole = (FOLDER / "v1" / name).read_bytes()
        broken = whole[:start] + part + whole[start + size :]
        (FOLDER / "v1" / name).write_bytes(broken)
        assert (KEPT.load(name) is None) == (broken != whole)
    known = MEMORY.known(FILE, "rules")
    assert known is None or (type(known.document) is Document and known.document.path == PAGE), known
    told = MEMORY.told(FILE, "rules")
    assert told is None or type(told.facts) is Facts, told
    stdout, stderr = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2))
    try:
        assert replay.Replay(KEPT, NAME).again() in (None, 0, 1)
    finally:
        sys.stdout, sys.stderr = stdout, stderr
    assert idle.idle(["hook"]) in (True, False)


def bent(value: object, data: bytes) -> object:
    """A value with other values in some places: each two bytes name a place, and what stands there then."""
    whole = [value]
    for place, odd in zip(data[::2], data[1::2], strict=False):
        places = list(_places(whole))
        container, key = places[place * len(places) // 256]
        container[key] = copy.deepcopy(ODD[odd % len(ODD)])
    return whole[0]


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(value, list | dict):
        for key in list(value) if isinstance(value, dict) else range(len(value)):
            yield value, key
            yield from _places(value[key])


if __name__ == "__main__":
    fuzz(target)
