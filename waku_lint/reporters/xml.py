"""XML text for the formats that are XML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from waku_lint.reporters.escaping import harmless

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

# What XML 1.0 has no way to write: https://www.w3.org/TR/xml/#charsets.
_FORBIDDEN: Final = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"


def cleaned(text: str) -> str:
    """`text` with U+FFFD for each character that XML forbids."""
    return re.sub(_FORBIDDEN, "\ufffd", text)


def rendered(root: Element) -> str:
    """The document of `root`, indented; on GitHub no line of it is a command."""
    from xml.etree.ElementTree import indent, tostring

    indent(root)
    text = harmless(tostring(root, encoding="unicode"), colon="&#58;", bracket="&#91;")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'
