"""What a rule that is not ours is held to: it ends, yields findings that stand in the file, and touches nothing."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, redirect_stdout
from functools import cache
from typing import Any, Final

from waku_lint.diagnostics import Finding, Severity
from waku_lint.errors import BreachError, Stopped
from waku_lint.positions import Span
from waku_lint.rules.plugins.alarm import Alarm, alarm

SECONDS: Final = 5.0  # for one rule on one document; what we parse for it meanwhile is not counted
MOST: Final = 10_000  # findings of one rule in one document
PATIENCE: Final = 3  # how often a rule is told to stop before the whole run ends

# What Python tells of before it does it (PEP 578). Reading is no concern of ours: imports read as well.
_FORBIDDEN: Final = ("os.", "socket.", "subprocess.", "shutil.", "tempfile.", "ctypes.", "urllib.", "http.", "pty.")
_ALLOWED: Final = frozenset({"os.listdir", "os.scandir", "os.walk", "os.fwalk", "os.getxattr", "os.listxattr"})
_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class _Forbidden(PermissionError):
    """Raised into a rule that is about to do it."""


class _Stopped(BaseException):
    """Raised into a rule that does not end; a rule that catches every `Exception` does not catch it."""


class _Watch:
    """Who is watched just now, and what it was about to do."""

    on: bool = False
    breach: str | None = None
    alarm: Alarm | None = None


_watch: Final = _Watch()


@contextmanager
def watched(name: str) -> Iterator[None]:
    """Hold the rule `name` to its contract while it runs. Raises BreachError."""
    _listen()
    _watch.breach = None
    bytecode, sys.dont_write_bytecode = sys.dont_write_bytecode, True  # what it imports is not to be written down
    try:
        with _time_limit(name), redirect_stdout(sys.stderr):  # the report is alone on the standard output
            _watch.on = True
            try:
                yield
            finally:
                _watch.on = False
    except _Stopped:
        raise BreachError(f"stopped: it did not end within {SECONDS:g} s") from None
    except Stopped:
        raise  # the whole run is to end
    except (Exception, KeyboardInterrupt):
        if _watch.breach is None:
            raise
    except BaseException as error:  # noqa: BLE001 - `sys.exit` in a rule is not the end of the run
        raise BreachError(f"stopped: it raises {type(error).__name__}") from None
    finally:
        sys.dont_write_bytecode = bytecode
    if _watch.breach is not None:
        raise BreachError(f"stopped: it {_watch.breach}; a rule reads what it is given and yields findings")


@contextmanager
def unwatched() -> Iterator[None]:
    """While we work for a rule, as when it asks for a document that is not parsed yet."""
    if not _watch.on:
        yield
        return
    left = _watch.alarm.stop() if _watch.alarm else 0.0
    _watch.on = False
    try:
        yield
    finally:
        _watch.on = True
        if _watch.alarm and left:
            _watch.alarm.start(left)


def counted(findings: Iterable[Finding]) -> Iterator[Finding]:
    """As many findings as can be meant. Raises BreachError for one more."""
    for number, finding in enumerate(findings):
        if number == MOST:
            raise BreachError(f"stopped: it yields more than {MOST:,} findings in one document")
        yield finding


def sound(finding: object, size: int, size_of: Callable[[str], int | None]) -> Finding:
    """The finding, if it is one in a text of `size` characters; `size_of` tells that of other documents by path.

    Raises BreachError.
    """
    if not isinstance(finding, Finding):
        raise BreachError(f"yields {finding!r:.60}; expected a Finding")
    message: object = finding.message  # nobody has checked the types of what others write
    severity: object = finding.severity
    if not isinstance(message, str) or not message.strip():
        raise BreachError("yields a finding without a message")
    if severity is not None and not isinstance(severity, Severity):
        raise BreachError(f"yields a finding of the severity {severity!r}")
    _check(finding.span, size, "a finding")
    for edit in finding.fix.edits if finding.fix else ():
        _check(edit.span, size, "an edit")
    for each in finding.related:
        there = size_of(each.path)
        if there is not None:
            _check(each.span, there, f"a place in {each.path}")
    return finding


def _check(span: Any, size: int, what: str) -> None:
    if not isinstance(span, Span):
        raise BreachError(f"yields {what} at {span!r:.60}; expected a Span")
    if not 0 <= span.start <= span.end <= size:
        raise BreachError(f"yields {what} at {span.start}-{span.end}, outside the text of {size} characters")


@contextmanager
def _time_limit(name: str) -> Iterator[None]:
    """Interrupt what does not end; only in the main thread, and on Windows only between two steps of Python."""
    told = 0

    def stop() -> None:
        nonlocal told
        told += 1
        if told > PATIENCE:  # pragma: no cover - what ends without a word leaves no measurement
            sys.stderr.write(f"internal error: {name} does not end and cannot be stopped; the run ends here\n")
            sys.stderr.flush()
            os._exit(3)
        if _watch.on:  # pragma: no branch - the time may be up in the moment in which nobody is watched any more
            raise _Stopped

    _watch.alarm = alarm(stop)
    if _watch.alarm is None:
        yield
        return
    _watch.alarm.start(SECONDS)
    try:
        yield
    finally:
        _watch.alarm.close()
        _watch.alarm = None


@cache
def _listen() -> None:
    """Be told of what Python is about to do; that can never be undone, so it is done where there is a rule to watch."""
    sys.addaudithook(_about_to)


def _about_to(event: str, args: tuple[Any, ...]) -> None:  # pragma: no cover - Python traces no hook of its audit
    if not _watch.on:
        return
    deed = _deed(event, args)
    if deed is not None:
        _watch.breach = _watch.breach or deed
        raise _Forbidden(f"a rule {deed}")


def _deed(event: str, args: tuple[Any, ...]) -> str | None:  # pragma: no cover - as above
    if event == "open":
        path, mode, flags = (*args, None, None)[:3]
        writes = any(each in mode for each in "wax+") if isinstance(mode, str) else bool((flags or 0) & _WRITING)
        return f"opens {path!r} to write" if writes else None
    if event in _ALLOWED or not event.startswith(_FORBIDDEN):
        return None
    return f"calls {event}"
