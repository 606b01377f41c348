"""Documents that are known, and several processes: they change no byte of what is found."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.conftest import CHECKOUT
from waku_lint.config.config import load
from waku_lint.diagnostics import Severity
from waku_lint.documents.model import Document, Milestone
from waku_lint.documents.reader import read_document
from waku_lint.documents.words import Words
from waku_lint.engine import checker, memory, suppressions
from waku_lint.engine.memory import Known, Own, Told, Verdict, decode, encode
from waku_lint.engine.result import RunResult
from waku_lint.files import cache, snapshot
from waku_lint.files.source import SourceFile
from waku_lint.parsing import yaml
from waku_lint.parsing.limits import Limits
from waku_lint.positions import Lines, Span
from waku_lint.project.facts import facts_of
from waku_lint.rules import registry
from waku_lint.rules.active_rule import ActiveRule
from waku_lint.rules.base import Finding, Rule, RuleContext
from waku_lint.session.runner import lint
from waku_lint.session.session import Request, Session, open_session

FIXTURES = sorted((CHECKOUT / "fixtures" / "dirty").iterdir())
EMPTY = Known(read_document(SourceFile("a.md", b"---\nkey: [\n---\n# A\n"), "milestone"), Own((), {}))


def result(root: Path, **more: object) -> RunResult:
    request = Request(root=root, **more)  # type: ignore[arg-type]
    return lint(request, open_session(request))


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The documents that are parsed, in this process."""
    seen: list[str] = []

    def read(file: SourceFile, kind: str, words: Words, limits: Limits) -> Document:
        seen.append(file.path)
        return read_document(file, kind, words, limits)

    original = open_session

    def opened(request: Request) -> Session:
        return replace(original(request), parse=read)

    monkeypatch.setattr("tests.engine.test_memory.open_session", opened)
    return seen


def copied(source: Path, target: Path) -> Path:
    for each in sorted(source.rglob("*")):
        if each.is_file():
            there = target / each.relative_to(source)
            there.parent.mkdir(parents=True, exist_ok=True)
            there.write_bytes(each.read_bytes())
    return target


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda each: each.name)
def test_records_are_the_same_when_they_are_read_again(fixture: Path) -> None:
    settings = load(fixture)
    for path in snapshot.paths_below(fixture):
        kind = settings.kind_of(path)
        if kind is not None:
            document = read_document(snapshot.read(fixture, path), kind.name)
            found = Finding(Span(0, 0), "no idea")
            known = Known(document, Own((("WL100", found), ("WL201", found)), {"WL104": (found, found), "WL106": ()}))
            assert decode(Known, encode(known)) == known


def test_what_was_told_is_the_same_when_it_is_read_again() -> None:
    root = FIXTURES[1]
    found = result(root).diagnostics
    path = found[0].path
    text = f'# A <!-- waku-lint: disable-file=WL106 reason="x" until=2026-01-01 -->\n{(root / path).read_text()}'
    document = read_document(SourceFile(path, text.encode()), "milestone")
    rules = registry.Registry(registry.builtin_rules(), {})
    comments = tuple(suppressions.parse(each, path, rules, Lines(text)) for each in document.comments)
    assert comments
    verdicts = (
        Verdict("files", ((("title", "a.md"), "one"), (("tree",), "two")), found[:3], found[3:], comments),
        Verdict("other", (), ()),
    )
    told = Told(facts_of(document), verdicts)
    assert decode(Told, encode(told)) == told
    memories = memory.open_memory()
    assert memories is not None
    file = SourceFile(path, text.encode())
    memories.keep("told", file, "rules", encode(told))
    assert memories.told(file, "rules") == told


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda each: each.name)
def test_known_documents_are_not_parsed_and_say_the_same(fixture: Path, parsed: list[str]) -> None:
    cold = result(fixture)
    first = result(fixture, cache=True)
    assert parsed
    parsed.clear()
    again = result(fixture, cache=True)
    assert parsed == []
    assert cold == first == again
    assert cold.diagnostics


def test_a_page_that_changes_is_the_only_one_that_is_parsed(tmp_path: Path, parsed: list[str]) -> None:
    root = copied(FIXTURES[1], tmp_path / "plan")
    result(root, cache=True)
    page = root / "draft-roadmap" / "measure_the_water.md"
    page.write_text(page.read_text() + "\n## Empty\n")
    parsed.clear()
    assert result(root, cache=True).diagnostics
    assert parsed == ["draft-roadmap/measure_the_water.md"]
    assert result(root, cache=True) == result(root)


