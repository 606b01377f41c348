"""The documentation says what is so."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from docs import generate
from tests.conftest import CHECKOUT
from waku_lint.cli.options import FORMATS
from waku_lint.documents.extract import KINDS
from waku_lint.rules import registry

README = (CHECKOUT / "README.md").read_text(encoding="utf-8")


def test_the_rules_page_is_what_the_rules_say() -> None:
    assert (CHECKOUT / "docs" / "rules.md").read_text(encoding="utf-8") == generate.rules_page()


def test_the_output_in_the_readme_is_real() -> None:
    assert generate.with_output(README) == README


def test_the_page_on_configuration_lists_every_kind() -> None:
    page = (CHECKOUT / "docs" / "configuration.md").read_text(encoding="utf-8")
    for kind in KINDS:
        assert f"| `{kind}` |" in page


def test_the_readme_links_existing_files() -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", README):
        assert (CHECKOUT / target).exists(), target


def test_the_picture_of_the_terminal_is_current() -> None:
    pytest.importorskip("pty")
    from docs import terminal

    assert terminal.PICTURE.read_text(encoding="utf-8") == terminal.picture()


def test_the_readme_fits_on_a_few_screens() -> None:
    assert len(README.splitlines()) < 120


def test_the_page_on_formats_lists_every_format() -> None:
    page = (CHECKOUT / "docs" / "formats.md").read_text(encoding="utf-8")
    assert tuple(re.findall(r"^\| \[`(\w+)`\]", page, re.MULTILINE)) == FORMATS
    assert tuple(re.findall(r"^## (\w+)$", page, re.MULTILINE)) == FORMATS


def test_the_configuration_in_the_readme_is_valid() -> None:
    from pathlib import Path

    from waku_lint.config.config import parse

    (text,) = re.findall(r"```yaml\n# \.waku-lint\.yaml\n(.*?)```", README, re.DOTALL)
    config = parse(".waku-lint.yaml", text)
    assert registry.load(config, Path()).active(config)


def test_the_first_command_of_the_readme_lints_the_example() -> None:
    """Without its set-up, which the gate has done: the part from `waku-lint` on."""
    (block,) = re.findall(r"<!-- try -->\n```sh\n(.*?)```", README, re.DOTALL)
    match = re.search(r"\.venv/bin/waku-lint (.+)", block)
    assert match
    done = subprocess.run(
        [sys.executable, "-m", "waku_lint", *match.group(1).split()], cwd=CHECKOUT, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert done.stdout in README


def test_the_changelog_names_every_rule() -> None:
    text = (CHECKOUT / "CHANGELOG.md").read_text(encoding="utf-8")
    named: set[str] = set()
    for first, last in re.findall(r"WL(\d{3})(?:–WL(\d{3}))?", text):
        named |= {f"WL{number:03}" for number in range(int(first), int(last or first) + 1)}
    assert {rule.code for rule in registry.builtin_rules()} <= named


def test_the_page_on_writing_rules_lists_the_keys_of_an_annotation() -> None:
    from waku_lint import schema

    page = (CHECKOUT / "docs" / "authoring.md").read_text(encoding="utf-8")
    for key in schema.builtin("x-rule")["properties"]:
        assert f"`{key}`" in page
