"""What a finding is known by from run to run, wherever it has moved in its file."""

from __future__ import annotations

from collections import Counter

from waku_lint.engine.result import RunResult


def identities(result: RunResult) -> list[str]:
    """For each diagnostic 32 hexadecimal digits, no two of them alike.

    They are made of path, code, the headings above, what is covered, and which of several such it is: as in the
    baseline, but for the page's title.
    """
    from hashlib import sha256

    seen: Counter[str] = Counter()
    found = []
    for each in result.diagnostics:
        key = "\0".join((each.path, each.code, *each.context[1:], each.text))
        seen[key] += 1
        found.append(sha256(f"{key}\0{seen[key]}".encode("utf-8", "surrogatepass")).hexdigest()[:32])
    return found
