"""Rules of others, from files and packages: loaded, told apart, and held to their contract."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from functools import partial
from importlib import metadata
from importlib.metadata import MetadataPathFinder
from pathlib import Path

import pytest

from tests.command import Done, start
from tests.command import run as command_line
from tests.conftest import CHECKOUT
from waku_lint.cli.options import FORMATS
from waku_lint.config.config import parse
from waku_lint.engine import pipeline
from waku_lint.engine.document_cache import RunStore
from waku_lint.engine.result import RunResult
from waku_lint.errors import CannotRun, ConfigError
from waku_lint.files.installation import installation_key
from waku_lint.files.source import SourceFile
from waku_lint.reporters import reporter
from waku_lint.reporters.context import Context
from waku_lint.rules import registry
from waku_lint.rules.base import Rule
from waku_lint.rules.plugins import packages
from waku_lint.rules.plugins.contract import ContractError, rules_of
from waku_lint.rules.registry import Registry
from waku_lint.testing import lint

PAGE = "draft-roadmap/relay.md"
MODULE = '''"""A milestone is called Relay.

It is."""
from waku_lint.documents.model import Milestone
from waku_lint.rules.base import Example, Finding, Rule, Span


def check(milestone, ctx):
    {body}


RULE = Rule(
    code="{code}", name="{name}", doc=__doc__, remedy="Call it Relay.", applies_to=Milestone, check=check,
    examples=(Example("# Relay\\n"), Example("# Store\\n", reports=("Store",))),
)
RULES = (RULE,)
'''
BODY = 'if milestone.title and milestone.title.value != "Relay":\n        yield Finding(milestone.anchor, "not Relay")'


def module(body: str = BODY, code: str = "OWN002", name: str = "is-relay") -> str:
    return MODULE.format(body=body, code=code, name=name)


def project(root: Path, **files: str) -> Path:
    for path, text in {PAGE: "# Store\n", ".waku-lint.yaml": "local-rules: lint/rules.py\n", **files}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return root


def run(root: Path, *arguments: str, **environment: str) -> Done:
    """Call the command line; a package is installed for a process of its own only."""
    call = start if environment else command_line
    return call(*arguments, "--root", str(root), cwd=root, env=environment)


def package(folder: Path, text: str, name: str = "own_rules", value: str = "own_rules:RULES") -> str:
    """Install a module with an entry point as pip does; the folder for PYTHONPATH."""
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.py").write_text(text)
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir(exist_ok=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name.replace('_', '-')}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[waku_lint.rules]\nown = {value}\n")
    return str(folder)


# Local rules


def test_a_local_rule_runs_only_where_it_is_allowed_and_is_never_left_out_silently(tmp_path: Path) -> None:
    project(tmp_path, **{"lint/rules.py": module()})
    allowed = run(tmp_path, "check", "--select", "OWN002", "--allow-local-rules")
    assert "draft-roadmap/relay.md:1:3: error OWN002 is-relay: not Relay" in allowed.stdout
    assert (allowed.returncode, allowed.stderr) == (1, "")
    for command in (["check"], ["hook"], ["fix", "--check"], ["rules"], ["config"], ["why", PAGE], ["rule", "test"]):
        done = run(tmp_path, *command)
        assert "the rules of lint/rules.py are left out; --allow-local-rules runs them" in done.stderr, command
        assert "OWN002" not in done.stdout


def test_a_file_that_is_not_allowed_is_not_run(tmp_path: Path) -> None:
    project(tmp_path, **{"lint/rules.py": 'raise SystemExit("run")\n'})
    assert run(tmp_path, "check").returncode == 1
    assert "lint/rules.py are left out" in command_line("hook", cwd=tmp_path).stderr
    done = run(tmp_path, "check", "--allow-local-rules")
    assert (done.returncode, done.stderr) == (
        2,
        "error: lint/rules.py:1:1: SystemExit: run (named at .waku-lint.yaml:1:14)\n",
    )


def test_a_slip_in_the_name_of_one_of_our_rules_is_none_that_is_left_out() -> None:
    files = {"lint/rules.py": module(), PAGE: "# Store\n"}
    for name in ("deliverable-owner-cuont", "WL3055"):
        settings = parse("x", f"local-rules: lint/rules.py\nrules: {{{name}: off}}")
        known = registry.load(settings, Path(), lambda path: files[path].encode())
        with pytest.raises(ConfigError, match=f"unknown rule '{name}'; .*--allow-local-rules runs them"):
            known.active(settings)


def test_what_a_package_that_is_missing_has_found_stays_in_the_baseline(tmp_path: Path) -> None:
    project(tmp_path, **{".waku-lint.yaml": ""})
    path = package(tmp_path / "site", module())
    assert run(tmp_path, "baseline", PYTHONPATH=path).returncode == 0
    assert run(tmp_path, "check", "--strict").returncode == 0
    pruned = run(tmp_path, "baseline", "--prune")
    assert ", 0 removed" in pruned.stdout
    assert run(tmp_path, "check", "--strict", PYTHONPATH=path).returncode == 0


def test_findings_of_a_kind_of_ones_own_can_be_asked_for(tmp_path: Path) -> None:
    project(tmp_path, **{".waku-lint.yaml": "kinds: {adr: {paths: adr/*.md}}\n", "adr/1.md": "# A\n\n[x]()\n"})
    done = run(tmp_path, "check", "--kind", "adr")
    assert "adr/1.md:3:1: error WL106" in done.stdout
    assert PAGE not in done.stdout
    assert "unknown kind 'ard'; known: milestone, " in run(tmp_path, "check", "--kind", "ard").stderr


def test_what_names_a_rule_that_is_left_out_is_taken_for_right(tmp_path: Path) -> None:
    comment = '<!-- waku-lint: disable-file=OWN002 reason="an old name" -->\n'
    settings = "local-rules: lint/rules.py\nrules: {is-relay: {severity: error}}\n"
    project(tmp_path, **{"lint/rules.py": module(), PAGE: f"# Store\n\n{comment}", ".waku-lint.yaml": settings})
    left_out = run(tmp_path, "check", "--format", "json")
    codes = {each["code"] for each in json.loads(left_out.stdout)["diagnostics"]}
    assert not codes & {"WL008", "WL009"}
    allowed = run(tmp_path, "check", "--format", "json", "--allow-local-rules")
    assert {each["code"] for each in json.loads(allowed.stdout)["diagnostics"]} == codes
    assert run(tmp_path, "check", "--select", "OWN002").returncode == 2


def test_the_baseline_keeps_what_rules_that_are_left_out_have_found(tmp_path: Path) -> None:
    project(tmp_path, **{"lint/rules.py": module()})
    refused = run(tmp_path, "baseline")
    assert refused.returncode == 2
    assert "a baseline needs every rule" in refused.stderr
    assert run(tmp_path, "baseline", "--allow-local-rules").returncode == 0
    for more in ([], ["--allow-local-rules"]):
        done = run(tmp_path, "check", "--strict", *more)
        assert (done.returncode, "stale" in done.stdout) == (0, False), done.stdout


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("RULES = 1/0\n", "lint/rules.py:1:1: ZeroDivisionError: division by zero"),
        ("\ndef f(:\n", "lint/rules.py:2:7: invalid syntax"),
        ("import nowhere_to_be_found\n", "lint/rules.py:1:1: ModuleNotFoundError: No module named"),
        ("RULE = 1\n", "lint/rules.py: RULES is a NoneType; expected a tuple of rules: `RULES = (RULE,)`"),
        ("RULES = [1]\n", "RULES[0] is an int; expected a Rule"),
        (module(code="WL999"), "rule 'WL999': a code is two to eight capital letters and three digits"),
        (module(code="OWN001", name="Is Relay"), "the name 'Is Relay' is not of the form `risk-owner-missing`"),
        (module(name="furps-drift"), "rule OWN002 furps-drift: furps-drift is taken by WL425 furps-drift"),
        (
            module().replace("applies_to=Milestone", "applies_to=str"),
            "`applies_to` is no record of waku_lint.documents.model",
        ),
        (module().replace("check=check,", ""), "`check` is missing"),
        (module().replace("doc=__doc__", "doc=''"), "`doc` is empty"),
        (module().replace("remedy=", "severity='bad', remedy="), "`severity` is 'bad'"),
        (module().replace("remedy=", "options=(1,), remedy="), "`options` is no tuple of Option"),
        (module().replace("examples=(", "examples=[").replace("),\n)", "],\n)"), "`examples` is no tuple of Example"),
        (module().replace('"# Relay\\n")', '"# Relay\\n", preset="wku")'), "an example names the preset 'wku'"),
    ],
)
def test_a_file_that_is_no_rules_is_told_with_its_place(text: str, expected: str) -> None:
    files = {".waku-lint.yaml": "local-rules: lint/rules.py\n", "lint/rules.py": text, PAGE: "# Store\n"}
    with pytest.raises(ConfigError) as error:
        lint(files)
    assert expected in str(error.value)


def test_a_file_that_is_not_there_is_told_where_it_is_named() -> None:
    with pytest.raises(ConfigError, match=r"\.waku-lint\.yaml:1:15: there is no file 'lint/rules\.py'"):
        lint({".waku-lint.yaml": "local-rules: [lint/rules.py]\n"})


@pytest.mark.parametrize(
    ("option", "expected"),
    [
        ('Option("severity", 1, "", {})', "the option 'severity' is there twice, or taken by every rule"),
        ('Option("most", 1, "", {}), Option("most", 1, "", {})', "the option 'most' is there twice"),
        ('Option("most", 1, "", {"type": 7})', "option 'most': not a JSON Schema"),
        ('Option("most", "x", "", {"type": "integer"})', "option 'most': its default is not what its schema wants"),
    ],
)
def test_options_are_sound(option: str, expected: str) -> None:
    text = (
        module().replace("import Example", "import Option, Example").replace("remedy=", f"options=({option},), remedy=")
    )
    scope: dict[str, object] = {}
    exec(text, scope)
    with pytest.raises(ContractError) as error:
        rules_of(scope["RULES"])
    assert expected in str(error.value)


def test_at_a_commit_the_rules_that_are_committed_run(tmp_path: Path) -> None:
    project(tmp_path, **{"lint/rules.py": module()})
    for command in (["init", "-q"], ["add", "."]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    (tmp_path / "lint" / "rules.py").write_text("not Python at all")
    done = run(tmp_path, "check", "--source", "index", "--select", "OWN002", "--allow-local-rules")
    assert "OWN002 is-relay: not Relay" in done.stdout


# Packages


def test_a_packages_rules_are_there_once_it_is_installed(tmp_path: Path) -> None:
    project(tmp_path, **{".waku-lint.yaml": "rules: {OWN002: warning}\n"})
    path = package(tmp_path / "site", module())
    listed = run(tmp_path, "rules", PYTHONPATH=path)
    assert "OWN002  is-relay" in listed.stdout
    assert "(package own-rules 1.0 (own_rules:RULES))" in listed.stdout
    found = run(tmp_path, "check", "--select", "OWN002", PYTHONPATH=path)
    assert "warning OWN002 is-relay: not Relay" in found.stdout
    assert "# Store" in run(tmp_path, "explain", "is-relay", PYTHONPATH=path).stdout
    tested = run(tmp_path, "rule", "test", PYTHONPATH=path)
    assert tested.stdout.endswith("2 examples, passed\n1 rule passed\n")


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("import nowhere", "own_rules:RULES", "cannot be loaded: ModuleNotFoundError: No module named 'nowhere'"),
        ("raise SystemExit(0)", "own_rules:RULES", "cannot be loaded: SystemExit: 0"),
        ("", "own_rules:RULES", "cannot be loaded: AttributeError"),
        ("RULES = 1", "own_rules:RULES", "RULES is an int; expected a tuple of rules"),
        (module(code="WL425"), "own_rules:RULES", "rule 'WL425': a code is two to eight capital letters"),
        (module(name="furps-drift"), "own_rules:RULES", "furps-drift is taken by WL425 furps-drift"),
    ],
)
def test_a_package_that_is_not_what_it_says_is_named(tmp_path: Path, text: str, value: str, expected: str) -> None:
    project(tmp_path, **{".waku-lint.yaml": ""})
    done = run(tmp_path, "check", PYTHONPATH=package(tmp_path / "site", text, value=value))
    assert done.returncode == 2
    assert done.stderr.startswith("error: package own-rules 1.0 (own_rules:RULES): ")
    assert expected in done.stderr


def test_two_packages_with_one_code_are_refused(tmp_path: Path) -> None:
    project(tmp_path, **{".waku-lint.yaml": ""})
    package(tmp_path / "site", module(), "a_rules", "a_rules:RULES")
    path = package(tmp_path / "site", module(name="other"), "b_rules", "b_rules:RULES")
    done = run(tmp_path, "check", PYTHONPATH=path)
    assert "package b-rules 1.0 (b_rules:RULES): rule OWN002 other: OWN002 is taken by OWN002 is-relay" in done.stderr


# One finding, three tiers


def test_a_finding_of_the_three_tiers_is_the_same_but_for_its_code_in_every_format() -> None:
    shape = {
        "properties": {"title": {"const": "Relay"}},
        "x-rule": {
            "code": "OWN001",
            "name": "is-relay",
            "message": "not Relay",
            "doc": "A milestone is called Relay.\n\nIt is.",
            "remedy": "Call it Relay.",
            "examples": [{"text": "# Relay\n"}, {"text": "# Store\n", "reports": ["Store"]}],
        },
    }
    files = {"own.json": json.dumps(shape), "lint/rules.py": module()}
    scope: dict[str, tuple[Rule, ...]] = {}
    exec(module(code="OWN003"), scope)
    runs = (
        result("kinds: {milestone: {schema: own.json}}", files),
        result("local-rules: lint/rules.py", files),
        result("", files, scope["RULES"]),
    )
    for form in FORMATS:
        report = reporter(form)
        texts = {
            report(found, Context(rules=partial(getattr, known, "rules"))).replace(f"OWN00{at}", "OWN")
            for at, (found, known) in enumerate(runs, 1)
        }
        if form in ("sarif", "gitlab"):  # what identifies a finding has its code in it
            texts = {_without_fingerprints(text) for text in texts}
        assert len(texts) == 1, form


def result(config: str, files: dict[str, str], installed: tuple[Rule, ...] = ()) -> tuple[RunResult, Registry]:
    """What the project's own rule finds, and all rules."""
    settings = parse("x", config)
    known = registry.load(
        settings,
        Path(),
        lambda path: files[path].encode(),
        allow_local=True,
        installed=lambda: ((rule, "tests") for rule in installed),
    )
    sources = [SourceFile(PAGE, b"# Store\n")]
    return pipeline.run(sources, settings, known, known.active(settings, select=["is-relay"])), known


