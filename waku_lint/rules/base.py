"""The public API for rules: a rule is a value.

Third-party rules import this module, `waku_lint.documents.model` and `waku_lint.testing`; the rest changes without
notice. `API_VERSION` is their version: the first number changes when a rule written for it may have to change,
the second when something is added. Before waku-lint 1.0 the first number can change with any release.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, Final

from msgspec import Struct

from waku_lint.config.file import folded
from waku_lint.diagnostics import Edit, Finding, Fix, Related, Severity
from waku_lint.documents.model import Document
from waku_lint.positions import Span, Text
from waku_lint.project.project import Project

__all__ = [
    "API_VERSION", "Document", "Edit", "Example", "Examples", "Finding", "Fix", "Option", "Project", "Related", "Rule",
    "RuleContext", "Severity", "Span", "Text",
]  # fmt: skip

API_VERSION: Final = "0.1"


class Option(Struct, frozen=True):
    """A setting of a rule. `schema` is a JSON Schema for its value."""

    name: str
    default: object
    description: str
    schema: Mapping[str, Any]


class Example(Struct, frozen=True):
    """A document, what the rule reports in it, and what it looks like once fixed.

    `reports` are the exact texts the findings cover, in order; empty for a clean example. `fixed`
    is None where nothing is mended. `preset` is the process the example is written for. `files` are
    the other files of the project by path, for a rule that looks at them; nothing is reported on these.
    `beside` are the codes of rules whose findings this one is about.
    """

    text: str | bytes
    reports: tuple[str, ...] = ()
    path: str = "draft-roadmap/relay.md"
    fixed: str | None = None
    preset: str = "waku"
    files: Mapping[str, str] = {}
    beside: tuple[str, ...] = ()


class Examples(Struct, frozen=True):
    """Makes the examples of a rule that share a path, a preset or other files; the fields are those of `Example`."""

    path: str = "draft-roadmap/relay.md"
    preset: str = "waku"
    files: Mapping[str, str] = {}
    beside: tuple[str, ...] = ()

    def clean(
        self,
        text: str | bytes,
        *,
        path: str | None = None,
        preset: str | None = None,
        files: Mapping[str, str] | None = None,
    ) -> Example:
        """A document in which the rule reports nothing. `path`, `preset` and `files` are for this example alone."""
        return self.reports(text, path=path, preset=preset, files=files)

    def reports(
        self,
        text: str | bytes,
        *found: str,
        fixed: str | None = None,
        path: str | None = None,
        preset: str | None = None,
        files: Mapping[str, str] | None = None,
    ) -> Example:
        """A document in which the rule reports the texts `found`, in order, and the document once it is `fixed`."""
        return Example(
            text,
            found,
            path or self.path,
            fixed,
            preset or self.preset,
            self.files if files is None else files,
            self.beside,
        )


class RuleContext(Struct, frozen=True):
    """What a rule may ask. It reads nothing else: no files, no clock, no network.

    `teams` maps each known team to its aliases; `repositories` are the `owner/name` in which issues
    and milestones live; `options` are the rule's own, defaults filled in. `about` is None, or the only documents
    of which findings are wanted here: what is about others need not be looked for.
    """

    document: Document
    project: Project
    teams: Mapping[str, tuple[str, ...]]
    repositories: tuple[str, ...]
    options: Mapping[str, Any]
    about: Collection[str] | None = None

    def team(self, name: str) -> str | None:
        """The team that is called so, in whatever case, or has it as an alias; None for none."""
        wanted = folded(name)
        known = self.teams.items()
        return next((team for team, names in known if wanted in map(folded, (team, *names))), None)


Check = Callable[[Any, RuleContext], Iterator[Finding]]


class Rule(Struct, frozen=True):
    """A named rule.

    A meaning rule has a `check`, called for every record of the type `applies_to` (or of one of
    several); a shape rule has none: its schema node decides. `doc` is the summary line, a blank
    line, and why. `source` is the sentence of the process that the rule enforces, as written there;
    empty for common sense. `remedy` tells a contributor what to do. `reaches` is the kind of document in which it
    finds what is `about` others: these are checked by it even where nothing else is reported of them.
    """

    code: str
    name: str
    doc: str
    remedy: str
    examples: tuple[Example, ...]
    source: str = ""
    severity: Severity = Severity.ERROR
    applies_to: type | tuple[type, ...] = ()
    check: Check | None = None
    reaches: str | None = None
    options: tuple[Option, ...] = ()

    @property
    def summary(self) -> str:
        return self.doc.strip().splitlines()[0]

    @property
    def why(self) -> str:
        return "\n".join(self.doc.strip().splitlines()[1:]).strip()
