"""The public API for rules: a rule is a value; see CONTRIBUTING for the four steps to one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from waku_lint.diagnostic import Edit, Finding, Fix, Related, Severity
from waku_lint.model import Document
from waku_lint.project import Project
from waku_lint.source import Span, Text

__all__ = [
    "Document", "Edit", "Example", "Finding", "Fix", "Option", "Project", "Related", "Rule", "RuleContext", "Severity",
    "Span", "Text",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Option:
    """A setting of a rule. `schema` is a JSON Schema for its value."""

    name: str
    default: object
    description: str
    schema: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Example:
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
    files: Mapping[str, str] = field(default_factory=dict)
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleContext:
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


Check = Callable[[Any, RuleContext], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
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
