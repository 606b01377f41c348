"""Parse and validate one configuration file or preset, with the places of its values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Final

from msgspec import Struct

from waku_lint import schema
from waku_lint.config.patterns import problem_of
from waku_lint.errors import ConfigError
from waku_lint.parsing import yaml
from waku_lint.parsing.nodes import YamlList, YamlMapping, YamlNode, YamlScalar
from waku_lint.positions import Lines, Span, Text
from waku_lint.regexes import lazy

MAX_BYTES: Final = 1_000_000
_PRESET: Final = "preset "
_ODD: Final = lazy("[\0\ud800-\udfff]")  # not a file name, and not valid UTF-8


class Where(Struct, frozen=True):
    """A place in a configuration file, for errors that are found later."""

    path: str
    line: int
    column: int

    def error(self, message: str) -> ConfigError:
        return ConfigError(self.path, message, self.line, self.column)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"

    @property
    def preset(self) -> bool:
        """Whether the value comes from a preset, not from the user."""
        return self.path.startswith(_PRESET)

    @property
    def source(self) -> str:
        """The source of a value to show: the preset's name, or the file and line."""
        return self.path if self.preset else f"{self.path}:{self.line}"


class ConfigFile:
    """The values of a file and their places.

    Errors use `name`. `place` is the path from the project's root; None for a file outside, and for a preset.
    """

    def __init__(
        self, name: str, text: str, place: str | None, parse: yaml.Parse = yaml.parse, *, trusted: bool = False
    ) -> None:
        """Raises ConfigError for an invalid file, unless it is `trusted`, as presets are."""
        self.name = name
        self.place = place
        self.trusted = trusted
        self._lines = Lines(text)
        result = parse(text)
        for trouble in result.troubles[:1]:
            raise self._where(trouble.span).error(trouble.message)
        if result.root is not None and not isinstance(result.root, YamlMapping):
            raise self._where(result.root.span).error("expected a mapping, such as `extends: waku`")
        self.root = result.root or YamlMapping((), Span(0, 0))
        for span, text in _texts(self.root):
            odd = _ODD.search(text)
            if odd is not None:
                raise self._where(span).error(f"character U+{ord(odd[0]):04X} is not allowed")
        self._instance = schema.instance_of(self.root)
        if not trusted:
            self._validate()

    @classmethod
    def preset(cls, name: str, parse: yaml.Parse = yaml.parse) -> ConfigFile:
        """Load a preset by name."""
        text = Path(__file__).with_name("presets").joinpath(f"{name}.yaml").read_text(encoding="utf-8")
        return cls(f"{_PRESET}{name}", text, None, parse, trusted=True)

    @classmethod
    def decode(cls, name: str, data: bytes, place: str | None, parse: yaml.Parse = yaml.parse) -> ConfigFile:
        """Parse the bytes of a file. Raises ConfigError, also for invalid UTF-8."""
        if len(data) > MAX_BYTES:
            raise ConfigError(name, f"{len(data):,} bytes, more than the limit of {MAX_BYTES:,}")
        try:
            return cls(name, data.decode("utf-8"), place, parse)
        except UnicodeDecodeError as error:
            before = data[: error.start].decode("utf-8")
            where = Lines(before).position(len(before))
            message = f"is not UTF-8: byte 0x{data[error.start]:02x}; save the file as UTF-8"
            raise ConfigError(name, message, where.line, where.column) from None

    def value(self, path: Sequence[str | int]) -> Where:
        """The place of the value at `path`."""
        return self._where(self._instance.span(path))

    def key(self, path: Sequence[str]) -> Where:
        """The place of the key at the end of `path`."""
        return self._where(self._instance.keys[schema.pointer(path)])

    def beside(self, path: str) -> str | None:
        """Convert `path`, relative to this file, to a path from the root; None if it is outside the project."""
        found = normpath(join(dirname(self.place), path)) if self.place is not None else ".."
        return None if found == ".." or found.startswith(("../", "/")) else found

    def _where(self, span: Span) -> Where:
        position = self._lines.position(span.start)
        return Where(self.name, position.line, position.column)

    def _validate(self) -> None:
        found = schema.violations(schema.SettingsValidator(schema.builtin("config")), self._instance)
        for first in sorted(found, key=lambda violation: violation.span)[:1]:
            raise self._where(first.span).error(first.message)


def _texts(node: YamlNode) -> Iterator[tuple[Span, str]]:
    """All strings, including keys, in order."""
    if isinstance(node, YamlMapping):
        for key, value in node.entries:
            yield key.span, key.value
            yield from _texts(value)
    elif isinstance(node, YamlList):
        for item in node.items:
            yield from _texts(item)
    elif isinstance(node.value, str):
        yield node.span, node.value


class Origins:
    """The places of values, while files are merged."""

    def __init__(self, below: Mapping[tuple[str | int, ...], Where], file: ConfigFile) -> None:
        self.found = dict(below)
        self.file = file

    def add(self, path: tuple[str, ...], count: int, after: int = 0) -> None:
        """Add the places of `count` values of a list after the first `after` values."""
        self.found.update({(*path, after + at): self.file.value((*path, at)) for at in range(count)})

    def take(self, path: tuple[str, ...], count: int) -> None:
        """The values of a list, which replaces the list of the lower layer unless it is empty."""
        if count:
            self.drop(path)
            self.add(path, count)

    def drop(self, path: tuple[str, ...]) -> None:
        for old in [each for each in self.found if each[:-1] == path]:
            del self.found[old]


def patterns_of(file: ConfigFile, path: tuple[str, ...], node: YamlNode | None) -> tuple[str, ...]:
    """Read path patterns at `path` in the file. Raises ConfigError for an invalid pattern."""
    texts = strings_of(node)
    for at, text in enumerate(texts):
        problem = None if file.trusted else problem_of(text)
        if problem is not None:
            raise file.value((*path, at)).error(problem)
    return texts


def entries_of(node: YamlNode | None) -> tuple[tuple[Text, YamlNode], ...]:
    """The entries of a mapping; empty for anything else."""
    return node.entries if isinstance(node, YamlMapping) else ()


def value_of(node: YamlNode | None, key: str) -> YamlNode | None:
    """The value of a key in a mapping."""
    return node.get(key) if isinstance(node, YamlMapping) else None


def strings_of(node: YamlNode | None) -> tuple[str, ...]:
    """A list of strings; a single one stands for a list of one."""
    items = node.items if isinstance(node, YamlList) else (node,)
    return tuple(str(item.value) for item in items if isinstance(item, YamlScalar) and item.value is not None)


def folded(name: str) -> str:
    """Normalize a name for comparison: case and blanks do not count."""
    return " ".join(name.casefold().split())
