"""Write XML for reports."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from waku_lint.reporters.escaping import harmless

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

# Characters that XML 1.0 forbids: https://www.w3.org/TR/xml/#charsets.
_FORBIDDEN: Final = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"


def cleaned(text: str) -> str:
    """Replace each character that XML forbids by U+FFFD."""
    return re.sub(_FORBIDDEN, "\ufffd", text)


def rendered(root: Element) -> str:
    """Write `root` with indentation; no line is a command of GitHub's runner."""
    from xml.etree.ElementTree import indent, tostring

    indent(root)
    text = harmless(tostring(root, encoding="unicode"), colon="&#58;", bracket="&#91;")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'
