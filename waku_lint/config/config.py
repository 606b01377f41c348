"""Merge .waku-lint.yaml, the files that it extends, and presets into one frozen Config."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from posixpath import normpath
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from waku_lint.config.file import ConfigFile, Origins, Where, entries_of, folded, patterns_of, strings_of, value_of
from waku_lint.config.kinds import Kind, read_kind
from waku_lint.config.layers import DEFAULT_PRESET, PRESETS, Reader, from_disk, of_file, of_preset
from waku_lint.config.patterns import Patterns, problem_of
from waku_lint.diagnostics import Severity
from waku_lint.errors import ConfigError
from waku_lint.parsing import yaml
from waku_lint.parsing.limits import DEFAULTS, Limits
from waku_lint.parsing.nodes import YamlList, YamlMapping, YamlNode

__all__ = [
    "DEFAULT_PRESET", "FILE_NAME", "PRESETS", "Config", "Reader", "RuleSetting", "Where", "from_disk", "load", "parse",
    "preset",
]  # fmt: skip

FILE_NAME: Final = ".waku-lint.yaml"
BASELINE: Final = ".waku-lint-baseline"


class RuleSetting(Struct, frozen=True):
    """The settings of a rule; None for a value that is not set.

    `per_path` are settings for some paths, each with one pattern. `file` and `path` are the place of the settings.
    """

    on: bool | None
    severity: Severity | None
    options: Mapping[str, Any]
    file: ConfigFile
    path: tuple[str, ...]
    per_path: tuple[tuple[Patterns, RuleSetting], ...] = ()

    @property
    def where(self) -> Where:
        return self.file.key(self.path)

    def key(self, option: str) -> Where:
        return self.file.key((*self.path, option))

    def value(self, *path: str | int) -> Where:
        return self.file.value((*self.path, *path))


class Config(Struct, frozen=True, dict=True):
    """The effective configuration.

    `preset` is the last preset of the layers. `teams` maps teams to their aliases. `sites` are the folders that are
    published as web sites. `baseline` and `local_rules` are paths from the root: of the baseline, and of Python files
    with rules. `layers` names all files and presets, the lowest first. `origins` maps the path of each value,
    such as `("kinds", "furps", "paths", 0)`, to its place.
    """

    preset: str
    kinds: tuple[Kind, ...] = ()
    teams: Mapping[str, tuple[str, ...]] = {}
    repositories: tuple[str, ...] = ()
    rules: tuple[tuple[str, RuleSetting], ...] = ()
    exclude: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    baseline: str = BASELINE
    local_rules: tuple[str, ...] = ()
    limits: Limits = DEFAULTS
    layers: tuple[str, ...] = ()
    origins: Mapping[tuple[str | int, ...], Where] = {}

    @cached_property
    def excluded(self) -> Patterns:
        return Patterns(self.exclude)

    def kind_of(self, path: str) -> Kind | None:
        """The first kind whose patterns match `path`; None if the file is not a document."""
        if self.excluded.match(path):
            return None
        return next((kind for kind in self.kinds if kind.matches(path)), None)


def load(
    root: Path, explicit: Path | None = None, reader: Reader | None = None, parse: yaml.Parse = yaml.parse
) -> Config:
    """Load the configuration of the project at `root`. Raises ConfigError.

    Files are read with `reader`, by default from disk; `explicit` is always on disk. `parse` parses YAML, and may use
    a cache.
    """
    read = reader or from_disk(root)
    name = FILE_NAME if explicit is None else str(explicit)
    try:
        data = read(FILE_NAME) if explicit is None else explicit.read_bytes()
    except OSError as error:
        raise ConfigError(name, f"cannot be read: {error.strerror}") from None
    if data is None:
        other = FILE_NAME.replace(".yaml", ".yml")
        if read(other) is not None:
            raise ConfigError(other, f"is not read; rename it to {FILE_NAME}")
        return preset(DEFAULT_PRESET, parse)
    place: str | None = FILE_NAME
    if explicit is not None:
        full, top = explicit.resolve(), root.resolve()
        place = full.relative_to(top).as_posix() if full.is_relative_to(top) else None
    return _merged(of_file(ConfigFile.decode(name, data, place, parse), read, parse))


def preset(name: str, parse: yaml.Parse = yaml.parse) -> Config:
    """Load a built-in preset."""
    return _merged(of_preset(name, parse))


def parse(name: str, text: str, reader: Reader = lambda _path: None) -> Config:
    """Parse a user's configuration as a file at the root. Raises ConfigError with line and column."""
    return _merged(of_file(ConfigFile(name, text, name), reader))


def _merged(layers: Iterable[ConfigFile]) -> Config:
    config = Config("")
    for file in layers:
        config = _laid_over(config, file)
    return config