@pytest.mark.parametrize("seed", range(int(os.environ.get("WAKU_LINT_EDITS", "6"))))
def test_any_edits_are_seen(seed: int, tmp_path: Path) -> None:
    """Lines are removed, doubled and moved between files, files come, go and exchange their titles, settings change."""
    chance = random.Random(seed)
    root = copied(FIXTURES[seed % len(FIXTURES)], tmp_path / "plan")
    pages = sorted(root.rglob("*.md"))
    lines = [line for page in pages for line in page.read_text(errors="replace").splitlines()]
    hidden = '<!-- waku-lint: disable-file=WL112,WL425,WL304 reason="a test" until=2026-01-01 -->'
    for number in range(12):
        page, other = chance.choice(pages), chance.choice(pages)
        old, theirs = (each.read_text(errors="replace").splitlines() if each.exists() else [] for each in (page, other))
        at = chance.randrange(len(old) + 1)
        new = chance.choice([[], [chance.choice(lines)], [hidden], old[at : at + 5] * 2])
        page.write_text("\n".join([*old[:at], *new, *old[at + chance.randrange(3) :]]) + "\n")
        match chance.randrange(6):
            case 0:
                page.unlink()
            case 1:
                page.rename(page.with_name(f"moved_{number}.md"))
            case 2 if old and theirs:
                page.write_text("\n".join([*theirs[:1], *old[1:]]) + "\n")
                other.write_text("\n".join([*old[:1], *theirs[1:]]) + "\n")
            case 3:
                page.write_text("\n" + page.read_text(errors="replace").replace("1", "2"))
        (root / "more.yaml").write_text("rules: {WL112: warning, WL304: {per-path: {'**/*.md': off}}}\n")
        more: dict[str, object] = chance.choice(
            [{}, {}, {"select": ("WL",)}, {"ignore": ("WL425",)}, {"kinds": ("furps",)}, {"config": root / "more.yaml"}]
        )
        assert result(root, cache=True, **more) == result(root, **more)


def test_what_the_options_of_a_rule_are_is_part_of_what_is_known(tmp_path: Path) -> None:
    root = copied(CHECKOUT / "fixtures" / "dirty" / "sections", tmp_path / "plan")
    before = result(root, cache=True)
    for more in ("rules: {deliverable-checklist-item-missing: {items: [Nonsense]}}\n", "teams: {nobody: []}\n"):
        (root / "more.yaml").write_text(more)
        after = result(root, cache=True, config=root / "more.yaml")
        assert after == result(root, config=root / "more.yaml") != before


def ruled(session: Session, rule: Rule) -> Session:
    """A session with a rule more."""
    known = replace(session.registry, rules=(*session.registry.rules, rule))
    return replace(session, registry=known, active={**session.active, rule.code: ActiveRule(rule, Severity.ERROR, {})})


def test_a_rule_that_is_not_ours_is_always_run(tmp_path: Path) -> None:
    ran: list[str] = []

    def check(_milestone: Milestone, ctx: RuleContext) -> Iterator[Finding]:
        ran.append(ctx.document.path)
        yield from ()

    rule = Rule("T001", "theirs", "", "", (), applies_to=Milestone, check=check)
    root = copied(FIXTURES[1], tmp_path / "plan")
    request = Request(root, cache=True)
    session = open_session(request)
    session = ruled(session, rule)
    for _ in range(2):
        session.run(lambda _path: True)
    assert len(ran) == 2 * len(set(ran)) > 0


def test_a_rule_that_fails_is_told_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def check(_milestone: Milestone, _ctx: RuleContext) -> Iterator[Finding]:
        raise RuntimeError("no idea")

    rule = Rule("T001", "theirs", "", "", (), applies_to=Milestone, check=check)
    root = copied(FIXTURES[1], tmp_path / "plan")
    request = Request(root, cache=True)
    session = open_session(request)
    session = ruled(session, rule)
    first, second = (session.run(lambda _path: True).crashes for _ in range(2))
    assert [(each.rule, each.path) for each in first] == [(each.rule, each.path) for each in second]
    assert first


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda each: each.name)
def test_any_number_of_processes_says_the_same(fixture: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checker, "FEW", 1)
    monkeypatch.setattr(checker, "LITTLE", 1)
    one = result(fixture)
    for jobs in (2, 3, 4):
        assert result(fixture, jobs=jobs) == one
    assert result(fixture, jobs=2, cache=True) == one == result(fixture, jobs=2, cache=True)


