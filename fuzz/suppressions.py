"""Bytes as what a comment to us says, in Markdown and YAML."""

from __future__ import annotations

from fuzz.run import FORM, PAGE, fuzz, lint


def target(data: bytes) -> None:
    """At a line's end, on a line of its own, and in front matter."""
    comment = b"waku-lint:" + data
    page = b"---\ntags: # " + comment + b"\n---\n\n# Relay <!--" + comment + b"-->\n\n<!-- " + comment + b" -->\n\n"
    lint({PAGE: page + b"**Estimated date of completion**: 31 Aug\n", FORM: b"name: a # " + comment + b"\n"})


if __name__ == "__main__":
    fuzz(target)
