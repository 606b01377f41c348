"""A feature file has all sections of FURPS, an empty one where there is nothing to state.

A section that is not there may have been forgotten; an empty one says that nobody forgot it. A
heading that is misspelled is read as no section, and its statements have no ids.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Final

from waku_lint.documents.model import FurpsSet
from waku_lint.positions import line_end
from waku_lint.project.facts import LETTERS
from waku_lint.regexes import lazy
from waku_lint.rules.base import Document, Edit, Examples, Finding, Fix, Option, Rule, RuleContext, Severity, Span
from waku_lint.rules.wording import FURPS_SECTIONS

_WORDS: Final = {
    **{name.casefold(): letter for letter, name in FURPS_SECTIONS.items() if letter != "+"},
    "plus": "+",
    "privacy": "+",
}
_HASHES: Final = lazy(r"(#{1,6})[ \t]*")
# What is code or a comment down to its end, or to that of the text.
_OPAQUE: Final = lazy(
    r"^ {0,3}(?P<fence>`{3,}(?=[^`\n]*$)|~{3,}).*?(?:^ {0,3}(?P=fence)[`~]*[ \t]*$|(?P<open>\Z))"
    r"|^ {0,3}<!--.*?(?:-->|(?P<comment>\Z))"
    r"|^ {0,3}<(?P<tag>pre|script|style|textarea)\b.*?(?:</(?P=tag)>|(?P<html>\Z))",
    re.MULTILINE | re.DOTALL | re.IGNORECASE,
)
_BOLD: Final = lazy(r"(\*\*|__)([A-Za-z]+):?\1:?")


def check(furps: FurpsSet, ctx: RuleContext) -> Iterator[Finding]:
    there = {category.letter for category in furps.categories}
    missing = [letter for letter in LETTERS if letter in ctx.options["sections"] and letter not in there]
    for letter, span, heading in _misnamed(furps, ctx.document) if missing else ():
        if letter in missing:
            missing.remove(letter)
            yield Finding(span, f"`{heading}` begins no FURPS section; did you mean a heading `{_name(letter)}`?")
    if missing:
        names = ", ".join(f"`{_name(letter)}`" for letter in missing)
        yield Finding(furps.anchor, f"feature file has no section {names}", _fix(furps, missing, ctx.document.text))


def _name(letter: str) -> str:
    return "+ (Privacy, ...)" if letter == "+" else FURPS_SECTIONS[letter]


def _misnamed(furps: FurpsSet, document: Document) -> Iterator[tuple[str, Span, str]]:
    """Headings of the sections' level, and bold lines, that begin with a section's name or almost with one."""
    known = [furps.anchor.start, *(category.anchor.start for category in furps.categories)]
    level = _hashes(furps, document.text)
    for prose in document.prose:
        place, word = prose.span.start, ""
        if prose.where == "heading":
            hashes = _HASHES.match(prose.value)
            if hashes and level in (None, hashes.group(1)):
                place += hashes.end()
                first = re.match(r"[*_]*([A-Za-z]+)", prose.value[hashes.end() :])
                word = first.group(1) if first else ""
        elif bold := _BOLD.fullmatch(prose.value.strip()):
            word = bold.group(2)
        near = get_close_matches(word.casefold(), _WORDS, n=1, cutoff=0.85)
        if near and not any(prose.span.start <= start < prose.span.end for start in known):
            yield _WORDS[near[0]], Span(place, prose.span.end), document.text[place : prose.span.end]


def _hashes(furps: FurpsSet, text: str) -> str | None:
    """The `##` of the sections; None where there are none."""
    found = _HASHES.match(text, furps.categories[0].span.start) if furps.categories else None
    return found.group(1) if found else None


def _fix(furps: FurpsSet, missing: list[str], text: str) -> Fix | None:
    """Put each heading before the section it precedes, or after all.

    None where these have no order, and where what is added at the end would be code or a comment.
    """
    hashes = _hashes(furps, text)
    places = [LETTERS.index(category.letter) for category in furps.categories]
    if hashes is None or places != sorted(places):
        return None
    end = line_end(text)
    edits: dict[int, str] = {}
    for letter in missing:
        heading = f"{hashes} {FURPS_SECTIONS[letter]}"
        after = next((each for each in furps.categories if LETTERS.index(each.letter) > LETTERS.index(letter)), None)
        if after is not None:
            edits[after.span.start] = f"{edits.get(after.span.start, '')}{heading}{end}{end}"
        elif _is_open(text):
            return None
        else:
            last = furps.categories[-1].span.end
            edits[last] = f"{edits.get(last, '')}{end}{end}{heading}"
    return Fix(tuple(Edit(Span(at, at), added) for at, added in edits.items()), safe=True)


def _is_open(text: str) -> bool:
    """Whether a fence or a comment is never closed."""
    found = _OPAQUE.finditer(text.replace("\r\n", "\n").replace("\r", "\n"))
    return any(each.lastgroup in ("open", "comment", "html") for each in found)


_FUR = "# Relay FURPS\n\n## Functionality\n\n1. Relays.\n\n## Usability\n\n## Reliability\n\n"
_PLUS = "## + (Privacy, Anonymity, Censorship-Resistance, Deployments)"
_EXAMPLES = Examples(path="FURPS/core/relay.md")

RULE = Rule(
    code="WL402",
    name="furps-section-missing",
    doc=__doc__ or "",
    remedy="Add the heading in its place, and leave it empty if there is nothing to state.",
    severity=Severity.WARNING,
    applies_to=FurpsSet,
    check=check,
    options=(
        Option(
            "sections",
            list(LETTERS),
            "The sections that a feature file has, by their letters.",
            {"type": "array", "items": {"enum": list(LETTERS)}, "uniqueItems": True},
        ),
    ),
    examples=(
        _EXAMPLES.clean(f"{_FUR}## Performance\n\n## Supportability\n\n## + (Privacy)\n\n1. Is private.\n"),
        _EXAMPLES.clean(
            "# Relay\n\n# Functional\n\n# Usability\n\n# Reliability\n\n# Performance\n\n# Supportability\n\n# +\n"
        ),
        _EXAMPLES.clean(f"{_FUR}## Performance\n\n### Sync\n\n1. Is fast.\n\n## Supportability: all\n\n## + Privacy\n"),
        _EXAMPLES.reports(
            f"{_FUR}## Supportability\n\n1. nwaku\n\n{_PLUS}\n",
            "Relay FURPS",
            fixed=f"{_FUR}## Performance\n\n## Supportability\n\n1. nwaku\n\n{_PLUS}\n",
        ),
        _EXAMPLES.reports(
            f"{_FUR}## Performance\n\n1. Is fast.\n",
            "Relay FURPS",
            fixed=f"{_FUR}## Performance\n\n1. Is fast.\n\n## Supportability\n\n{_PLUS}\n",
        ),
        _EXAMPLES.reports(
            f"{_FUR}## Perfomance\n\n1. Is fast.\n\n## Supportability\n\n## Privacy, Deployments\n",
            "Perfomance",
            "Privacy, Deployments",
        ),
        _EXAMPLES.reports(f"{_FUR}**Performance**\n\n1. Is fast.\n\n## Supportability\n\n## +\n", "**Performance**"),
        _EXAMPLES.reports("# Relay FURPS\n\nRelays messages.\n", "Relay FURPS"),
    ),
)