def test_a_process_that_dies_is_made_up_for(monkeypatch: pytest.MonkeyPatch) -> None:
    one = result(FIXTURES[1])
    parent = os.getpid()
    monkeypatch.setattr(checker, "FEW", 1)
    monkeypatch.setattr(checker, "LITTLE", 1)

    def dies(record: Known) -> bytes:
        if os.getpid() != parent:
            os._exit(3)
        return encode(record)

    monkeypatch.setattr(checker, "encode", dies)
    assert result(FIXTURES[1], jobs=3) == one


def test_what_was_asked_is_told_apart_by_all_that_matters() -> None:
    file = SourceFile("a.md", b"# A\n")
    found = memory.open_memory()
    assert found is not None
    known = Known(read_document(file, "milestone"), Own((), {}))
    found.keep("known", file, "rules", encode(known))
    assert found.known(file, "rules") == known
    assert found.holds("known", file, "rules")
    for other in (SourceFile("b.md", b"# A\n"), SourceFile("a.md", b"# B\n"), SourceFile("a.md", None)):
        assert found.known(other, "rules") is None
        assert not found.holds("known", other, "rules")
    assert found.told(file, "rules") is None
    assert found.known(file, "others") is None
    assert registry.builtin_rules()


@pytest.mark.parametrize(
    "body",
    [b"", b"\xff", b"null", b"\xc0", b"\x80", b"\x92\x01\x02", b"\x91" * 100_000, b"\x81\xa1\xff\x01",
     encode(EMPTY.document), encode(EMPTY.own), encode(EMPTY)[:-1], encode(EMPTY) + b"\xc0",
     encode(EMPTY).replace(b"Milestone", b"Millstone"), encode(EMPTY).replace(b"front-matter", b"further-story")],
)  # fmt: skip
def test_what_is_kept_and_not_understood_is_not_known(body: bytes) -> None:
    file = SourceFile("a.md", b"# A\n")
    found = memory.open_memory()
    assert found is not None
    found.keep("known", file, "rules", body)
    found.keep("told", file, "rules", body)
    assert found.known(file, "rules") is None
    assert found.told(file, "rules") is None


def test_any_byte_of_an_entry_may_be_another() -> None:
    body = encode(EMPTY)
    chance = random.Random(1)
    for at in range(len(body)):
        changed = decode(Known, body[:at] + bytes([chance.randrange(256)]) + body[at + 1 :])
        assert changed is None or isinstance(changed, Known)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("draft-roadmap/a.md", '---\ntitle: "\\ud800"\n---\n# A\n'),
        ("draft-roadmap/\udcff.md", "# A\n"),
    ],
)
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_document_that_cannot_be_kept_is_read_again(
    path: str, text: str, jobs: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checker, "FEW", 1)
    monkeypatch.setattr(checker, "LITTLE", 1)
    root = copied(FIXTURES[1], tmp_path / "plan")
    (root / path).parent.mkdir(exist_ok=True)
    (root / path).write_text(text)
    cold = result(root)
    assert encode(read_document(SourceFile(path, text.encode()), "milestone")) == b""
    for _ in range(2):
        assert result(root, cache=True, jobs=jobs) == cold


def test_a_number_without_end_is_kept(tmp_path: Path) -> None:
    document = read_document(SourceFile("a.md", b"---\nkey: 1e999\nother: 1.0\n---\n# A\n"), "milestone")
    known = decode(Known, encode(Known(document, Own((), {}))))
    assert known is not None
    assert repr(known.document) == repr(document)


def test_a_file_that_cannot_be_read_is_not_an_empty_one() -> None:
    found = memory.open_memory()
    assert found is not None
    empty = SourceFile("a.md", b"")
    found.keep("known", empty, "rules", encode(Known(read_document(empty, "milestone"), Own((), {}))))
    assert found.known(empty, "rules") is not None
    assert found.known(SourceFile("a.md", None), "rules") is None


