"""Words that people type to Signpost, the same on every platform and however they are punctuated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "help": "show_help",
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

_APOSTROPHES: Final = dict.fromkeys(map(ord, "'\u2018\u2019\u02bc\u00b4`"))


def plain(text: str) -> str:
    """A short text in small letters, without apostrophes and the punctuation at its end: `Cases.`, `HELP?`.

    What is too long to be one of the words comes back as it is.
    """
    if len(text) > LONGEST:
        return text
    return " ".join(text.lower().translate(_APOSTROPHES).rstrip("?!. \t\r\n").split())
