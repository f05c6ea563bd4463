"""Seals: short authenticated tokens for what travels through a platform's buttons, windows and cards.

A token can be read by anybody (so only opaque ids go in) but neither changed nor used by another account.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from typing import Final, Protocol

_BYTES: Final = 16
"""128 bits of HMAC-SHA256."""
_LENGTH: Final = 22
"""Characters of base64url that 16 bytes take."""


class Forged(Exception):
    """A token was not sealed by us for this holder."""


class DerivesKeys(Protocol):
    """What `Seals` needs: the database's own secret (`bot.store.work.Secret`), or in a test whatever derives keys."""

    def derive(self, purpose: str) -> tuple[bytes, ...]:
        """A key of 32 bytes for a purpose out of each key, newest first."""


class Seals:
    """Seals a text for one holder, and opens it again for that holder alone.

    The token is the text with 22 characters before it, so a `Subject` stays far below 255 characters. It is made with
    the first key and opens with any. `serve` hands in the database's own secret, which no rotation of SIGNPOST_KEYS
    changes: a button drawn before one still works after it.
    """

    def __init__(self, keys: DerivesKeys) -> None:
        self._macs = tuple(hmac.new(key, digestmod="sha256") for key in keys.derive("seal a token"))

    def seal(self, text: str, holder: str) -> str:
        """The token for this text that `holder` (an account such as `slack:T1/U2`) may use."""
        return _mark(self._macs[0], text, holder) + text

    def open(self, sealed: str, holder: str) -> str:
        """The text in a token. Raises Forged if it was changed, made up, or sealed for somebody else."""
        mark, text = sealed[:_LENGTH], sealed[_LENGTH:]
        # Text that cannot be encoded (a lone surrogate in JSON) was never sealed by us.
        given = mark.encode("ascii", "replace")
        try:
            right = [hmac.compare_digest(_mark(mac, text, holder).encode(), given) for mac in self._macs]
        except UnicodeEncodeError:
            right = []
        if not any(right):
            raise Forged("this token was not sealed here for this account")
        return text


def _mark(keyed: hmac.HMAC, text: str, holder: str) -> str:
    mac = keyed.copy()
    who = holder.encode()
    mac.update(len(who).to_bytes(4, "big") + who + text.encode())
    return urlsafe_b64encode(mac.digest()[:_BYTES]).rstrip(b"=").decode()
