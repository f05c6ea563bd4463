"""Where ids and references come from when nobody pins them: the operating system's randomness."""

from __future__ import annotations

import secrets
from typing import Final

_ALPHABET: Final = "0123456789BCDFGHJKMNPQRSTVWXYZ"
"""The contract's characters (no I, L, O, U) less A and E: without a vowel no reference spells a word."""


class SystemChance:
    """Ids of 128 random bits, and references such as `SP-7K2M-9Q`."""

    def id(self) -> str:
        """An opaque id: 22 letters, digits, `-` and `_`."""
        return secrets.token_urlsafe(16)

    def reference(self) -> str:
        """A reference for people. One in 729 million: the caller asks whether it is taken."""
        drawn = "".join(secrets.choice(_ALPHABET) for _ in range(6))
        return f"SP-{drawn[:4]}-{drawn[4:]}"
