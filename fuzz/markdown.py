"""Bytes as a milestone page, a feature file and an index: parsed, extracted, checked, reported in every format."""

from __future__ import annotations

from fuzz.run import fuzz, lint, report

PATHS = ("draft-roadmap/relay.md", "FURPS/core/relay.md", "draft-roadmap/README.md", "FURPS/README.md")


def target(data: bytes) -> None:
    """The first byte chooses the kind."""
    if data:
        report(lint({PATHS[data[0] % len(PATHS)]: data[1:]}))


if __name__ == "__main__":
    fuzz(target)
