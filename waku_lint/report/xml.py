"""XML text for the formats that are XML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

# What XML 1.0 has no way to write: https://www.w3.org/TR/xml/#charsets.
_FORBIDDEN: Final = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"


def cleaned(text: str) -> str:
    """`text` with U+FFFD for each character that XML forbids."""
    return re.sub(_FORBIDDEN, "\ufffd", text)


def rendered(root: Element) -> str:
    """The document of `root`, indented."""
    from xml.etree.ElementTree import indent, tostring

    indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(root, encoding="unicode")}\n'
