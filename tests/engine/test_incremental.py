"""The cache and worker processes change no byte of what is found, and save the work that they can save."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.conftest import CHECKOUT
from waku_lint.config.config import load
from waku_lint.diagnostics import Severity
from waku_lint.documents.model import Document, Milestone
from waku_lint.documents.reader import read_document
from waku_lint.documents.words import Words
from waku_lint.engine import document_cache, incremental, suppressions
from waku_lint.engine.checker import Checker, Findings, OwnFindings
from waku_lint.engine.document_cache import DocumentCache, ReadDocument, Result, Results, RunStore
from waku_lint.engine.result import RunResult
from waku_lint.engine.ruleset import Ruleset
from waku_lint.files import snapshot
from waku_lint.files.cache import decoded, encoded
from waku_lint.files.source import SourceFile
from waku_lint.parsing.limits import Limits
from waku_lint.positions import Lines, Span
from waku_lint.project.facts import facts_of
from waku_lint.project.queries import Question
from waku_lint.rules import registry
from waku_lint.rules.active_rule import ActiveRule
from waku_lint.rules.base import Finding, Rule, RuleContext
from waku_lint.session import state_cache
from waku_lint.session.runner import lint
from waku_lint.session.session import Request, Session, open_session

FIXTURES = sorted((CHECKOUT / "fixtures" / "dirty").iterdir())
ROOT = CHECKOUT / "fixtures" / "dirty" / "references"
PAGE = "draft-roadmap/measure_the_water.md"
FEATURE = "FURPS/core/gauge.md"
FEATURES = (FEATURE, "FURPS/core/forecast.md")  # the page quotes statements of these
OTHER = "draft-roadmap/forecast_the_tide.md"  # shares an issue with the page
EMPTY = ReadDocument(read_document(SourceFile("a.md", b"---\nkey: [\n---\n# A\n"), "milestone"), OwnFindings((), {}))


def body_of(entry: object) -> bytes:
    body = encoded(entry)
    assert body is not None
    return body


def result(root: Path, **more: object) -> RunResult:
    request = Request(root=root, **more)  # type: ignore[arg-type]
    return replace(lint(request, open_session(request)), beside=())


def copied(source: Path, target: Path) -> Path:
    for each in sorted(source.rglob("*")):
        if each.is_file():
            there = target / each.relative_to(source)
            there.parent.mkdir(parents=True, exist_ok=True)
            there.write_bytes(each.read_bytes())
    return target


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = copied(ROOT, tmp_path / "plan")
    result(root, cache=True)
    return root


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The documents that are parsed, in this process."""
    seen: list[str] = []

    def read(file: SourceFile, kind: str, words: Words, limits: Limits) -> Document:
        seen.append(file.path)
        return read_document(file, kind, words, limits)

    original = open_session

    def opened(request: Request) -> Session:
        return original(request).copy(parse=read)

    monkeypatch.setattr("tests.engine.test_incremental.open_session", opened)
    return seen


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The documents that rules are run on."""
    seen: list[str] = []
    original = Checker.check

    def check(self: Checker, document: Document, own: OwnFindings | None = None) -> Findings:
        seen.append(document.path)
        return original(self, document, own)

    monkeypatch.setattr(Checker, "check", check)
    return seen


@pytest.fixture
def no_states(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the cache of whole states, so that documents are looked up."""
    monkeypatch.setattr(state_cache, "recall", lambda _session: None)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few documents are enough for several processes."""
    monkeypatch.setattr(incremental, "FEW", 1)
    monkeypatch.setattr(incremental, "LITTLE", 1)


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda each: each.name)
def test_records_are_the_same_when_they_are_decoded(fixture: Path) -> None:
    settings = load(fixture)
    for path in snapshot.paths_below(fixture):
        kind = settings.kind_of(path)
        if kind is not None:
            document = read_document(snapshot.read(fixture, path), kind.name)
            found = Finding(Span(0, 0), "no idea")
            own = OwnFindings((("WL100", found), ("WL201", found)), {"WL104": (found, found), "WL106": ()})
            known = ReadDocument(document, own)
            assert decoded(body_of(known), ReadDocument) == known


def test_results_are_the_same_when_they_are_decoded() -> None:
    root = FIXTURES[1]
    found = result(root).diagnostics
    path = found[0].path
    text = f'# A <!-- waku-lint: disable-file=WL106 reason="x" until=2026-01-01 -->\n{(root / path).read_text()}'
    document = read_document(SourceFile(path, text.encode()), "milestone")
    rules = registry.Registry(registry.builtin_rules(), {})
    comments = tuple(suppressions.parse(each, path, rules, Lines(text)) for each in document.comments)
    assert comments
    kept = Results(
        facts_of(document),
        (
            Result(
                "files", ((("title", "a.md"), "one"), (("tree",), "two")), "2026-01-01", found[:3], found[3:], comments
            ),
            Result("other", (), None, (), (), ()),
        ),
    )
    assert decoded(body_of(kept), Results) == kept


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda each: each.name)
@pytest.mark.parametrize("states", [True, False])
def test_cached_documents_are_not_parsed_and_say_the_same(
    fixture: Path, parsed: list[str], states: bool, request: pytest.FixtureRequest
) -> None:
    if not states:
        request.getfixturevalue("no_states")
    cold = result(fixture)
    first = result(fixture, cache=True)
    assert parsed
    parsed.clear()
    again = result(fixture, cache=True)
    assert parsed == []
    assert cold == first == again
    assert cold.diagnostics


def test_a_page_that_changes_is_the_only_one_that_is_parsed(root: Path, parsed: list[str]) -> None:
    (root / PAGE).write_text((root / PAGE).read_text() + "\n## Empty\n")
    assert result(root, cache=True).diagnostics
    assert parsed == [PAGE]
    assert result(root, cache=True) == result(root)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            lambda root: (root / PAGE).write_text((root / PAGE).read_text() + "\nOne more word.\n"),
            {PAGE, OTHER, *FEATURES},
        ),
        (lambda root: (root / "notes.txt").write_text("a file\n"), set()),
        (
            lambda root: (root / FEATURE).write_text((root / FEATURE).read_text() + "\n<!-- more -->\n"),
            {PAGE, *FEATURES},
        ),
    ],
    ids=["a page", "the files there are", "a feature"],
)
def test_only_documents_that_ask_for_a_change_are_checked_again(
    root: Path, checked: list[str], change: Callable[[Path], object], expected: set[str]
) -> None:
    change(root)
    again = result(root, cache=True)
    assert set(checked) == expected
    assert again == result(root)


def test_a_file_that_a_link_leads_to_comes_and_goes(root: Path) -> None:
    (root / PAGE).write_text((root / PAGE).read_text() + "\n[Notes](/notes.txt)\n")
    found = []
    for change in (lambda: None, lambda: (root / "notes.txt").write_text("a"), lambda: (root / "notes.txt").unlink()):
        change()
        found.append([each.message for each in result(root, cache=True).diagnostics if each.code == "WL107"])
        assert result(root, cache=True) == result(root)
    assert found[0] == found[2] != found[1]


def test_a_feature_that_could_not_be_read_is_asked_for_all_the_same(root: Path) -> None:
    text = (root / FEATURE).read_bytes()
    for data in (b"\xff\xfe" + text, text, b"\xff" + text):
        (root / FEATURE).write_bytes(data)
        assert result(root, cache=True) == result(root)


@pytest.mark.usefixtures("no_states")
def test_results_of_both_sides_of_a_change_are_cached(root: Path, checked: list[str]) -> None:
    text = (root / FEATURE).read_text()
    for _ in range(2):
        (root / FEATURE).write_text(text.replace("# ", "# The "))
        result(root, cache=True)
        (root / FEATURE).write_text(text)
        result(root, cache=True)
        seen, checked[:] = list(checked), []
    assert seen == []


@pytest.mark.usefixtures("no_states")
@pytest.mark.parametrize(
    "question", [("nonsense",), (), ("title",), ("position", PAGE, "x"), ("digest",), ("__init__",)]
)
def test_a_result_with_a_question_that_does_not_exist_does_not_hold(
    root: Path, question: Question, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = DocumentCache.results

    def odd(self: DocumentCache, path: str) -> Results | None:
        found = results(self, path)
        odd_one = Result("-", ((question, "-"),), None, (), (), ())
        return None if found is None else Results(found.facts, (odd_one,))

    monkeypatch.setattr(DocumentCache, "results", odd)
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


def test_the_options_of_a_rule_are_part_of_the_key(tmp_path: Path) -> None:
    root = copied(CHECKOUT / "fixtures" / "dirty" / "sections", tmp_path / "plan")
    before = result(root, cache=True)
    for more in ("rules: {deliverable-checklist-item-missing: {items: [Nonsense]}}\n", "teams: {nobody: []}\n"):
        (root / "more.yaml").write_text(more)
        after = result(root, cache=True, config=root / "more.yaml")
        assert after == result(root, config=root / "more.yaml") != before


SETTINGS = ".waku-lint.yaml"
INDEX = "draft-roadmap/README.md"
A, B = "draft-roadmap/a.md", "draft-roadmap/b.md"
OWNED = "# A\n\n## Deliverables\n\n### [B](https://github.com/waku-org/pm/issues/1)\n\n**Owner**: dst\n"
QUOTED = OWNED.replace("**Owner**: dst", "**Feature**: [Store](/FURPS/core/gauge.md)")
TITLED = '---\ntitle: "{}"\n---\n\ntext\n'


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        (
            "WL207",
            {SETTINGS: "rules: {WL207: {sections: {Alpha: [], Beta: []}}}\n", A: "# A\n\ntext\n"},
            {SETTINGS: "rules: {WL207: {sections: {Beta: [], Alpha: []}}}\n"},
        ),
        (
            "WL304",
            {SETTINGS: "teams: {DST: [], Dst: []}\n", A: OWNED},
            {SETTINGS: "teams: {Dst: [], DST: []}\n"},
        ),
        (
            "WL604",
            {INDEX: "# Plan\n\n- [Alpha](c.md)\n", "draft-roadmap/c.md": "# Other\n",
             A: TITLED.format(f"Alpha\\0{B}\\0Beta"), B: TITLED.format("Gamma")},
            {A: TITLED.format("Alpha"), B: TITLED.format(f"Beta\\0{B}\\0Gamma")},
        ),
        ("WL603", {INDEX: "# Plan\n\n- [Beta](a.md)\n", A: TITLED.format("Alpha \\ud83d\\ude00")}, {"x.txt": "x"}),
        ("WL431", {A: QUOTED, FEATURE: ""}, {FEATURE: "# Gauge FURPS\n\n## Functionality\n\n1. A.\n"}),
    ],
    ids=["the order of an option", "the order of teams", "a title with a NUL", "half characters", "an empty feature"],
)  # fmt: skip
def test_a_change_of_what_was_asked_is_seen(
    rule: str, before: dict[str, str], after: dict[str, str], tmp_path: Path
) -> None:
    found = []
    for files in (before, {}, after):
        for path, text in files.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text)
        found.append(result(tmp_path, cache=True, select=(rule,)))
        assert found[-1] == result(tmp_path, select=(rule,))
    assert any(each.diagnostics for each in found)


def test_the_name_of_a_third_party_rule_is_not_cached(tmp_path: Path) -> None:
    page = tmp_path / "draft-roadmap" / "a.md"
    page.parent.mkdir()
    page.write_text('# A\n\n<!-- waku-lint: disable-file=XX001 reason="ours" -->\n')
    rules = tmp_path / "rules.py"
    rules.write_text(
        "from waku_lint.documents.model import Milestone\nfrom waku_lint.rules.base import Rule, Example\n"
        "def check(page, ctx):\n    yield from ()\n"
        'RULES = (Rule("XX001", "theirs", "Doc.", "Mend.", (Example("# A\\n"),), applies_to=Milestone, check=check),)\n'
    )
    (tmp_path / ".waku-lint.yaml").write_text("local-rules: [rules.py]\n")
    more: dict[str, object] = {"select": ("WL008",), "local_rules": True}
    assert not result(tmp_path, cache=True, **more).diagnostics
    rules.write_text(rules.read_text().replace("XX001", "XX002"))
    assert [each.code for each in result(tmp_path, cache=True, **more).diagnostics] == ["WL008"]


def test_the_number_of_results_that_are_held_makes_no_difference(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document_cache, "HELD", 1)
    assert result(root, cache=True) == result(root)


def ruled(session: Session, rule: Rule) -> Session:
    """A session with one more rule."""
    known = replace(session.registry, rules=(*session.registry.rules, rule))
    return session.copy(registry=known, active={**session.active, rule.code: ActiveRule(rule, Severity.ERROR, {})})


def test_a_third_party_rule_is_always_run(tmp_path: Path) -> None:
    ran: list[str] = []

    def check(_milestone: Milestone, ctx: RuleContext) -> Iterator[Finding]:
        ran.append(ctx.document.path)
        yield from ()

    rule = Rule("T001", "theirs", "", "", (), applies_to=Milestone, check=check)
    session = ruled(open_session(Request(copied(FIXTURES[1], tmp_path / "plan"), cache=True)), rule)
    for _ in range(2):
        session.run(lambda _path: True)
    assert len(ran) == 2 * len(set(ran)) > 0


def test_a_rule_that_fails_is_reported_each_time(tmp_path: Path) -> None:
    def check(_milestone: Milestone, _ctx: RuleContext) -> Iterator[Finding]:
        raise RuntimeError("no idea")

    rule = Rule("T001", "theirs", "", "", (), applies_to=Milestone, check=check)
    session = ruled(open_session(Request(copied(FIXTURES[1], tmp_path / "plan"), cache=True)), rule)
    first, second = (session.run(lambda _path: True).crashes for _ in range(2))
    assert [(each.rule, each.path) for each in first] == [(each.rule, each.path) for each in second]
    assert first


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda each: each.name)
def test_any_number_of_processes_says_the_same(fixture: Path) -> None:
    one = result(fixture)
    for jobs in (2, 3, 4):
        assert result(fixture, jobs=jobs) == one
    assert result(fixture, jobs=2, cache=True) == one == result(fixture, jobs=2, cache=True)


@pytest.mark.usefixtures("small")
def test_the_work_of_a_process_that_dies_is_done_again(monkeypatch: pytest.MonkeyPatch) -> None:
    one = result(FIXTURES[1])
    parent = os.getpid()
    encode = encoded

    def dies(record: object) -> bytes | None:
        if os.getpid() != parent:
            os._exit(3)
        return encode(record)

    monkeypatch.setattr(incremental, "encoded", dies)
    assert result(FIXTURES[1], jobs=3) == one


@pytest.mark.usefixtures("small")
def test_a_schema_that_fails_in_another_process_is_reported_in_this_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_self: Checker, _document: Document) -> Iterator[object]:
        raise RuntimeError("no idea")

    monkeypatch.setattr(Checker, "_violations", fail)
    one, several = result(FIXTURES[1]), result(FIXTURES[1], jobs=2)
    assert [(each.rule, each.path) for each in several.crashes] == [(each.rule, each.path) for each in one.crashes]
    assert len(one.crashes) == len(one.documents)
    assert several.diagnostics == one.diagnostics


@pytest.mark.usefixtures("small")
def test_third_party_rules_are_run_in_one_process_only(tmp_path: Path) -> None:
    ran: list[str] = []

    def check(_milestone: Milestone, ctx: RuleContext) -> Iterator[Finding]:
        ran.append(ctx.document.path)
        yield from ()

    rule = Rule("T001", "theirs", "", "", (), applies_to=Milestone, check=check)
    session = ruled(open_session(Request(copied(FIXTURES[1], tmp_path / "plan"), jobs=2)), rule)
    session.run(lambda _path: True)
    assert len(ran) == len(set(ran)) > 1


def cache_of(*files: SourceFile, store: RunStore | None = None) -> DocumentCache:
    """A cache of documents under the rules of the preset."""
    settings = load(ROOT)
    rules = registry.Registry(registry.builtin_rules(), {})
    kind = next(each for each in settings.kinds if each.name == "milestone")
    ruleset = Ruleset(settings, rules, rules.active(settings), dict.fromkeys((file.path for file in files), kind))
    return DocumentCache(store or RunStore(), "one", ruleset, {file.path: file for file in files})


def test_an_entry_is_found_by_path_and_content() -> None:
    file = SourceFile("a.md", b"# A\n")
    store = RunStore()
    known = ReadDocument(read_document(file, "milestone"), OwnFindings((), {}))
    found = cache_of(file, store=store)
    assert not found.holds(ReadDocument, "a.md")
    found.keep("a.md", known)
    assert found.holds(ReadDocument, "a.md")
    assert found.read("a.md") == known
    assert found.results("a.md") is None
    for other in (SourceFile("b.md", b"# A\n"), SourceFile("a.md", b"# B\n"), SourceFile("a.md", None)):
        others = cache_of(other, store=store)
        assert others.read(other.path) is None
        assert not others.holds(ReadDocument, other.path)


def test_an_entry_of_another_document_is_not_taken() -> None:
    found = cache_of(SourceFile("a.md", b"# A\n"))
    other = ReadDocument(read_document(SourceFile("b.md", b"# B\n"), "milestone"), OwnFindings((), {}))
    found.keep("a.md", other)
    assert found.read("a.md") is None


def test_a_file_that_cannot_be_read_is_not_an_empty_one() -> None:
    store = RunStore()
    empty = SourceFile("a.md", b"")
    cache_of(empty, store=store).keep("a.md", ReadDocument(read_document(empty, "milestone"), OwnFindings((), {})))
    assert cache_of(empty, store=store).read("a.md") is not None
    assert cache_of(SourceFile("a.md", None), store=store).read("a.md") is None


@pytest.mark.parametrize(
    "body",
    [b"", b"\xff", b"null", b"\xc0", b"\x80", b"\x92\x01\x02", b"\x91" * 100_000, b"\x81\xa1\xff\x01",
     body_of(EMPTY.document), body_of(EMPTY.own), body_of(EMPTY)[:-1], body_of(EMPTY) + b"\xc0",
     body_of(EMPTY).replace(b"milestone", b"millstone"), body_of(EMPTY).replace(b"front-matter", b"further-story")],
)  # fmt: skip
def test_a_body_that_cannot_be_decoded_is_no_entry(body: bytes) -> None:
    found = cache_of(SourceFile("a.md", b"# A\n"))
    for kind in (ReadDocument, Results):
        found.keep_encoded("a.md", kind, body)
    assert found.results("a.md") is None
    read = found.read("a.md")
    assert read is None or body.count(b"millstone")


def test_any_byte_of_an_entry_may_be_another() -> None:
    body = body_of(EMPTY)
    chance = random.Random(1)
    for at in range(len(body)):
        changed = decoded(body[:at] + bytes([chance.randrange(256)]) + body[at + 1 :], ReadDocument)
        assert changed is None or isinstance(changed, ReadDocument)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("draft-roadmap/a.md", '---\ntitle: "\\ud800"\n---\n# A\n'),
        ("draft-roadmap/\udcff.md", "# A\n"),
    ],
)
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_document_with_half_a_character_is_read_again(path: str, text: str, jobs: int, tmp_path: Path) -> None:
    root = copied(FIXTURES[1], tmp_path / "plan")
    (root / path).parent.mkdir(exist_ok=True)
    (root / path).write_text(text)
    cold = result(root)
    assert encoded(read_document(SourceFile(path, text.encode()), "milestone")) is None
    for _ in range(2):
        assert result(root, cache=True, jobs=jobs) == cold


def test_a_number_without_end_is_kept() -> None:
    document = read_document(SourceFile("a.md", b"---\nkey: 1e999\nother: 1.0\n---\n# A\n"), "milestone")
    known = decoded(body_of(ReadDocument(document, OwnFindings((), {}))), ReadDocument)
    assert known is not None
    assert repr(known.document) == repr(document)
