"""The layers of a configuration: the presets and files that it extends, then the file itself."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Final

from waku_lint.config.file import ConfigFile, Where
from waku_lint.errors import ConfigError, did_you_mean
from waku_lint.parsing import yaml
from waku_lint.parsing.nodes import YamlList, YamlScalar
from waku_lint.parsing.yaml import Parse

DEFAULT_PRESET: Final = "waku"
PRESETS: Final = ("waku", "waku-classic", "logos")
MAX_LAYERS: Final = 50
MAX_BYTES: Final = 20_000_000  # limit of a configuration, a schema or a baseline

Reader = Callable[[str], bytes | None]  # the content of a file of the project; None if it does not exist


def from_disk(root: Path) -> Reader:
    """A reader of files below `root`; raises OSError or ConfigError if an existing file cannot be read."""

    def read(path: str) -> bytes | None:
        full = root / path
        if not full.is_file():
            if os.path.lexists(full):
                raise ConfigError(path, "is not a regular file")
            return None
        if not full.resolve().is_relative_to(root.resolve()):
            raise ConfigError(path, "is a symbolic link that leads out of the project")
        size = full.stat().st_size
        if size > MAX_BYTES:
            raise ConfigError(path, f"{size:,} bytes, more than the limit of {MAX_BYTES:,}")
        return full.read_bytes()

    return read


@cache
def of_preset(name: str, parse: Parse = yaml.parse) -> tuple[ConfigFile, ...]:
    """The layers of a preset, the lowest first."""
    return tuple(_layers(ConfigFile.preset(name, parse), lambda _path: None, parse, ()))


def of_file(file: ConfigFile, read: Reader, parse: Parse = yaml.parse) -> tuple[ConfigFile, ...]:
    """The layers of a configuration, the lowest first; without a preset, the lowest layer is `waku`.

    Raises ConfigError if a layer cannot be extended.
    """
    layers = tuple(islice(_layers(file, read, parse, (file.place or file.name,)), MAX_LAYERS + 1))
    if len(layers) > MAX_LAYERS:
        raise file.value(("extends",)).error(f"extends more than {MAX_LAYERS} files")
    return layers if any(each.trusted for each in layers) else (*of_preset(DEFAULT_PRESET, parse), *layers)


def _layers(file: ConfigFile, read: Reader, parse: Parse, above: tuple[str, ...]) -> Iterator[ConfigFile]:
    """The layers that `file` extends, then the file; `above` are its path and the paths of files that extend it."""
    given = file.root.get("extends")
    for number, node in enumerate(given.items if isinstance(given, YamlList) else (given,)):
        name = str(node.value) if isinstance(node, YamlScalar) else ""
        if name in PRESETS:
            yield from of_preset(name, parse)
        elif name:
            where = file.value(("extends", number))
            path = _path(file, where, name)
            if path in above:
                round_trip = " -> ".join((*above[above.index(path) :], path))
                raise where.error(f"{name!r} extends itself: {round_trip}")
            if len(above) > MAX_LAYERS:
                raise where.error(f"extends more than {MAX_LAYERS} files")
            yield from _layers(_read(path, read, parse, where), read, parse, (*above, path))
    yield file


def _path(file: ConfigFile, where: Where, name: str) -> str:
    """The path of an extended file from the root."""
    if not name.startswith(("./", "../")):
        hint = f"a file is written './{name}'" if name.endswith((".yaml", ".yml")) else ""
        raise where.error(f"unknown preset {name!r}; {hint or did_you_mean(name, list(PRESETS))}")
    path = file.beside(name)
    if path is None:
        raise where.error(f"{name!r} leads out of the project; only files of the project can be extended")
    return path


def _read(path: str, read: Reader, parse: Parse, where: Where) -> ConfigFile:
    try:
        data = read(path)
    except OSError as error:
        raise where.error(f"{path!r} cannot be read: {error.strerror}") from None
    except ConfigError as error:
        raise where.error(str(error)) from None
    if data is None:
        raise where.error(f"there is no file {path!r}; a path counts from the folder of the file that names it")
    return ConfigFile.decode(path, data, path, parse)
