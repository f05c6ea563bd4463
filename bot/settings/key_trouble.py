"""What to do where SIGNPOST_KEYS is not set or has a slip.

A new key opens nothing that another one sealed, and what is nearly right may be the only copy of it on this machine. So
a new one is offered for a first start alone: never where something is kept, nor where a good key stands beside it.
"""

from __future__ import annotations

from typing import Final, Literal, Protocol

Kept = Literal["something", "nothing", "unknown"]
"""What a database holds, as far as anybody can tell without its keys."""
NEW: Final = "the last line that `signpost doctor --new-key` prints"
UNSET: Final[dict[Kept, str]] = {
    "something": "set it to the key that this database was written with, from where you keep it. A new key opens"
    " nothing of what is there",
    "nothing": f"for a first start set it to {NEW}; if Signpost ran before, to the key that it ran with",
    "unknown": "set it to the key that the database was written with, from where you keep it; only for a first start,"
    f" to {NEW}",
}
_AGAIN: Final = "copy it again whole, 43 characters, from where you keep it"


class Slip(Protocol):
    """What is wrong with the keys, as its text says."""

    @property
    def kind(self) -> Literal["empty", "alone", "beside_good", "twice"]:
        """Nothing there, the only key, one of several, or the same twice."""


def of_a_slip(wrong: Slip, kept: Kept) -> str:
    """What to do about keys that were refused, as the end of a sentence."""
    match wrong.kind:
        case "empty":
            return UNSET[kept]
        case "twice":
            return "leave each key in once, the newest first"
        case "beside_good":
            return (
                "copy that one again whole, 43 characters, from where you keep it, and leave the others as they are. A"
                " new key opens nothing of what is there"
            )
        case "alone":
            if kept == "something":
                return f"{_AGAIN}. A new key opens nothing of what is there"
            return f"{_AGAIN}; for a first start set SIGNPOST_KEYS to {NEW}"


def sentence(wrong: Slip, kept: Kept) -> str:
    """What is wrong with the keys, and what to do."""
    return f"{wrong}: {of_a_slip(wrong, kept)}."
