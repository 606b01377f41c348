"""Bytes as front matter, and as an issue form: both are YAML."""

from __future__ import annotations

from fuzz.run import FORM, PAGE, fuzz, lint

TEMPLATE = ".github/ISSUE_TEMPLATE/task.md"


def target(data: bytes) -> None:
    """Of one YAML all that it can stand in."""
    fenced = b"---\n" + data + b"\n---\n\n# Relay\n"
    lint({PAGE: fenced, TEMPLATE: fenced, FORM: data})


if __name__ == "__main__":
    fuzz(target)
