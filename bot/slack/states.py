"""The `state` of an authorisation: good once, for ten minutes, in the browser that began it.

It is sealed for a random number that the browser keeps in a cookie, so a link that somebody else began does nothing.
Nothing is written down when one is made: the first row is that of a state that came back.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from bot.seals import Forged
from bot.slack.workspace import Sealing

COOKIE: Final = "__Host-signpost-install"
"""The prefix has browsers refuse it without Secure, and from any other host."""
LIVES_SECONDS: Final = 600
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class State:
    """What goes to Slack and comes back, and what stays in the browser."""

    text: str
    browser: str


class States:
    """Makes states and takes them back. `first_use` says whether a text is shown for the first time."""

    def __init__(
        self, seals: Sealing, first_use: Callable[[str], Awaitable[bool]], clock: Callable[[], float] = time.time
    ) -> None:
        self._seals, self._first_use, self._clock = seals, first_use, clock

    def begin(self, browser: str = "") -> State:
        """A new state, for a browser that has its number already or gets one now."""
        browser = browser or secrets.token_urlsafe(16)
        plain = f"{int(self._clock()) + LIVES_SECONDS}.{secrets.token_urlsafe(16)}"
        return State(self._seals.seal(plain, _holder(browser)), browser)

    def known(self, text: str, browser: str) -> str:
        """What to `take`, where this state began in this browser and is not too old; else an empty text."""
        if not browser or len(text) > _LONGEST:
            return ""
        try:
            plain = self._seals.open(text, _holder(browser))
        except Forged:
            return ""
        return plain if self._clock() < int(plain.partition(".")[0]) else ""

    async def take(self, plain: str) -> bool:
        """Whether a state that is known comes for the first time. Raises StoreAway."""
        return await self._first_use(plain)


def _holder(browser: str) -> str:
    return f"browser:{browser}"
