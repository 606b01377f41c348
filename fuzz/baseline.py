"""Bytes as a baseline: what is read is written and read again, and never keeps more quiet than it has entries."""

from __future__ import annotations

from fuzz.run import PAGE, baseline, fuzz, lint
from waku_lint.errors import ConfigError
from waku_lint.session.baseline import Baseline, entry_of

FOUND = lint(
    {PAGE: b"# Relay\n\n**Estimated date of completion**: 31 Aug\n\n## Risks\n\n## Deliverables\n\n### A\n"}
).diagnostics
OWN = baseline.dump(Baseline(tuple(entry_of(each) for each in FOUND)))


def target(data: bytes) -> None:
    """Alone, and below entries that are sound."""
    for text in (data.decode("utf-8", "surrogateescape"), OWN + data.decode("utf-8", "surrogateescape")):
        try:
            read = baseline.parse("known", text)
        except ConfigError:
            continue
        again = baseline.parse("known", baseline.dump(read))
        assert sorted(map(repr, again.entries)) == sorted(map(repr, read.entries)), text
        matched = baseline.match(read.entries, FOUND, [PAGE], {})
        assert len(matched.matched) + len(matched.stale) == len(read.entries), text
        assert len(matched.matched) + len(matched.new) == len(FOUND), text


if __name__ == "__main__":
    fuzz(target)
