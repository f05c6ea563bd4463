"""Lists in somebody's chat: the newest card of each is drawn anew once they have changed what stands on it.

On Slack a list is a window, and gone with it. On Teams it stays in the chat behind the dialog that was opened from it,
and would go on saying what is no longer so. What is remembered is forgotten with the process, and a change that fails
is not tried again: then the card stays as it was until it is asked for once more, and its buttons work all the same.
What is to do in the set-up is drawn anew by the outbox besides, whoever changed it (handlers/setup/standing_card.py).
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.channel import Refused, Result
from handlers.people import Account
from handlers.screens import Message

SET_UP: Final = frozenset({"save_setup", "remove_setup", "test_contact"})
CASES: Final = frozenset(
    {
        "next_page", "recommend_now", "submit_report", "discard_draft", "open_case", "ask_escalation", "confirm_refer",
        "confirm_do_not_refer", "confirm_ask_for_facts", "confirm_call", "mark_delivered", "resend",
    }
)  # fmt: skip
CHANGED_BY: Final[Mapping[str, frozenset[str]]] = {
    "show_admin": SET_UP,
    "list_cases": CASES,
    "show_home": SET_UP | CASES,
}
"""What somebody asks for in the chat, and the presses of theirs after which it may say something else."""
MOST_REMEMBERED: Final = 2000

Asks = Callable[[Account, str], Awaitable[Message | None]]
"""What a person would read if they asked for something by that name now."""
Fills = Callable[[Account, str, Message], Awaitable[Result]]
"""Overwrites the message at an address."""


@dataclass(slots=True)
class _Card:
    """One card: its address, and who is at drawing it anew. `waits` says that somebody will, who has not begun yet."""

    address: str
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    waits: bool = False


class Lists:
    """The newest card of each list, by person."""

    def __init__(self, asks: Asks, fills: Fills) -> None:
        self._asks, self._fills = asks, fills
        self._cards: OrderedDict[tuple[Account, str], _Card] = OrderedDict()

    def posted(self, account: Account, name: str, address: str) -> None:
        """Remember a card that answered `name`; where it takes more than one message (`address` empty), none is."""
        if name not in CHANGED_BY:
            return
        self._cards.pop((account, name), None)
        if address:
            self._cards[account, name] = _Card(address)
        while len(self._cards) > MOST_REMEMBERED:
            self._cards.popitem(last=False)

    async def changed(self, account: Account, press: str) -> None:
        """Draw anew what may say something else since this press was answered."""
        for name, presses in CHANGED_BY.items():
            card = self._cards.get((account, name))
            if press in presses and card is not None and not card.waits:
                await self._anew(account, name, card)

    async def _anew(self, account: Account, name: str, card: _Card) -> None:
        """One at a time: two changes that overtake each other would leave the older list."""
        card.waits = True
        async with card.turn:
            card.waits = False
            screen = await self._asks(account, name)
            if screen is not None and isinstance(await self._fills(account, card.address, screen), Refused):
                self._cards.pop((account, name), None)
