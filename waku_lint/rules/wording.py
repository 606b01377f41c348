"""The language that several rules share: placeholders, names, and how messages list and shorten texts.

It is not part of the public API.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from waku_lint.config.file import folded
from waku_lint.regexes import lazy

# Kinds of documents that consist of placeholders: whoever files an issue fills them in.
TEMPLATES: Final = frozenset({"issue-template", "issue-form"})
# The items of a deliverable's checklist.
CHECKLIST: Final = ("Specs", "Code", "Dogfood", "Docs")
# The headings of a feature file by the letter of their category, in order.
FURPS_SECTIONS: Final = {
    "F": "Functionality",
    "U": "Usability",
    "R": "Reliability",
    "P": "Performance",
    "S": "Supportability",
    "+": "+ (Privacy, Anonymity, Censorship-Resistance, Deployments)",
}

# Not in TeX, paths or sets: `\\frac{1}{q}`, `/users/{id}`, `{a, b}`.
_BRACES: Final = lazy(r"(?<![\\${}\w/=:])\{\s?[A-Za-z][^{}\n|\\]{2,100}\}(?![\w/{}])")
_ANGLES: Final = lazy(r"(?<![\w<\\=])<[A-Za-z][^<>\n]{1,100}(?<![\s=-])>(?!\s*\d)")
_SET: Final = lazy(r"\{\s*\w+(?:\s*,\s*\w+)+\s*\}|\{\s*\w+\s*[:=]|\{\w+ in [A-Z]\}")
_TARGET: Final = lazy(r"\{[^{}]*\}|<[^<>]*>|todo|tbd|url|link|github link|xxx+", re.IGNORECASE)
_WORD: Final = lazy(r"[^\W_]+")


def placeholders(text: str) -> Iterator[re.Match[str]]:
    """Every `{placeholder}` and `<placeholder>`; an address, a set, a label or an object is not one."""
    for pattern in (_BRACES, _ANGLES):
        yield from (match for match in pattern.finditer(text) if _is_to_fill_in(match.group()))


def is_placeholder(text: str) -> bool:
    """Whether a value starts with a placeholder, which WL103 reports."""
    return any((match := pattern.match(text)) and _is_to_fill_in(match.group()) for pattern in (_BRACES, _ANGLES))


def is_target_placeholder(target: str) -> bool:
    """Whether a link's target is a placeholder, which WL103 reports."""
    return _TARGET.fullmatch(target) is not None


def _is_to_fill_in(text: str) -> bool:
    return "://" not in text and "@" not in text and _SET.match(text) is None


def words(text: str, without: Collection[str] = ()) -> list[str]:
    """The words and numbers of a text in lower case, except those of `without`."""
    return [word for word in _WORD.findall(text.casefold()) if word not in without]


def any_word(among: Sequence[str]) -> re.Pattern[str]:
    """A pattern for any of these words as a whole; `test*` matches every word that begins with `test`."""
    each = "|".join(re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for word in among)
    return re.compile(rf"(?<!\w)(?:{each})(?!\w)", re.IGNORECASE)


def stem(item: str) -> str:
    """What every form of the word begins with: `doc` for Docs, `dogfood` for Dogfooding."""
    word = item.casefold()
    return word.removesuffix("ing").removesuffix("s") if len(word) > 3 else word


def teams_by_name(teams: Mapping[str, tuple[str, ...]]) -> Mapping[str, str]:
    """The team by its name and each of its aliases, in lower case."""
    return {folded(name): team for team, aliases in teams.items() for name in (team, *aliases)}


def names_several(owner: str, teams: Collection[str]) -> bool:
    """Whether an owner is several known teams with `/` between them; `teams` are names in lower case."""
    return "/" in owner and all(folded(part) in teams for part in owner.split("/"))


def listed(names: Sequence[str]) -> str:
    """`` `a`, `b` and `c` ``."""
    quoted = [f"`{name}`" for name in names]
    return " and ".join(filter(None, (", ".join(quoted[:-1]), quoted[-1])))


def shortened(text: str, length: int = 40) -> str:
    """The text in at most `length` characters; `...` stands for the rest."""
    return text if len(text) <= length else f"{text[: length - 3]}..."