def _without_fingerprints(text: str) -> str:
    def clean(node: object) -> object:
        if isinstance(node, list):
            return [clean(each) for each in node]
        if isinstance(node, dict):
            return {key: clean(each) for key, each in node.items() if "fingerprint" not in key.casefold()}
        return node

    return json.dumps(clean(json.loads(text)))


# Plugins that do what no rule may


FORBIDDEN = (
    ('raise KeyError("oops")\n    yield', "KeyError: 'oops'"),
    ("raise SystemExit(0)\n    yield", "stopped: it raises SystemExit"),
    ("raise GeneratorExit\n    yield", "stopped: it raises GeneratorExit"),
    ("while True: pass\n    yield", "stopped: it did not end within 0.5 s"),
    ("import time; time.sleep(1e6)\n    yield", "stopped: it did not end within 0.5 s"),
    ('import re; re.match("(a+)+$", "a" * 60 + "b")\n    yield', "stopped: it did not end within 0.5 s"),
    ('while True: yield Finding(milestone.anchor, "again")', "stopped: it yields more than 10,000 findings"),
    ('yield Finding(Span(0, 10**6), "far")', "yields a finding at 0-1000000, outside the text of 8 characters"),
    ('yield Finding(Span(5, 2), "backwards")', "yields a finding at 5-2, outside the text"),
    ('yield Finding((0, 1), "no span")', "yields a finding at (0, 1); expected a Span"),
    ('yield "a text"', "yields 'a text'; expected a Finding"),
    ('yield Finding(milestone.anchor, "")', "yields a finding without a message"),
    ('yield Finding(milestone.anchor, "odd", severity="bad")', "yields a finding of the severity 'bad'"),
    ('open("stolen", "w").write("x")\n    yield', "opens 'stolen' to write"),
    ("try: open('stolen', 'w')\n    except OSError: pass\n    return\n    yield", "opens 'stolen' to write"),
    ("from pathlib import Path; Path('draft-roadmap/relay.md').unlink()\n    yield", "calls os.remove"),
    ("import socket; socket.socket()\n    yield", "calls socket.__new__"),
    ("import subprocess; subprocess.run(['touch', 'stolen'])\n    yield", "calls subprocess.Popen"),
    ("import os; os.system('touch stolen')\n    yield", "calls os.system"),
    ("return 7", "'int' object is not iterable"),
)


