"""Cache of parsed YAML: importing PyYAML takes longer than most configurations take to parse.

The key is the digest of the installation and the content.
"""

from __future__ import annotations

from functools import cache

from waku_lint.files.cache import Cache, decoded, encoded, key_of
from waku_lint.files.installation import installation_key
from waku_lint.parsing import yaml
from waku_lint.parsing.nodes import YamlMapping, YamlResult


@cache
def cached_parse(store: Cache | None) -> yaml.Parse:
    """`yaml.parse` with the cache in front."""
    if store is None:
        return yaml.parse

    def parse(text: str) -> YamlResult:
        key = key_of(["yaml", installation_key()], text.encode("utf-8", "surrogatepass"))
        known = decoded(store.load(key), YamlMapping)
        if known is not None:
            return YamlResult(known, ())
        found = yaml.parse(text)
        body = encoded(found.root) if isinstance(found.root, YamlMapping) and not found.troubles else None
        if body is not None:
            store.store(key, body)
        return found

    return parse
