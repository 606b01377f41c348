"""Bytes as a configuration, with another of the project that it may extend."""

from __future__ import annotations

from pathlib import Path

from fuzz.run import fuzz, registry, settings
from waku_lint.config.config import FILE_NAME, load
from waku_lint.errors import ConfigError
from waku_lint.reporters import settings as settings_report


def target(data: bytes) -> None:
    """What is read is shown; what is refused is refused with a place."""
    files = {FILE_NAME: data, "team.yaml": data[::2], "ours.json": data[1::2]}
    try:
        config = load(Path("/nowhere"), reader=files.get)
        rules = registry.load(config, Path("/nowhere"), files.get)
        settings_report.text(settings.settings_of(config, rules))
        rules.active(config)
        config.kind_of("draft-roadmap/relay.md")
    except ConfigError as error:
        assert str(error).startswith(error.path), error


if __name__ == "__main__":
    fuzz(target)