def test_rules_that_do_what_they_must_not_are_stopped_and_named(tmp_path: Path) -> None:
    project(tmp_path, **{".waku-lint.yaml": ""})
    site, entries = tmp_path / "site", []
    for at, (body, _) in enumerate(FORBIDDEN):
        entries.append(f"rule{at} = own_rules_{at}:RULES")
        package(site, module(body, f"OWN{at:03}", f"own-{at}"), f"own_rules_{at}", f"own_rules_{at}:RULES")
    slow = "import waku_lint.rules.plugins.sandbox as guard\nguard.SECONDS = 0.5\nRULES = ()"
    done = run(tmp_path, "check", "--select", "OWN,WL201", PYTHONPATH=package(site, slow))
    assert done.returncode == 3, done.stderr
    told = dict(
        re.findall(r"internal error: OWN(\d+) own-\d+ of package own-rules-\d+ 1\.0 .* on \S+: (.*)", done.stderr)
    )
    for at, (_, expected) in enumerate(FORBIDDEN):
        assert expected in told.get(f"{at:03}", ""), (at, done.stderr)
    assert len(done.stderr.splitlines()) == len(FORBIDDEN)
    assert "WL201" in done.stdout, "the others are still reported"
    assert not (tmp_path / "stolen").exists()
    assert (tmp_path / PAGE).exists()


