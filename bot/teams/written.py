"""What we write to Teams as JSON: short, and with every character as itself.

Teams counts a message in UTF-16 as it arrives. Written with escapes a letter that is not ASCII would travel, and
count, as six characters.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

_BROKEN: Final = re.compile("[\ud800-\udfff]")


def written(value: Any) -> str:  # noqa: ANN401  # anything that is JSON
    """The value as it travels. Half of a character, which no encoding can hold, becomes the sign for one."""
    return _BROKEN.sub("\ufffd", json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def size(value: Any) -> int:  # noqa: ANN401  # anything that is JSON
    """Bytes that Teams counts at most: in UTF-16, with the spaces that somebody may put behind commas and colons."""
    text = json.dumps(value, ensure_ascii=False)
    return 2 * len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass"))
