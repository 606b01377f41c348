"""Apply suppression comments to findings, and detect unused suppressions."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Final, get_args

from msgspec import Struct
from msgspec.structs import replace

from waku_lint.diagnostics import Finding, Related
from waku_lint.documents.model import Comment, Document, SuppressedRule, Suppression, SuppressionScope, Trouble
from waku_lint.errors import did_you_mean
from waku_lint.positions import LINE_END, Lines, Span, Text
from waku_lint.regexes import lazy
from waku_lint.rules.active_rule import ActiveRule
from waku_lint.rules.registry import Registry

_SCOPES: Final[tuple[SuppressionScope, ...]] = get_args(SuppressionScope)
NAME: Final = "waku-lint"
_HEAD: Final = lazy(r"(?P<dash>-?)\s*(?P<name>waku[-_]?lint)\s*(?P<colon>:?)[\s-]*(?P<scope>[\w-]*)", re.IGNORECASE)
_NAMES: Final = lazy(r'\s*=\s*(?P<names>[^\s,="]+(?:\s*,\s*[^\s,="]+)*)')
_SETTING: Final = lazy(r'\s+(?P<key>[\w-]+)=(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"]+))(?!\S)')
_DAY: Final = lazy(r"\d{4}-\d{2}-\d{2}")
_NO_CONTENT: Final = lazy(r"[\s>]*")  # an empty line of a quotation has no content either

Found = tuple[ActiveRule, Finding]


class Outcome(Struct, frozen=True):
    """The remaining findings, the hidden findings with their comments, and the suppressions with their use."""

    kept: tuple[Found, ...]
    hidden: tuple[Found, ...]
    suppressions: tuple[Suppression, ...]


def apply(
    document: Document,
    found: Sequence[Found],
    registry: Registry,
    ran: Collection[str],
    lines: Lines,
    today: date | None = None,
) -> Outcome:
    """Hide the findings that the comments of a document suppress.

    A suppression hides findings of its rules that *start* in its range. The nearest suppression counts: that of the
    line, then of the range, then of the file. A suppression that ends before `today` hides nothing, but becomes a
    related place of the findings. `ran` are the codes of the rules that ran without a crash; other rules are never
    unused.
    """
    suppressions = [parse(each, document.path, registry, lines, today) for each in document.comments]
    live, expired = _Reach(), _Reach()
    used: set[tuple[int, str]] = set()  # the index of a suppression, and a code
    content = _lines_with_content(document)
    for index, each in enumerate(suppressions):
        covered = _covered(each, lines, content)
        for code in {rule.code for rule in each.rules}:
            if each.scope != "enable":
                (expired if each.expired else live).add(each, index, code, covered)
                continue
            ended = [reach.end(code, each.span.start) for reach in (live, expired)]
            if any(ended):
                used.add((index, code))
    kept: list[Found] = []
    hidden: list[Found] = []
    for active, finding in found:
        code, start = active.rule.code, finding.span.start
        place = (code, start, lines.position(start).line)
        hidden_by, past = live.find(*place), expired.find(*place)
        if hidden_by is not None:
            used.add((hidden_by, code))
            by = suppressions[hidden_by]
            note = Related(document.path, by.span, f"suppressed: {by.reason}" if by.reason else "suppressed")
            hidden.append((active, replace(finding, related=(*finding.related, note))))
        elif past is not None:
            used.add((past, code))
            over = suppressions[past]
            note = Related(document.path, over.span, f"suppressed until {over.until}, which is over")
            kept.append((active, replace(finding, related=(*finding.related, note))))
        else:
            kept.append((active, finding))
    for index, each in enumerate(suppressions):
        rules = tuple(
            replace(rule, used=(index, rule.code) in used if rule.code in ran or each.scope == "enable" else None)
            for rule in each.rules
        )
        suppressions[index] = replace(each, rules=rules)
    return Outcome(tuple(kept), tuple(hidden), tuple(suppressions))


class _Reach:
    """The suppressions of each rule, by the places that they cover."""

    def __init__(self) -> None:
        self.lines: dict[tuple[str, int], int] = {}
        self.ranges: dict[str, _Ranges] = {}
        self.files: dict[str, int] = {}

    def add(self, suppression: Suppression, index: int, code: str, covered: Iterable[int]) -> None:
        if suppression.scope == "disable-file":
            self.files.setdefault(code, index)
        elif suppression.scope == "disable":
            self.ranges.setdefault(code, _Ranges()).open(suppression.span.start, index)
        for line in covered:
            self.lines.setdefault((code, line), index)

    def end(self, code: str, offset: int) -> bool:
        """End the ranges of a rule; return whether one was open."""
        return code in self.ranges and self.ranges[code].close(offset)

    def find(self, code: str, offset: int, line: int) -> int | None:
        """The index of the nearest suppression that covers a place."""
        found = self.lines.get((code, line))
        if found is None and code in self.ranges:
            found = self.ranges[code].find(offset)
        return self.files.get(code) if found is None else found


class _Ranges:
    """The ranges of one rule, in order; an end comment ends all open ranges."""

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.indexes: list[int] = []
        self.ends: list[int] = []  # the ends of the first ranges; the other ranges are open

    def open(self, offset: int, index: int) -> None:
        self.starts.append(offset)
        self.indexes.append(index)

    def close(self, offset: int) -> bool:
        unended = len(self.starts) - len(self.ends)
        self.ends += [offset] * unended
        return unended > 0

    def find(self, offset: int) -> int | None:
        at = bisect_right(self.starts, offset) - 1
        return self.indexes[at] if at >= 0 and (at >= len(self.ends) or offset < self.ends[at]) else None


def _lines_with_content(document: Document) -> list[int]:
    """The numbers of the lines with more than blanks and waku-lint comments."""
    text, parts, at = document.text, [], 0
    for each in document.comments:
        # Line ends within a comment count.
        parts += [text[at : each.span.start], re.sub(r"[^\r\n]", " ", text[each.span.start : each.span.end])]
        at = each.span.end
    rest = LINE_END.split("".join(parts) + text[at:])
    return [number for number, line in enumerate(rest, 1) if not _NO_CONTENT.fullmatch(line)]


def _covered(suppression: Suppression, lines: Lines, content: Sequence[int]) -> Iterable[int]:
    """The lines that a suppression for single lines covers."""
    last = lines.position(suppression.span.end).line
    if suppression.scope == "disable-line":
        return range(suppression.line, last + 1)
    if suppression.scope == "disable-next-line":
        following = bisect_right(content, last)
        return content[following : following + 1]
    return ()


class _Malformed(Exception):
    """A malformed comment and the place of the error."""

    def __init__(self, message: str, span: Span) -> None:
        super().__init__(message)
        self.trouble = Trouble("suppression", message, span)


def parse(comment: Comment, path: str, registry: Registry, lines: Lines, today: date | None = None) -> Suppression:
    """Parse a comment; errors become troubles of the suppression."""
    line = lines.position(comment.span.start).line
    try:
        scope, names, settings = _read(comment.text)
        until = _day(settings.get("until"))
    except _Malformed as error:
        return Suppression(path, line, None, (), (), None, None, False, (error.trouble,), comment.span)
    rules: list[SuppressedRule] = []
    troubles: list[Trouble] = []
    for name in names:
        rule = registry.find(name.value)
        if rule is None and registry.may_be_left_out(name.value):
            continue
        if rule is None:
            message = f"no rule is called `{name.value}`; {registry.hint(name.value)}"
            troubles.append(Trouble("suppression", message, name.span))
        elif rule.applies_to is Suppression:
            message = (
                f"`{name.value}` is about suppressions and cannot be suppressed; .waku-lint.yaml can switch it off"
            )
            troubles.append(Trouble("suppression", message, name.span))
        else:
            rules.append(SuppressedRule(name, rule.code, None))
    reason = settings["reason"].value.strip() if "reason" in settings else ""
    expired = until is not None and today is not None and until < today
    return Suppression(
        path, line, scope, names, tuple(rules), reason or None, until, expired, tuple(troubles), comment.span
    )


def _read(text: Text) -> tuple[SuppressionScope, tuple[Text, ...], dict[str, Text]]:
    """Parse scope, rule names and settings. Raises _Malformed."""
    head = _HEAD.match(text.value)
    assert head is not None  # noqa: S101 - all suppression comments begin like this
    scope = next((each for each in _SCOPES if each == head["scope"]), None)
    if scope is None:
        hint = did_you_mean(head["scope"], list(_SCOPES)) if head["scope"] else f"known: {', '.join(_SCOPES)}"
        raise _Malformed(f"a suppression says what to do, and `{head['scope']}` is nothing it can; {hint}", text.span)
    form = f"`waku-lint: {scope}=WL306" + ("`" if scope == "enable" else ' reason="no issue yet"`')
    if head["dash"]:
        raise _Malformed("a comment begins with `<!--`; there is a `-` too many", text.span)
    if head["name"].casefold() != NAME:
        raise _Malformed(f"`{head['name']}` is nobody's name; expected {form}", text.span)
    if not head["colon"]:
        raise _Malformed(f"the colon after `waku-lint` is missing; expected {form}", text.span)
    given = _NAMES.match(text.value, head.end())
    if given is None:
        raise _Malformed(f"the suppression names no rule; expected {form}", text.span)
    start = given.start("names")
    names = tuple(
        _part(text, start + match.start(), start + match.end()) for match in re.finditer(r"[^\s,]+", given["names"])
    )
    settings: dict[str, Text] = {}
    at = given.end()
    while at < len(text.value):
        match = _SETTING.match(text.value, at)
        if match is None or (match["key"] == "reason" and match["quoted"] is None):
            raise _Malformed(f"this is not understood; expected {form}", _part(text, at, len(text.value)).span)
        key = match["key"]
        allowed = [] if scope == "enable" else [each for each in ("reason", "until") if each not in settings]
        if key not in allowed:
            twice = "is there twice" if key in settings else f"is no setting of `{scope}`; {did_you_mean(key, allowed)}"
            raise _Malformed(f"`{key}` {twice}", _part(text, *match.span("key")).span)
        value = "quoted" if match["quoted"] is not None else "bare"
        settings[key] = Text(match[value], _part(text, *match.span(value)).span)
        at = match.end()
    return scope, names, settings


def _day(text: Text | None) -> date | None:
    """Parse a day. Raises _Malformed."""
    if text is None:
        return None
    try:
        if _DAY.fullmatch(text.value):
            return date.fromisoformat(text.value)
    except ValueError:
        pass
    raise _Malformed(f"`{text.value}` is no day; expected one such as `until=2026-12-31`", text.span)


def _part(text: Text, start: int, end: int) -> Text:
    """A part of a text without surrounding blanks."""
    value = text.value[start:end]
    start += len(value) - len(value.lstrip())
    return Text(value.strip(), text.span.part(start, start + len(value.strip())))
