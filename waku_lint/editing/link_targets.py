"""How a link is written after a file has moved, so that it leads where it led, in the manner it had."""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import relpath
from typing import Final
from urllib.parse import quote, unquote

from msgspec import Struct

from waku_lint.project.links import Tree
from waku_lint.regexes import lazy

_ENDINGS: Final = ("", ".md", "/index.md")  # what a site lets a target leave out
# What would end a target, begin a fragment, or be read as markup or as a cell's end.
_UNSAFE: Final = lazy(r"[\s\x00-\x1f\x7f%#?()<>\[\]{}\"'`\\|&^]")
_UNSAFE_ANGLED: Final = lazy(r"[\r\n\t\x00-\x1f\x7f%#?<>`\\|&]")
_UNSAFE_WIKI: Final = lazy(r"[\r\n\[\]|#?\\%]")


class Move(Struct, frozen=True):
    """A file that gets another path: the project's files `before` and `after`."""

    before: Tree
    after: Tree
    old: str
    new: str

    def path(self, path: str) -> str:
        """Where the file or folder at `path` is after the move."""
        return self.new if path == self.old else path

    def leads_to(self, value: str, source: str, *, wiki: bool = False) -> str | None:
        """Where a link of the file `source` must lead after the move; None for one that leads nowhere now.

        A link that leads nowhere and, as it is told, may mean the file that moves, is taken to mean it.
        """
        if wiki and not self.before.in_site(source):
            return None
        found = self.before.locate(value, source)
        if found is None and self.before.suggest(value, source) == self.old:
            found = self.old
        return self.path(found) if found is not None else None

    def leads(self, value: str, source: str, goal: str, *, wiki: bool = False) -> bool:
        """Whether it does so, written as `value`."""
        source = self.path(source)
        return self.after.locate(value, source) == goal and (not wiki or self.after.in_site(source))

    def target(self, written: str, source: str, goal: str, *, wiki: bool = False, angled: bool = False) -> str | None:
        """What to write in place of `written`; None where no link of its form can lead to `goal`."""
        place = re.split(r"[#?]", written, maxsplit=1)[0]
        rest = written[len(place) :]
        for path in self._candidates(unquote(place), source, goal):
            if wiki:
                candidate = None if _UNSAFE_WIKI.search(path) else path
            elif "%" in place and not place.isascii():
                candidate = quote(path)
            else:
                unsafe = _UNSAFE_ANGLED if angled else _UNSAFE
                candidate = unsafe.sub(lambda match: quote(match.group(), safe=""), path)
            if candidate and self.leads(candidate + rest, source, goal, wiki=wiki):
                return candidate + rest
        return None

    def _candidates(self, place: str, source: str, goal: str) -> Iterator[str]:
        """Paths to try: in the manner of `place`, then at full length, from the file, from the root."""
        was = self.old if goal == self.new else goal
        manner, ending = self._manner(place, was, source)
        if not goal.endswith(ending):
            ending = ".md" if goal.endswith(".md") else ""
        ways = dict(_ways(self.after, goal, self.path(source)))
        longer = [name for name in ways if name.startswith("last")]
        # A name that is taken needs its folder as well.
        order = [manner, *(longer[longer.index(manner) + 1 :] if manner in longer else ()), "file", "root"]
        lead = "./" if place.startswith("./") else ""
        slash = "/" if place.endswith("/") else ""
        for end, tail in ((ending, slash), ("", "")):
            for way in (ways[name] for name in order if name in ways):
                path = way.removesuffix(end)
                path += tail if not path.endswith("/") else ""
                yield path if path.startswith(("/", "..")) or way == "." else lead + path

    def _manner(self, place: str, path: str, source: str) -> tuple[str, str]:
        """In which way `place` names `path`, and which ending it leaves out."""
        body = place.removeprefix("./")
        body = (body.rstrip("/") or body[:1]) or "."
        endings = [ending for ending in _ENDINGS if path.endswith(ending)]
        for ending in endings:
            for name, way in _ways(self.before, path, source):
                if way.endswith(ending) and way.removesuffix(ending) == body:
                    return name, ending
        shortened = next((each for each in endings if f"/{path.removesuffix(each)}".endswith(f"/{_name(body)}")), "")
        return "root" if place.startswith("/") else "file", shortened


def _ways(tree: Tree, path: str, source: str) -> Iterator[tuple[str, str]]:
    """The ways in which a file can name another: from itself, from the root, from its site, by the path's end."""
    site = tree.site(source)
    below = path.removeprefix(f"{site}/") if site else path
    yield "file", relpath(path or ".", source.rpartition("/")[0] or ".")
    yield "root", f"/{below}"
    if site:
        yield "site", below
        parts = below.split("/")
        for count in range(1, len(parts) + 1):
            yield f"last {count}", "/".join(parts[-count:])


def _name(path: str) -> str:
    return path.rpartition("/")[2]
