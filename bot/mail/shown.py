"""Words as a mail and a page may show them: what nobody can see is gone, and nothing in them becomes a link."""

from __future__ import annotations

import re
from typing import Final

_HIDDEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u061c\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
"""Control characters, line ends of every kind, and marks that turn the direction of what follows."""
_ADDRESS: Final = re.compile(r"//|(?i:www)\.")
"""What mail programs make links of."""


def line(text: str) -> str:
    """The text as one line."""
    return " ".join(_HIDDEN.sub(" ", text).split())


def unlinked(text: str) -> str:
    """The text as one line in which no mail program sees an address: only ours is to be pressed."""
    return _ADDRESS.sub(lambda found: " ".join(found[0]), line(text))
