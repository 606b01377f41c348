"""Fingerprints of findings, which do not change if findings move in their file."""

from __future__ import annotations

from collections import Counter

from waku_lint.engine.result import RunResult


def identities(result: RunResult) -> list[str]:
    """A unique fingerprint of 32 hexadecimal digits for each diagnostic.

    It depends on path, code, headings above, covered text, and the number among equal findings: as in the baseline, but
    without the page's title.
    """
    from hashlib import sha256

    seen: Counter[str] = Counter()
    found = []
    for each in result.diagnostics:
        key = "\0".join((each.path, each.code, *each.context[1:], each.text))
        seen[key] += 1
        found.append(sha256(f"{key}\0{seen[key]}".encode("utf-8", "surrogatepass")).hexdigest()[:32])
    return found