def test_a_rule_that_cannot_be_stopped_ends_the_run_and_is_named(tmp_path: Path) -> None:
    project(tmp_path, **{".waku-lint.yaml": ""})
    body = (
        "def again():\n        try:\n            while True: sum(range(100000))\n"
        "        except BaseException: again()\n    again()\n    yield"
    )
    path = package(
        tmp_path / "site", f"{module(body)}\nimport waku_lint.rules.plugins.sandbox as guard\nguard.SECONDS = 0.5"
    )
    done = run(tmp_path, "check", PYTHONPATH=path)
    assert done.returncode == 3
    assert "OWN002 is-relay on draft-roadmap/relay.md does not end and cannot be stopped" in done.stderr


def test_what_a_rule_prints_is_no_part_of_the_report(tmp_path: Path) -> None:
    project(tmp_path, **{".waku-lint.yaml": ""})
    path = package(tmp_path / "site", module('print("seen")\n    return\n    yield'))
    done = run(tmp_path, "check", "--format", "json", "--select", "OWN002", PYTHONPATH=path)
    assert json.loads(done.stdout)["diagnostics"] == []
    assert "seen" in done.stderr


# The package that the documentation walks through


def test_the_example_package_is_installed_and_found(tmp_path: Path) -> None:
    site = tmp_path / "site"
    source = CHECKOUT / "examples" / "waku-lint-workload"
    command = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps"]
    done = subprocess.run([*command, "--target", str(site), str(source)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    page = "# Relay\n\n## Deliverables\n" + "".join(f"\n### Part {at}\n\n**Owner**: nwaku\n" for at in range(4))
    project(tmp_path / "plan", **{".waku-lint.yaml": "rules: {owner-workload: {most: 2}}\n", PAGE: page})
    found = run(tmp_path / "plan", "check", "--select", "LOAD001", PYTHONPATH=str(site))
    assert "draft-roadmap/relay.md:15:12: error LOAD001 owner-workload: nwaku has 4 open deliverables" in found.stdout
    assert "2 errors" in found.stdout
    tests = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(source / "tests")],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(site)},
    )
    assert tests.returncode == 0, tests.stdout


