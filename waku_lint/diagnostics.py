"""What rules find and what users are told."""

from enum import Enum

from msgspec import Struct

from waku_lint.positions import Position, Span


class Severity(str, Enum):
    """How bad a finding is: an error fails the run, a warning does so only with `--strict`."""

    ERROR = "error"
    WARNING = "warning"


class Edit(Struct, frozen=True):
    """Replace the text at `span` by `text`."""

    span: Span
    text: str


class Fix(Struct, frozen=True):
    """The edits that mend one finding. `safe` means: no person needs to choose which side is right."""

    edits: tuple[Edit, ...]
    safe: bool


class Related(Struct, frozen=True):
    """Another place that a finding talks about; `path` is relative to the root."""

    path: str
    span: Span
    message: str


class Finding(Struct, frozen=True):
    """What a rule yields; the engine adds code, severity and position.

    `message` is one lower-case sentence without a full stop. `severity` is for a case that is
    milder than the rule as a whole. `about` is the path of another document that the finding is about: it is
    told to whoever asks for either of the two. `subject` names what is missing, unmistakably in its page, where
    `span` is only the place to add it and several things can be missing there.
    """

    span: Span
    message: str
    fix: Fix | None = None
    related: tuple[Related, ...] = ()
    severity: Severity | None = None
    about: str | None = None
    subject: str | None = None


class Place(Struct, frozen=True):
    """A related place, stamped."""

    path: str
    start: Position
    message: str


class Diagnostic(Struct, frozen=True):
    """A finding as the user is told of it. `end` is exclusive; `source_line` is the line it starts on.

    `about` is the path of another document that it is about; `cause` says which change brought it about,
    where that was elsewhere. `context` and `text` tell it from others wherever its lines go: the page's title and the
    headings above it, and what it covers (see `fingerprint`).
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
