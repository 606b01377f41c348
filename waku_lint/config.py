""".waku-lint.yaml and the presets, read into one frozen Config."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from waku_lint.diagnostic import Severity
from waku_lint.errors import ConfigError, did_you_mean
from waku_lint.model import YamlList, YamlMapping, YamlNode, YamlScalar
from waku_lint.parse import yaml
from waku_lint.source import Lines, Span, Text

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

FILE_NAME: Final = ".waku-lint.yaml"
DEFAULT_PRESET: Final = "waku"
PRESETS: Final = ("waku", "waku-classic")


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a configuration file, for an error that is found later."""

    path: str
    line: int
    column: int

    def error(self, message: str) -> ConfigError:
        return ConfigError(self.path, message, self.line, self.column)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Kind:
    """Which files are of one kind: gitignore patterns relative to the root, `!` takes out again."""

    name: str
    paths: tuple[str, ...]
    schema: str | None = None  # a JSON Schema to lay over ours: a path relative to the root
    where: Where | None = None

    @cached_property
    def _spec(self) -> GitIgnoreSpec:
        return _spec(self.paths)

    def matches(self, path: str) -> bool:
        return bool(self._spec.match_file(path))


@dataclass(frozen=True, slots=True)
class RuleSetting:
    """What a configuration says of a rule; None where it says nothing."""

    on: bool | None
    severity: Severity | None
    options: Mapping[str, Any]
    where: Where


@dataclass(frozen=True)
class Config:
    """Everything that is configurable. `teams` maps a team to its aliases."""

    preset: str
    kinds: tuple[Kind, ...] = ()
    teams: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    repositories: tuple[str, ...] = ()
    rules: tuple[tuple[str, RuleSetting], ...] = ()
    exclude: tuple[str, ...] = ()

    @cached_property
    def _excluded(self) -> GitIgnoreSpec:
        return _spec(self.exclude)

    def kind_of(self, path: str) -> Kind | None:
        """The first kind whose patterns match `path`; None for a file that is none of ours."""
        if self.exclude and self._excluded.match_file(path):
            return None
        return next((kind for kind in self.kinds if kind.matches(path)), None)


def load(root: Path, explicit: Path | None = None) -> Config:
    """The configuration of the project at `root`; raises ConfigError."""
    path = explicit or root / FILE_NAME
    if explicit is None and not path.is_file():
        if (other := path.with_suffix(".yml")).is_file():
            raise ConfigError(other.name, f"is not read; rename it to {FILE_NAME}")
        return preset(DEFAULT_PRESET)
    shown = path.name if explicit is None else str(explicit)
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        raise ConfigError(shown, f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise ConfigError(shown, f"is not UTF-8: byte {error.start}") from None
    return parse(shown, text)


def preset(name: str) -> Config:
    """A built-in preset."""
    from importlib.resources import files

    text = (files("waku_lint") / "presets" / f"{name}.yaml").read_text(encoding="utf-8")
    return _Reader(f"preset {name}", text).read(name)


def parse(path: str, text: str) -> Config:
    """Read a user's configuration. Raises ConfigError with line and column."""
    return _Reader(path, text, user=True).read(path)


class _Reader:
    def __init__(self, path: str, text: str, *, user: bool = False) -> None:
        self.path = path
        self.user = user
        self.lines = Lines(text)
        result = yaml.parse(text)
        for trouble in result.troubles[:1]:
            raise self.where(trouble.span).error(trouble.message)
        if result.root is not None and not isinstance(result.root, YamlMapping):
            raise self.where(result.root.span).error("expected a mapping, such as `extends: waku`")
        self.root = result.root or YamlMapping((), Span(0, 0))
        if user:
            self.validate()

    def where(self, span: Span) -> Where:
        position = self.lines.position(span.start)
        return Where(self.path, position.line, position.column)

    def validate(self) -> None:
        from waku_lint import schema

        shape = schema.builtin("config")
        found = schema.violations(schema.compile_schema(shape), shape, schema.instance_of(self.root))
        for first in sorted(found, key=lambda violation: violation.span)[:1]:
            raise self.where(first.span).error(first.message)

    def read(self, name: str) -> Config:
        base = self.extended()
        kinds = {kind.name: kind for kind in base.kinds}
        for key, node in _entries(self.root.get("kinds")):
            paths = _strings(_value(node, "paths"))
            known = kinds.get(key.value) or Kind(key.value, ())
            schema = _value(node, "schema")
            kinds[key.value] = Kind(
                key.value,
                paths or known.paths,
                str(schema.value) if isinstance(schema, YamlScalar) else known.schema,
                self.where(schema.span if schema else key.span) if self.user else None,
            )
        teams = {key.value: _strings(node) for key, node in _entries(self.root.get("teams"))}
        issues = _strings(_value(self.root.get("repositories"), "issues"))
        rules = tuple((key.value, self.setting(key.span, node)) for key, node in _entries(self.root.get("rules")))
        return replace(
            base,
            preset=base.preset or name,
            kinds=tuple(kinds.values()),
            teams=teams or base.teams,
            repositories=issues or base.repositories,
            rules=(*base.rules, *rules),
            exclude=(*base.exclude, *_strings(self.root.get("exclude"))),
        )

    def extended(self) -> Config:
        node = self.root.get("extends")
        if node is None:
            return Config("") if self.path.startswith("preset ") else preset(DEFAULT_PRESET)
        if not isinstance(node, YamlScalar) or node.value not in PRESETS:
            value = str(yaml.data(node))
            raise self.where(node.span).error(f"unknown preset {value!r}; {did_you_mean(value, list(PRESETS))}")
        return preset(str(node.value))

    def setting(self, key: Span, node: YamlNode) -> RuleSetting:
        where = self.where(key)
        if isinstance(node, YamlScalar):
            return _setting(node.value, {}, where)
        given = {name.value: yaml.data(value) for name, value in _entries(node)}
        return _setting(given.pop("severity", None), given, where)


def _setting(value: object, options: Mapping[str, Any], where: Where) -> RuleSetting:
    if value is None:
        return RuleSetting(True if options else None, None, options, where)
    if value == "off" or value is False:
        return RuleSetting(False, None, options, where)
    severity = None if value in ("on", True) else Severity(str(value))
    return RuleSetting(True, severity, options, where)


def _spec(patterns: tuple[str, ...]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines([_anchored(pattern) for pattern in patterns])


def _anchored(pattern: str) -> str:
    """A pattern of ours counts from the root; gitignore's would match a bare name in any folder."""
    sign, rest = ("!", pattern[1:]) if pattern.startswith("!") else ("", pattern)
    return f"{sign}/{rest.removeprefix('/')}"


def _entries(node: YamlNode | None) -> tuple[tuple[Text, YamlNode], ...]:
    return node.entries if isinstance(node, YamlMapping) else ()


def _value(node: YamlNode | None, key: str) -> YamlNode | None:
    return node.get(key) if isinstance(node, YamlMapping) else None


def _strings(node: YamlNode | None) -> tuple[str, ...]:
    """A list of strings; a single one stands for a list of one."""
    items = node.items if isinstance(node, YamlList) else (node,)
    return tuple(str(item.value) for item in items if isinstance(item, YamlScalar) and item.value is not None)