def _laid_over(base: Config, file: ConfigFile) -> Config:
    """Merge `file` into `base`: its values replace the old ones or are added after them."""
    root, origins = file.root, Origins(base.origins, file)
    kinds = {kind.name: kind for kind in base.kinds}
    for key, node in entries_of(root.get("kinds")):
        kinds[key.value] = read_kind(file, kinds.get(key.value), key.value, node, origins)
    teams = _teams(file)
    if teams is not None:
        origins.drop(("teams",))
        origins.found.update({("teams", name): file.key(("teams", name)) for name in teams})
    issues = strings_of(value_of(root.get("repositories"), "issues"))
    origins.take(("repositories", "issues"), len(issues))
    sites = _sites(file)
    if sites is not None:
        origins.drop(("sites",))
        origins.add(("sites",), len(sites))
    baseline = _baseline(file, root.get("baseline"))
    if baseline is not None:
        origins.found[("baseline",)] = file.value(("baseline",))
    local_rules = _local_rules(file, root.get("local-rules"))
    origins.add(("local-rules",), len(local_rules), len(base.local_rules))
    limits = {key.value: int(strings_of(node)[0]) for key, node in entries_of(root.get("limits"))}
    origins.found.update({("limits", key): file.value(("limits", key)) for key in limits})
    exclude = patterns_of(file, ("exclude",), root.get("exclude"))
    origins.add(("exclude",), len(exclude), len(base.exclude))
    return replace(
        base,
        preset=file.name.removeprefix("preset ") if file.trusted else base.preset,
        # A kind of the project takes precedence over built-in kinds.
        kinds=tuple(sorted(kinds.values(), key=lambda kind: not kind.own)),
        teams=base.teams if teams is None else teams,
        repositories=issues or base.repositories,
        rules=(*base.rules, *(_rule(file, key.value, node) for key, node in entries_of(root.get("rules")))),
        exclude=(*base.exclude, *exclude),
        sites=base.sites if sites is None else sites,
        baseline=baseline or base.baseline,
        limits=replace(base.limits, **{key.replace("-", "_"): value for key, value in limits.items()}),
        local_rules=(*base.local_rules, *local_rules),
        layers=(*base.layers, file.name),
        origins=origins.found,
    )


def _teams(file: ConfigFile) -> dict[str, tuple[str, ...]] | None:
    """Read the teams with their aliases, which must be unique; None if the file has no teams."""
    node = file.root.get("teams")
    if not isinstance(node, YamlMapping):
        return None
    teams = {key.value: strings_of(aliases) for key, aliases in node.entries}
    named = {folded(team): team for team in teams}
    for team, aliases in teams.items():
        for at, alias in enumerate(aliases):
            other = named.setdefault(folded(alias), team)
            if other != team:
                listed = isinstance(node.get(team), YamlList)
                raise file.value(("teams", team, at) if listed else ("teams", team)).error(
                    f"{alias!r} is a name of {other!r} already"
                )
    return teams


def _sites(file: ConfigFile) -> tuple[str, ...] | None:
    """Read the folders of web sites, without a slash at the end; None if the file has no sites."""
    node = file.root.get("sites")
    if node is None:
        return None
    sites = tuple(site.strip("/") for site in strings_of(node))
    for at, site in enumerate(sites):
        if normpath(site) != site or site in (".", "..") or site.startswith("../"):
            (given,) = strings_of(node.items[at] if isinstance(node, YamlList) else node)
            raise file.value(("sites", at) if isinstance(node, YamlList) else ("sites",)).error(
                f"{given!r} is no folder below the root; expected one such as `content`"
            )
    return sites


def _baseline(file: ConfigFile, node: YamlNode | None) -> str | None:
    if node is None:
        return None
    (given,) = strings_of(node)
    path = normpath(given)
    if path.startswith(("/", "../")) or path in (".", ".."):
        raise file.value(("baseline",)).error(f"{given!r} is no file below the root")
    return path


def _local_rules(file: ConfigFile, node: YamlNode | None) -> tuple[str, ...]:
    """Read the paths of Python files from the root."""
    paths = strings_of(node)
    for at, path in enumerate(paths):
        if normpath(path) != path or path.startswith(("/", "../")) or not path.endswith(".py"):
            raise file.value(("local-rules", at)).error(
                f"{path!r} is no Python file below the root; expected one such as `lint/rules.py`"
            )
    return paths


def _rule(file: ConfigFile, name: str, node: YamlNode) -> tuple[str, RuleSetting]:
    path = ("rules", name)
    setting = _setting(file, path, node)
    places = value_of(node, "per-path")
    per_path = []
    for pattern, there in entries_of(places):
        where = (*path, "per-path", pattern.value)
        problem = problem_of(pattern.value)
        if pattern.value.startswith("!"):
            problem = f"{pattern.value!r} takes out of nothing; give those files a pattern after the others"
        if problem is not None:
            raise file.key(where).error(problem)
        per_path.append((Patterns((pattern.value,)), _setting(file, where, there)))
    return name, replace(setting, per_path=tuple(per_path))


def _setting(file: ConfigFile, path: tuple[str, ...], node: YamlNode) -> RuleSetting:
    given = {name.value: yaml.data(value) for name, value in entries_of(node)}
    value = given.pop("severity", None) if isinstance(node, YamlMapping) else yaml.data(node)
    if len(path) == 2:  # settings for some paths cannot be nested
        given.pop("per-path", None)
    if value is None:
        return RuleSetting(True if given else None, None, given, file=file, path=path)
    if value == "off" or value is False:
        return RuleSetting(False, None, given, file=file, path=path)
    severity = None if value in ("on", True) else Severity(str(value))
    return RuleSetting(True, severity, given, file=file, path=path)
