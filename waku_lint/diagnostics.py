"""Findings of rules, their fixes, and the diagnostics that users see."""

from enum import Enum

from msgspec import Struct

from waku_lint.positions import Position, Span


class Severity(str, Enum):
    """The severity of a finding: an error fails the run, a warning fails it only with `--strict`."""

    ERROR = "error"
    WARNING = "warning"


class Edit(Struct, frozen=True):
    """Replace the content at `span` by `text`."""

    span: Span
    text: str


class Fix(Struct, frozen=True):
    """The edits that fix one finding; a `safe` fix needs no decision by a person."""

    edits: tuple[Edit, ...]
    safe: bool


class Related(Struct, frozen=True):
    """Another place that a finding refers to; `path` is relative to the root."""

    path: str
    span: Span
    message: str


class Finding(Struct, frozen=True):
    """A problem that a rule yields; the engine adds code, severity and position.

    `message` is one lower-case sentence without a full stop. `severity` is for a case that is milder than the rule.
    `about` is the path of another document that the finding is about; the finding is reported if either document is
    checked. `subject` names a missing thing uniquely in its page, if `span` is only the place to add it.
    """

    span: Span
    message: str
    fix: Fix | None = None
    related: tuple[Related, ...] = ()
    severity: Severity | None = None
    about: str | None = None
    subject: str | None = None


class Place(Struct, frozen=True):
    """A related place with line and column."""

    path: str
    start: Position
    message: str


class Diagnostic(Struct, frozen=True):
    """A finding as it is reported. `end` is exclusive; `source_line` is the line where it starts.

    `about` is the path of another document that it is about; `cause` is the change in another file that causes it.
    `context` (title and headings) and `text` (covered text) identify it if lines move; see `engine.identity`.
    """

    path: str
    start: Position
    end: Position
    code: str
    name: str
    severity: Severity
    message: str
    fix: Fix | None
    related: tuple[Place, ...]
    source_line: str
    about: str | None = None
    cause: str | None = None
    context: tuple[str, ...] = ()
    text: str = ""

    @property
    def sort_key(self) -> tuple[object, ...]:
        return (self.path, self.start, self.code, self.end, self.message)
