"""The wheel: built, installed away from the checkout, and put to work there."""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    done = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", str(out), str(CHECKOUT)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = out.glob("*.whl")
    return built


def test_the_wheel_holds_schemas_and_presets_and_nothing_of_the_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for schema in (CHECKOUT / "schemas").glob("*.json"):
        assert f"waku_lint/schemas/{schema.name}" in names
    for preset in (CHECKOUT / "waku_lint" / "config" / "presets").glob("*.yaml"):
        assert f"waku_lint/config/presets/{preset.name}" in names
    assert "waku_lint/py.typed" in names
    assert not [name for name in names if name.startswith(("tests/", "fixtures/", "schemas/"))]


def test_the_installed_wheel_lints_a_roadmap(wheel: Path, tmp_path: Path) -> None:
    """With the dependencies of this environment; that they are all declared, the tests of hooks and action show."""
    venv.create(tmp_path / "venv")
    installed = subprocess.run(
        [sys.executable, "-m", "pip", "--python", str(tmp_path / "venv" / "bin" / "python"), "install", "--quiet",
         "--disable-pip-version-check", "--no-deps", str(wheel)],
        capture_output=True,
        text=True,
    )  # fmt: skip
    assert installed.returncode == 0, installed.stderr
    (package,) = (tmp_path / "venv").rglob("site-packages/waku_lint")
    (package.parent / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    page = tmp_path / "project" / "draft-roadmap" / "relay.md"
    page.parent.mkdir(parents=True)
    page.write_text("# Relay\n\n## Deliverables\n\n- Metrics: F1, G2 (nwaku)\n")
    command = [
        str(tmp_path / "venv" / "bin" / "waku-lint"),
        "check",
        "--format",
        "json",
        "--root",
        str(tmp_path / "project"),
    ]
    done = subprocess.run([*command, str(page)], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    codes = {each["code"] for each in json.loads(done.stdout)["diagnostics"]}
    assert codes == {"WL201", "WL204", "WL205", "WL207", "WL208", "WL301", "WL306"}