def test_the_cache_is_looked_at_after_runs_that_have_kept_something(monkeypatch: pytest.MonkeyPatch) -> None:
    found = memory.open_memory()
    assert found is not None
    look = Path(os.environ[cache.VARIABLE]) / "v1" / "tidy"
    found.close()
    assert not look.exists()
    found.keep("told", SourceFile("a.md", b""), "rules", b"a")
    found.close()
    assert look.exists()
    monkeypatch.setenv(cache.VARIABLE, os.devnull)
    assert memory.open_memory() is None


def test_a_configuration_that_is_known_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    found = memory.open_memory()
    assert found is not None
    text = "rules:\n  WL112: off # as it is\n  WL304: {severity: warning}\n"
    first = found.yaml(text)
    assert first == yaml.parse(text)
    broken = found.yaml("a: [")
    assert broken.troubles
    with monkeypatch.context() as patched:
        patched.setattr(yaml, "parse", lambda _text: broken)
        assert found.yaml(text) == first
        assert found.yaml("") == broken  # what says nothing is not kept
    assert found.yaml("a: 1") != broken


@pytest.mark.parametrize(
    "body",
    [b"", b"\xff", b"null", b"\xc0", b"\x80", b"\x93\x00\x01\x02", encode(EMPTY),
     b"\x81\xa6record\xabYamlMapping", b"\x82\xa6record\xabYamlMapping\xa7entries" + b"\x91" * 100_000,
     b"\x82\xa6record\xabYamlMapping\xa7entries\x91\x92\xc0" + b"\x82\xa6record\xa8YamlList\xa5items\x91" * 9_999],
)  # fmt: skip
def test_a_configuration_that_is_not_understood_is_parsed(body: bytes) -> None:
    found = memory.open_memory()
    assert found is not None
    text = "exclude: [a]\n"
    first = found.yaml(text)
    folder = Path(os.environ[cache.VARIABLE]) / "v1"
    (entry,) = folder.iterdir()
    opened = cache.open_cache()
    assert opened is not None
    opened.store(entry.name, body)
    assert found.yaml(text) == first


def test_what_is_known_of_another_file_is_not_known_of_this_one() -> None:
    file = SourceFile("a.md", b"# A\n")
    found = memory.open_memory()
    assert found is not None
    other = Known(read_document(SourceFile("b.md", b"# B\n"), "milestone"), Own((), {}))
    found.keep("known", file, "rules", encode(other))
    assert found.known(file, "rules") is None


def test_a_document_that_cannot_be_told_of_ahead_is_told_where_it_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checker, "FEW", 1)
    monkeypatch.setattr(checker, "LITTLE", 1)

    def fail(_self: checker.Checker, _document: Document) -> Iterator[object]:
        raise RuntimeError("no idea")

    monkeypatch.setattr(checker.Checker, "shape", fail)
    one, several = result(FIXTURES[1]), result(FIXTURES[1], jobs=2)
    assert [(each.rule, each.path) for each in several.crashes] == [(each.rule, each.path) for each in one.crashes]
    assert len(one.crashes) == len(one.documents)
    assert several.diagnostics == one.diagnostics


def test_rules_of_others_are_run_in_one_process_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checker, "FEW", 1)
    monkeypatch.setattr(checker, "LITTLE", 1)
    ran: list[str] = []

    def check(_milestone: Milestone, ctx: RuleContext) -> Iterator[Finding]:
        ran.append(ctx.document.path)
        yield from ()

    rule = Rule("T001", "theirs", "", "", (), applies_to=Milestone, check=check)
    session = open_session(Request(copied(FIXTURES[1], tmp_path / "plan"), jobs=2))
    session = ruled(session, rule)
    session.run(lambda _path: True)
    assert len(ran) == len(set(ran)) > 1


def test_what_is_kept_for_a_run_alone_is_there() -> None:
    file = SourceFile("a.md", b"# A\n")
    found = memory.passing_memory()
    assert not found.holds("known", file, "rules")
    assert found.known(file, "rules") is None
    known = Known(read_document(file, "milestone"), Own((), {}))
    found.keep("known", file, "rules", encode(known))
    assert found.holds("known", file, "rules")
    assert found.known(file, "rules") == known
    lasting = memory.open_memory()
    assert lasting is not None
    assert (found.lasts, lasting.lasts) == (False, True)
