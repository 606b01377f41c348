"""Links between files: which file of the project a link's target means.

In the repository a target that starts with `/` counts from its root, any other from the file it stands in, as
GitHub shows it. Below a folder that is published as a web site, targets may also count from that
folder, leave `.md` out, and name a page by its last part alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import PurePosixPath
from posixpath import normpath
from typing import Final
from urllib.parse import quote, unquote

from waku_lint.project.queries import Queries, Recorder, digest_of, query
from waku_lint.regexes import lazy

_SCHEME: Final = lazy(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
MAX_SLIPS: Final = 2  # letters by which a name may differ and still be meant
_GENERATED: Final = ("tags/",)  # pages that a site's generator makes


class Tree(Queries):
    """All files of the project by path, whatever their kind, and where links between them lead."""

    def __init__(
        self,
        files: Iterable[str],
        sites: Iterable[str] = (),
        beside: Callable[[str], bool] = lambda _path: False,
        recorder: Recorder | None = None,
    ) -> None:
        """`sites` are the folders that are published as a web site, without a slash at the end.

        `beside` says whether a file that is not one of `files` exists on disk all the same.
        """
        super().__init__(recorder or Recorder())
        self._files = frozenset(files)
        self._beside = beside
        self.sites = tuple(sites)

    @property
    @query(digest=lambda self: digest_of(*sorted(self._files), "", *self.sites))
    def files(self) -> frozenset[str]:
        """The paths of all files."""
        return self._files

    @query
    def beside(self, path: str) -> bool:
        """Whether a file that is not part of the project exists on disk: it is not added to git yet."""
        return self._beside(path)

    @property
    def looked_beside(self) -> tuple[tuple[str, bool], ...]:
        """The paths that `beside` was asked for so far, and its answers."""
        asked = ((question[1], there) for question, there in self._answers.items() if question[0] == "beside")
        return tuple(sorted(asked))

    @query(of_names=True)
    def locate(self, target: str, source: str) -> str | None:
        """The file or folder that `target` means in the file `source`; None where there is none.

        The target must be local (see `is_local`). What stands after `#` or `?` does not count.
        """
        path = unquote(re.split(r"[#?]", target, maxsplit=1)[0])
        if not path:
            return source
        site = self.site(source)
        if site is None:
            found = _join("" if path.startswith("/") else _folder(source), path)
            return found if self._exists(found) else None
        if path.strip("/").startswith(_GENERATED):
            return site
        bases = (site,) if path.startswith("/") else (_folder(source), site)
        for base in bases:
            joined = _join(base, path)
            for found in (joined, f"{joined}.md", f"{joined}/index.md"):
                if found in self._files:
                    return found
            if joined is not None and self._exists(joined):
                return joined
        return self._by_name(path, site)

    def meant(self, target: str, source: str) -> str | None:
        """The path that a target names, be there a file or not; None for one that leads out of the project."""
        path = unquote(re.split(r"[#?]", target, maxsplit=1)[0])
        base = (self.site(source) or "") if path.startswith("/") else _folder(source)
        return _join(base, path)

    @query(of_names=True)
    def suggest(self, target: str, source: str) -> str | None:
        """The file that a target that leads nowhere may mean: in another case, moved, or spelled otherwise."""
        path = unquote(re.split(r"[#?]", target, maxsplit=1)[0])
        wanted = _join("" if path.startswith("/") else _folder(source), path) or path
        other = self._folded.get(wanted.casefold())
        if other is not None:
            return other
        name = _plain(path)
        from_root = _join(self.site(source) or "", path)
        for candidate in (from_root, path.strip("/"), f"{wanted}.md"):
            if candidate in self._files and candidate != source:
                return candidate
        same = [file for file in self._called.get(name, ()) if file != source]
        if len(same) != 1:
            return self._near(wanted, source)
        meant = from_root if path.startswith("/") else wanted
        return same[0] if meant is not None and _may_have_moved(_folder(meant), _folder(same[0])) else None

    def _near(self, wanted: str, source: str) -> str | None:
        """The file of the same folder whose name is the one that is wanted but for a slip or two.

        Another number is no slip: `phase-3` is not what `phase-2` means.
        """
        from difflib import get_close_matches

        folder = _folder(wanted)
        ending = "" if wanted.endswith(".md") else ".md"
        names = {file.removesuffix(ending): file for file in self._files if _folder(file) == folder and file != source}
        for near in get_close_matches(wanted, sorted(names), n=3, cutoff=0.8):
            if _slips(wanted, near) <= MAX_SLIPS and re.findall(r"\d+", wanted) == re.findall(r"\d+", near):
                return names[near]
        return None

    def target(self, path: str, source: str, like: str) -> str:
        """How `source` writes a link to `path`, in the manner of `like`: from the root, or from the file."""
        site = self.site(source)
        path = quote(path, safe="/~!$&'()*+,;=:@") if path.isascii() else path.replace(" ", "%20")
        if like.startswith("/"):
            return "/" + (path.removeprefix(f"{site}/") if site else path)
        folder = PurePosixPath(_folder(source)).parts
        parts = PurePosixPath(path).parts
        common = 0
        while common < min(len(folder), len(parts) - 1) and folder[common] == parts[common]:
            common += 1
        return "/".join((*[".."] * (len(folder) - common), *parts[common:]))

    def in_site(self, source: str) -> bool:
        """Whether a file is part of a web site, where `[[page]]` is a link."""
        return self.site(source) is not None

    def site(self, source: str) -> str | None:
        """The web site that a file is part of: its folder."""
        return next((site for site in self.sites if source.startswith(f"{site}/")), None)

    def _exists(self, path: str | None) -> bool:
        if path is None:
            return False
        if path in self._files or path in self._folders or path == "":
            return True
        # What stands below a "file" is in a submodule, or behind a link to a folder: it is not ours to know.
        return any(str(parent) in self._files for parent in PurePosixPath(path).parents)

    def _by_name(self, path: str, site: str) -> str | None:
        """The page of the site whose path ends like `path`: of several, the one nearest to the top."""
        ending = path.strip("/").removesuffix(".md")
        if ending.startswith("."):
            return None
        pages = [file for file in self._names.get(ending.rpartition("/")[2], ()) if file.startswith(f"{site}/")]
        below = len(site)  # the site's own folder is no part of a page's address
        same = [file for file in pages if file[below:].removesuffix(".md").endswith(f"/{ending}")]
        return min(same, key=lambda file: (file.count("/"), file), default=None)

    @cached_property
    def _folders(self) -> frozenset[str]:
        return frozenset(str(parent) for file in self._files for parent in PurePosixPath(file).parents)

    @cached_property
    def _called(self) -> dict[str, list[str]]:
        """The files by their plain names."""
        found: dict[str, list[str]] = {}
        for file in self._files:
            found.setdefault(_plain(file), []).append(file)
        return found

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {file.casefold(): file for file in sorted(self._files, reverse=True)}

    @cached_property
    def _names(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for file in sorted(self._files):
            if file.endswith(".md"):
                found.setdefault(PurePosixPath(file).stem, []).append(file)
        return found


def is_local(target: str) -> bool:
    """Whether a target names a file of the project, and no address, place on the page or placeholder."""
    return bool(target) and not target.startswith("#") and _SCHEME.match(target) is None


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _may_have_moved(one: str, other: str) -> bool:
    """Whether a page of one folder may now be in the other: folders came between, went, or one was renamed.

    A feature and a page of the roadmap are of the same name often, and are not each other.
    """
    parts, others = PurePosixPath(one).parts, PurePosixPath(other).parts
    shorter, longer = sorted((parts, others), key=len)
    rest = iter(longer)
    if all(part in rest for part in shorter):
        return True
    renamed = [pair for pair in zip(parts, others, strict=False) if pair[0] != pair[1]]
    return len(parts) == len(others) and len(renamed) == 1 and "furps" not in map(str.casefold, renamed[0])


def _slips(one: str, other: str) -> int:
    """How many letters are to be changed, added or taken away to make one of the other."""
    from difflib import SequenceMatcher

    changes = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    return sum(max(end - start, to - at) for tag, start, end, at, to in changes if tag != "equal")


def _join(base: str, path: str) -> str | None:
    """`path` from the folder `base`; None for one that leads out of the project."""
    joined = normpath(f"{base}/{path}".strip("/") or ".")
    if joined == ".." or joined.startswith("../"):
        return None
    return "" if joined == "." else joined


def _plain(path: str) -> str:
    """A file's name, for finding one that was moved or is spelled a little otherwise."""
    return re.sub(r"[\W_]+", "", PurePosixPath(path).name.casefold().removesuffix(".md"))
