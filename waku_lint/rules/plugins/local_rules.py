"""Rules in Python files of the project. Loading one runs it, so that is done only where the user allows it."""

from __future__ import annotations

import linecache
import sys
import traceback
from collections.abc import Iterator
from types import ModuleType
from typing import Final

from waku_lint.config.config import Config, Reader, Where
from waku_lint.errors import ConfigError
from waku_lint.rules.base import Rule
from waku_lint.rules.plugins.contract import ContractError, rules_of

_PREFIX: Final = "waku_lint_local"


def local_rules(config: Config, read: Reader) -> Iterator[tuple[Rule, str, Where]]:
    """Each rule with the path of its file, and where the configuration names that. Runs the files.

    A file is read from where the project's documents are: at a commit what is committed runs. Raises ConfigError.
    """
    for at, path in enumerate(config.local_rules):
        where = config.origins[("local-rules", at)]
        module = _run(path, _source(path, where, read), where)
        try:
            rules = rules_of(getattr(module, "RULES", None))
        except ContractError as error:
            raise ConfigError(path, f"{error} (named at {where})") from None
        for rule in rules:
            yield rule, path, where


def _source(path: str, where: Where, read: Reader) -> bytes:
    try:
        data = read(path)
    except OSError as error:
        raise where.error(f"{path!r} cannot be read: {error.strerror}") from None
    if data is None:
        raise where.error(f"there is no file {path!r}; a path counts from the root")
    return data


def _run(path: str, source: bytes, where: Where) -> ModuleType:
    """A module made of the file; it can import what is installed, and nothing that stands beside it."""
    name = f"{_PREFIX}.{path.removesuffix('.py').replace('/', '.')}"
    module = ModuleType(name)
    module.__file__ = path
    sys.modules[name] = module  # a dataclass looks its module up
    linecache.cache[path] = (len(source), None, source.decode("utf-8", "replace").splitlines(keepends=True), path)
    try:
        exec(compile(source, path, "exec"), module.__dict__)  # noqa: S102 - the user has allowed it
    except SyntaxError as error:
        raise ConfigError(path, f"{error.msg}", error.lineno or 1, error.offset or 1) from None
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever the file raises is told with its line
        lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == path]
        message = f"{type(error).__name__}: {error} (named at {where})"
        raise ConfigError(path, message, (lines or [1])[-1] or 1, 1) from None
    return module
