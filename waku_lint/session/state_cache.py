"""Cache of the findings in a whole state of a project.

The key is the digest of: the installation, the day, the options that choose rules, the configuration and schemas, the
names of all files, and the contents of all documents. So the state after a commit is also the state before the next
one, and an unchanged project needs neither rules nor documents.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from waku_lint.diagnostics import Diagnostic
from waku_lint.documents.model import Suppression
from waku_lint.errors import ConfigError
from waku_lint.files.cache import decoded, encoded, key_of
from waku_lint.files.installation import installation_key

if TYPE_CHECKING:
    from waku_lint.engine.result import RunResult
    from waku_lint.session.session import Session


class State(Struct, frozen=True):
    """The findings in all documents; `beside` has the paths that were looked up on disk, and whether they exist."""

    diagnostics: tuple[Diagnostic, ...]
    hidden: tuple[Diagnostic, ...]
    suppressions: tuple[Suppression, ...]
    beside: tuple[tuple[str, bool], ...]


def recall(session: Session) -> State | None:
    """The cached findings of the session's state; None if they are not cached."""
    key = _key(session)
    found = decoded(session.cache.load(key), State) if session.cache is not None and key is not None else None
    if found is None:
        return None
    return found if all(session.is_beside(path) == there for path, there in found.beside) else None


def keep(session: Session, result: RunResult) -> None:
    """Store the result of a run that reports all documents; with third-party rules, which may change, store nothing."""
    if session.cache is None or result.crashes or not session.registry.is_all_ours:
        return
    key = _key(session)
    body = encoded(State(result.diagnostics, result.hidden, result.suppressions, result.beside))
    if key is not None and body is not None:
        session.cache.store(key, body)


def _key(session: Session) -> str | None:
    """The key of the state; None if git has no digests of the contents, or the configuration is outside the project."""
    request = session.request
    if request.config is not None:
        return None
    digests = session.state.digests(session.kinds, session.config.limits.file_size)
    if digests is None:
        return None
    try:
        for kind in session.config.kinds:
            for path in kind.schemas:
                session.reader(path)
    except (OSError, ConfigError):
        return None  # the registry reports errors in a schema
    settings = (f"{path}\0{data!r}" for path, data in sorted(session.contents.items()))
    options = (",".join(request.select), ",".join(request.ignore), str(request.local_rules), str(request.today))
    documents = (f"{path}\0{digest}" for path, digest in digests.items())
    return key_of(["state", installation_key(), *options, "", *settings, "", *session.state.names, "", *documents])