def test_no_rule_is_watched_but_those_of_others() -> None:
    known = registry.load(parse("x", ""), Path())
    assert not [rule.code for rule in known.rules if known.source(rule.code).foreign]
    with pytest.raises(CannotRun, match="is taken by WL707"):
        registry.load(parse("x", ""), Path(), installed=lambda: [(known.rules[-1], "tests")])


def test_that_no_package_has_rules_is_asked_once_for_an_installation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = RunStore()
    asked: list[str] = []

    def entry_points(*, group: str) -> list[metadata.EntryPoint]:
        asked.append(group)
        return []

    with monkeypatch.context() as patched:
        patched.setattr(metadata, "entry_points", entry_points)
        for _ in range(2):
            assert list(packages.package_rules(cache)) == []
        assert asked == [packages.GROUP]
        assert list(packages.package_rules()) == []
        assert len(asked) == 2
        patched.setattr(sys, "meta_path", [*sys.meta_path, MetadataPathFinder()])
        assert list(packages.package_rules(cache)) == []
        assert len(asked) == 3  # it may find packages that the key does not cover
    before = installation_key.__wrapped__()
    package(tmp_path / "with", module())
    monkeypatch.syspath_prepend(tmp_path / "with")
    assert installation_key.__wrapped__() != before
    monkeypatch.setattr(packages, "installation_key", installation_key.__wrapped__)
    for _ in range(2):
        assert [rule.code for rule, _ in packages.package_rules(cache)] == ["OWN002"]
