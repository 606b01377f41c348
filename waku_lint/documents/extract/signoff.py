"""Who or what attests a statement: the mark of a team that tests it, or a panel that shows it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from waku_lint.parsing.inline import Flat, Inline, find, flatten
from waku_lint.parsing.markdown import Block
from waku_lint.positions import Text
from waku_lint.regexes import lazy

# `Vac-DST` in any spelling; the short names only as they are written.
_TEAM: Final = r"(?:(?i:vac[-_ ]?(dst|qa))|(DST|QA))"
_MARK: Final = lazy(rf"\(\s*{_TEAM}\s*\)|\[\s*{_TEAM}\s*\]|(?<![\w&/-]){_TEAM}(?![\w&])")
_PANEL: Final = lazy(r"grafana", re.IGNORECASE)
_PANEL_LINK: Final = lazy(r"dashboard|panel", re.IGNORECASE)


def read_signoffs(blocks: Iterable[Block]) -> tuple[Text, ...]:
    """The sign-offs in the text of blocks and all below them; what is struck signs nothing off."""
    texts = (each for block in blocks for each in block.walk() if each.kind in ("heading", "paragraph", "cell"))
    return tuple(found for text in texts for found in _signoffs(text.inlines))


def _signoffs(inlines: tuple[Inline, ...]) -> Iterator[Text]:
    flat = flatten(inlines)
    for match in _MARK.finditer(flat.text):
        if _is_unbalanced(flat.text, match):
            continue
        team = next(name for name in match.groups() if name)
        yield from _named(f"Vac-{team.upper()}", flat, match)
    panel = _PANEL.search(flat.text)
    if panel:
        yield from _named("Grafana", flat, panel)
        return
    for link in find(inlines, "link", "image"):
        if _PANEL_LINK.search(link.text) or (link.target and _PANEL.search(link.target.value)):
            yield Text("Grafana", link.span)


def _is_unbalanced(text: str, match: re.Match[str]) -> bool:
    """Whether a parenthesis beside the name lacks its other half, as in `(Vac-DST`: that is no mark yet."""
    before, after = text[: match.start()].rstrip(), text[match.end() :].lstrip()
    return any(
        (before.endswith(opening) and closing not in after) or (after.startswith(closing) and opening not in before)
        for opening, closing in ("()", "[]")
    )


def _named(name: str, flat: Flat, match: re.Match[str]) -> Iterator[Text]:
    written = flat.part(*match.span())
    if written is not None:  # pragma: no branch - what matches is no blank
        yield Text(name, written.span)
