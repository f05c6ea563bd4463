"""Words that people type to Signpost, the same on every platform and however they are punctuated."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "help": "show_help",
    "home": "show_home",
    "cases": "list_cases",
    "who": "show_cover",
    "who is covering": "show_cover",
    "whos covering": "show_cover",
    "admin": "show_admin",
    "practise": "show_practise",
}
"""The intent of each, as `plain` writes it. A platform may know more."""

LONGEST: Final = 64
"""Characters of a text that can be one of the words: a longer one is not looked at."""

_REFERENCE: Final = re.compile(r"sp[- ]([0-9a-z]{4})[- ]?([0-9a-z]{2})")
_MISREAD: Final = str.maketrans("ilo", "110")
"""What a reference has none of, and somebody reads into it: they are digits."""
_DASHES: Final = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
"""What a phone makes of a hyphen."""
_APOSTROPHES: Final = dict.fromkeys(map(ord, "'\u2018\u2019\u02bc\u00b4`"))


def plain(text: str) -> str:
    """A short text in small letters, without apostrophes and the punctuation at its end: `Cases.`, `HELP?`.

    What is too long to be one of the words comes back as it is.
    """
    if len(text) > LONGEST:
        return text
    return " ".join(text.lower().translate(_APOSTROPHES).rstrip("?!. \t\r\n").split())


def reference(text: str) -> str:
    """The reference that was typed and nothing else, as it is written: `sp n8f6 5y` is SP-N8F6-5Y. Else empty."""
    found = _REFERENCE.fullmatch(plain(text).translate(_DASHES))
    return "-".join(("SP", *(part.translate(_MISREAD).upper() for part in found.groups()))) if found else ""
