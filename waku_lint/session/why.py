"""Explain how a file is checked: its kind, the rules that ran on it, and the findings on a line."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from waku_lint import schema
from waku_lint.config.config import Config
from waku_lint.config.kinds import Kind
from waku_lint.config.patterns import Patterns
from waku_lint.diagnostics import Diagnostic
from waku_lint.documents.model import Document
from waku_lint.documents.walk import records_of
from waku_lint.errors import CannotRun
from waku_lint.files import git
from waku_lint.positions import Lines
from waku_lint.regexes import lazy
from waku_lint.rules.active_rule import ActiveRule
from waku_lint.session.runner import lint
from waku_lint.session.session import Request, Session
from waku_lint.session.settings import source

_PLACE: Final = lazy(r"(?P<path>.+?):(?P<line>\d+)(?::\d+)?")


class Why(Struct, frozen=True):
    """How a file is checked; `reason` is why it has this kind, or is not checked.

    `ran` are the rules that checked it, `off` the disabled rules that apply to it. `findings` are reported, `hidden`
    are suppressed, and `in_baseline` are in the baseline.
    """

    path: str
    kind: str | None
    reason: str
    ran: tuple[ActiveRule, ...] = ()
    off: tuple[ActiveRule, ...] = ()
    findings: tuple[Diagnostic, ...] = ()
    hidden: tuple[Diagnostic, ...] = ()
    in_baseline: tuple[Diagnostic, ...] = ()
    lines: int | None = None  # the number of lines, if known


def place_of(given: str) -> tuple[Path, int | None]:
    """Parse `PATH`, `PATH:LINE` or, as in a report, `PATH:LINE:COLUMN`."""
    match = _PLACE.fullmatch(given)
    if match is None or Path(given).exists():
        return Path(given), None
    return Path(match["path"]), int(match["line"])


def why(request: Request, session: Session, path: str) -> Why:
    """Explain how the file at `path`, relative to the root, is checked. Raises CannotRun for a folder."""
    root = session.state.root
    if (root / path).is_dir():
        raise CannotRun(f"{path}: is a folder; name a file in it")
    kind = session.kinds.get(path)
    if kind is None:
        return Why(path, None, _no_kind(session, path))
    document = session.document(path, kind)
    settled = session.registry.settled(session.config)
    looking = [each.at(path) for each in settled.values() if _looks_at(session, each, document)]
    result = lint(replace(request, paths=(root / path,)), session)

    def here(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        return tuple(each for each in found if each.path == path)

    return Why(
        path,
        kind.name,
        f"by {_pattern(session.config, kind, path)}",
        tuple(each for each in looking if each.on),
        tuple(each for each in looking if not each.on),
        here(result.diagnostics),
        here(result.hidden),
        here(result.in_baseline),
        Lines(document.text).position(len(document.text)).line,
    )


def _looks_at(session: Session, rule: ActiveRule, document: Document) -> bool:
    """Whether a rule applies to any record of a document."""
    if rule.rule.check is not None:
        return any(isinstance(record, rule.rule.applies_to) for record in records_of(document))
    shapes = (schema.of_kind(document.kind), *session.registry.overlays.get(document.kind, ()))
    return document.root is not None and any(
        each.code == rule.rule.code for shape in shapes for each in schema.named_rules(shape)
    )


def _no_kind(session: Session, path: str) -> str:
    config = session.config
    ignoring = git.ignoring(session.state.root, path) if path not in session.state.names else None
    if ignoring is not None:
        return f"git ignores it by {ignoring}"
    excluding = config.excluded.deciding(path)
    if excluding is not None and config.excluded.match(path):
        return f"`exclude` names it: `{config.exclude[excluding]}` ({source(config.origins[('exclude', excluding)])})"
    for kind in config.kinds:
        if Patterns(tuple(text for text in kind.paths if text[0] != "!")).match(path):
            return f"taken out of the kind {kind.name} by {_pattern(config, kind, path)}"
    if not config.kinds:
        return "no kind has a pattern"
    return f"no pattern matches it; the nearest is {_nearest(config, path)}"


def _pattern(config: Config, kind: Kind, path: str) -> str:
    """The pattern of a kind that decides about a path, and its place."""
    at = kind.patterns.deciding(path)
    assert at is not None  # noqa: S101 - the callers ask for a path that one matches
    return f"`{kind.paths[at]}` ({source(config.origins[('kinds', kind.name, 'paths', at)])})"


def _nearest(config: Config, path: str) -> str:
    every = [(kind, at, text) for kind in config.kinds for at, text in enumerate(kind.paths) if text[0] != "!"]

    def likeness(text: str) -> tuple[bool, float]:
        """The similarity of two names; names that differ only in case are the most similar."""
        pattern, wanted = text.casefold(), path.casefold()
        return Patterns((pattern,)).match(wanted), SequenceMatcher(None, pattern, wanted).ratio()

    kind, at, text = max(every, key=lambda each: likeness(each[2]))
    return f"`{text}` of the kind {kind.name} ({source(config.origins[('kinds', kind.name, 'paths', at)])})"
